"""A sparse matrix of weights as arrays of numbers, which processes can share: papers by terms, for `kg.link`."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import mul

import numpy as np
from numpy.typing import NDArray

GRAIN = float(1 << 24)
"""Weights of vectors of length 1 are whole multiples of one part in so many. Then their products and sums of these are exact
in double precision, so that no sum depends on its order."""


class Rows:
    """A sparse matrix by rows: of each paper some terms in their order, and a weight for each."""

    def __init__(
        self, starts: array[int] | None = None, terms: array[int] | None = None, weights: array[float] | None = None
    ) -> None:
        self.starts = starts if starts is not None else array("Q", [0])
        self.terms = terms if terms is not None else array("I")
        self.weights = weights if weights is not None else array("f")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def add(self, row: Iterable[tuple[int, float]]) -> None:
        """Add the next row."""
        for term, weight in row:
            self.terms.append(term)
            self.weights.append(weight)
        self.starts.append(len(self.terms))

    def of(self, row: int) -> Iterator[tuple[int, float]]:
        """Yield the terms of a row with their weights."""
        begin, end = self.starts[row], self.starts[row + 1]
        return zip(self.terms[begin:end], self.weights[begin:end], strict=True)

    def counts(self) -> dict[int, int]:
        """Return how many rows have each term."""
        terms, counts = np.unique(np.asarray(self.terms), return_counts=True)
        return dict(zip(terms.tolist(), counts.tolist(), strict=True))

    def multiply(self, factors: Mapping[int, float]) -> None:
        """Multiply each weight by the factor of its term."""
        self.weights = array("f", (w * factors[t] for t, w in zip(self.terms, self.weights, strict=True)))

    def divide(self, lengths: Iterable[float]) -> None:
        """Divide the weights of each row by a number of its own, and round them to multiples of 1 / `GRAIN`."""
        each = np.repeat(np.fromiter(lengths, np.float64, len(self)), self._sizes())
        exact = np.asarray(self.weights, np.float64) / each
        self.weights = array("f", (np.rint(exact * GRAIN) / GRAIN).astype(np.float32).tobytes())

    def squares(self) -> Iterator[float]:
        """Yield the inner product of each row with itself, exactly rounded."""
        for begin, end in pairwise(self.starts):
            weights = self.weights[begin:end]
            yield math.fsum(map(mul, weights, weights))

    def turned(self, terms: int) -> tuple[array[int], array[int], array[float]]:
        """Return where each term's rows begin, and for each the rows that have it, in order, with its weight there."""
        held = np.asarray(self.terms)
        first = np.concatenate(([0], np.cumsum(np.bincount(held, minlength=terms))))
        order = np.argsort(held, kind="stable")
        rows = np.repeat(np.arange(len(self), dtype=np.uint32), self._sizes())
        columns = (first.astype(np.uint64), rows[order], np.asarray(self.weights)[order])
        starts, numbers, weights = (column.tobytes() for column in columns)
        return array("Q", starts), array("I", numbers), array("f", weights)

    def _sizes(self) -> NDArray[np.int64]:
        starts = np.asarray(self.starts).astype(np.int64)
        return starts[1:] - starts[:-1]


class Products:
    """The inner products of the rows of a matrix, one row with many at a time."""

    def __init__(self, rows: Rows) -> None:
        terms, numbers = np.unique(np.asarray(rows.terms), return_inverse=True)
        self._terms = numbers.astype(np.int32)
        self._weights = np.asarray(rows.weights)
        self._starts = np.asarray(rows.starts).astype(np.int64)
        self._one = np.zeros(len(terms))  # the row that is asked for, spread out; else nothing but zeros

    def of(self, row: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the products of a row with others; exact when the weights are as `GRAIN` says."""
        own = slice(self._starts[row], self._starts[row + 1])
        begins = self._starts[others]
        sizes = self._starts[others + 1] - begins
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
        self._one[self._terms[own]] = self._weights[own]
        parts = self._one[self._terms[places]] * self._weights[places]
        self._one[self._terms[own]] = 0
        return np.bincount(np.repeat(np.arange(len(others)), sizes), parts, len(others)).astype(np.float64)


def damped(count: float) -> float:
    """Return what a count weighs: the second time says less than the first."""
    return math.log(1 + count)


def rarity(rows: int, count: int) -> float:
    """Return by how much a term weighs more that `count` of so many rows have; 1 for one that all of them have."""
    return 1 + math.log((1 + rows) / (1 + count))


def bring_to_length_one(one: Rows, other: Rows) -> None:
    """Divide the rows of two matrices by the length that they have together; one without anything stays."""
    lengths = [math.sqrt(mine + more) or 1.0 for mine, more in zip(one.squares(), other.squares(), strict=True)]
    one.divide(lengths)
    other.divide(lengths)
