"""The passes that link papers: `link` compares those that are near, `prove` tells both ends what the other needs.

A task has its own papers and those that were fetched for it, numbered anew in the same order; on these it runs the search of
`kg.nearness`, so that its links are those of the whole table.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.nearing import NEAR
from kg.cluster.reading import PAPERS
from kg.cluster.stating import known_in
from kg.link import Table, strongest_pairs
from kg.nearness import Comparison
from kg.vectors import Rows

LINKS: shards.Columns = {
    "a": "uint32", "b": "uint32", "a_home": "uint32", "b_home": "uint32", "entity": "uint32", "part": "uint32"
}  # fmt: skip
"""What one entity adds to a link, in thousandths; both parts that its papers are in get it."""

ENDS: shards.Columns = {"paper": "uint32", "other": "uint32", "id": "string"}
"""The id of a paper at the other end of a link."""

PROOFS: shards.Columns = {
    "paper": "uint32", "entity": "uint32", "by": "string",
    "role": "uint8", "field": "uint8", "start": "uint32", "end": "uint32",
}  # fmt: skip
"""The entity by which a paper has one that a link of it names, and where the evidence of that stands."""


def link(job: Job, part: int) -> Any:
    """Write the strongest links of the papers of one part, for the parts at both ends."""
    pieces = [(part, shards.whole(job.path("rows", part))), *job.pieces("sent", part)]
    rows = pa.concat_tables(
        piece.append_column("home", pa.repeat(pa.scalar(home, pa.uint32()), len(piece))) for home, piece in pieces
    ).sort_by("paper")
    numbers, homes = rows["paper"].to_pylist(), rows["home"].to_pylist()
    local = {number: at for at, number in enumerate(numbers)}
    near: defaultdict[int, list[int]] = defaultdict(list)
    for number, other in shards.rows(shards.group(job.path("near", part), 0, list(NEAR))):
        near[local[number]].append(local[other])
    techniques = Rows(*shards.flat(rows["terms"], "I"), shards.flat(rows["weights"], "f")[1])
    said = Rows(*shards.flat(rows["words"], "I"), shards.flat(rows["said"], "f")[1])
    links = _links(Comparison(techniques, said), near, numbers, homes)
    placed = shards.table({**LINKS, "place": "uint32"}, links)
    shards.write_by(job.path("links", part), LINKS, placed, "place", job.parts)


def _links(
    papers: Comparison, near: Mapping[int, Sequence[int]], numbers: Sequence[int], homes: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    pairs = strongest_pairs(lambda paper: papers.strongest(paper, near[paper]), sorted(near))
    for a, b, shared in papers.links(sorted(set(pairs))):
        ends = (numbers[a], numbers[b], homes[a], homes[b])
        for entity, weight in shared:
            yield from ((*ends, entity, weight, place) for place in sorted({homes[a], homes[b]}))


def links_of(job: Job, part: int) -> list[tuple[int, ...]]:
    """Return what each entity adds to each link that has an end in one part (`LINKS`), each once, in order."""
    rows: Any = job.rows("links", part)
    return sorted(set(rows))


def prove(job: Job, part: int) -> Any:
    """Tell both ends of the links of one part its papers' ids, and by what they have what is shared."""
    ids = dict(shards.rows(shards.group(job.path("papers", part), 0, list(PAPERS)[:2])))
    prover = _Prover(job, part)
    ends: set[tuple[int, int, int, str]] = set()
    proofs: set[tuple[Any, ...]] = set()
    for a, b, a_home, b_home, entity, _ in links_of(job, part):
        for mine, other, home, place in ((a, b, a_home, b_home), (b, a, b_home, a_home)):
            if home == part:
                ends.add((place, other, mine, ids[mine]))
                proofs.add((a_home, mine, entity, *prover.of(mine, entity)))
    for name, columns, found in (("ends", ENDS, sorted(ends)), ("proofs", PROOFS, sorted(proofs))):
        rows = shards.table({"place": "uint32", **columns}, found)
        shards.write_by(job.path(name, part), columns, rows, "place", job.parts)


class _Prover:
    """Finds what the statements of one part's papers rest on."""

    def __init__(self, job: Job, part: int) -> None:
        self._known = known_in(job, part)
        self._table = Table(self._known.broader)
        self._where: list[tuple[int, ...]] = []
        self._places: dict[int, int] = {}
        entities: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        codes: defaultdict[int, array[int]] = defaultdict(lambda: array("B"))
        for paper, entity, code, *where in shards.rows(shards.whole(job.path("facts", part))):
            entities[paper].append(entity)
            codes[paper].append(code)
            self._where.append(tuple(where))  # in the order of papers in the file, as the table
        for at, (paper, mine) in enumerate(entities.items()):
            self._places[paper] = at
            nothing = array("I", [0])
            self._table.extend((array("I", [len(mine)]), mine, codes[paper], nothing, array("I"), array("H")))

    def of(self, paper: int, entity: int) -> tuple[Any, ...]:
        """Return the id of the entity by which a paper has one, and where the evidence of that stands."""
        at = self._table.place(self._places[paper], entity)
        return (self._known.ids[self._table.entities[at]], *self._where[at])
