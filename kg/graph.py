"""The knowledge graph in memory: a typed, read-only view of one `networkx.MultiDiGraph`.

Stands between the stages that compute (resolve, link) and those that write, ask or draw (rdf, query, view, export).
Nodes are local ids (``paper/2010.11929``, ``method/vision-transformer``); an edge's key is its predicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

import networkx as nx

from kg.broader import Above, basis
from kg.errors import NotFoundError, UsageError
from kg.model import Entity, Fact, Link, PaperNode
from kg.text.forms import key, tight_key
from kg.vocab import BASE, ROLE_FACTORS

if TYPE_CHECKING:
    import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]
    import rdflib

    from kg.related import Related
    from kg.store import Answer, Store

SHARES = "sharesTechniqueWith"


class KnowledgeGraph:
    """Papers, entities, what each paper does with each entity, and the links between papers.

    `base` is the IRI that local ids are appended to. Build one with `kg.build`, read one with `kg.load`.
    """

    def __init__(
        self,
        papers: Iterable[PaperNode],
        entities: Iterable[Entity],
        facts: Iterable[Fact],
        links: Iterable[Link],
        *,
        base: str = BASE,
    ) -> None:
        self.base = base
        self._graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._papers = {node.id: node for node in sorted(papers, key=lambda node: node.id)}
        self._entities = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
        for node in self._papers.values():
            self._graph.add_node(node.id, item=node)
        for entity in self._entities.values():
            self._graph.add_node(entity.id, item=entity)
        for entity in self._entities.values():
            for parent in entity.broader:
                self._graph.add_edge(entity.id, parent, key="broader")
        for fact in sorted(facts, key=lambda fact: (fact.paper, fact.entity)):
            self._graph.add_edge(fact.paper, fact.entity, key=fact.role.value, item=fact)
        for link in sorted(links, key=lambda link: (link.a, link.b)):
            self._graph.add_edge(link.a, link.b, key=SHARES, item=link)
            self._graph.add_edge(link.b, link.a, key=SHARES, item=link)
        for node in self._papers.values():
            for cited in node.cites:
                self._graph.add_edge(node.id, cited, key="cites")

    @property
    def papers(self) -> Mapping[str, PaperNode]:
        """The papers by local id, in order of id."""
        return MappingProxyType(self._papers)

    @property
    def entities(self) -> Mapping[str, Entity]:
        """The entities by local id, in order of id."""
        return MappingProxyType(self._entities)

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """Every paper-entity statement, ordered by paper and entity."""
        return tuple(data["item"] for paper in self._papers for _, _, data in self._edges_out(paper, Fact))

    @cached_property
    def links(self) -> Sequence[Link]:
        """Every paper-paper link once, ordered by its two papers."""
        found = (data["item"] for paper in self._papers for _, _, data in self._edges_out(paper, Link))
        return tuple(sorted(set(found), key=lambda link: (link.a, link.b)))

    def facts_of(self, node: str) -> list[Fact]:
        """Return the statements about a paper or an entity, ordered by paper and entity."""
        self._require(node)
        edges = self._edges_out(node, Fact) if node in self._papers else self._edges_in(node, Fact)
        return sorted((data["item"] for _, _, data in edges), key=lambda fact: (fact.paper, fact.entity))

    def links_of(self, paper: str) -> list[Link]:
        """Return the links of a paper, the strongest first."""
        self._require(paper)
        links = (data["item"] for _, _, data in self._edges_out(paper, Link))
        return sorted(links, key=lambda link: (-link.weight, link.a, link.b))

    def basis(self, paper: str, entity: str) -> Fact | None:
        """Return the statement by which a paper has an entity: its own, or of something that the entity is broader than."""
        facts = self._stated.get(paper, {})
        found = basis(entity, ((own, ROLE_FACTORS[fact.role]) for own, fact in facts.items()), self._above)
        return facts[found] if found else None

    @cached_property
    def _stated(self) -> dict[str, dict[str, Fact]]:
        stated: dict[str, dict[str, Fact]] = {}
        for fact in self.facts:
            stated.setdefault(fact.paper, {})[fact.entity] = fact
        return stated

    @cached_property
    def _above(self) -> Above[str]:
        entities = self._entities  # a part of a graph need not have all that is above its own
        return Above(lambda entity: entities[entity].broader if entity in entities else ())

    def narrower(self, entity: str) -> list[str]:
        """Return the ids of the entities directly narrower than `entity`, in order."""
        self._require(entity)
        return sorted(child for child, _, name in self._graph.in_edges(entity, keys=True) if name == "broader")

    def find(self, name: str, *, papers_only: bool = False) -> list[str]:
        """Return the ids of the nodes that go by `name`, the best match first.

        A full IRI, a local id, an id without its class, a DOI or arXiv id, a title or any label of an entity will do;
        titles also match by their beginning. Case, hyphens and plurals do not count.
        """
        fits = self._papers if papers_only else self._graph
        local = name.removeprefix(self.base)
        if local in fits:
            return [local]
        for names in self._indexes:
            found = [node for node in names.get(key(name)) or names.get(tight_key(name)) or () if node in fits]
            if found:
                return found
        start = key(name)
        return [p for p, node in self._papers.items() if start and key(node.paper.title).startswith(start)]

    def find_one(self, name: str, *, papers_only: bool = False) -> str:
        """Return the id of the node that goes by `name`; raises `NotFoundError` with near names when there is none."""
        found = self.find(name, papers_only=papers_only)
        if not found:
            near = self._near(name)
            raise NotFoundError(
                f"the graph holds nothing called {name!r}",
                hint=f"did you mean {', '.join(near)}?" if near else "see `kg stats` for what it holds",
            )
        return found[0]

    def related(self, name: str, *, by: str = "all") -> list[Related]:
        """Return the papers related to the paper that goes by `name`, the closest first, each with its score and reasons.

        `by` is "techniques", "citations", "cocitation", "coupling", or "all" of them that the graph has; what each
        measures is told in `kg.related`. Raises `NotFoundError` for an unknown paper, `UsageError` for an unknown measure.
        """
        from kg.related import Relatedness

        return Relatedness(self).of(self.find_one(name, papers_only=True), by=by)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query over the graph; raises `kg.errors.UsageError` when it is malformed."""
        from kg.rdf.turtle import to_turtle
        from kg.store import Store

        if self._store is None:
            self._store = Store.from_turtle(to_turtle(self))
        return self._store.query(sparql)

    _store: Store | None = None

    @overload
    def to_networkx(self, view: Literal["whole"] = "whole") -> nx.MultiDiGraph[str]: ...
    @overload
    def to_networkx(self, view: Literal["papers", "bipartite"]) -> nx.Graph[str]: ...
    def to_networkx(self, view: str = "whole") -> nx.Graph[str]:
        """Return a copy as a networkx graph with readable attributes (plain strings and numbers).

        `view` "whole" is a `networkx.MultiDiGraph` of everything: an edge's key and `type` are its predicate. "papers" is
        a `networkx.Graph` of the papers and the links between them. "bipartite" is one of papers (`bipartite` 0) and
        entities (1) and the statements between them.

        Nodes have `label` and `type`, links `weight` and `shared`, statements `confidence` and `quote`. Raises
        `UsageError` for any other view.
        """
        if view == "whole":
            return self._whole()
        if view not in ("papers", "bipartite"):
            raise UsageError(f"no view {view!r} of a graph", hint="choose from whole, papers, bipartite")
        copy: nx.Graph[str] = nx.Graph(base=self.base)
        side = {"bipartite": 0} if view == "bipartite" else {}
        copy.add_nodes_from((node.id, _described(node) | side) for node in self._papers.values())
        if view == "papers":
            copy.add_edges_from((link.a, link.b, {"type": SHARES} | _readable(link)) for link in self.links)
        else:
            copy.add_nodes_from((e.id, _described(e) | {"bipartite": 1}) for e in self._entities.values())
            copy.add_edges_from((f.paper, f.entity, {"type": f.role.value} | _readable(f)) for f in self.facts)
        return copy

    def _whole(self) -> nx.MultiDiGraph[str]:
        copy: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=self.base)
        copy.add_nodes_from((node, _described(data.get("item"))) for node, data in self._graph.nodes(data=True))
        for source, target, name, data in self._graph.edges(keys=True, data=True):
            copy.add_edge(source, target, key=name, type=name, **_readable(data.get("item")))
        return copy

    def to_pandas(self) -> dict[str, pandas.DataFrame]:
        """Return the graph as data frames, joined by their ids: papers, entities, statements, results and links.

        Raises `KgError` when pandas is not installed (``pip install 'papers-kg[pandas]'``).
        """
        from kg.export import data_frames

        return data_frames(self)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the graph as an `rdflib.Graph`, the same triples as kg.ttl."""
        from kg.rdf.rdflib_ import to_rdflib

        return to_rdflib(self)

    def write(self, folder: str | Path, formats: Sequence[str] = ("turtle", "html")) -> list[Path]:
        """Write the graph into `folder`, by default as kg.ttl and kg.html, and return the paths written.

        `formats` are names that `kg export` lists. The folder is made when it is not there; files are replaced all
        together or not at all. `kg.load(folder)` reads kg.ttl back. Raises `UsageError` for an unknown format,
        `OutputError` when a file cannot be written.
        """
        from kg.export import write_all

        return write_all(self, Path(folder), formats)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from kg.notebook import summary

        return summary(self)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph: {len(self._papers)} papers, {len(self._entities)} entities, {len(self.links)} links>"

    @cached_property
    def _indexes(self) -> tuple[dict[str, list[str]], ...]:
        """Names to node ids, one index for each way of naming, the most exact first."""
        exact: dict[str, list[str]] = {}
        labels: dict[str, list[str]] = {}
        titles: dict[str, list[str]] = {}
        by_count = sorted(self._entities.values(), key=lambda e: (-e.paper_count, e.id))
        for paper_id, node in self._papers.items():
            for name in (paper_id.split("/", 1)[1], node.paper.doi, node.paper.arxiv, *node.paper.identifiers):
                _add(exact, name, paper_id)
            _add(titles, node.paper.title, paper_id)
        for entity in by_count:
            _add(labels, entity.label, entity.id)
            _add(exact, entity.id.split("/", 1)[1], entity.id)
        aliases: dict[str, list[str]] = {}
        for entity in by_count:
            for alias in entity.aliases:
                _add(aliases, alias, entity.id)
        return labels, aliases, exact, titles

    def _near(self, name: str) -> list[str]:
        from difflib import get_close_matches

        labels = {entity.label.casefold(): entity.label for entity in self._entities.values()}
        return [labels[close] for close in get_close_matches(name.casefold(), labels, n=3, cutoff=0.7)]

    def _require(self, node: str) -> None:
        if node not in self._graph:
            raise NotFoundError(f"no node {node!r} in the graph")

    def _edges_out(self, node: str, cls: type) -> Iterator[tuple[str, str, dict[str, Any]]]:
        return (e for e in self._graph.out_edges(node, data=True) if isinstance(e[2].get("item"), cls))

    def _edges_in(self, node: str, cls: type) -> Iterator[tuple[str, str, dict[str, Any]]]:
        return (e for e in self._graph.in_edges(node, data=True) if isinstance(e[2].get("item"), cls))


def _add(index: dict[str, list[str]], name: str, node: str) -> None:
    for form in {key(name), tight_key(name)} - {""}:
        ids = index.setdefault(form, [])
        if node not in ids:
            ids.append(node)


def _described(item: PaperNode | Entity | None) -> dict[str, str | int]:
    if isinstance(item, PaperNode):
        paper = item.paper
        return {"type": "Paper", "label": paper.title, "abstract": paper.abstract, "year": paper.year or 0}
    if isinstance(item, Entity):
        about = {"type": item.kind.value, "label": item.label, "aliases": " | ".join(item.aliases)}
        return {**about, "paperCount": item.paper_count}
    return {}


def _readable(item: Fact | Link | None) -> dict[str, str | float]:
    if isinstance(item, Fact):
        return {"confidence": item.confidence, "quote": item.mentions[0].text if item.mentions else ""}
    if isinstance(item, Link):
        return {"weight": item.weight, "shared": " | ".join(shared.entity for shared in item.shared)}
    return {}
