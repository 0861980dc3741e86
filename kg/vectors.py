"""A sparse matrix of weights as arrays of numbers, which processes can share: papers by terms, for `kg.link`."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from operator import mul


class Rows:
    """A sparse matrix by rows: of each paper some terms in their order, and a weight for each."""

    def __init__(
        self, starts: array[int] | None = None, terms: array[int] | None = None, weights: array[float] | None = None
    ) -> None:
        self.starts = starts if starts is not None else array("Q", [0])
        self.terms = terms if terms is not None else array("I")
        self.weights = weights if weights is not None else array("f")

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

    def counts(self) -> Counter[int]:
        """Return how many rows have each term."""
        return Counter(self.terms)

    def multiply(self, factors: Mapping[int, float]) -> None:
        """Multiply each weight by the factor of its term."""
        self.weights = array("f", (w * factors[t] for t, w in zip(self.terms, self.weights, strict=True)))

    def dot(self, one: Mapping[int, float], row: int) -> float:
        """Return the inner product of a row with another one: exactly rounded, so that the order does not count."""
        begin, end = self.starts[row], self.starts[row + 1]
        return math.fsum(map(mul, map(one.get, self.terms[begin:end], repeat(0.0)), self.weights[begin:end]))

    def length_squared(self, row: int) -> float:
        """Return the inner product of a row with itself."""
        return math.fsum(weight * weight for weight in self.weights[self.starts[row] : self.starts[row + 1]])

    def divide(self, row: int, length: float) -> None:
        """Divide the weights of a row."""
        for at in range(self.starts[row], self.starts[row + 1]):
            self.weights[at] /= length

    def turned(self, terms: int) -> tuple[array[int], array[int], array[float]]:
        """Return where each term's rows begin, and for each the rows that have it, in order, with its weight there."""
        first = array("Q", bytes(8 * (terms + 1)))
        for term in self.terms:
            first[term + 1] += 1
        for term in range(terms):
            first[term + 1] += first[term]
        rows, weights, free = array("I", bytes(4 * len(self.terms))), array("f", self.weights), array("Q", first)
        for row in range(len(self.starts) - 1):
            for term, weight in self.of(row):
                rows[free[term]], weights[free[term]] = row, weight
                free[term] += 1
        return first, rows, weights


def damped(count: float) -> float:
    """Return what a count weighs: the second time says less than the first."""
    return math.log(1 + count)


def rarity(rows: int, count: int) -> float:
    """Return by how much a term weighs more that `count` of so many rows have; 1 for one that all of them have."""
    return 1 + math.log((1 + rows) / (1 + count))


def bring_to_length_one(one: Rows, other: Rows) -> None:
    """Divide the rows of two matrices by the length that they have together; one without anything stays."""
    for row in range(len(one.starts) - 1):
        length = math.sqrt(one.length_squared(row) + other.length_squared(row)) or 1.0
        one.divide(row, length)
        other.divide(row, length)
