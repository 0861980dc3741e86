"""Which nodes of the page are joined by a line, and how strongly.

Between papers: the links of the graph, the strongest few of each paper. Between entities: that papers use both. Reads
the graph, feeds `kg.view.communities`, `kg.view.layout` and `kg.view.data`. Nodes are numbers here: their place on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from kg.model import Link

PER_PAPER = 12
"""How many links a paper brings to the page; a link stays when either of its papers brings it."""

PER_ENTITY = 6
"""How many companions an entity brings to the map of techniques."""

MAX_ENTITIES = 60
"""Entities of one paper that are paired; a survey that names hundreds would tie everything to everything."""


class Tie(NamedTuple):
    """A line between two nodes, `a` before `b`; `shared` holds (entity, weight) for a line between papers."""

    a: int
    b: int
    weight: float
    shared: tuple[tuple[int, float], ...] = ()


def paper_ties(links: Iterable[Link], number: Mapping[str, int]) -> list[Tie]:
    """Return the links worth carrying: the strongest `PER_PAPER` of each paper, ordered by their papers."""
    ties = [
        Tie(number[link.a], number[link.b], link.weight, tuple((number[s.entity], s.weight) for s in link.shared))
        for link in links
    ]
    return strongest(ties, PER_PAPER)


def co_use(entities_of: Iterable[Sequence[int]], counts: Mapping[int, int]) -> list[Tie]:
    """Return ties between entities that papers hold together; the weight is the number of papers that do.

    Only entities of at least two papers take part. The companions of an entity are those that go with it more often
    than their frequency alone explains (cosine), so that what is everywhere does not tie everything together.
    """
    together: Counter[tuple[int, int]] = Counter()
    for entities in entities_of:
        common = sorted(e for e in set(entities) if counts[e] > 1)
        rarest = sorted(common, key=lambda e: (counts[e], e))[:MAX_ENTITIES]
        together.update(combinations(sorted(rarest), 2))
    rated = [Tie(a, b, n / sqrt(counts[a] * counts[b])) for (a, b), n in sorted(together.items())]
    repeated = [tie for tie in rated if together[tie.a, tie.b] > 1]
    kept = {*strongest(repeated, PER_ENTITY), *strongest(rated, 1)}
    return [Tie(tie.a, tie.b, together[tie.a, tie.b]) for tie in sorted(kept)]


def strongest(ties: Sequence[Tie], most: int) -> list[Tie]:
    """Return the ties that are among the `most` strongest of either end, in order.

    >>> strongest([Tie(0, 1, 0.9), Tie(0, 2, 0.1), Tie(1, 2, 0.5)], 1)
    [Tie(a=0, b=1, weight=0.9, shared=()), Tie(a=1, b=2, weight=0.5, shared=())]
    """
    used: Counter[int] = Counter()
    kept = []
    for tie in sorted(ties, key=lambda tie: (-tie.weight, tie.a, tie.b)):
        if used[tie.a] < most or used[tie.b] < most:
            kept.append(tie)
        used[tie.a] += 1
        used[tie.b] += 1
    return sorted(kept, key=lambda tie: (tie.a, tie.b))
