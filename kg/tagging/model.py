"""Apply the trained tagger to the sentences of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from kg.lexicon import Hit
from kg.model import Tagged
from kg.tagging.crf import Crf, decode, read_crf
from kg.tagging.scores import Scores
from kg.text.document import Sentence

_TOGETHER = 4000  # tokens, about; more take memory and no less time


@cache
def _tagger() -> tuple[Crf, Scores]:
    """Return the model, and what adds up its weights."""
    crf = read_crf(resources.files("kg.tagging").joinpath("tagger.crf").read_bytes())
    return crf, Scores(crf)


def tag(sentences: Sequence[Sentence], hits: Sequence[Sequence[Hit]]) -> Iterator[tuple[Tagged, ...]]:
    """Yield the labelled spans of each sentence, left to right; `hits` are the names of the vocabulary in it.

    Sentences are tagged together where there are many, which does not change what is found.
    """
    begin = count = 0
    for end, sentence in enumerate(sentences, 1):
        count += len(sentence.tokens)
        if count >= _TOGETHER or end == len(sentences):
            yield from _tag(sentences[begin:end], hits[begin:end])
            begin, count = end, 0


def _tag(sentences: Sequence[Sentence], hits: Sequence[Sequence[Hit]]) -> Iterator[tuple[Tagged, ...]]:
    crf, scores = _tagger()
    lengths = [len(sentence.tokens) for sentence in sentences]
    labels, chances = decode(crf, scores.of(sentences, hits), lengths)
    names, sure = [crf.labels[label] for label in labels.tolist()], chances.tolist()
    at = 0
    for length in lengths:
        inside, at = slice(at, at + length), at + length
        yield tuple(Tagged(b, e, label, min(sure[inside][b:e])) for b, e, label in spans(names[inside]))


def spans(labels: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return the spans that BIO labels mark.

    >>> spans(["O", "B-Task", "I-Task", "B-Task", "O"])
    [(1, 3, 'Task'), (3, 4, 'Task')]
    """
    found: list[tuple[int, int, str]] = []
    begin, kind = -1, ""
    at = -1
    for at, label in enumerate([*labels, "O"]):
        if kind and (label[:2] != "I-" or label[2:] != kind):
            found.append((begin, at, kind))
            kind = ""
        if label != "O" and not kind:
            begin, kind = at, label[2:]
    return found
