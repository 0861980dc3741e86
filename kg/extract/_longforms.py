"""Where the long form of a given short form begins and ends, among the words beside it. Used by `abbreviations` and `_apart`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.cues import cues
from kg.extract._letters import (
    ARTICLES,
    SMALL,
    align,
    begins,
    holds,
    is_plain_short_form,
    is_short_form,
    letters_of,
    part_of,
    same_initials,
    spellings,
)
from kg.text.document import Sentence
from kg.text.tokens import Token

Span = tuple[int, int]

GOOD = 0.6
_ONE_WORD = 0.4  # a long word may stand for its letters: electroencephalography (EEG)
_STRICT = 0.94
_SHORTER = 0.1  # how much better a long form has to be for its last noun to be left out
_MID_COMPOUND = 0.25
_MOST = 16  # words of a long form
_REACH = 40  # tokens
_GROUP = 12  # tokens of a bracket between a long form and its short form, such as a citation
_HYPHENS = frozenset("-‐‑–/")
_SENTENCE_BREAKS = frozenset("()[];:.?!|")
_APOSTROPHES = frozenset("'’")
_BREAKS = frozenset("()[],;:.?!|")
NOT_INSIDE = frozenset(
    "this these those that which who our their its his her we they it is are was were be been has have had can may will such also".split()
)
_CUTS = frozenset("for in with of on by using via and or from to under per at".split())


class Piece(NamedTuple):
    """A word, or a part of one between hyphens; `text` starts with a hyphen if it continues the piece before."""

    text: str
    start: int
    end: int


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Return the words among tokens, without signs, possessive endings and the marks of mathematics."""
    found = []
    for at, token in enumerate(tokens):
        text = token.text.strip("$\\")
        before = tokens[at - 1].text if at else ""
        if not text[:1].isalnum() or (text == "s" and before in _APOSTROPHES):
            continue
        joined = at > 1 and before in _HYPHENS and tokens[at - 2].text[-1:].isalnum() and bool(found)
        start = token.start if token.text[0] not in "$\\" else token.start + token.text.index(text)
        found.append(Piece(("-" if joined else "") + text, start, start + len(text)))
    return found


def before(short: str, sentence: Sentence, at: int, *, several: bool = False, least: float = GOOD) -> Span | None:
    """Return the span of the words before token `at` that `short` abbreviates best.

    `several` says that other short forms share the bracket, so that the long form may be one of a list.
    """
    at = _past_bracket(sentence, at)
    first = _first(sentence, at, _BREAKS)
    near = pieces(sentence.tokens[first:at])
    span = _ending(short, near, least=least)
    if span:
        return span
    start = _first(sentence, at, _SENTENCE_BREAKS)
    wide = pieces(sentence.tokens[start:at]) if start < first else near
    span = _ending(short, wide, least=_STRICT) if start < first else None
    return span or (_listed(short, wide) if several else None)


def behind(short: str, tokens: Sequence[Token], *, least: float = GOOD, whole: bool = True) -> Span | None:
    """Return the span of the words that `short` abbreviates, from the first of `tokens` on.

    All of them are taken if they fit well enough, unless `whole` is false and fewer fit better.
    """
    words = pieces(tokens)[:_MOST]
    texts = [word.text for word in words]
    if not words or not any(begins(texts[0], one[0]) for one in spellings(short)):
        return None
    full = _score(short, texts)
    if full < least or not whole:
        scores = {stop: _score(short, texts[:stop]) for stop in range(2, len(texts))}
        best = max(scores, key=lambda stop: (scores[stop], -stop), default=0)
        enough = _STRICT if whole else least + _SHORTER
        if best and scores[best] > full and scores[best] >= enough and _enough(short, words[:best]):
            return words[0].start, words[best - 1].end
    return (words[0].start, words[-1].end) if full >= least and _enough(short, words) else None


def in_order(short: str, tokens: Sequence[Token]) -> Span | None:
    """Return the span of all of `tokens` if they are few and hold the letters of `short` in order, wherever."""
    words = pieces(tokens)
    if 1 < len(words) <= len(short) + 1 and holds(short, [word.text.lstrip("-") for word in words]):
        return words[0].start, words[-1].end
    return None


def _past_bracket(sentence: Sentence, at: int) -> int:
    """Return the token before which a long form ends: a citation between it and its short form is passed over."""
    if at > 1 and sentence.tokens[at - 1].text in ")]":
        for k in range(at - 2, max(0, at - _GROUP), -1):
            if sentence.tokens[k].text in "([":
                return k
    return at


def _first(sentence: Sentence, at: int, breaks: Iterable[str]) -> int:
    first = at
    while first > max(0, at - _REACH) and not (
        sentence.tokens[first - 1].text in breaks or sentence.lowers[first - 1] in NOT_INSIDE
    ):
        first -= 1
    return first


def _ending(short: str, words: Sequence[Piece], *, least: float) -> Span | None:
    """Return the span of the last of `words` that fits best; nouns and phrases behind it are left out if that is better."""
    score, first = _best_start(short, words)
    stop = len(words)
    if stop > 1 and _is_peeled(words[-1]):
        shorter, begin = _best_start(short, words[:-1])
        if shorter > score + _SHORTER:
            score, first, stop = shorter, begin, stop - 1
    for k in _cuts(words) if score < least else ():
        shorter, begin = _best_start(short, words[:k])
        if shorter >= _STRICT and k - begin > 1:
            score, first, stop = shorter, begin, k
            break
    if score < least:
        return _shuffled(short, words)
    return (words[first].start, words[stop - 1].end) if _enough(short, words[first:stop]) else None


def _cuts(words: Sequence[Piece]) -> Iterator[int]:
    """Yield where a long form may end before a phrase that only says more: "... for large scale optimization"."""
    for k in range(len(words) - 1, max(1, len(words) - 8), -1):
        if words[k].text.lower() in _CUTS:
            yield k
            if _is_peeled(words[k - 1]) and k > 2:
                yield k - 1


def _listed(short: str, words: Sequence[Piece]) -> Span | None:
    for stop in range(len(words), 1, -1):
        score, first = _best_start(short, words[:stop])
        if score >= _STRICT and stop - first > 1 and _enough(short, words[first:stop]):
            return words[first].start, words[stop - 1].end
    return None


def _best_start(short: str, words: Sequence[Piece]) -> tuple[float, int]:
    """Return the score of the last of `words` that fit best, and which is the first of them."""
    letters = spellings(short)
    texts = [word.text for word in words]
    best, found = 0.0, 0
    for first in range(len(words) - 1, max(-1, len(words) - 1 - min(_MOST, 2 * len(short) + 4)), -1):
        if letters_of(texts[first]) in letters:
            break  # the short form itself
        if texts[first].lower() in ARTICLES or not any(begins(texts[first], one[0]) for one in letters):
            continue
        score = _score(short, texts[first:])
        if score > best + 0.01:
            best, found = score, first
    return best, found


def _score(short: str, texts: Sequence[str]) -> float:
    score, part = align(short, texts), part_of(short)
    if part and score < _STRICT:
        score = max(score, align(part, texts) - 0.05)
    if len(texts) == 1 and score >= _ONE_WORD and len(texts[0]) >= 2 * len(letters_of(short)):
        score = max(score, GOOD)
    return score - _MID_COMPOUND if texts[0][0] == "-" else score


def _enough(short: str, words: Sequence[Piece]) -> bool:
    """Tell whether words are more than the short form itself; a short form in small letters needs all its initials."""
    texts = [word.text for word in words]
    if short.lower() in ("".join(texts).lower(), "".join(texts).lower() + "s") or texts[-1].lower() in SMALL:
        return False
    if is_short_form(short.replace(" ", "")):
        return len(letters_of(short)) > 1
    return len(words) > 2 and is_plain_short_form(short) and align(short, texts) > 0.85


def _shuffled(short: str, words: Sequence[Piece]) -> Span | None:
    """Return the span of as many words as there are letters, whose initials are these in another order."""
    count, letters = 0, len(letters_of(short))
    for first in range(len(words) - 1, -1, -1):
        count += words[first].text.lower() not in SMALL
        if count == letters:
            texts = [word.text for word in words[first:]]
            return (words[first].start, words[-1].end) if same_initials(short, texts) else None
    return None


def _is_peeled(word: Piece) -> bool:
    return word.text.lower() in cues("heads")["generic"]["peeled"]
