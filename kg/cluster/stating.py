"""The passes from names to statements: `share` ids with the papers, `state` what papers have, `hold` papers by entity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg import link
from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.reading import extractions, papers_of
from kg.link import Table
from kg.making.writing import Evidence
from kg.resolve.facts import facts

IDS: shards.Columns = {"key": "string", "id": "string", "entity": "uint32", "specificity": "double"}
"""The entity of a resolution key: its id, its number in the order of ids, and how specific it is."""

_STATED: shards.Columns = {"entity": "uint32", "paper": "uint32", "code": "uint8"}
_WHERE: shards.Columns = {"role": "uint8", "field": "uint8", "start": "uint32", "end": "uint32"}
FACTS: shards.Columns = {**_STATED, **_WHERE}
"""Statements: an entity, a paper, the code of what its role counts (`kg.link`), and where its evidence stands."""

COUNTED: shards.Columns = {"entity": "uint32", "papers": "uint32"}
HOLDERS: shards.Columns = {**_STATED, "home": "uint32"}
"""Who has an entity; `home` is the part that the paper is in."""


def share(job: Job, part: int) -> Any:
    """Give each part of the papers the entities of the keys in it: those among the keys of one part."""
    known = shards.whole(job.path("keys", part))

    def pieces() -> Iterator[shards.Table]:
        for other in range(job.parts):
            counted = shards.group(job.path("counts", other), part, ["key", "what"])
            used = counted.filter(pc.is_in(counted["what"], value_set=pa.array(["papers", "asked"]))).select(["key"])
            yield used.join(known, keys="key", join_type="inner", use_threads=False)

    shards.write(job.path("ids", part), IDS, pieces())


def ids_of(job: Job, part: int) -> dict[str, tuple[str, int]]:
    """Return the id and the number of the entity of each key that the papers of one part have."""
    rows: Any = job.rows("ids", part, ["key", "id", "entity"])
    return {key: (own, entity) for key, own, entity in rows}


def state(job: Job, part: int) -> Any:
    """Write what the papers of one part state, a row group for each part of the entities."""
    found = ids_of(job, part)
    by_key = {key: own for key, (own, _) in found.items()}
    numbers = dict(found.values())
    stated, evidence = Table(), Evidence()
    papers: list[int] = []
    for (number, _), extraction in zip(papers_of(job, part), extractions(job, part), strict=True):
        mine = list(facts("", extraction, by_key))
        stated.add((numbers[fact.entity], fact.role) for fact in mine)
        papers += [number] * len(mine)
        for fact in mine:
            evidence.add(fact)
    columns = (stated.entities, papers, stated.codes, *evidence.arrays())
    rows = shards.table(FACTS, zip(*columns, strict=True))
    home = pa.array([entity % job.parts for entity in stated.entities], pa.uint32())
    shards.write_by(job.path("facts", part), FACTS, rows.append_column("place", home), "place", job.parts)


def hold(job: Job, part: int) -> Any:
    """Bring together who has each entity of one part: their number, and who links through it, for each part of the papers.

    Entities of one paper link nothing. Those of up to `COMMON` papers go to all parts that hold them, with all holders; of
    the others a part learns the number, and `link` looks up the holders it needs.
    """
    pieces = []
    for home, piece in job.pieces("facts", part, list(_STATED)):
        pieces.append(piece.append_column("home", pa.repeat(pa.scalar(home, pa.uint32()), len(piece))))
    every = pa.concat_tables(pieces)
    counts = every.group_by("entity", use_threads=False).aggregate([("paper", "count")])
    counts = counts.rename_columns({"paper_count": "papers"})
    shards.write(job.path("counted", part), COUNTED, [counts.select(list(COUNTED)).sort_by("entity")])
    shared = counts.filter(pc.greater(counts["papers"], 1))
    wanted = every.select(["entity", "home"]).group_by(["entity", "home"], use_threads=False).aggregate([])
    wanted = wanted.join(shared, keys="entity", join_type="inner", use_threads=False)
    shards.write_by(job.path("held", part), COUNTED, wanted, "home", job.parts)
    rare = pc.less_equal(wanted["papers"], link.COMMON)
    asked = wanted.filter(rare).select(["entity", "home"]).rename_columns({"home": "place"})
    holders = every.join(asked, keys="entity", join_type="inner", use_threads=False)
    shards.write_by(job.path("holders", part), HOLDERS, holders, "place", job.parts)
    often = counts.filter(pc.greater(counts["papers"], link.COMMON)).select(["entity"])
    common = every.join(often, keys="entity", join_type="inner", use_threads=False)
    shards.write(job.path("common", part), HOLDERS, [common.select(list(HOLDERS)).sort_by("paper")])


def evidence_of(job: Job, part: int) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return where the evidence of each statement of one part stands, by paper and entity."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for table in shards.groups(job.path("facts", part)):
        for entity, paper, _, *where in shards.rows(table):
            found[paper, entity] = tuple(where)
    return found
