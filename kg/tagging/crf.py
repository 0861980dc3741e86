"""Conditional random fields as CRFsuite trains them, read from its files and applied by NumPy. Used by the rest of `kg.tagging`.

Sentences are labelled together, a token of each at a step: all of them take as many steps as the longest has tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from struct import unpack_from
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Numbers = NDArray[np.intp]

_FEATURE = np.dtype([("type", "<u4"), ("from", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_OF_TOKENS, _OF_LABELS = 0, 1  # types of features: what a token shows, and the label before
_FEATURES, _LABELS, _ATTRIBUTES = 28, 32, 36  # where the header says at which byte each of these begins
_OFTEN = 8  # steps after which probabilities are scaled, lest they become too small


@dataclass(frozen=True, slots=True, eq=False)
class Crf:
    """A trained model: its labels, the row of `weights` that each feature has, and the weights of a label (column) after another (row).

    The last row of `weights`, which no feature has, is zero.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Reals
    transitions: Reals


def read_crf(model: bytes) -> Crf:
    """Return the model that a file of CRFsuite holds (format 100, on any machine)."""
    (at,) = unpack_from("<I", model, _FEATURES)
    (count,) = unpack_from("<I", model, at + 8)
    features: NDArray[Any] = np.frombuffer(model, _FEATURE, count, at + 12)
    labels, names = _names(model, _LABELS), _names(model, _ATTRIBUTES)
    weights = np.zeros((len(names) + 1, len(labels)))
    transitions = np.zeros((len(labels), len(labels)))
    for kind, table in ((_OF_TOKENS, weights), (_OF_LABELS, transitions)):
        some = features[features["type"] == kind]
        table[some["from"], some["label"]] = some["weight"]
    return Crf(tuple(labels), {name: row for row, name in enumerate(names)}, weights, transitions)


def _names(model: bytes, header: int) -> list[str]:
    """Return a table of strings (``CQDB``), whose backward array gives the place of each."""
    (at,) = unpack_from("<I", model, header)
    count, backward = unpack_from("<II", model, at + 16)
    names = []
    for place in unpack_from(f"<{count}I", model, at + backward):
        (size,) = unpack_from("<I", model, at + place + 4)
        names.append(model[at + place + 8 : at + place + 7 + size].decode())  # a NUL ends it
    return names


def decode(crf: Crf, scores: Reals, lengths: Sequence[int]) -> tuple[Numbers, Reals]:
    """Return the label of each token in the most probable sequence of its sentence, and how probable that label is.

    `scores` has a row for each token of all sentences, one after another, and a column for each label. The sequences are found by
    Viterbi's algorithm, the probabilities by going forward and backward (Rabiner 1989).
    """
    steps = _steps(lengths)
    labels = np.empty(len(scores), np.intp)
    labels[steps.forward] = _best(crf.transitions, scores[steps.forward].T.copy(), steps)
    sums = _sums(crf.transitions, scores, steps)
    chosen = np.take_along_axis(sums, labels[:, None], 1)[:, 0]
    return labels, chosen / sums.sum(1)


class _Steps(NamedTuple):
    """The tokens of sentences in the order in which they are looked at: the longest sentence first at every step.

    `forward` goes by the distance from the beginning of their sentence, `backward` from its end; each step has its range of both.
    """

    forward: Numbers
    backward: Numbers
    ranges: list[tuple[int, int]]


def _steps(lengths: Sequence[int]) -> _Steps:
    sizes = np.array(lengths)
    longest = np.argsort(-sizes, kind="stable")
    ends = np.cumsum(sizes)[longest]
    starts = ends - sizes[longest]
    counts = len(sizes) - np.cumsum(np.bincount(sizes))[:-1]  # of the sentences that have a token at each distance
    bounds = np.concatenate(([0], np.cumsum(counts)))
    distance = np.repeat(np.arange(len(counts)), counts)
    sentence = np.arange(bounds[-1]) - bounds[distance]
    forward, backward = starts[sentence] + distance, ends[sentence] - 1 - distance
    return _Steps(forward, backward, list(pairwise(bounds.tolist())))


def _best(transitions: Reals, scores: Reals, steps: _Steps) -> Numbers:
    """Return the labels of the best sequences; `scores` has a column for each token, in forward order, and is written over."""
    follows = transitions[:, :, None]
    for (before, _), (at, end) in pairwise(steps.ranges):
        scores[:, at:end] += (scores[:, None, before : before + end - at] + follows).max(0)
    labels = np.empty(scores.shape[1], np.intp)
    later = labels[:0]
    for at, end in reversed(steps.ranges):
        scores[:, at : at + len(later)] += transitions[:, later]
        later = labels[at:end] = scores[:, at:end].argmax(0)
    return labels


def _sums(transitions: Reals, scores: Reals, steps: _Steps) -> Reals:
    """Return for each token and label how probable all sequences through it are, up to a factor a token."""
    shown = np.exp(scores - scores.max(1, keepdims=True))
    sums = np.stack((shown[steps.forward].T, shown[steps.backward].T))
    likely = np.exp(transitions)
    follows = np.stack((likely.T, likely))
    for number, ((before, _), (at, end)) in enumerate(pairwise(steps.ranges)):
        sums[:, :, at:end] *= follows @ sums[:, :, before : before + end - at]
        if not number % _OFTEN:
            sums[:, :, at:end] /= sums[:, :, at:end].sum(1, keepdims=True)
    both = np.empty((2, *scores.shape))
    both[0, steps.forward], both[1, steps.backward] = sums[0].T, sums[1].T
    found: Reals = both[0] * both[1] / shown
    return found
