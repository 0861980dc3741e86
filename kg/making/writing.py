"""The papers of a large library as sorted Turtle, written a range at a time into parts that `kg.making.joining` puts in line.

Nodes of one paper have IRIs in several places of the file (``paper/``, ``mention/``, ``link/`` ...). Each range writes a part
for each place; parts of one place follow one another in the order of the papers. The bytes are those of `kg.rdf.turtle`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from kg.model import Extraction, Link, Mention, Paper
from kg.rdf.iris import bare
from kg.rdf.statements import Mentions, Node, Nodes
from kg.rdf.turtle import MENTION_PREFIXES, NodeText, paper_prefixes
from kg.resolve.facts import facts, paper_node

PLACES = ("link", "mention", "paper", "person", "result")
"""What the nodes of papers are, as their IRIs begin."""

BUFFER = 1 << 20


class Source(Protocol):
    """What is written: papers by number, with what they say and what links them."""

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the papers."""

    @property
    def by_key(self) -> Mapping[str, str]:
        """The entity of each resolution key that a paper uses."""

    def paper(self, number: int) -> Paper:
        """Return a paper."""

    def extraction(self, number: int) -> Extraction:
        """Return what a paper says."""

    def cites(self, number: int, paper: Paper) -> tuple[str, ...]:
        """Return the ids of the papers that a paper cites, in order."""

    def linked(self, number: int) -> Iterable[str]:
        """Return the ids of all papers that a paper is linked with."""

    def links(self, number: int) -> Iterable[Link]:
        """Return the links of a paper with those after it."""

    def because(self, paper: str, entity: str) -> Mention | None:
        """Return the mention by which a paper has an entity that a link of it names, or something that this is broader than."""


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


class PaperWriter:
    """Writes parts of a graph."""

    def __init__(self, source: Source, base: str, mentions: Mentions, folder: Path) -> None:
        self._source, self._folder = source, folder
        self._nodes, self._text = Nodes(base, mentions), NodeText(base)
        self._groups = in_order_of_iris(source.ids)

    def __len__(self) -> int:
        return len(self._groups)

    def write(self, begin: int, end: int) -> dict[str, Any]:
        """Write the nodes of some groups of papers; return what was counted, and the prefixes that they use."""
        counts: Counter[str] = Counter()
        prefixes: set[str] = set()
        best: tuple[float, str, str] = (0.0, "", "")
        with ExitStack() as files:
            paths = {place: part_of(self._folder, place, begin) for place in PLACES}
            parts = {place: files.enter_context(path.open("wb", BUFFER)) for place, path in paths.items()}
            for group in self._groups[begin:end]:
                made: dict[str, list[Node]] = {place: [] for place in PLACES}
                for number in group:
                    links = self._make(number, made, counts, prefixes)
                    best = max(best, *((link.weight, link.a, link.b) for link in links), best)
                for place, nodes in made.items():
                    write_nodes(parts[place], nodes, self._text)
        return {"counts": counts, "prefixes": sorted(prefixes), "best": best}

    def _make(self, number: int, made: dict[str, list[Node]], counts: Counter[str], prefixes: set[str]) -> list[Link]:
        source, nodes = self._source, self._nodes
        own, paper, extraction = source.ids[number], source.paper(number), source.extraction(number)
        stated = list(facts(own, extraction, source.by_key))
        node = paper_node(own, paper, extraction, source.by_key, source.cites(number, paper))
        links = list(source.links(number))
        made["paper"] += nodes.paper(node, stated, source.linked(number))
        made["mention"] += nodes.mentions(own, stated)
        made["person"] += nodes.persons(node)
        made["result"] += nodes.results(node)
        made["link"] += nodes.links(links, source.because)
        counts.update(fact.role.value for fact in stated)
        counts.update({"links": len(links), "results": len(node.results)})
        prefixes |= paper_prefixes(node)
        if stated:
            prefixes |= MENTION_PREFIXES
        if links:
            prefixes.add("xsd")
        return links


def part_of(folder: Path, place: str, begin: int) -> Path:
    """Return the file for the nodes of one place from one range of papers."""
    return folder / f"{place}.{begin:09}.ttl"


def write_nodes(out: BinaryIO, nodes: Iterable[Node], text: NodeText) -> None:
    """Write nodes in order of their IRIs."""
    for node in sorted(nodes, key=lambda node: node[0]):
        out.write(text.of(node).encode("utf-8"))
