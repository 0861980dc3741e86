"""Where the long form of a given short form begins and ends, among the words beside it. Used by `abbreviations` and `_apart`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.cues import cues
from kg.extract._letters import (
    ARTICLES,
    SMALL,
    align,
    align_most,
    begins,
    holds,
    initials,
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
_SURE, _STRICT = 0.85, 0.94
_SHORTER = 0.1  # how much better a long form has to be for its last noun to be left out
_MID_COMPOUND = 0.25
_MOST = 16  # words of a long form
_REACH = 40  # tokens
_GLUE = 3  # characters between two parts of a compound, at most: "multi - modal"
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
    found: list[Piece] = []
    before = ""
    for token in tokens:
        text = _bare(token.text)
        if text and not (text == "s" and before in _APOSTROPHES):
            start, end = token.start, token.end
            if text != token.text and (token.text[0] != "$" or token.text[-1] != "$"):
                start += token.text.index(text)
                end = start + len(text)
            joined = before in _HYPHENS and found and start - found[-1].end <= _GLUE
            found.append(Piece("-" + text if joined else text, start, end))
        before = token.text
    return found


@lru_cache(1 << 15)
def _bare(text: str) -> str:
    """Return a token without the marks of mathematics, or nothing if it is no word."""
    text = text.strip("$\\")
    return text if text[:1].isalnum() else ""


def before(
    short: str, sentence: Sentence, at: int, *, several: bool = False, commas: bool = True, least: float = GOOD
) -> Span | None:
    """Return the span of the words before token `at` that `short` abbreviates best.

    `several` says that other short forms share the bracket, so that the long form may be one of a list; `commas`
    that a long form that fits perfectly may hold some.
    """
    at = _past_bracket(sentence, at)
    first = _first(sentence, at, _BREAKS)
    near = pieces(sentence.tokens[first:at])
    span = _ending(short, near, least=least)
    if span:
        return span
    start = _first(sentence, at, _SENTENCE_BREAKS) if commas else first
    wide = pieces(sentence.tokens[start:at]) if start < first else near
    span = _ending(short, wide, least=_STRICT) if start < first else None
    if span is None and several:
        return _listed(short, wide)
    part = part_of(short)
    if span is None and part:
        span = _ending(part, near, least=_SURE) or _ending(part, wide, least=_STRICT)
    if span is None and near:
        score, begin = _best_start(short, near, score_of=align_most)
        span = (near[begin].start, near[-1].end) if score >= least else None
    return span


def behind(short: str, tokens: Sequence[Token], *, least: float = GOOD, whole: bool = True) -> Span | None:
    """Return the span of the words that `short` abbreviates, from the first of `tokens` on.

    All of them are taken if they fit well enough, unless `whole` is false and fewer fit better.
    """
    part = part_of(short)
    if not tokens or not any(begins(tokens[0].text, one[0]) for one in spellings(short)):
        return None
    words = pieces(tokens[:_REACH])[:_MOST]
    return _beginning(short, words, least, whole) or (_beginning(part, words, _SURE, whole) if part else None)


def _beginning(short: str, words: Sequence[Piece], least: float, whole: bool) -> Span | None:
    texts = [word.text for word in words]
    full = max(_score(short, texts), align_most(short, texts))
    if full < least or not whole:
        scores = {stop: _score(short, texts[:stop]) for stop in range(2, len(texts))}
        best = max(scores, key=lambda stop: (scores[stop], -stop), default=0)
        enough = _STRICT if whole else least + _SHORTER
        if best and scores[best] > full and scores[best] >= enough and _enough(short, words[:best]):
            return words[0].start, words[best - 1].end
    return (words[0].start, words[-1].end) if full >= least and _enough(short, words) else None


def in_order(short: str, tokens: Sequence[Token]) -> Span | None:
    """Return the span of all of `tokens` if they are few and hold the letters of `short` in order, wherever."""
    words = pieces(tokens[:_REACH])
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


def _best_start(
    short: str, words: Sequence[Piece], *, score_of: Callable[[str, Sequence[str]], float] | None = None
) -> tuple[float, int]:
    """Return the score of the last of `words` that fit best, and which is the first of them."""
    letters = spellings(short)
    firsts = {one[0] for one in letters}
    texts = [word.text for word in words]
    best, found, extra = 0.0, 0, -max(map(len, letters), default=0)
    for first in range(len(words) - 1, max(-1, len(words) - 1 - min(_MOST, 2 * len(short) + 4)), -1):
        text = texts[first]
        extra += text[0] != "-" and text.lower() not in SMALL
        if letters_of(text) in letters or (extra > 0 and 1 - 0.5 * extra / len(letters[-1]) <= best):
            break  # the short form itself; or more words are left over than a better score allows
        if text.lower() in ARTICLES or not any(begins(text, one) for one in firsts):
            continue
        score = (score_of or _score)(short, texts[first:])
        if score > best + 0.01:
            best, found = score, first
    return best, found


def _score(short: str, texts: Sequence[str]) -> float:
    score = align(short, texts)
    if len(texts) == 1 and score >= _ONE_WORD and len(texts[0]) >= 2 * len(letters_of(short)):
        score = max(score, GOOD)
    return score - _MID_COMPOUND if texts[0][0] == "-" else score


def _enough(short: str, words: Sequence[Piece]) -> bool:
    """Tell whether words are more than the short form itself; a short form in small letters needs all its initials."""
    texts = [word.text for word in words]
    itself = texts[0].isalpha() and texts[0].isupper() and texts[0] == short.partition("-")[0]
    if texts[-1].lower() in SMALL or itself or letters_of(texts[0]) == letters_of(short):
        return False
    if is_short_form(short.replace(" ", "")):
        return len(letters_of(short)) > 1
    return len(words) > 2 and is_plain_short_form(short) and align(short, texts) > 0.85


def _shuffled(short: str, words: Sequence[Piece]) -> Span | None:
    """Return the span of the last words whose initials are the letters of `short` in another order."""
    count = 0
    for first in range(len(words) - 1, -1, -1):
        count += len(initials(words[first].text))
        if count >= len(letters_of(short)):
            texts = [word.text for word in words[first:]]
            return (words[first].start, words[-1].end) if same_initials(short, texts) else None
    return None


def _is_peeled(word: Piece) -> bool:
    return word.text.lower() in cues("heads")["generic"]["peeled"]
