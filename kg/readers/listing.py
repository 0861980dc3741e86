"""Reader of listings: text copied from a web page or a document, a title and then its abstract, over and over.

Paragraphs are divided by blank lines. A title is a short paragraph without full stop right before prose; everything
else that is short (menus, dates, votes) is furniture of the page. Headings of Markdown and the labels ``Title:`` and
``Abstract:`` are understood. The text is plain: nothing of it is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _record

_LABEL = re.compile(
    r"^(?:\*\*|__)?(title|abstract|summary)(?:\*\*|__)?\s{0,9}[:.]\s{0,9}(?:\*\*|__)?\s{0,99}(?=\S)", re.IGNORECASE
)
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_FURNITURE = re.compile(
    r"^(?:title|abstract|summary|#{1,6} *(?:abstract|summary)"
    r"|(?:authors?|by|keywords?|published|submitted|updated|date|year|venue|doi|url|arxiv|subjects?|comments?|code|pdf)\s*(?:on\b|:).*"
    r"|by\s+[^.:]*|https?://\S+|arxiv:\S+|[\W\d_]+"
    r"|(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)|(?:\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}))$",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]?$")
_INNER_END = re.compile(r"[a-z0-9)\]][.!?] +[A-Z]")
_MARKUP = re.compile(r"^\s*(?:<[!?/a-zA-Z]|[\[{]|```|@\w+\s*\{|[A-Z][A-Z0-9] {1,2}- |%[0A-Z] )")
_NO_PROSE = re.compile(
    r"^(?:\s{2,}|\t)\S|^\s*(?:[-*+>|]|\d+[.)]) |^\s*[|}{)\]]|^.*[;{]$|^\s*(?:def|class|import|from) "
)
_MAIL = re.compile(r"^(?!title|abstract|summary|authors?)[A-Z][\w-]*: .{1,80}$", re.IGNORECASE)
_TITLE = re.compile(r"^[\"“'‘(\[$]?[^\W_].*[^:;,{(\[=<]$", re.DOTALL)
_LONGEST_TITLE = 300
_LONG = 300  # characters: prose for certain


@dataclass(frozen=True)
class _Paragraph:
    """Lines between blank lines: as one text, and the line they start at. `heading` tells how it was marked."""

    text: str
    line: int
    heading: str = ""


def sniff(head: str) -> float:
    """Tell how surely `head` begins a listing: by the share of its text in pairs of title and prose.

    Programs, licences, manuals and mail have paragraphs too; they show themselves by indents, lists and many paragraphs
    to a heading.
    """
    lines = [line for line in head.split("\n") if line.strip()]
    if any(_MARKUP.match(line) for line in lines[:3]) or all(_MAIL.match(line) for line in lines[:3]) or "```" in head:
        return 0.0
    if sum(bool(_NO_PROSE.match(line)) for line in lines) * 8 > len(lines):
        return 0.0
    paragraphs = list(_paragraphs(head.split("\n")))
    pairs = [[title, *prose] for title, prose in _pairs(paragraphs) if title and _TITLE.match(title.text)]
    pairs = [pair for pair in pairs if all(_is_plain(p.text) for p in pair[1:])]
    if not pairs or sum(len(pair) for pair in pairs) > 3 * len(pairs):
        return 0.0
    total = sum(len(p.text) for p in paragraphs)
    covered = sum(len(p.text) for pair in pairs for p in pair)
    return 0.7 * covered / total if covered * 3 > total * 2 else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the papers of a listing."""
    lines = (line.rstrip("\n") for line in stream)
    for title, prose in _pairs(list(_paragraphs(lines))):
        abstract = "\n".join(p.text for p in prose)
        if title:
            where = Where(file, title.line)
            yield _record.build(where, {"title": title.text, "abstract": abstract}, {}, decode=str)
        else:
            yield Problem(Where(file, prose[0].line), "a paragraph of prose without a title before it")


def _paragraphs(lines: Iterator[str] | list[str]) -> Iterator[_Paragraph]:
    """Yield the paragraphs, without their marks; a heading is one by itself, like a title above its abstract."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = line.strip("\ufeff \t\v\f\u00a0")
        if not text or _HEADING.match(text) or _LABEL.match(text):
            yield from _blocks(block)
            block = []
        if _HEADING.match(text) and not _FURNITURE.match(text):
            yield _Paragraph(_HEADING.sub("", text), number, "title")
        elif text:
            block.append((number, text))
    yield from _blocks(block)


def _blocks(block: list[tuple[int, str]]) -> Iterator[_Paragraph]:
    """Yield a block of lines as one paragraph, or as title and abstract where its first line is none of the prose."""
    if not block:
        return
    number, first = block[0]
    label = _LABEL.match(first)
    heading = "" if not label else "title" if label.group(1).lower() == "title" else "abstract"
    first = first[label.end() :] if label else first
    rest = " ".join(text for _, text in block[1:])
    if len(block) > 1 and not heading and _is_title(first, heading) and len(block[1][1]) > max(200, 2 * len(first)):
        yield _Paragraph(first, number)
        yield _Paragraph(rest, block[1][0])
    else:
        yield _Paragraph(f"{first} {rest}".strip(), number, heading)


def _pairs(paragraphs: list[_Paragraph]) -> Iterator[tuple[_Paragraph | None, list[_Paragraph]]]:
    """Yield each run of prose with the title before it, None where there is none."""
    shortest = _shortest_prose(paragraphs)
    title: _Paragraph | None = None
    prose: list[_Paragraph] = []
    started = False
    for paragraph in paragraphs:
        if _is_prose(paragraph, shortest):
            prose.append(paragraph)
            continue
        if prose and (title or started or len(prose[0].text) >= _LONG):
            yield title, prose
            started = started or title is not None
        if prose or not _FURNITURE.match(paragraph.text):
            title = None
        prose = []
        if not _FURNITURE.match(paragraph.text) and _is_title(paragraph.text, paragraph.heading):
            title = paragraph
    if prose and (title or started or len(prose[0].text) >= _LONG):
        yield title, prose


def _shortest_prose(paragraphs: list[_Paragraph]) -> int:
    """Return how long prose is at least: on a page of long abstracts, more than a line of furniture."""
    lengths = [len(p.text) for p in paragraphs if len(p.text) >= _LONG]
    return 120 if len(lengths) * 4 >= len(paragraphs) else 40


def _is_prose(paragraph: _Paragraph, shortest: int) -> bool:
    """Tell prose: marked as such, long, or one or more whole sentences."""
    text = paragraph.text
    if paragraph.heading:
        return paragraph.heading == "abstract"
    if len(text) >= _LONG:
        return True
    whole = bool(_SENTENCE_END.search(text)) and not text.endswith("?")
    return (
        len(text) >= shortest
        and len(text.split()) >= 8
        and whole
        and (text.endswith(".") or bool(_INNER_END.search(text)))
    )


def _is_title(text: str, heading: str) -> bool:
    """Tell what may be a title: short, with a letter, without full stop at the end."""
    if heading:
        return heading == "title"
    return len(text) <= _LONGEST_TITLE and not text.endswith(".") and any(c.isalpha() for c in text)


def _is_plain(text: str) -> bool:
    """Tell whether a paragraph is mostly words."""
    return sum(c.isalpha() or c == " " for c in text) * 100 > 80 * len(text)
