"""What the tagger sees of each token: the word, its shape, its part, the vocabulary's opinion, and its neighbours.

The same features are made in training and at run time. Everything that depends on one word alone is cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources

from kg.cues.heads import is_empty_modifier, is_generic, kind_of_head, looks_like_name
from kg.lexicon import Hit
from kg.text.document import Sentence
from kg.text.forms import form

_CACHED = 1 << 17


def features(sentence: Sentence, hits: Iterable[Hit]) -> list[list[str]]:
    """Return the features of each token; `hits` are the names of the vocabulary in the sentence."""
    known = _known(len(sentence.tokens), hits)
    places, heads = _phrases(sentence)
    tags = sentence.tags
    words = [token.text for token in sentence.tokens]
    forms = [form(word) for word in words]
    last = len(words) - 1
    rows = []
    for i, word in enumerate(words):
        row = [*_own(word), "t=" + tags[i], "p=" + places[i], "h=" + heads[i], "l=" + known[i]]
        if i:
            row += _beside(words[i - 1], "-1")
            row += ("-1t=" + tags[i - 1], "-1l=" + known[i - 1], "2w=" + forms[i - 1] + "|" + forms[i])
        else:
            row.append("first")
        if i < last:
            row += _beside(words[i + 1], "+1")
            row += ("+1t=" + tags[i + 1], "+1l=" + known[i + 1], "+1p=" + places[i + 1])
        else:
            row.append("last")
        if i > 1:
            row += ("-2w=" + forms[i - 2], "-2t=" + tags[i - 2])
        if i < last - 1:
            row += ("+2w=" + forms[i + 2], "+2t=" + tags[i + 2])
        rows.append(row)
    return rows


@cache
def clusters() -> dict[str, tuple[str, str]]:
    """Return the coarse and the fine cluster of each frequent word, by how it is used in abstracts."""
    lines = resources.files("kg.tagging").joinpath("clusters.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: (coarse, fine) for word, coarse, fine in rows}


@lru_cache(_CACHED)
def _own(word: str) -> tuple[str, ...]:
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
    return tuple(row)


@lru_cache(_CACHED)
def _beside(word: str, place: str) -> tuple[str, ...]:
    lower = word.lower()
    row = [place + "w=" + form(word), place + "e=" + lower[-3:]]
    row += (place + name + "=" + value for name, value in zip("cC", _cluster(lower), strict=False))
    return tuple(row)


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
