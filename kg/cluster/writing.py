"""The pass that `write`s the nodes of papers into the parts that `kg.making.joining` puts in line."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.linking import links_of
from kg.cluster.reading import extractions
from kg.cluster.stating import known_in
from kg.link import weight
from kg.making.whole import Evidence
from kg.making.writing import PaperWriter
from kg.model import Extraction, Link, Mention, Paper, Shared
from kg.records import decode_paper

PARTS = "turtle"
"""The folder in the job's folder for the parts of the graph's file."""


def write(job: Job, part: int) -> Any:
    """Write the nodes of the papers of one part; return what was counted, as `PaperWriter.write` does."""
    folder = Path(job.folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix="writing.") as draft:
        writer = PaperWriter(_Part(job, part), job.base, job.mentions, Path(draft))
        counted = writer.write(0, len(writer))
        for path in sorted(Path(draft).iterdir()):
            os.replace(path, folder / PARTS / path.name.replace(".000000000.", f".{part:09}."))
    return counted


class _Part:
    """The papers of one part, numbered from 0 in their file's order, with their links from files of that part."""

    def __init__(self, job: Job, part: int) -> None:
        rows = list(shards.rows(shards.group(job.path("papers", part), 0)))
        known = known_in(job, part)
        self.ids: list[str] = [row[1] for row in rows]
        self.by_key: Mapping[str, str] = known.by_key
        self._records = [row[2] for row in rows]
        self._cited = [tuple(row[3]) for row in rows]
        self._read = list(extractions(job, part))
        self._numbers = [row[0] for row in rows]  # in the whole library
        ids = dict(zip(self._numbers, self.ids, strict=True))
        ends: Any = job.rows("ends", part)
        ids.update((other, own) for _, other, own in ends)
        self._linked: defaultdict[int, list[str]] = defaultdict(list)
        self._links: defaultdict[int, list[Link]] = defaultdict(list)
        for a, b, parts in _links(job, part, known.ids):
            self._linked[a].append(ids[b])
            self._linked[b].append(ids[a])
            total = sum(thousandths for _, thousandths in parts)
            shared = tuple(Shared(entity, weight(thousandths)) for entity, thousandths in parts)
            self._links[a].append(Link(ids[a], ids[b], weight(total), shared))
        proofs: Any = job.rows("proofs", part)
        self._proofs = {(ids[paper], known.ids[entity]): proof for paper, entity, *proof in proofs}

    def paper(self, number: int) -> Paper:
        """Return a paper."""
        return decode_paper(self._records[number])

    def extraction(self, number: int) -> Extraction:
        """Return what a paper says."""
        return self._read[number]

    def cites(self, number: int, paper: Paper) -> tuple[str, ...]:
        """Return the ids of the papers that a paper cites, in order."""
        return self._cited[number]

    def linked(self, number: int) -> Iterator[str]:
        """Yield the ids of all papers that a paper is linked with."""
        return iter(self._linked[self._numbers[number]])

    def links(self, number: int) -> Iterator[Link]:
        """Yield the links of a paper with those after it."""
        return iter(self._links[self._numbers[number]])

    def because(self, paper: str, entity: str) -> Mention | None:
        """Return the mention by which a paper has an entity, or something that it is broader than."""
        by, *where = self._proofs[paper, entity]
        at = Evidence()
        for column, value in zip(at.arrays(), where, strict=True):
            column.append(value)
        return at.mention(0, by)


def _links(job: Job, part: int, entities: Mapping[int, str]) -> Iterator[tuple[int, int, list[tuple[str, int]]]]:
    """Yield the links with an end in one part, in order, with what each entity adds, the weightiest first."""
    for (a, b), rows in groupby(links_of(job, part), key=itemgetter(0, 1)):
        parts = sorted((-thousandths, entity) for *_, entity, thousandths in rows)
        yield a, b, [(entities[entity], -minus) for minus, entity in parts]
