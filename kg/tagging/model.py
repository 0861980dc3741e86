"""Apply the trained tagger to a sentence. The only module that knows CRFsuite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from struct import unpack_from
from typing import Any

from kg.lexicon import Hit
from kg.tagging.features import Features
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
def _tagger() -> tuple[Any, Features]:
    """Return the model, and what makes the features that it knows."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_weights())
    return tagger, Features(attributes(_weights()))


def attributes(model: bytes) -> frozenset[str]:
    """Return the names of the features that a trained model has weights for.

    CRFsuite's own listing takes half a second; so they are read from its file, where they lie in a table of strings
    (``CQDB``) whose backward array gives the place of each.
    """
    (at,) = unpack_from("<I", model, 36)  # where the header says that this table begins
    count, backward = unpack_from("<II", model, at + 16)
    names = set()
    for place in unpack_from(f"<{count}I", model, at + backward):
        (size,) = unpack_from("<I", model, at + place + 4)
        names.add(model[at + place + 8 : at + place + 7 + size].decode())  # a NUL ends it
    return frozenset(names)


def tag(sentence: Sentence, hits: Iterable[Hit]) -> list[Tagged]:
    """Return the labelled spans of a sentence, left to right."""
    tagger, features = _tagger()
    labels = tagger.tag(features.rows(sentence, hits))
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
