"""What each paper speaks of, as weighed terms, and how near two papers are by the terms that they share.

A paper's terms are its entities, the words of their names, and the words of its title and abstract. Each counts:

- an entity `ENTITY` times as much as the paper's role for it (`kg.vocab.ROLE_FACTORS`);
- a word `NAMING` times as much for every entity of the paper that it names, so that 'dilated self-attention' and 'self-attention' meet in a
  word where they do not in a node; and once for each time that the abstract says it, `kg.terms.TITLE` times in the title.

Only words that can name things are terms: no function words, no finite verbs, no adverbs (`kg.text.words`). The weight is
ln(1 + count) * (1 + ln((1 + N) / (1 + n))), n of the N papers having the term; the nearness of two papers is the cosine of
their weights (Salton & Buckley, "Term-weighting approaches in automatic text retrieval", IPM 1988), and the product of the two
weights of a term is its part in it. What was measured stands in docs/explanation/linking.md.

Stands between the graph and `kg.related`. Cost: one pass over the papers; of a question, the postings of one paper's terms.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kg.terms import counted, words
from kg.vocab import ROLE_FACTORS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

ENTITY, NAMING = 0.5, 0.7
"""So much counts an entity, and each word of its name, that a paper has in the role that counts most; a word that it says counts 1."""
LEAST = 0.04
"""Papers less near than this share a handful of everyday words, and are not listed."""
MOST = 1000
"""So many papers are listed at most, the nearest."""


class Near(NamedTuple):
    """A paper (local id), its nearness from 0 to 1, the entities and the other words shared, the weightiest first."""

    paper: str
    score: float
    entities: tuple[str, ...]
    words: tuple[str, ...]


class Profiles:
    """The weighed terms of every paper of a graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._ids = list(graph.papers)
        self._at = {paper: at for at, paper in enumerate(self._ids)}
        # of each term the papers that have it, by their place, and how much it weighs in each: numbers side by side,
        # for a library has more of them than of anything else
        self._holders: dict[str, array[int]] = {}
        self._weights: dict[str, array[float]] = {}
        self._count()
        self._weigh()

    def near(self, paper: str) -> list[Near]:
        """Return the papers that speak of the same things as `paper`, the nearest first, equals in order of id."""
        me, mine = self._at[paper], self._profile(paper)
        scores: dict[int, float] = defaultdict(float)
        for term, weight in mine.items():
            for at, other in zip(self._holders[term], self._weights[term], strict=True):
                scores[at] += weight * other
        scores.pop(me, None)
        found = heapq.nsmallest(MOST, ((-round(score, 6), at) for at, score in scores.items() if score >= LEAST))
        return [self._told(at, min(-score, 1.0), mine) for score, at in found]

    def between(self, paper: str, other: str) -> Near:
        """Return how near `other` is to `paper`, and what both speak of."""
        at, mine = self._at[other], self._profile(paper)
        return self._told(at, min(sum(weight * self._weight(term, at) for term, weight in mine.items()), 1.0), mine)

    def _profile(self, paper: str) -> dict[str, float]:
        me = self._at[paper]
        return {term: self._weight(term, me) for term in sorted(self._counts(paper))}

    def _told(self, at: int, score: float, mine: Mapping[str, float]) -> Near:
        weighed = ((weight * self._weight(term, at), term) for term, weight in mine.items())
        shared = [term for part, term in sorted(weighed, key=lambda one: (-one[0], one[1])) if part > 0]
        entities = tuple(term for term in shared if term in self._graph.entities)
        named = {word for entity in entities for word in words(self._graph.entities[entity].label)}
        return Near(self._ids[at], score, entities, tuple(t for t in shared if t not in entities and t not in named))

    def _weight(self, term: str, at: int) -> float:
        holders = self._holders[term]
        place = bisect_left(holders, at)
        return self._weights[term][place] if place < len(holders) and holders[place] == at else 0.0

    def _count(self) -> None:
        for at, paper in enumerate(self._ids):
            for term, count in self._counts(paper).items():
                self._holders.setdefault(term, array("I")).append(at)
                self._weights.setdefault(term, array("d")).append(log(1 + count))

    def _weigh(self) -> None:
        """Weigh what was counted by its rarity, and bring each paper's weights to length 1."""
        lengths = [0.0] * len(self._ids)
        for term, holders in self._holders.items():
            rarity = 1 + log((1 + len(self._ids)) / (1 + len(holders)))
            weights = array("d", (weight * rarity for weight in self._weights[term]))
            self._weights[term] = weights
            for at, weight in zip(holders, weights, strict=True):
                lengths[at] += weight * weight
        for term, holders in self._holders.items():
            pairs = zip(holders, self._weights[term], strict=True)
            self._weights[term] = array("d", (weight / sqrt(lengths[at]) for at, weight in pairs))

    def _counts(self, paper: str) -> dict[str, float]:
        """Return how much each term counts in a paper, before rarity."""
        counts: dict[str, float] = defaultdict(float)
        for fact in self._graph.facts_of(paper):
            counts[fact.entity] += ENTITY * ROLE_FACTORS[fact.role]
            for word in dict.fromkeys(words(self._graph.entities[fact.entity].label)):
                counts[word] += NAMING * ROLE_FACTORS[fact.role]
        record = self._graph.papers[paper].paper
        for word, count in counted(record.title, record.abstract).items():
            counts[word] += count
        return counts
