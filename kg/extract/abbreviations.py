"""Abbreviations with their long forms, defined in either order, with or without brackets.

`_letters` tells how well a short form spells some words, `_longforms` which words beside it; here is where definitions
stand: around brackets, behind words such as "or" and "short for", in titles ("UDA: Unsupervised Domain ..."). `_apart`
finds the pairs that stand apart in a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract._apart import apart
from kg.extract._letters import align, is_plain_short_form, is_short_form, letters_of, tidy
from kg.extract._longforms import GOOD, before, behind, in_order
from kg.lexicon import Lexicon
from kg.model import Abbreviation
from kg.text.document import Document, Sentence

__all__ = ["STAGE", "align", "extract", "is_short_form"]

STAGE = "document"

_IN_BRACKET = 40  # tokens that are read of a bracket
_SURER = 0.72  # for words that often stand before other things: "or", "called"
_SURE = 0.9  # for what stands behind another short form in a bracket
_SIGNS = frozenset(",(‘’'\"“”")
_LEAD = re.compile(
    r"(?:\b(?:hereafter|hereinafter|henceforth|hence|abbreviated|abbreviation|abbr|denoted|also|so-called|called|termed|dubbed|named"
    r"|known|a\.?k\.?a|or|i ?\. ?e|in short|short|simply|referred to|acronym|we call (?:it|them)|which stands|stands|for|as|by|of|to"
    r"|the|an?)(?![\w-])[\s,:.\"“]*)+",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[\s,]*\b(?:for short|in short|hereafter|henceforth|hereinafter|from now on|in the following)\W*$")
_PARTS = re.compile(r"\s*(?:[,;:/|]|\band\b|\bor\b)\s*")
_CITED = re.compile(r"[A-Z][A-Za-z+]{1,5}\d\d[a-z]?")  # [BIP98]
_CUES = frozenset(
    "or short stand stands standing abbreviated abbreviation acronym known henceforth hereafter means so called named dubbed termed coined "
    "denoted call name term dub".split()
)
_STANDS_FOR = re.compile(
    r"\b(?:(?:which |that )?(?:is )?(?:an? |the )?(?:short for|stand(?:s|ing)? for|abbreviation (?:of|for)|abbreviated from"
    r"|acronym (?:of|for))|means)\s+(?:the\s+)?[\"“‘']?"
)
_FOR_SHORT = re.compile(
    r"\b(?:or|so ?- ?called|(?:which )?(?:we )?(?:called|named|dubbed|termed|coined|denoted|call|name|term|dub)(?: as| by)?"
    r"|abbreviated (?:as|to|by)|known as|henceforth|hereafter)\s+(?:as )?(?:the )?[\"“‘']?([^\s,;:()\"”’']{2,14})(?![^\s,.;:()\"”’'])"
)


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Abbreviation]:
    """Yield every definition of an abbreviation, in the order of the text."""
    defined: set[str] = set()
    for sentence in doc.sentences:
        found: dict[int, Abbreviation] = {}
        for reading in _READINGS if sentence.field == "abstract" else (_in_title, *_READINGS):
            for abbreviation in reading(doc, sentence):
                found.setdefault(abbreviation.short_start, abbreviation)
        defined.update(letters_of(a.short) for a in found.values())
        for abbreviation in apart(doc, sentence, lexicon, defined):
            if not any(
                a.long_start < abbreviation.long_end and abbreviation.long_start < a.long_end for a in found.values()
            ):
                found.setdefault(abbreviation.short_start, abbreviation)
                defined.add(letters_of(abbreviation.short))
        yield from (found[at] for at in sorted(found))


def _in_brackets(doc: Document, sentence: Sentence) -> Iterator[Abbreviation]:
    text = doc.paper.text(sentence.field)
    for opened, closed in _brackets(sentence):
        found = _long_then_short(text, sentence, opened, closed)
        yield from found or _short_then_long(text, sentence, opened, closed)


def _brackets(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the token numbers of the brackets that hold something, by where they open."""
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    if "(" not in sentence.lowers and "[" not in sentence.lowers:
        return found
    for at, token in enumerate(sentence.tokens):
        if token.text in ("(", "["):
            stack.append(at)
        elif token.text in (")", "]") and stack:
            opened = stack.pop()
            if 0 < opened < at - 1 <= opened + _IN_BRACKET:
                found.append((opened, at))
    return sorted(found)


def _long_then_short(text: str, sentence: Sentence, opened: int, closed: int) -> list[Abbreviation]:
    """Read "long form (SHORT)": the bracket holds one short form or several, or a long form and its short form."""
    start, end = sentence.tokens[opened + 1].start, sentence.tokens[closed - 1].end
    trail = _TRAIL.search(text, start, end)
    end = trail.start() if trail else end
    lead = _LEAD.match(text, start, end)
    for begin in (start, lead.end()) if lead else (start,):
        parts, found = list(_parts(text, begin, end)), []
        if len(parts) > 1 and is_short_form(tidy(text[begin:end])):
            parts = [(begin, end)]
        for part in parts:
            short = tidy(text[slice(*part)])
            least = GOOD if part is parts[0] else _SURE
            long = _may_be_short(short) and before(short, sentence, opened, several=len(parts) > 1, least=least)
            if long:
                found.append(_abbreviation(text, sentence, part, long))
        if found:
            return found
        if len(parts) > 1 and _may_be_short(text[slice(*parts[-1])]):
            at = bisect_left(sentence.tokens, parts[-1][0], key=lambda t: t.start)
            long = before(tidy(text[slice(*parts[-1])]), sentence, at - 1)
            if long and sentence.tokens[opened].end <= long[0]:
                return [_abbreviation(text, sentence, parts[-1], long)]
    return []


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans of what stands between commas and the like in a stretch of text."""
    cuts = [m.span() for m in _PARTS.finditer(text, start, end)]
    for begin, stop in zip([start, *(c[1] for c in cuts)], [*(c[0] for c in cuts), end], strict=True):
        bare = text[begin:stop].strip("\"'“”‘’` ")
        if bare:
            at = text.index(bare, begin)
            yield at, at + len(bare)


def _may_be_short(short: str) -> bool:
    """Tell whether what a bracket holds may be a short form; of several words one must look like one: "3D LVLMs"."""
    words = short.split()
    if len(words) == 1:
        return (is_short_form(short) and not _CITED.fullmatch(short)) or is_plain_short_form(short)
    return 1 < len(words) < 4 and any(sum(c.isupper() for c in word) > 1 for word in words) and len(short) < 16


def _short_then_long(text: str, sentence: Sentence, opened: int, closed: int) -> Iterator[Abbreviation]:
    """Read "SHORT (long form)", up to the first comma if that is enough, else up to the end of the bracket."""
    start = sentence.tokens[opened + 1].start
    lead = _LEAD.match(text, start, sentence.tokens[closed - 1].end)
    begin = bisect_left(sentence.tokens, lead.end(), key=lambda t: t.start) if lead else opened + 1
    comma = next((k for k in range(begin, closed) if sentence.tokens[k].text in (",", ";", ":")), closed)
    for short in _short_before(text, sentence, opened):
        spelled = tidy(text[slice(*short)])
        for first in dict.fromkeys((opened + 1, begin)):
            for stop in dict.fromkeys((comma, closed)):
                long = behind(spelled, sentence.tokens[first:stop])
                if long:
                    yield _abbreviation(text, sentence, short, long)
                    return


def _short_before(text: str, sentence: Sentence, at: int) -> Iterator[tuple[int, int]]:
    """Yield the spans before token `at` that can be a short form: the word with all that hangs on it, then the last piece."""
    tokens = sentence.tokens
    k, spaced = at - 1, at - 1
    while k > max(0, at - 12) and tokens[k - 1].end == tokens[k].start and tokens[k - 1].text not in "([,;":
        k -= 1
    while spaced > max(1, at - 8) and tokens[spaced - 1].text in ("-", "/", "+"):
        spaced -= 2
    for first in dict.fromkeys((min(k, spaced), k, at - 1)):
        span = tokens[first].start, tokens[at - 1].end
        short = tidy(text[slice(*span)])
        if is_short_form(short):
            lead = len(text[slice(*span)]) - len(text[slice(*span)].lstrip("\"'“‘`"))
            yield span[0] + lead, span[1]


def _spelled_out(doc: Document, sentence: Sentence) -> Iterator[Abbreviation]:
    """Yield definitions without brackets: "X, short for Y" and "Y, or X for short"."""
    if _CUES.isdisjoint(sentence.bag):
        return
    text = doc.paper.text(sentence.field)
    tokens = sentence.tokens
    for match in _STANDS_FOR.finditer(text, sentence.start, sentence.end):
        at = _back_to_word(sentence, match.start())
        after = bisect_left(tokens, match.end(), key=lambda t: t.start)
        end = min(len(tokens), after + _IN_BRACKET)
        stop = next((k for k in range(after, end) if tokens[k].text in ",;:.()"), end)
        least = _SURER if "means" in match.group() else GOOD
        for short in _short_before(text, sentence, at) if at else ():
            spelled = tidy(text[slice(*short)])
            long = behind(spelled, tokens[after:stop], least=least, whole=False)
            if long is None and least == GOOD:
                long = in_order(spelled, tokens[after:stop])
            if long:
                yield _abbreviation(text, sentence, short, long)
                break
    for match in _FOR_SHORT.finditer(text, sentence.start, sentence.end):
        span = match.start(1), match.start(1) + len(match[1].rstrip("."))
        if is_short_form(match[1].rstrip(".")):
            at = _back_to_word(sentence, match.start())
            long = before(match[1].rstrip("."), sentence, at, commas=False, least=_SURER)
            if long:
                yield _abbreviation(text, sentence, span, long)


def _back_to_word(sentence: Sentence, start: int) -> int:
    """Return the token before which a word ends that stands before `start`: signs between are passed over."""
    at = bisect_left(sentence.tokens, start, key=lambda t: t.start)
    while at and sentence.tokens[at - 1].text in _SIGNS:
        at -= 1
    return at


def _in_title(doc: Document, sentence: Sentence) -> Iterator[Abbreviation]:
    """Yield the name before the title's colon where the words after it spell it."""
    text = doc.paper.title
    name, colon, _ = text.partition(":")
    if not colon or not is_short_form(name.strip()):
        return
    after = bisect_left(sentence.tokens, len(name) + 1, key=lambda t: t.start)
    start = text.index(name.strip())
    long = behind(name.strip(), sentence.tokens[after : after + _IN_BRACKET], whole=False)
    if long:
        yield _abbreviation(text, sentence, (start, start + len(name.strip())), long)


_READINGS = (_in_brackets, _spelled_out)


def _abbreviation(text: str, sentence: Sentence, short: tuple[int, int], long: tuple[int, int]) -> Abbreviation:
    return Abbreviation(text[slice(*short)], text[slice(*long)], sentence.field, *short, *long)
