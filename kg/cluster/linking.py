"""The passes that link papers: `link` finds the strongest links of each, `prove` tells both ends what the other needs.

A task holds what its own papers share with others and no more: the true counts of their entities, all holders of the rare
ones, and which of these hold the common ones. On that it runs the search of `kg.link`, with papers and entities numbered
anew in the same order, so that its links are those of the whole table.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.reading import PAPERS
from kg.cluster.stating import HOLDERS, evidence_of
from kg.link import Table, strongest_pairs

LINKS: shards.Columns = {
    "a": "uint32", "b": "uint32", "a_home": "uint32", "b_home": "uint32", "entity": "uint32", "part": "uint32"
}  # fmt: skip
"""What one entity adds to a link, in thousandths; both parts that its papers are in get it."""

ENDS: shards.Columns = {"paper": "uint32", "other": "uint32", "id": "string"}
"""The id of a paper at the other end of a link."""

PROOFS: shards.Columns = {
    "paper": "uint32", "other": "uint32", "entity": "uint32",
    "role": "uint8", "field": "uint8", "start": "uint32", "end": "uint32",
}  # fmt: skip
"""Where the other end of a link has the evidence of an entity that the two share."""


class Part(Table):
    """As much of the whole table as some of its papers need; entities are counted as in the whole."""

    def __init__(self, counts: Sequence[int]) -> None:
        super().__init__()
        self._counts = counts

    def count(self, entity: int) -> int:
        """Return how many papers have an entity, here or elsewhere."""
        return self._counts[entity]

    def fill(self, papers: Sequence[int], entities: Sequence[int], codes: Sequence[int], total: int) -> None:
        """Take statements in order of paper and entity; papers are numbered below `total`."""
        counts = array("I", bytes(4 * total))
        for paper in papers:
            counts[paper] += 1
        self.extend(counts, array("I", entities), array("B", codes))


def link(job: Job, part: int) -> Any:
    """Write the strongest links of the papers of one part, for the parts at both ends."""
    held = pa.concat_tables(piece for _, piece in job.pieces("held", part)).sort_by("entity")
    specificity = _specificities(job, part)
    rows = _statements(job, part, held["entity"])
    papers = pc.sort_indices(pc.unique(rows["paper"]))
    papers = pc.unique(rows["paper"]).take(papers)
    rows = pa.table(
        {
            "paper": pc.index_in(rows["paper"], value_set=papers),
            "entity": pc.index_in(rows["entity"], value_set=held["entity"].combine_chunks()),
            "code": rows["code"],
            "home": rows["home"],
        }
    ).sort_by([("paper", "ascending"), ("entity", "ascending")])
    entities, numbers = held["entity"].to_pylist(), papers.to_pylist()
    homes = array("I", bytes(4 * len(numbers)))
    for paper, home in zip(rows["paper"].to_pylist(), rows["home"].to_pylist(), strict=True):
        homes[paper] = home
    table = Part(held["papers"].to_pylist())
    table.fill(rows["paper"].to_pylist(), rows["entity"].to_pylist(), rows["code"].to_pylist(), len(numbers))
    table.close([specificity[entity] for entity in entities])
    own = (number for number in range(len(numbers)) if homes[number] == part)
    found = []
    for a, b in sorted(set(strongest_pairs(table, own))):
        ends = (numbers[a], numbers[b], homes[a], homes[b])
        shared = [(*ends, entities[entity], weight) for entity, weight in table.shared(a, b)]
        found += [(*row, place) for place in sorted({homes[a], homes[b]}) for row in shared]
    shards.write_by(
        job.path("links", part), LINKS, shards.table({**LINKS, "place": "uint32"}, found), "place", job.parts
    )


def links_of(job: Job, part: int) -> list[tuple[int, ...]]:
    """Return what each entity adds to each link that has an end in one part (`LINKS`), each once, in order."""
    rows: Any = job.rows("links", part)
    return sorted(set(rows))


def prove(job: Job, part: int) -> Any:
    """Tell the other ends of the links of one part its papers' ids and where their evidence stands."""
    names = dict(shards.rows(shards.group(job.path("papers", part), 0, list(PAPERS)[:2])))
    where = evidence_of(job, part)
    ends: set[tuple[object, ...]] = set()
    proofs: list[tuple[int, ...]] = []
    for a, b, a_home, b_home, entity, _ in links_of(job, part):
        for mine, other, home, place in ((a, b, a_home, b_home), (b, a, b_home, a_home)):
            if home == part:
                ends.add((other, mine, names[mine], place))
        if b_home == part:
            proofs.append((a, b, entity, *where[b, entity], a_home))
    placed = {"place": "uint32"}
    rows = shards.table({**ENDS, **placed}, sorted(ends, key=repr))
    shards.write_by(job.path("ends", part), ENDS, rows, "place", job.parts)
    rows = shards.table({**PROOFS, **placed}, proofs)
    shards.write_by(job.path("proofs", part), PROOFS, rows, "place", job.parts)


def _statements(job: Job, part: int, held: Any) -> shards.Table:
    """Return the statements that count for the links of one part: who has its rare entities, and their common ones."""
    rare = pa.concat_tables(piece for _, piece in job.pieces("holders", part))
    candidates = pc.unique(rare["paper"])
    found = [rare]
    for other in range(job.parts):
        common = shards.group(job.path("common", other), 0)
        common = common.filter(pc.is_in(common["entity"], value_set=held.combine_chunks()))
        found.append(common.filter(pc.is_in(common["paper"], value_set=candidates)))
    return pa.concat_tables(found).select(list(HOLDERS))


def _specificities(job: Job, part: int) -> dict[int, float]:
    rows: Any = job.rows("ids", part, ["entity", "specificity"])
    return dict(rows)
