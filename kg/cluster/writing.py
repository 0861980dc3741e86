"""The pass that `write`s the nodes of papers, and the `Joiner` that puts all parts in line with the entities between them."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.linking import links_of
from kg.cluster.reading import extractions
from kg.cluster.stating import known_in
from kg.link import Table, weight
from kg.making.library import Library
from kg.making.naming import Names
from kg.making.writing import Evidence, Graph, Writer, in_order_of_iris
from kg.model import Link, Mention, Paper, Shared
from kg.rdf.statements import Mentions, Nodes
from kg.rdf.turtle import NodeText
from kg.records import decode_paper

PARTS = "turtle"
"""The folder in the job's folder for the parts of the graph's file."""


def write(job: Job, part: int) -> Any:
    """Write the nodes of the papers of one part; return what was counted, as `Writer.papers` does."""
    folder = Path(job.folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix="writing.") as draft:
        writer = _PartWriter(job, part, Path(draft))
        counted = writer.papers(0, len(writer))
        for path in sorted(Path(draft).iterdir()):
            os.replace(path, folder / PARTS / path.name.replace(".000000000.", f".{part:09}."))
    return counted


class Joiner(Writer):
    """Writes the entities, and puts the parts in line: all that needs no paper. `counts` is how many papers have each."""

    def __init__(self, names: Names, counts: Sequence[int], folder: Path, base: str, mentions: Mentions) -> None:
        nothing = cast(Any, None)  # no paper is asked for
        table = cast(Table, Counted(counts))
        self._graph = Graph(nothing, names, table, Evidence(), array("I"), nothing, base, mentions)
        self._folder = folder
        self._nodes, self._text = Nodes(base, mentions), NodeText(base)


@dataclass(frozen=True, slots=True)
class Counted:
    """The one thing that writing entities, and a portrait, ask a table."""

    counts: Sequence[int]

    def count(self, entity: int) -> int:
        """Return how many papers have an entity."""
        return self.counts[entity]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The papers of one part, numbered from 0 in their file's order, then the ids of those that they are linked with."""

    ids: list[str]
    records: list[bytes]
    cited: list[tuple[str, ...]]

    def __getitem__(self, number: int) -> Paper:
        return decode_paper(self.records[number])

    def cites(self, number: int, paper: Paper) -> tuple[str, ...]:
        return self.cited[number]


@dataclass(frozen=True, slots=True)
class _Keys:
    """The entity of each key that the papers of one part have."""

    by_key: Mapping[str, str]


class _PartWriter(Writer):
    """Writes the papers of one part, with their links from files of that part."""

    def __init__(self, job: Job, part: int, folder: Path) -> None:
        known = known_in(job, part)
        rows = list(shards.rows(shards.group(job.path("papers", part), 0)))
        shelf = _Shelf([row[1] for row in rows], [row[2] for row in rows], [tuple(row[3]) for row in rows])
        read = list(extractions(job, part))
        names = cast(Names, _Keys(known.by_key))
        self._graph = Graph(
            cast(Library, shelf), names, Table(), Evidence(), array("I"), read.__getitem__, job.base, job.mentions
        )
        self._folder = folder
        self._nodes, self._text = Nodes(job.base, job.mentions), NodeText(job.base)
        self._groups = in_order_of_iris(shelf.ids)
        self._where: dict[tuple[str, str], tuple[str, Sequence[int]]] = {}
        self._take_links(job, part, [row[0] for row in rows], known.ids)

    def _take_links(self, job: Job, part: int, numbers: Sequence[int], entities: Mapping[int, str]) -> None:
        ids = self._graph.library.ids
        place = {number: at for at, number in enumerate(numbers)}
        ends: Any = job.rows("ends", part)
        for _, other, own in ends:
            if other not in place:
                place[other] = len(ids)
                ids.append(own)
        shared: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for a, b, _, _, entity, thousandths in links_of(job, part):
            shared[place[a], place[b]].append((-thousandths, entity))
        after: defaultdict[int, list[int]] = defaultdict(list)
        before: defaultdict[int, list[int]] = defaultdict(list)
        for a, b in shared:  # in order of the numbers of both, as `links_of` is
            after[a].append(b)
            before[b].append(a)
        self._after, self._before = (lambda number: iter(after[number])), (lambda number: iter(before[number]))
        self._shared = {ends: [(entities[e], -minus) for minus, e in sorted(parts)] for ends, parts in shared.items()}
        self._take_proofs(job, part, place, entities)

    def _take_proofs(self, job: Job, part: int, place: Mapping[int, int], entities: Mapping[int, str]) -> None:
        ids = self._graph.library.ids
        rows: Any = job.rows("proofs", part)
        for paper, entity, by, *where in rows:
            self._where[ids[place[paper]], entities[entity]] = (by, where)

    def _links(self, paper: int, others: Sequence[int]) -> Iterator[Link]:
        ids = self._graph.library.ids
        for other in others:
            shared = self._shared[paper, other]
            parts = tuple(Shared(entity, weight(thousandths)) for entity, thousandths in shared)
            yield Link(ids[paper], ids[other], weight(sum(thousandths for _, thousandths in shared)), parts)

    def _because(self, paper: str, entity: str) -> Mention | None:
        by, where = self._where[paper, entity]
        at = Evidence()
        for column, value in zip(at.arrays(), where, strict=True):
            column.append(value)
        return at.mention(0, by)
