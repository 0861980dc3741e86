"""What `kg related` needs of a graph that is not in memory: the papers around one, by links and by citations.

How near two papers are by techniques is the weight of the link between them; two papers without link are not compared, for
that the texts of all papers would have to be read. So is coupling left out, for which references outside
the graph are in the records of the papers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from kg.graph import KnowledgeGraph
from kg.paths import quote
from kg.related import Measure, Quotes, Relatedness, Tie
from kg.store import Source
from kg.store.names import Names
from kg.store.parts import citations, linked_part, records

_ASKED = {
    Measure.TECHNIQUES: "ASK { ?link a kg:Link }",
    Measure.CITATIONS: "ASK { ?a cito:cites ?b . ?b a kg:Paper }",
    Measure.COCITATION: "ASK { ?a cito:cites ?b, ?c FILTER(?b != ?c) }",
}


class _Around(Relatedness):
    """Relatedness in a part of a graph: by its links, and by the measures that the whole graph tells of."""

    def __init__(self, graph: KnowledgeGraph, measures: tuple[Measure, ...]) -> None:
        super().__init__(graph)
        self._told = measures

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that tell of any two papers of the whole graph."""
        return self._told

    def quotes(self, paper: str, other: str) -> list[Quotes]:
        """Return for each technique that links two papers the sentences that speak of it, the weightiest first."""
        link = next((one for one in self._graph.links_of(paper) if other in (one.a, one.b)), None)
        made = []
        for shared in link.shared if link else ():
            stated = (self._graph.basis(one, shared.entity) for one in (paper, other))
            words = [quote(self._graph, fact) if fact else "" for fact in stated]
            made.append(Quotes(self._graph.entities[shared.entity].label, *words))
        return made

    def _techniques(self, paper: str) -> Iterator[tuple[str, Tie]]:
        for link in self._graph.links_of(paper):
            shared = tuple(one.entity for one in link.shared)
            words = ", ".join(self._graph.entities[entity].label for entity in shared)
            yield link.b if link.a == paper else link.a, Tie(Measure.TECHNIQUES, link.weight, shared, f"share {words}")


def around(source: Source, names: Names, paper: str, *, quotes: bool) -> tuple[KnowledgeGraph, Relatedness]:
    """Return the part of a graph that lies around a paper (local id), and what tells how near its papers are."""
    measures = tuple(measure for measure, asked in _ASKED.items() if source.query(asked).truth)
    graph = linked_part(source, names, paper, quotes=quotes)
    if Measure.CITATIONS in measures:
        graph = _citing(graph, source, names, citations(source, names, paper))
    return graph, _Around(graph, measures)


def _citing(graph: KnowledgeGraph, source: Source, names: Names, cited: list[tuple[str, str]]) -> KnowledgeGraph:
    """Return the graph with the papers that cite and are cited, each with what it cites."""
    missing = sorted({paper for pair in cited for paper in pair} - graph.papers.keys())
    papers = dict(graph.papers) | (dict(records(source, names, missing).papers) if missing else {})
    cites: dict[str, list[str]] = {}
    for one, other in cited:
        cites.setdefault(one, []).append(other)
    nodes = [replace(node, cites=tuple(cites.get(node.id, ()))) for node in papers.values()]
    return KnowledgeGraph(nodes, graph.entities.values(), graph.facts, graph.links, base=graph.base)
