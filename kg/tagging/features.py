"""What the tagger sees of each token: the word, its shape, its part, the vocabulary's opinion, and its neighbours.

The same features are made in training and at run time; there, those that the model has no weight for are left out, which
changes nothing but the time. Everything that depends on one word alone is cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from kg.cues.heads import is_empty_modifier, is_generic, kind_of_head, looks_like_name
from kg.lexicon import Hit
from kg.text.document import Sentence
from kg.text.forms import form

_CACHED = 1 << 16
Row = tuple[bytes, ...]
State = tuple[str, str, str, str]
"""What is told of a token by its sentence: tag, place in its phrase, what the phrase's head tells, the vocabulary's opinion."""


class Features:
    """Makes the features of the tokens of a sentence: all of them, or only those of `known`."""

    def __init__(self, known: frozenset[str] | None = None) -> None:
        self._all_known = known
        self._own = lru_cache(_CACHED)(self._make_own)
        self._before = lru_cache(_CACHED)(lambda word: self._make_beside(word, "-1"))
        self._after = lru_cache(_CACHED)(lambda word: self._make_beside(word, "+1"))
        self._before_2 = lru_cache(_CACHED)(lambda form: self._kept(["-2w=" + form]))
        self._after_2 = lru_cache(_CACHED)(lambda form: self._kept(["+2w=" + form]))
        self._state = cache(self._make_state)

    def rows(self, sentence: Sentence, hits: Iterable[Hit]) -> list[list[bytes]]:
        """Return the features of each token; `hits` are the names of the vocabulary in the sentence."""
        words = [token.text for token in sentence.tokens]
        forms = sentence.forms
        states = list(map(self._state, zip(sentence.tags, *_phrases(sentence), _known(len(words), hits), strict=True)))
        none: tuple[Row, ...] = ((),) * 5
        columns = zip(
            map(self._own, words),
            chain([_FIRST], map(self._before, words)),
            chain([()], map(self._pair, forms, forms[1:])),
            chain(map(self._after, words[1:]), [_LAST]),
            chain([(), ()], map(self._before_2, forms)),
            chain(map(self._after_2, forms[2:]), [(), ()]),
            states,
            chain([none], states),
            chain(states[1:], [none]),
            chain([none, none], states),
            chain(states[2:], [none, none]),
            strict=False,  # what is told of the tokens before goes on past the end
        )
        return [
            [*own, *s[0], *before, *s1[1], *pair, *after, *s2[2], *before_2, *s3[3], *after_2, *s4[4]]
            for own, before, pair, after, before_2, after_2, s, s1, s2, s3, s4 in columns
        ]

    def _kept(self, names: Iterable[str]) -> Row:
        known = self._all_known
        return tuple(name.encode() for name in names if known is None or name in known)

    def _make_own(self, word: str) -> Row:
        lower = word.lower()
        row = ["w=" + form(word), "e=" + lower[-3:], "f=" + lower[-2:], "s=" + shape(word)]
        row += (name + "=" + value for name, value in zip("cC", _cluster(lower), strict=False))
        kind = kind_of_head(word)
        if kind:
            row.append("k=" + kind.value)
        row += (
            name
            for name, test in (("generic", is_generic), ("empty", is_empty_modifier), ("name", looks_like_name))
            if test(word)
        )
        return self._kept(row)

    def _make_beside(self, word: str, place: str) -> Row:
        lower = word.lower()
        row = [place + "w=" + form(word), place + "e=" + lower[-3:]]
        row += (place + name + "=" + value for name, value in zip("cC", _cluster(lower), strict=False))
        return self._kept(row)

    def _pair(self, form: str, following: str) -> Row:
        name = "2w=" + form + "|" + following  # too many to cache
        return (name.encode(),) if self._all_known is None or name in self._all_known else ()

    def _make_state(self, state: State) -> tuple[Row, Row, Row, Row, Row]:
        """Return what a state tells of its own token, of the next, of the one before, and of those two away."""
        tag, place, head, known = state
        return (
            self._kept(["t=" + tag, "p=" + place, "h=" + head, "l=" + known]),
            self._kept(["-1t=" + tag, "-1l=" + known]),
            self._kept(["+1t=" + tag, "+1l=" + known, "+1p=" + place]),
            self._kept(["-2t=" + tag]),
            self._kept(["+2t=" + tag]),
        )


_FIRST, _LAST = (b"first",), (b"last",)


@cache
def clusters() -> dict[str, tuple[str, str]]:
    """Return the coarse and the fine cluster of each frequent word, by how it is used in abstracts."""
    lines = resources.files("kg.tagging").joinpath("clusters.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: (coarse, fine) for word, coarse, fine in rows}


def _cluster(lower: str) -> tuple[str, ...]:
    return clusters().get("0" if lower[0].isdigit() else lower, ())


@lru_cache(_CACHED)
def shape(word: str) -> str:
    """Return the pattern of capitals and digits of a word, runs cut at two.

    >>> shape("ResNet50"), shape("GPT"), shape("fox")
    ('XxxXxxdd', 'XX', 'xx')
    """
    made = ""
    for c in word[:12]:
        sign = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        if made[-2:] != sign * 2:
            made += sign
    return made


def _known(count: int, hits: Iterable[Hit]) -> list[str]:
    known = [""] * count
    for hit in hits:
        label = hit.concept.kind.value[:3] + ("?" if hit.concept.ordinary else "")
        for i in range(hit.begin, hit.end):
            known[i] = ("B" if i == hit.begin else "I") + label
    return known


def _phrases(sentence: Sentence) -> tuple[Sequence[str], Sequence[str]]:
    """Return, for each token, its place in its noun phrase and what the phrase's head tells."""
    places, heads = ["O"] * len(sentence.tokens), [""] * len(sentence.tokens)
    for begin, end in sentence.phrases:
        head = sentence.lowers[end - 1]
        kind = kind_of_head(head)
        told = (kind.value if kind else "") + ("?" if is_generic(head) else "")
        for i in range(begin, end):
            places[i] = "B" if i == begin else "E" if i == end - 1 else "I"
            heads[i] = told
    return places, heads
