"""How near papers are, and which are nearest: the search of `kg.link`, over papers as vectors of length 1.

A paper has two vectors, of the entities that it has and of the words that it says; their lengths together are 1. `Candidates`
finds whom to compare, `Comparison` compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest

from kg.vectors import Rows

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
        self._first, self._holders, self._parts = techniques.turned(len(links))

    def of(self, paper: int) -> list[int]:
        """Return the `NEAR` best candidates of a paper, by the entities alone that link papers."""
        scores: defaultdict[int, float] = defaultdict(float)
        for entity, weight in self._techniques.of(paper):
            if self._links[entity]:
                begin, end = self._first[entity], self._first[entity + 1]
                for other, part in zip(self._holders[begin:end], self._parts[begin:end], strict=True):
                    scores[other] += weight * part
        scores.pop(paper, None)
        return [other for _, other in nsmallest(NEAR, ((-score, other) for other, score in scores.items()))]


class Comparison:
    """Compares papers in full. What is asked of one paper is best asked at once: its vectors are kept at hand."""

    def __init__(self, techniques: Rows, said: Rows) -> None:
        self._techniques, self._said = techniques, said
        self._asked: tuple[int, dict[int, float], dict[int, float]] = (-1, {}, {})

    def strongest(self, paper: int, others: Iterable[int]) -> list[tuple[int, int]]:
        """Return the strongest links of a paper with `others`: each and the weight in thousandths, the strongest first."""
        found = [(other, weight) for other in others if (weight := self._weight(paper, other)) >= round(LEAST * UNIT)]
        return nsmallest(TOP, found, key=lambda one: (-one[1], min(paper, one[0]), max(paper, one[0])))

    def shared(self, a: int, b: int) -> list[tuple[int, int]]:
        """Return the entities that two papers share and what each adds in thousandths, the weightiest first."""
        mine, _ = self._vectors(a)
        parts = {entity: mine[entity] * weight for entity, weight in self._techniques.of(b) if entity in mine}
        least = PART * max(parts.values(), default=0)
        parts = {entity: part for entity, part in parts.items() if part >= least and part > 0}
        return sorted(_divided(self._weight(a, b), parts), key=lambda one: (-one[1], one[0]))

    def _weight(self, paper: int, other: int) -> int:
        mine, said = self._vectors(paper)
        return round((self._techniques.dot(mine, other) + self._said.dot(said, other)) * UNIT)

    def _vectors(self, paper: int) -> tuple[dict[int, float], dict[int, float]]:
        if self._asked[0] != paper:
            self._asked = paper, dict(self._techniques.of(paper)), dict(self._said.of(paper))
        return self._asked[1:]


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
