"""What the tagger sees of each token: the word, its shape, its part, the vocabulary's opinion, and its neighbours.

A word, and what is told of it by its sentence, gives features to its own token and to those up to two tokens away (`PLACES`).
Training writes them out token by token (`rows`); at run time `kg.tagging.scores` adds up what they weigh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources

from kg.cues.heads import is_empty_modifier, is_generic, kind_of_head, looks_like_name
from kg.lexicon import Hit
from kg.text.document import Sentence
from kg.text.forms import form

Given = tuple[list[str], list[str], list[str], list[str], list[str]]
"""The features that a token gives to each of `PLACES`."""
State = tuple[str, str, str, str]
"""What is told of a token by its sentence: tag, place in its phrase, what the phrase's head tells, the vocabulary's opinion."""

PLACES = (0, 1, -1, 2, -2)
"""To whom a token gives features: itself, the next token, the one before, and those two away."""
EDGES: Given = ([], ["first"], ["last"], [], [])
"""What is given by the place before the first token and by the one after the last."""


def rows(sentence: Sentence, hits: Iterable[Hit]) -> list[list[str]]:
    """Return the features of each token; `hits` are the names of the vocabulary in the sentence."""
    count, forms = len(sentence.tokens), sentence.forms
    given = [of_word(token.text) for token in sentence.tokens]
    told = [of_state(state) for state in states(sentence, hits)]
    rows: list[list[str]] = []
    for i in range(count):
        row = [pair(forms[i - 1], forms[i])] if i else []
        for place, shift in enumerate(PLACES):
            giver = i - shift
            if 0 <= giver < count:
                row += given[giver][place] + told[giver][place]
            elif giver in (-1, count):
                row += EDGES[place]
        rows.append(row)
    return rows


def of_word(word: str) -> Given:
    """Return the features that a word gives, whatever sentence it stands in."""
    lower, normal = word.lower(), form(word)
    ends = "e=" + lower[-3:]
    groups = [name + "=" + value for name, value in zip("cC", _cluster(lower), strict=False)]
    own = ["w=" + normal, ends, "f=" + lower[-2:], "s=" + shape(word), *groups]
    kind = kind_of_head(word)
    if kind:
        own.append("k=" + kind.value)
    tests = (("generic", is_generic), ("empty", is_empty_modifier), ("name", looks_like_name))
    own += (name for name, test in tests if test(word))
    beside = ["w=" + normal, ends, *groups]
    return own, ["-1" + name for name in beside], ["+1" + name for name in beside], ["-2w=" + normal], ["+2w=" + normal]


def of_state(state: State) -> Given:
    """Return the features that a token gives by its part in its sentence."""
    tag, place, head, known = state
    return (
        ["t=" + tag, "p=" + place, "h=" + head, "l=" + known],
        ["-1t=" + tag, "-1l=" + known],
        ["+1t=" + tag, "+1l=" + known, "+1p=" + place],
        ["-2t=" + tag],
        ["+2t=" + tag],
    )


def pair(before: str, form: str) -> str:
    """Return the feature of a token that its form and the one before make together."""
    return "2w=" + before + "|" + form


def states(sentence: Sentence, hits: Iterable[Hit]) -> list[State]:
    """Return what the sentence tells of each of its tokens."""
    places, heads = _phrases(sentence)
    return list(zip(sentence.tags, places, heads, _known(len(places), hits), strict=True))


@cache
def clusters() -> dict[str, tuple[str, str]]:
    """Return the coarse and the fine cluster of each frequent word, by how it is used in abstracts."""
    lines = resources.files("kg.tagging").joinpath("clusters.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: (coarse, fine) for word, coarse, fine in rows}


def _cluster(lower: str) -> tuple[str, ...]:
    return clusters().get("0" if lower[0].isdigit() else lower, ())


@lru_cache(1 << 16)
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
