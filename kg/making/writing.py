"""The graph of a large library as sorted Turtle, written a range of papers at a time into parts that are then put in line.

Nodes of one paper have IRIs in several places of the file (``paper/``, ``mention/``, ``link/`` ...). Each range writes a part
for each place; parts of one place follow one another in the order of the papers. The bytes are those of `kg.rdf.turtle`.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

from kg.link import Table, weight
from kg.making.library import Library
from kg.making.naming import Names
from kg.model import Extraction, Fact, Field, Link, Mention, Shared
from kg.rdf.iris import bare, encode
from kg.rdf.statements import Mentions, Node, Nodes, evidence
from kg.rdf.turtle import MENTION_PREFIXES, NodeText, entity_prefixes, header, paper_prefixes
from kg.resolve.facts import facts, kind_of, paper_node
from kg.vocab import Kind, Role

_PLACES = ("link", "mention", "paper", "person", "result")
_BUFFER = 1 << 20
_ROLES = list(Role)
_TEXTS: tuple[Field, ...] = ("title", "abstract")


class Evidence:
    """Where the best mention of each statement stands, as numbers beside those of a `Table`."""

    def __init__(self) -> None:
        self.roles = array("B")
        self.fields = array("B")
        self.starts = array("I")
        self.ends = array("I")

    def add(self, fact: Fact) -> None:
        """Take in the next statement of the table."""
        best = evidence(fact) or fact.mentions[0]
        self.roles.append(_ROLES.index(best.role))
        self.fields.append(_TEXTS.index(best.field))
        self.starts.append(best.start)
        self.ends.append(best.end)

    def arrays(self) -> tuple[array[int], ...]:
        """Return the columns."""
        return self.roles, self.fields, self.starts, self.ends

    def mention(self, at: int, entity: str) -> Mention:
        """Return as much of a mention as its IRI is made of."""
        field, role = _TEXTS[self.fields[at]], _ROLES[self.roles[at]]
        return Mention(kind_of(entity), "", field, self.starts[at], self.ends[at], role, entity, "", 0.0, (0, 0))


@dataclass(frozen=True, slots=True)
class Graph:
    """All that writing needs. `links` are pairs of papers by number, sorted; `extraction` gives what a paper says."""

    library: Library
    names: Names
    table: Table
    evidence: Evidence
    links: array[int]
    extraction: Callable[[int], Extraction]
    base: str
    mentions: Mentions


def in_order_of_iris(ids: Sequence[str]) -> list[list[int]]:
    """Return the numbers of papers in order of their IRIs, those together of which one's IRI begins another's.

    Whatever follows the id in an IRI, nodes of different groups are in the order of the groups.
    """
    named = sorted((bare(own), number) for number, own in enumerate(ids))
    groups: list[list[int]] = []
    first = None
    for name, number in named:
        if first is not None and name.startswith(first):
            groups[-1].append(number)
        else:
            groups.append([number])
            first = name
    return groups


class Writer:
    """Writes parts of a graph."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self._graph = graph
        self._folder = folder
        self._nodes = Nodes(graph.base, graph.mentions)
        self._text = NodeText(graph.base)
        self._groups = in_order_of_iris(graph.library.ids)
        self._after, self._before = _neighbours(graph.links, len(graph.library))

    def __len__(self) -> int:
        return len(self._groups)

    def papers(self, begin: int, end: int) -> dict[str, Any]:
        """Write the nodes of some groups of papers; return what was counted, and the prefixes that they use."""
        counts: Counter[str] = Counter()
        prefixes: set[str] = set()
        best: tuple[float, str, str] = (0.0, "", "")
        with ExitStack() as files:
            parts = {place: files.enter_context(self._part(place, begin).open("wb", _BUFFER)) for place in _PLACES}
            for group in self._groups[begin:end]:
                made: dict[str, list[Node]] = {place: [] for place in _PLACES}
                for number in group:
                    links = self._make(number, made, counts, prefixes)
                    best = max(best, *((link.weight, link.a, link.b) for link in links), best)
                for place, nodes in made.items():
                    self._write(parts[place], nodes)
        return {"counts": counts, "prefixes": sorted(prefixes), "best": best}

    def _make(self, number: int, made: dict[str, list[Node]], counts: Counter[str], prefixes: set[str]) -> list[Link]:
        graph = self._graph
        own, paper, extraction = graph.library.ids[number], graph.library[number], graph.extraction(number)
        stated = list(facts(own, extraction, graph.names.by_key))
        node = paper_node(own, paper, extraction, graph.names.by_key, graph.library.cites(number, paper))
        links = list(self._links(number, list(self._after(number))))
        linked = (graph.library.ids[other] for other in (*self._after(number), *self._before(number)))
        made["paper"] += self._nodes.paper(node, stated, linked)
        made["mention"] += self._nodes.mentions(own, stated)
        made["person"] += self._nodes.persons(node)
        made["result"] += self._nodes.results(node)
        made["link"] += self._nodes.links(links, self._because)
        counts.update(fact.role.value for fact in stated)
        counts.update({"links": len(links), "results": len(node.results)})
        prefixes |= paper_prefixes(node)
        if stated:
            prefixes |= MENTION_PREFIXES
        if links:
            prefixes.add("xsd")
        return links

    def _links(self, paper: int, others: Sequence[int]) -> Iterator[Link]:
        ids, names = self._graph.library.ids, self._graph.names.ids
        found = self._graph.table.comparison.shared(paper, others)
        for other, shared in zip(others, found, strict=True):
            parts = tuple(Shared(names[entity], weight(part)) for entity, part in shared)
            yield Link(ids[paper], ids[other], weight(sum(part for _, part in shared)), parts)

    def _because(self, paper: str, entity: str) -> Mention | None:
        graph = self._graph
        at = graph.table.place(bisect_left(graph.library.ids, paper), graph.names.number(entity))
        return graph.evidence.mention(at, graph.names.ids[graph.table.entities[at]])

    def entities(self, part: Path, kind: Kind) -> None:
        """Write the nodes of the entities of one kind."""
        names, graph = self._graph.names, self._graph
        order = sorted(range(*self._range(kind)), key=lambda number: encode(names.ids[number]))
        with part.open("wb", _BUFFER) as out:
            for number in order:
                entity = replace(names.entity(number), paper_count=graph.table.count(number))
                self._write(out, self._nodes.entity(entity))

    def _range(self, kind: Kind) -> tuple[int, int]:
        """Return the numbers of the first entity of a kind and of the one after its last."""
        return self._graph.names.number(f"{kind.lower()}/"), self._graph.names.number(
            f"{kind.lower()}0"
        )  # "0" follows "/"

    def _write(self, out: BinaryIO, nodes: Iterable[Node]) -> None:
        for node in sorted(nodes, key=lambda node: node[0]):
            out.write(self._text.of(node).encode("utf-8"))

    def _part(self, place: str, begin: int) -> Path:
        return self._folder / f"{place}.{begin:09}.ttl"

    def join(self, prefixes: set[str], out: Path) -> None:
        """Put all parts in line, with the prefixes before them; each part is removed once it is copied."""
        kinds = {kind for kind in Kind if len(range(*self._range(kind)))}
        with out.open("wb") as whole:
            whole.write(header(prefixes | entity_prefixes(kinds)).encode("ascii"))
            for place in sorted((*_PLACES, *(kind.lower() for kind in Kind))):
                if place not in _PLACES:
                    kind = Kind(place.capitalize())
                    self.entities(self._folder / f"{place}.000000000.ttl", kind)
                for part in sorted(self._folder.glob(f"{place}.*.ttl")):
                    with part.open("rb") as piece:
                        copyfileobj(piece, whole, _BUFFER)
                    part.unlink()
            whole.flush()
            os.fsync(whole.fileno())


def _neighbours(
    links: array[int], papers: int
) -> tuple[Callable[[int], Iterator[int]], Callable[[int], Iterator[int]]]:
    """Return functions that give the papers linked with one, those after it and those before it; `links` are sorted."""
    after, before = array("I"), array("I", bytes(4 * (len(links) // 2)))
    starts, ends = array("Q", bytes(8 * (papers + 1))), array("Q", bytes(8 * (papers + 1)))
    for at in range(0, len(links), 2):
        starts[links[at] + 1] += 1
        ends[links[at + 1] + 1] += 1
        after.append(links[at + 1])
    for number in range(papers):
        starts[number + 1] += starts[number]
        ends[number + 1] += ends[number]
    free = array("Q", ends)
    for at in range(0, len(links), 2):
        before[free[links[at + 1]]] = links[at]
        free[links[at + 1]] += 1
    return (
        lambda number: iter(after[starts[number] : starts[number + 1]]),
        lambda number: iter(before[ends[number] : ends[number + 1]]),
    )
