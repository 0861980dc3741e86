"""The strongest chain between two nodes of a graph that is not in memory: Dijkstra's algorithm from both ends.

Every step asks for the neighbours of some dozens of nodes at once, the nearest first, so that of a large graph only what
lies near the two ends is ever fetched. What a chain costs is what `kg.paths` says; that module words the chain found.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from math import inf

from kg.costs import link_cost, statement_cost
from kg.errors import NotFoundError
from kg.rdf.terms import Term
from kg.store.names import Names
from kg.store.source import Source
from kg.vocab import Role

MOST = 50_000
"""Nodes that are looked at before a chain is given up."""

_TOGETHER = 60  # nodes whose neighbours are asked for in one query
_CROWD = 300  # papers of an entity that is not asked for before its turn has come

Edges = dict[str, float]
"""Neighbours of a node (full IRIs), and what the step to each costs."""


def strongest_chain(source: Source, names: Names, a: str, b: str) -> list[str]:
    """Return the nodes (local ids) from `a` to `b` with the least sum of costs; raises `NotFoundError` when there is none."""
    start, end = names.iri(a), names.iri(b)
    kinds = {start: names.kind_of(a) == "paper", end: names.kind_of(b) == "paper"}
    found = _Search(_Neighbours(source, kinds), start, end).run()
    if found is None:
        raise NotFoundError("nothing connects the two", where=f"{a} ... {b}", hint="see `kg related`")
    return [names.local(iri) for iri in found]


class _Neighbours:
    """Asks what is next to a node, for several at once, and remembers it."""

    def __init__(self, source: Source, papers: dict[str, bool]) -> None:
        self._source = source
        self._papers = papers  # whether a node is a paper, and not an entity
        self._counts: dict[str, int] = {}
        self._known: dict[str, Edges] = {}

    def of(self, node: str, waiting: Iterable[str]) -> Edges:
        """Return the neighbours of a node; those of some that are `waiting` are asked for with it."""
        if node not in self._known:
            alike = (other for other in waiting if self._worth(node, other))
            self._ask(list(dict.fromkeys([node, *alike]))[:_TOGETHER], paper=self._papers[node])
        return self._known[node]

    def _worth(self, node: str, other: str) -> bool:
        alike = self._papers[other] == self._papers[node] and other not in self._known
        return alike and self._counts.get(other, 0) <= _CROWD

    def _ask(self, nodes: list[str], *, paper: bool) -> None:
        self._known.update((node, {}) for node in nodes)
        listed = f"VALUES ?node {{ {' '.join(f'<{node}>' for node in nodes)} }}"
        best: dict[tuple[str, str], tuple[bool, float]] = {}
        for one, other, role, confidence in self._rows(_SAID_BY if paper else _SAID_OF, listed):
            said = (not role.endswith(f"#{Role.MENTIONS.value}"), float(confidence))
            best[one, other] = max(said, best.get((one, other), (False, 0.0)))
        self._count(other if paper else one for one, other in best)
        for (one, other), (_, surest) in best.items():
            cost = statement_cost(surest, self._counts[other if paper else one])
            self._step(one, other, cost, paper=not paper)
        for one, other, weight in self._rows(_LINKED, listed) if paper else ():
            self._step(one, other, link_cost(float(weight)), paper=True)

    def _step(self, one: str, other: str, cost: float, *, paper: bool) -> None:
        self._papers[other] = paper
        self._known[one][other] = min(cost, self._known[one].get(other, inf))

    def _count(self, entities: Iterable[str]) -> None:
        """Ask how many papers have entities for which it is not known."""
        missing = [entity for entity in dict.fromkeys(entities) if entity not in self._counts]
        for at in range(0, len(missing), _TOGETHER * 5):
            some = missing[at : at + _TOGETHER * 5]
            listed = f"VALUES ?node {{ {' '.join(f'<{entity}>' for entity in some)} }}"
            self._counts.update(dict.fromkeys(some, 1))
            for entity, count in self._rows(_COUNTED, listed):
                self._counts[entity] = int(count)

    def _rows(self, asked: str, listed: str) -> Iterator[tuple[str, ...]]:
        for row in self._source.query(asked.replace("LISTED", listed)).rows:
            yield tuple(_value(term) for term in row)


class _Side:
    """What one end has reached: the cost of each node, and from where it was reached."""

    def __init__(self, start: str) -> None:
        self.cost: dict[str, float] = {start: 0.0}
        self.before: dict[str, str] = {}
        self.done: set[str] = set()
        self.heap: list[tuple[float, str]] = [(0.0, start)]

    def least(self) -> float:
        """Return the cost of the nearest node that is not done; infinite when there is none."""
        while self.heap and self.heap[0][1] in self.done:
            heapq.heappop(self.heap)
        return self.heap[0][0] if self.heap else inf

    def back(self, node: str) -> list[str]:
        """Return the nodes from `node` to the start."""
        nodes = [node]
        while nodes[-1] in self.before:
            nodes.append(self.before[nodes[-1]])
        return nodes


class _Search:
    """Dijkstra's algorithm from both ends, until no chain can be better than the best one found."""

    def __init__(self, neighbours: _Neighbours, start: str, end: str) -> None:
        self._neighbours = neighbours
        self._sides = (_Side(start), _Side(end))
        self._best = 0.0 if start == end else inf
        self._middle = start

    def run(self) -> list[str] | None:
        """Return the nodes of the chain; None when nothing connects the two ends, or nothing near them."""
        one, other = self._sides
        while one.least() + other.least() < self._best:
            if len(one.done) + len(other.done) > MOST:
                break
            near, far = (one, other) if one.least() <= other.least() else (other, one)
            self._expand(near, far)
        if self._best == inf:
            return None
        return one.back(self._middle)[::-1] + other.back(self._middle)[1:]

    def _expand(self, side: _Side, far: _Side) -> None:
        cost, node = heapq.heappop(side.heap)
        side.done.add(node)
        waiting = (other for _, other in heapq.nsmallest(_TOGETHER, side.heap))
        for other, step in self._neighbours.of(node, waiting).items():
            total = cost + step
            if total < side.cost.get(other, inf):
                side.cost[other] = total
                side.before[other] = node
                heapq.heappush(side.heap, (total, other))
            if total + far.cost.get(other, inf) < self._best:
                self._best = total + far.cost[other]
                self._middle = other


def _value(term: Term | None) -> str:
    return term.value if term else ""


_SAID_BY = """SELECT ?node ?entity ?role ?confidence WHERE {
  LISTED ?mention kg:inPaper ?node ; kg:entity ?entity ; kg:role ?role ; kg:confidence ?confidence . ?node ?role ?entity
}"""
_SAID_OF = """SELECT ?node ?paper ?role ?confidence WHERE {
  LISTED ?mention kg:entity ?node ; kg:inPaper ?paper ; kg:role ?role ; kg:confidence ?confidence . ?paper ?role ?node
}"""
_LINKED = "SELECT ?node ?other ?weight WHERE { LISTED ?link kg:paper ?node, ?other ; kg:weight ?weight FILTER(?other != ?node) }"
_COUNTED = "SELECT ?node ?papers WHERE { LISTED ?node kg:paperCount ?papers }"
