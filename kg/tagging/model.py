"""Apply the trained tagger to a sentence. The only module that knows CRFsuite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.lexicon import Hit
from kg.tagging.features import features
from kg.text.document import Sentence


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tokens `begin` to `end` (exclusive) with their label and how probable the least probable of them is."""

    begin: int
    end: int
    label: str
    probability: float


@cache
def _weights() -> bytes:
    """Return the trained weights; kept here, as CRFsuite reads them where they lie."""
    return resources.files("kg.tagging").joinpath("tagger.crf").read_bytes()


@cache
def _tagger() -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_weights())
    return tagger


def tag(sentence: Sentence, hits: Iterable[Hit]) -> list[Tagged]:
    """Return the labelled spans of a sentence, left to right."""
    tagger = _tagger()
    labels = tagger.tag(features(sentence, hits))
    found = []
    for begin, end, label in spans(labels):
        inside = [tagger.marginal(labels[i], i) for i in range(begin, end)]
        found.append(Tagged(begin, end, label, min(inside)))
    return found


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
