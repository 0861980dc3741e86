"""Find title, abstract and keywords at the front of a whole paper. Used by the `text`, `markdown` and `pdf` readers.

The text is that of a document: a title, names, a heading or label that says Abstract, prose, and then a heading such as
Introduction. What words a line break cut in two are put together again; nothing else is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kg.readers import _ids

ABSTRACT = re.compile(
    r"^[#*_\s]{0,8}(?:\d{1,2}\.?\s{1,4})?(?:abstract|a b s t r a c t)\b[*_\s]{0,4}(?:[.:—–-]+|$)[*_\s]{0,4}(.{0,100000})$",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(
    r"^[*_#\s]{0,8}(?:key\s?-?words?(?: and phrases)?|index terms)\b[*_\s]{0,4}[.:—–-]*[*_\s]{0,4}(.{0,2000})$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^[#*_\s]{0,8}(?:(?:\d{1,2}|[ivx]{1,4})[.:)]?\s{1,4})?(?:introduction|background|contents|ccs concepts|acm reference format"
    r"|author summary|plain language summary|significance statement"
    r"|categories and subject descriptors|general terms|references|motivation|related work)\b.{0,20}$"
    r"|^#{1,6}\s|^1\.?\s{1,4}[A-Z][A-Za-z ]{2,60}$|^\s*(?:©|copyright|permission to make)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^[#*_\s]{0,8}(?:(?:\d{1,2}|[ivx]{1,4})[.:)]?\s{1,4})?introduction[*_\s.:]{0,4}$", re.IGNORECASE | re.MULTILINE
)
_FURNITURE = re.compile(
    r"^(?:arxiv:|https?://|doi\b|issn\b|vol(?:ume)?\b|published (?:as|in|at|online)|under review|preprint|accepted|received"
    r"|proceedings of|journal of|contents lists|available online|original (?:research|article|paper)|research article|page \d"
    r"|[\W\d_]*$)|^.{0,80}\bconference on\b.{0,80}$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:[:,–—-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|towards?|under|using|via|with|without|is))$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[^\]]{0,30}\]\s*(\d{1,2} \w{3,9} \d{4}))?"
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_CUT = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[a-z])(?!(?:and|or|to|and/or)\b)")
_BETWEEN = re.compile(r"(?<=\w)[-\u00ad\u2010]\n(?=[^\W_])(?!(?:and|or|to)\b)")  # of "Self-" and "Supervised"
_KEPT = re.compile(r"(?:-(?:of|the|to|in|by|and|on)|\bself)$", re.IGNORECASE)  # as in "state-of-the-art"
_ADDRESS = re.compile(r"(https?://\S{0,300}[/._=&?-])\n(?=[a-z0-9])")
_LAST_WORD = re.compile(r"[^\W\d_]{1,40}$")
_WORD = re.compile(r"[^\W\d_]{1,40}")
_LONGEST = 8_000  # characters of an abstract that no heading ends
_TITLE_LINES = 4
_KEYWORDS_WITHIN = 12  # lines after the abstract: the ACM puts its categories before them
_WIDE = 60  # characters of a line of prose
_SHORTEST = 300  # characters of an abstract without a heading
_COMMON = re.compile(r"\b(?:the|of|an?|is|are|that|which|we|in|to|by|for|with)\b")


def headings(text: str) -> tuple[int, bool]:
    """Return how many lines say Abstract, and whether one says Introduction."""
    lines = text.split("\n")
    return sum(bool(ABSTRACT.match(line)) for line in lines), bool(_INTRODUCTION.search(text))


def fields(lines: Sequence[str], *, title: str = "") -> dict[str, Any]:
    """Return the fields of the paper that `lines` begin; a `title` that is known is taken as it is."""
    at = next((i for i, line in enumerate(lines) if ABSTRACT.match(line)), len(lines))
    front = "\n".join(lines[: at + 60])
    stamp = _STAMP.search(front)
    found: dict[str, Any] = {"title": title or first_title(lines[:at])}
    if at < len(lines):
        found["abstract"], found["keyword"] = _abstract(lines, at)
    if stamp:
        found |= {"arxiv": stamp.group(1), "issued": stamp.group(2) or ""}
    found["DOI"] = next((doi for line in lines[:at] if (doi := _ids.doi(line))), "")
    return found


def first_title(lines: Sequence[str]) -> str:
    """Return the title at the top of a document: its first line that is none of the page's furniture, and what goes on."""
    start = next((i for i, line in enumerate(lines) if line.strip() and not _FURNITURE.match(line.strip())), None)
    if start is None:
        return ""
    title = lines[start].strip().lstrip("# ").strip("*_ ")
    for line in (text.strip() for text in lines[start + 1 : start + _TITLE_LINES]):
        if not line or not (_GOES_ON.search(title) or line[0].islower()):
            break
        title = f"{title} {line}"
    return re.sub(r"^title\s*:\s*", "", title, flags=re.IGNORECASE)


def opening(lines: Sequence[str]) -> str:
    """Return the first paragraph of prose of a page that has no heading for its abstract, as those of letters; else nothing."""
    wide = (i for i, line in enumerate(lines) if len(line) >= _WIDE and len(_COMMON.findall(line)) > 1)
    start = next((i for i in wide if not _FURNITURE.match(lines[i].strip())), len(lines))
    end = min(start + 1, len(lines))
    widest = max((len(line) for line in lines[start : start + 3]), default=0)
    while end < len(lines) and lines[end].strip() and not _STOP.match(lines[end].strip()):
        last = lines[end - 1].rstrip()
        if last.endswith((".", "?", "!")) and len(last) * 10 < widest * 9:
            break
        end += 1
    text = unwrap(lines[start:end])
    return text if _SHORTEST <= len(text) <= _LONGEST and len(_COMMON.findall(text)) > _SHORTEST // 50 else ""


def _abstract(lines: Sequence[str], at: int) -> tuple[str, list[str]]:
    """Return the abstract whose heading stands in line `at`, and the keywords after it."""
    label = ABSTRACT.match(lines[at])
    taken = [label.group(1) if label else ""]
    end = at + 1
    while end < len(lines):
        line = lines[end].strip()
        length = sum(len(one) for one in taken)
        if _KEYWORDS.match(line) or length > _LONGEST or (length and _STOP.match(line)):
            break
        if not line and length > _LONGEST // 4:
            break
        taken.append(line)
        end += 1
    return unwrap(taken), _keywords(lines[end : end + _KEYWORDS_WITHIN])


def _keywords(lines: Sequence[str]) -> list[str]:
    """Return the keywords that stand in one of these lines, or in the one after their heading."""
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if found := _KEYWORDS.match(line.strip()):
            return _cut(found.group(1) or following)
    return []


def _cut(text: str) -> list[str]:
    mark = next((mark for mark in ";·•," if mark in text), "\n")
    return [word for piece in text.strip(" .*_").split(mark) if (word := piece.strip())]


def unwrap(lines: Sequence[str]) -> str:
    """Join lines as the words of a page: a word that the end of a line cut in two becomes whole.

    A hyphen stays where the text writes the word with it elsewhere.

    >>> unwrap(["We pro-", "pose a self-", "supervised, self-supervised ﬁeld, pre- and post-", "Training."])
    'We propose a self-supervised, self-supervised field, pre- and post-Training.'
    """
    plain = "\n".join(line.strip() for line in lines).translate(_LIGATURES)
    flat = plain.replace("\u00ad", "-").replace("\u2010", "-")

    def whole(found: re.Match[str]) -> str:
        left = _LAST_WORD.search(plain, max(0, found.start() - 40), found.start())
        right = _WORD.match(plain, found.end())
        hyphenated = f"{left.group() if left else ''}-{right.group() if right else ''}"
        stays = hyphenated in flat or _KEPT.search(plain, max(0, found.start() - 40), found.start())
        return "-" if stays else ""

    plain = _ADDRESS.sub(r"\1", plain)
    joined = _BETWEEN.sub("-", _CUT.sub(whole, plain))
    return " ".join(joined.replace("\u00ad", "-").split())
