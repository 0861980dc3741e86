"""Pages by community, for graphs too large for one page: each a page like any other, and an index that leads to them.

Papers are grouped by the techniques they share; groups too large for a page are split, small ones share a page. Stands
over the rest of the room: cuts the graph, and lets `kg.view.data` and `kg.view.assemble` make a page of each part.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.view.communities import Topic, find_topics, name_topics
from kg.view.place import Elsewhere, Place
from kg.view.ties import Tie, paper_ties

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Entity, Fact, Link

INDEX = "../../kg.html"
"""The index as the pages see it: they are in a folder of the folder (`kg.export.html`)."""

_ACROSS = 6
"""How many papers of other pages are named beside a paper."""

_SHARED = 4
"""How many shared techniques are named with each of these."""

_MOST_NAMES = 100_000
"""From so many papers on the index lists pages only."""

_OWN = 300
"""A group of fewer papers shares its page with others."""

_NOT_SLUG = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One page: its file, what it is called, its papers (local ids) and the terms that tell it apart."""

    file: str
    name: str
    papers: tuple[str, ...]
    terms: tuple[str, ...]


def parts(graph: KnowledgeGraph, most: int) -> list[Part]:
    """Cut a graph into parts of at most `most` papers, the largest groups first."""
    papers, entities = list(graph.papers), list(graph.entities)
    number = {node: n for n, node in enumerate([*papers, *entities])}
    entities_of: list[list[int]] = [[] for _ in papers]
    for fact in graph.facts:
        entities_of[number[fact.paper]].append(number[fact.entity])
    known = {number[name]: entity for name, entity in graph.entities.items()}
    found = []
    for at, groups in enumerate(_grouped(len(papers), paper_ties(graph.links, number), most), 1):
        name, terms = _named(name_topics(groups, entities_of, known), known)
        slug = _NOT_SLUG.sub("-", name.lower()).strip("-")[:40].strip("-")
        file = f"{at:02}-{slug}".strip("-") + ".html"
        found.append(Part(file, name, tuple(papers[n] for group in groups for n in group), terms))
    return found


def _named(topics: Sequence[Topic], known: Mapping[int, Entity]) -> tuple[str, tuple[str, ...]]:
    """Return the name of a page of some topics, the largest first, and the terms that tell it apart."""
    terms = [[known[e].label for e in topic.terms] for topic in topics if topic.terms and len(topic.papers) > 1]
    if not terms:
        return "Papers that share little", ()
    if len(topics) == 1:
        return " · ".join(terms[0][:2]), tuple(terms[0])
    leading = list(dict.fromkeys(labels[0] for labels in terms))
    return " · ".join(leading[:2]) + " and others", tuple(leading[:8])


def cuts(graph: KnowledgeGraph, found: Sequence[Part]) -> Iterator[tuple[KnowledgeGraph, Place]]:
    """Yield the graph of each part, with what leads from it to the others.

    A part's graph holds what its papers say, the links among them, and counts within it.
    """
    place = {paper: n for n, part in enumerate(found) for paper in part.papers}
    facts: list[list[Fact]] = [[] for _ in found]
    for fact in graph.facts:
        facts[place[fact.paper]].append(fact)
    inside: list[list[Link]] = [[] for _ in found]
    across: dict[str, list[Link]] = defaultdict(list)
    for link in graph.links:
        if place[link.a] == place[link.b]:
            inside[place[link.a]].append(link)
        else:
            across[link.a].append(link)
            across[link.b].append(link)
    files = tuple(part.file for part in found)
    for part, stated, links in zip(found, facts, inside, strict=True):
        own = _cut(graph, part.papers, stated, links)
        elsewhere = {
            paper: tuple(_other(graph, link, paper, place) for link in sorted(across[paper], key=_strongest)[:_ACROSS])
            for paper in part.papers
            if paper in across
        }
        totals = {name: graph.entities[name].paper_count for name in own.entities}
        yield own, Place(part.name, INDEX, files, elsewhere, totals)


def _cut(graph: KnowledgeGraph, papers: Sequence[str], facts: Sequence[Fact], links: Sequence[Link]) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph

    kept = set(papers)
    counts = Counter(fact.entity for fact in facts)
    entities = [
        dataclasses.replace(
            graph.entities[name],
            paper_count=count,
            broader=tuple(b for b in graph.entities[name].broader if b in counts),
        )
        for name, count in sorted(counts.items())
    ]
    nodes = [
        dataclasses.replace(graph.papers[name], cites=tuple(c for c in graph.papers[name].cites if c in kept))
        for name in papers
    ]
    return KnowledgeGraph(nodes, entities, facts, links, base=graph.base)


def _strongest(link: Link) -> tuple[float, str, str]:
    return (-link.weight, link.a, link.b)


def _other(graph: KnowledgeGraph, link: Link, paper: str, place: Mapping[str, int]) -> Elsewhere:
    """Return the paper at the other end of a link that leads to another page."""
    other = link.b if link.a == paper else link.a
    title = graph.papers[other].paper.title or other
    return Elsewhere(place[other], other, title, link.weight, tuple(one.entity for one in link.shared[:_SHARED]))


def _grouped(count: int, ties: Sequence[Tie], most: int) -> list[list[list[int]]]:
    """Return for each page its groups of papers: one that is large enough, or small ones together, loners last."""
    split = [small for group in find_topics(count, ties) for small in _split(group, ties, most)]
    own = [group for group in split if len(group) >= min(_OWN, most)]
    small = sorted((group for group in split if len(group) < min(_OWN, most)), key=lambda group: (-len(group), group))
    seen = {paper for group in split for paper in group}
    pages = [[group] for group in own]
    room = 0
    for group in [*small, *([paper] for paper in range(count) if paper not in seen)]:
        if len(group) > room:
            pages.append([])
            room = most
        pages[-1].append(group)
        room -= len(group)
    return pages


def _split(group: list[int], ties: Sequence[Tie], most: int) -> list[list[int]]:
    """Split a group that is too large along its own groups, or where there are none simply in order."""
    if len(group) <= most:
        return [group]
    place = {paper: n for n, paper in enumerate(group)}
    inner = [t._replace(a=place[t.a], b=place[t.b]) for t in ties if t.a in place and t.b in place]
    found = find_topics(len(group), inner)
    if len(found) < 2:
        return [group[at : at + most] for at in range(0, len(group), most)]
    inside = [[group[n] for n in part] for part in found]
    left = sorted(set(group).difference(*map(set, inside)))
    return [small for part in inside for small in _split(part, _inner(part, ties), most)] + ([left] if left else [])


def _inner(group: Sequence[int], ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties between papers of a group."""
    kept = set(group)
    return [tie for tie in ties if tie.a in kept and tie.b in kept]


def index(found: Sequence[Part], graph: KnowledgeGraph, folder: str) -> bytes:
    """Return the page that leads to the others, which are in `folder`."""
    from kg.view.assemble import contents

    return contents(
        [{"file": f"{folder}/{p.file}", "name": p.name, "papers": len(p.papers), "terms": p.terms[2:8]} for p in found],
        _names(found, graph),
        folder=folder,
        papers=len(graph.papers),
        entities=len(graph.entities),
        links=len(graph.links),
    )


def _names(found: Sequence[Part], graph: KnowledgeGraph) -> list[list[object]]:
    """Return what the index finds by name: label, local id, part, and for an entity how many papers of that part name it.

    Only the part with most papers of an entity is given, and only entities that several papers name. A library too large
    for one file of names gets none.
    """
    if len(graph.papers) > _MOST_NAMES:
        return []
    place = {paper: n for n, part in enumerate(found) for paper in part.papers}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for fact in graph.facts:
        counts[fact.entity][place[fact.paper]] += 1
    names: list[list[object]] = [[node.paper.title or name, name, place[name]] for name, node in graph.papers.items()]
    for name, entity in graph.entities.items():
        if entity.paper_count > 1 and counts[name]:
            part, most = min(counts[name].items(), key=lambda item: (-item[1], item[0]))
            names.append([entity.label, name, part, most])
    return names
