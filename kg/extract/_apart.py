"""Short and long forms that stand in one sentence without a definition: "differential evolution is ... to improve DE".

Either the initials of some words are the very letters of a short form, or the vocabulary knows both as one thing.
Used by `abbreviations` for what it has not found itself. Linear in the length of a sentence: of its short forms the
first `_MOST` are looked for, each with one search through the initials of its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract._letters import SMALL, align, letters_of
from kg.extract._longforms import NOT_INSIDE, Piece, pieces
from kg.lexicon import Lexicon
from kg.model import Abbreviation
from kg.text.document import Document, Sentence
from kg.text.tokens import Token
from kg.text.words import word_class

_MOST = 24
_BREAKS = frozenset([*'()[],;:.?!|"“”', *NOT_INSIDE, "same", "other", "each", "both"])
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z]{1,7}")
_SIGNS = frozenset([*"-‐‑–/'’", "s"])
_SKIPPED = _SIGNS | SMALL
_ROMAN = frozenset("II III IV VI VII VIII IX XI XII".split())
_JOINING = frozenset("of in on for to the with".split())
_SPELLED = 0.55
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """The pieces of a sentence, None where no name goes on, and their first letters, a bar for None.

    `all` has a letter for each piece; `most` leaves out small words, and `owners` tells the piece of each of its letters.
    """

    pieces: Sequence[Piece | None]
    all: str
    most: str
    owners: Sequence[int]


def apart(doc: Document, sentence: Sentence, lexicon: Lexicon, known: Collection[str]) -> Iterator[Abbreviation]:
    """Yield the pairs whose short forms are not, by their letters, in `known`; by the order of the short forms."""
    text = doc.paper.text(sentence.field)
    shorts = _shorts(text, sentence, known)
    if not shorts:
        return
    initials = _rough(sentence.lowers)
    words: _Words | None = None
    for short in shorts:
        long = None
        if any(letters_of(short.text) in letters for letters in initials):
            words = words or _words(sentence.tokens)
            long = _by_initials(short, words)
        long = long or _by_vocabulary(short, sentence, lexicon)
        if long:
            yield Abbreviation(short.text, text[slice(*long)], sentence.field, short.start, short.end, *long)


def _rough(lowers: Sequence[str]) -> tuple[str, str]:
    """Return the initials of all words, and of all but the small words: a quick first look."""
    return "".join([w[0] for w in lowers if w not in _SIGNS]), "".join([w[0] for w in lowers if w not in _SKIPPED])


def _shorts(text: str, sentence: Sentence, known: Collection[str]) -> list[Token]:
    """Return the first occurrence of each word in capitals that has no long form yet."""
    found: dict[str, Token] = {}
    for match in _CAPITALS.finditer(text, sentence.start, sentence.end):
        if _is_acronym(match[0]) and letters_of(match[0]) not in known and not _is_part_of_name(text, match.end()):
            at = bisect_left(sentence.tokens, match.start(), key=lambda token: token.start)
            if at < len(sentence.tokens) and sentence.tokens[at].text == match[0]:
                found.setdefault(match[0], sentence.tokens[at])
                if len(found) == _MOST:
                    break
    return list(found.values())


def _is_part_of_name(text: str, end: int) -> bool:
    """Tell whether a name goes on behind a hyphen: FN-DET is no FN."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()


@lru_cache(1 << 15)
def _is_acronym(text: str) -> bool:
    mostly = 2 * sum(c.isupper() for c in text) > len(text)
    return mostly and text not in _ROMAN and bool(_ACRONYM.fullmatch(text))


def _words(tokens: Sequence[Token]) -> _Words:
    breaks = [token.start for token in tokens if token.text.lower() in _BREAKS]
    found: list[Piece | None] = []
    for piece in pieces(tokens):
        while breaks and breaks[0] <= piece.start:
            found.append(None)
            here = breaks.pop(0) == piece.start
            if here:
                break
        else:
            found.append(piece)
    letters = "".join("|" if word is None else word.text[-len(word.text.lstrip("-"))].lower() for word in found)
    owners = [k for k, word in enumerate(found) if word is None or word.text.lower() not in SMALL]
    return _Words(found, letters, "".join([letters[k] for k in owners]), owners)


def _by_initials(short: Token, words: _Words) -> Span | None:
    """Return the words nearest to a short form whose initials are its letters."""
    letters = letters_of(short.text)
    runs = {*_runs(letters, words.all, range(len(words.all))), *_runs(letters, words.most, words.owners)}
    found = []
    for first, last in sorted(runs):
        begin, end = words.pieces[first], words.pieces[last]
        if (
            begin
            and end
            and _is_whole(words.pieces, first, last, short)
            and _fits_case(words.pieces, first, last, short)
        ):
            far = short.start - end.end if end.end <= short.start else begin.start - short.end
            if len(letters) > 2 or (last == first + 1 and short.start - end.end == 1):
                found.append((far, begin.start, end.end))
    return min(found)[1:] if found else None


def _runs(letters: str, initials: str, owners: Sequence[int]) -> Iterator[Span]:
    at = initials.find(letters)
    while at >= 0:
        yield owners[at], owners[at + len(letters) - 1]
        at = initials.find(letters, at + 1)


def _fits_case(words: Sequence[Piece | None], first: int, last: int, short: Token) -> bool:
    """Tell whether small letters in the midst of a short form stand for small words: IoT, SfM."""
    capitals = sum(c.isupper() for c in short.text)
    content = sum(word is not None and word.text.lower() not in SMALL for word in words[first : last + 1])
    return short.text.rstrip("s").isupper() or content == capitals


def _is_whole(words: Sequence[Piece | None], first: int, last: int, short: Token) -> bool:
    """Tell whether some words may be a long form: a noun phrase, no part of a compound, without the short form."""
    following = words[last + 1] if last + 1 < len(words) else None
    if following is not None and following.text[0] == "-":
        return False
    texts = [word.text if word else "" for word in words[first : last + 1]]
    if "" in texts or texts[0][0] == "-" or texts[0].lower() in SMALL or texts[-1].lower() in SMALL:
        return False
    named = all(text.lower() in SMALL or text[0].isupper() or text[0] == "-" for text in texts)
    return short.text not in texts and all(named or _may_be_inside(text) for text in texts)


@lru_cache(1 << 15)
def _may_be_inside(text: str) -> bool:
    """Tell whether a word in small letters may be part of a name: no verb and no preposition of movement."""
    bare = text.lstrip("-").lower()
    return bare in _JOINING or (len(bare) > 1 and bare not in SMALL and word_class(bare) != "V")


def _by_vocabulary(short: Token, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """Return the other name of the same concept that the sentence holds, if its letters are the short form's."""
    hits = lexicon.scan(sentence.tokens)
    own = next((h for h in hits if h.end == h.begin + 1 and sentence.tokens[h.begin] is short), None)
    for hit in hits:
        if own and hit.concept is own.concept and hit is not own:
            words = pieces(sentence.tokens[hit.begin : hit.end])
            longer = words[-1].end - words[0].start >= 2 * len(short.text)
            if longer and align(short.text, [word.text for word in words]) >= _SPELLED:
                return words[0].start, words[-1].end
    return None
