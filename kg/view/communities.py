"""Topics: groups of papers that share techniques, each named by the techniques that set it apart.

Reads the ties of `kg.view.ties`, feeds `kg.view.layout` (a topic stays together) and `kg.view.data`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from kg.model import Entity
from kg.view.ties import Tie
from kg.vocab import Kind

SMALLEST = 3
"""A group of fewer papers is not called a topic."""

NO_TOPIC = -1

_TELLS = 0.5
"""An entity that is less specific stands second in a name only where nothing else is left: it says little."""

_APTNESS = {Kind.METHOD: 1.0, Kind.TASK: 1.0, Kind.CONCEPT: 0.4, Kind.DATASET: 0.7, Kind.METRIC: 0.2}
"""How well an entity of each kind serves as a name."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of papers: their numbers, and the entities that set it apart, the most telling first."""

    papers: tuple[int, ...]
    terms: tuple[int, ...]


def find_topics(count: int, ties: Sequence[Tie]) -> list[list[int]]:
    """Group papers 0 to `count` by Leiden's method; returns the groups of at least `SMALLEST`, the largest first."""
    if not ties:
        return []
    import igraph

    graph = igraph.Graph(n=count, edges=[(tie.a, tie.b) for tie in ties])
    igraph.set_random_number_generator(random.Random(0))  # noqa: S311  (a fixed seed is the point)
    try:
        found = graph.community_leiden(
            objective_function="modularity", weights=[tie.weight for tie in ties], n_iterations=10
        )
    finally:
        igraph.set_random_number_generator(random)
    groups = [sorted(group) for group in found if len(group) >= SMALLEST]
    return sorted(groups, key=lambda group: (-len(group), group))


def name_topics(
    groups: Sequence[Sequence[int]], entities_of: Sequence[Sequence[int]], known: Mapping[int, Entity]
) -> list[Topic]:
    """Find for each group up to six entities that its papers hold and others do not, the first two fit to name it.

    Those two have no word in common, and lead no other topic.
    """
    everywhere = Counter(entity for entities in entities_of for entity in entities)
    taken: set[int] = set()
    topics = []
    for group in groups:
        inside = Counter(entity for paper in group for entity in entities_of[paper])
        scores = {
            e: _telling(n, len(group), everywhere[e], len(entities_of)) * _aptness(known[e])
            for e, n in inside.items()
            if n > 1
        }
        ranked = sorted(scores, key=lambda e: (e in taken, -scores[e], e))
        others = [e for e in ranked[1:] if not _words(known[e]) & _words(known[ranked[0]])]
        leading = ranked[:1] + sorted(others, key=lambda e: known[e].specificity < _TELLS)[:1]
        taken.update(leading)
        topics.append(Topic(tuple(group), tuple([*leading, *(e for e in ranked if e not in leading)][:6])))
    return topics


def topic_of(count: int, topics: Sequence[Topic]) -> list[int]:
    """Return for each paper the number of its topic, or `NO_TOPIC`."""
    found = [NO_TOPIC] * count
    for number, topic in enumerate(topics):
        for paper in topic.papers:
            found[paper] = number
    return found


def _aptness(entity: Entity) -> float:
    """Rate how well an entity serves as a name: by its class, and by how much it tells."""
    return _APTNESS[entity.kind] * entity.specificity**2


def _words(entity: Entity) -> set[str]:
    return set(entity.label.casefold().replace("-", " ").split())


def _telling(inside: int, size: int, everywhere: int, papers: int) -> float:
    """Rate how telling an entity is for a group: its share inside, times how much that exceeds its share outside."""
    share = inside / size
    outside = (everywhere - inside + 0.5) / (papers - size + 1)
    return share * log(1 + share / outside)
