"""What kind of thing a phrase names, judged from its words alone: learnt from the vocabulary and from annotated phrases.

A maximum-entropy classifier (Berger, Della Pietra & Della Pietra 1996), which is a conditional random field over
sequences of length one, so that CRFsuite trains it too. Used by `kg.reading` where no list and no pattern
tells the kind. Trained by `tools/train_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from kg.tagging.crf import Crf, read_crf
from kg.tagging.features import clusters
from kg.text.forms import form
from kg.vocab import Kind

_UNKNOWN = ("?", "?")


def phrase_features(phrase: str) -> list[str]:
    """Return what the classifier sees of a phrase: its head by form, ending and cluster, and the words before the head."""
    words = phrase.replace("-", " ").replace("–", " ").replace("/", " ").split() or ["?"]
    *before, head = [form(word) for word in words]
    row = ["h=" + head, "n=" + str(min(4, len(words)))]
    row += [f"e{n}=" + head[-n:] for n in (2, 3, 4)]
    row += [name + "=" + value for name, value in zip("cC", _cluster(head), strict=True)]
    for word in before:
        row += ("m=" + word, "mc=" + _cluster(word)[0])
    if before:
        row.append("hh=" + before[-1] + " " + head)
    if any(letter.isupper() for letter in words[-1][1:]):
        row.append("capitals")
    return row


@lru_cache(1 << 16)
def kinds_of(phrase: str) -> Mapping[Kind, float]:
    """Return how probable each kind is for a phrase.

    >>> max(kinds_of("retinal nerve layer thickness"), key=lambda kind: kinds_of("retinal nerve layer thickness")[kind]).value
    'Concept'
    """
    crf = _classifier()
    scores = crf.weights[[crf.rows[name] for name in phrase_features(phrase) if name in crf.rows]].sum(0)
    odds = np.exp(scores - scores.max())
    return dict(zip(map(Kind, crf.labels), (odds / odds.sum()).tolist(), strict=True))


def _cluster(word: str) -> tuple[str, str]:
    return clusters().get(word, _UNKNOWN)


@cache
def _classifier() -> Crf:
    return read_crf(resources.files("kg.tagging").joinpath("kinds.crf").read_bytes())
