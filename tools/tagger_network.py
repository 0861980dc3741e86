"""A small convolutional network over word vectors, to compare the tagger with. Used by `tools/compare_taggers.py` only.

After Collobert et al., "Natural language processing (almost) from scratch" (JMLR 2011): each token is its word vector and
the sum of vectors for its shape, ending, part, phrase and what the vocabulary says; two layers of width three look at its
neighbours. Trained with Adam on the processor; wants `pip install jax`.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as np
import numpy

Sentence = list[list[bytes]]
Example = tuple[Sentence, list[str]]

SIZE, HIDDEN, BUCKETS, LONGEST = 100, 160, 1 << 13, 96
SMALL = (b"s=", b"e=", b"t=", b"p=", b"h=", b"l=", b"k=", b"generic", b"empty", b"name")
EPOCHS, BATCH, RATE, DROP = 14, 24, 1.5e-3, 0.4
Weights = dict[str, Any]


class Network:
    """A trained network; `tag` labels one sentence."""

    def __init__(self, weights: Weights, words: dict[str, int], labels: list[str]) -> None:
        self._weights, self._words, self._labels = weights, words, labels
        self._forward = jax.jit(lambda w, a, b, m: _scores(w, a, b, m).argmax(-1))

    @property
    def size(self) -> int:
        """Bytes of the weights, as 16-bit numbers, and of the words."""
        return 2 * sum(w.size for w in self._weights.values()) + sum(len(word) + 1 for word in self._words)

    def tag(self, features: Sentence) -> list[str]:
        """Return a label for each token."""
        words, small, mask = _arrays([features], self._words)
        found = numpy.asarray(self._forward(self._weights, words, small, mask))[0]
        labels = [self._labels[k] for k in found[: len(features)]]
        return labels + ["O"] * (len(features) - len(labels))


def train(data: Sequence[Example], vectors: Path) -> Network:
    """Train a network; the word vectors are trained on with the rest."""
    words, table = _read_vectors(vectors)
    labels = sorted({label for _, row in data for label in row})
    weights = _start(table, len(labels))
    moments = jax.tree.map(lambda w: (np.zeros_like(w), np.zeros_like(w)), weights)
    step = jax.jit(_step)
    count = 0
    for epoch in range(EPOCHS):
        for batch in _batches(data, epoch):
            count += 1
            arrays = _arrays([f for f, _ in batch], words)
            wanted = numpy.zeros(arrays[2].shape, numpy.int32)
            for i, (_, row) in enumerate(batch):
                wanted[i, : len(row)] = [labels.index(label) for label in row[:LONGEST]]
            weights, moments = step(weights, moments, count, jax.random.PRNGKey(count), *arrays, wanted)
    return Network(weights, words, labels)


def _read_vectors(path: Path) -> tuple[dict[str, int], Any]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(" ") for line in lines]
    table = numpy.array([[0.0] * SIZE, *([float(x) for x in row[1:]] for row in rows)], numpy.float32)
    return {row[0]: k for k, row in enumerate(rows, 1)}, table / table.std()


def _start(table: Any, labels: int) -> Weights:
    shapes = {
        "small": (BUCKETS, SIZE),
        "one": (3 * SIZE, HIDDEN),
        "two": (3 * HIDDEN, HIDDEN),
        "out": (HIDDEN, labels),
    }
    keys = jax.random.split(jax.random.PRNGKey(0), len(shapes))
    made = {
        name: jax.random.normal(key, shape) * (0.1 if name == "small" else (2 / shape[0]) ** 0.5)
        for key, (name, shape) in zip(keys, shapes.items(), strict=True)
    }
    return {"words": np.asarray(table) * 0.3, "bias": np.zeros(labels), **made}


def _batches(data: Sequence[Example], epoch: int) -> Iterator[list[Example]]:
    order = list(data)
    random.Random(epoch).shuffle(order)  # noqa: S311 - an order, not a secret
    for at in range(0, len(order) - BATCH + 1, BATCH):
        yield order[at : at + BATCH]


def _arrays(sentences: Sequence[Sentence], words: dict[str, int]) -> tuple[Any, Any, Any]:
    """Return, padded to one length, the numbers of the words and of the other features, and which tokens there are."""
    shape = (len(sentences), LONGEST)
    ids, mask = numpy.zeros(shape, numpy.int32), numpy.zeros(shape, numpy.float32)
    small = numpy.zeros((*shape, 12), numpy.int32)
    for i, sentence in enumerate(sentences):
        for j, row in enumerate(sentence[:LONGEST]):
            mask[i, j] = 1
            ids[i, j] = words.get(next((f[2:].decode() for f in row if f.startswith(b"w=")), ""), 0)
            hashed = [1 + zlib.crc32(f) % (BUCKETS - 1) for f in row if f.startswith(SMALL)][:12]
            small[i, j, : len(hashed)] = hashed
    return ids, small, mask


def _scores(weights: Weights, words: Any, small: Any, mask: Any, drop: Any = None) -> Any:
    signs = (small > 0)[..., None]
    layer = weights["words"][words] + (weights["small"][small] * signs).sum(2)
    for name in ("one", "two"):
        layer = (layer if drop is None else layer * drop[name]) * mask[..., None]
        before, behind = np.roll(layer, 1, 1).at[:, 0].set(0), np.roll(layer, -1, 1).at[:, -1].set(0)
        layer = jax.nn.relu(np.concatenate([before, layer, behind], -1) @ weights[name])
    return layer @ weights["out"] + weights["bias"]


def _step(
    weights: Weights, moments: Any, count: Any, key: Any, words: Any, small: Any, mask: Any, wanted: Any
) -> tuple[Weights, Any]:
    keys = jax.random.split(key)
    drop = {
        name: jax.random.bernoulli(k, 1 - DROP, (*words.shape, width)) / (1 - DROP)
        for name, k, width in (("one", keys[0], SIZE), ("two", keys[1], HIDDEN))
    }

    def loss(w: Weights) -> Any:
        logs = jax.nn.log_softmax(_scores(w, words, small, mask, drop))
        return -(np.take_along_axis(logs, wanted[..., None], -1)[..., 0] * mask).sum() / mask.sum()

    slopes = jax.grad(loss)(weights)
    following, kept = {}, {}
    for name, slope in slopes.items():
        first, second = moments[name]
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        move = first / (1 - 0.9**count) / (np.sqrt(second / (1 - 0.999**count)) + 1e-8)
        following[name], kept[name] = weights[name] - RATE * move, (first, second)
    return following, kept
