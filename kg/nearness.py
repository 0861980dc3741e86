"""How near papers are, and which are nearest: the search of `kg.link`, over papers as vectors of length 1.

A paper has two vectors, of the entities that it has and of the words that it says; their lengths together are 1. `Candidates`
finds whom to compare, `Comparison` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter

import numpy as np

from kg.vectors import Products, Rows

COMMON = 500
"""An entity that more papers have finds no candidates; it only adds weight."""
BROAD = 0.3
"""Entities of less information than this (machine learning, neural network) link no papers by themselves."""
NEAR = 100
"""So many candidates are compared."""
TOP = 12
"""So many links a paper brings."""
LEAST = 0.05
"""Links that weigh less are dropped."""
PART = 0.1
"""What adds less than so much of what the weightiest shared entity adds is no reason, and left out."""
UNIT = 1000
"""Weights are whole thousandths until they are written, so that sums do not depend on their order."""


def links_papers(papers: int, specificity: float) -> bool:
    """Tell whether an entity that so many papers have, and that is so specific, links them by itself."""
    return 1 < papers <= COMMON and specificity >= BROAD


class Candidates:
    """An inverted index: which papers may be near one. `links` says of each entity whether it links papers by itself."""

    def __init__(self, techniques: Rows, links: bytes | bytearray) -> None:
        self._techniques, self._links = techniques, links
        self._first, holders, parts = techniques.turned(len(links))
        self._holders, self._parts = np.asarray(holders), np.asarray(parts)
        self._scores = np.zeros(len(techniques))  # of the paper that is asked for; else nothing but zeros

    def of(self, paper: int) -> list[int]:
        """Return the `NEAR` best candidates of a paper, by the entities alone that link papers."""
        rare = [(entity, weight) for entity, weight in self._techniques.of(paper) if self._links[entity]]
        if not rare:
            return []
        spans = [slice(self._first[entity], self._first[entity + 1]) for entity, _ in rare]
        holders = np.concatenate([self._holders[span] for span in spans])
        parts = np.concatenate([self._parts[span] for span in spans])
        weights = np.repeat([weight for _, weight in rare], [span.stop - span.start for span in spans])
        np.add.at(self._scores, holders, parts * weights)
        others = np.unique(holders)
        others = others[others != paper]
        best = np.argsort(-self._scores[others], kind="stable")[:NEAR]
        self._scores[holders] = 0
        found: list[int] = others[best].tolist()
        return found


class Comparison:
    """Compares papers in full."""

    def __init__(self, techniques: Rows, said: Rows) -> None:
        self._techniques = techniques
        self._products = Products(techniques), Products(said)

    def strongest(self, paper: int, others: Sequence[int]) -> list[tuple[int, int]]:
        """Return the strongest links of a paper with `others`: each and the weight in thousandths, the strongest first."""
        weights = zip(others, self.weights(paper, others), strict=True)
        found = [(other, weight) for other, weight in weights if weight >= round(LEAST * UNIT)]
        return nsmallest(TOP, found, key=lambda one: (-one[1], min(paper, one[0]), max(paper, one[0])))

    def weights(self, paper: int, others: Sequence[int]) -> list[int]:
        """Return how near a paper is to each of `others`, in thousandths."""
        asked = np.array(others, np.int64)
        total = sum((products.of(paper, asked) for products in self._products), np.zeros(len(asked)))
        found: list[int] = np.rint(total * UNIT).astype(np.int64).tolist()
        return found

    def links(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        """Yield pairs of papers, which come in order, with what they share."""
        for paper, same in groupby(pairs, itemgetter(0)):
            others = [other for _, other in same]
            for other, shared in zip(others, self.shared(paper, others), strict=True):
                yield paper, other, shared

    def shared(self, paper: int, others: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
        """Yield the entities that a paper shares with each of `others`: what each adds in thousandths, the weightiest first."""
        mine = dict(self._techniques.of(paper))
        for other, weight in zip(others, self.weights(paper, others), strict=True):
            parts = {entity: mine[entity] * part for entity, part in self._techniques.of(other) if entity in mine}
            least = PART * max(parts.values(), default=0)
            parts = {entity: part for entity, part in parts.items() if part >= least and part > 0}
            yield sorted(_divided(weight, parts), key=lambda one: (-one[1], one[0]))


def _divided(total: int, parts: Mapping[int, float]) -> list[tuple[int, int]]:
    """Divide a whole number in proportion to `parts`, so that it is their sum; what gets nothing is left out.

    >>> _divided(10, {1: 0.5, 2: 0.25, 3: 0.25})
    [(1, 5), (2, 3), (3, 2)]
    """
    whole = sum(parts.values())
    exact = {term: total * part / whole for term, part in parts.items()}
    left = total - sum(map(int, exact.values()))
    more = set(nsmallest(left, exact, key=lambda term: (int(exact[term]) - exact[term], term)))
    divided = ((term, int(part) + (term in more)) for term, part in exact.items())
    return [(term, part) for term, part in divided if part]
