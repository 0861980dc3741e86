"""The passes that find which papers to compare: `measure` papers, `hold` who has a rare entity, `near` papers, `fetch` them.

A pair of papers is scored where one of them is, by the rare entities that both have; then the papers that are near get the
whole of each other to compare (`kg.cluster.linking`).
"""

from __future__ import annotations

from array import array
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.stating import RAW, rows_of
from kg.nearness import Candidates
from kg.vectors import Rows, bring_to_length_one, damped

ROWS: shards.Columns = {
    "paper": "uint32", "terms": "list<uint32>", "weights": "list<float>", "words": "list<uint32>", "said": "list<float>"
}  # fmt: skip
"""What a paper has and says, as a vector of length 1."""

_HELD: shards.Columns = {"term": "uint32", "paper": "uint32", "weight": "float"}
_HOLDERS: shards.Columns = {**_HELD, "home": "uint32"}
_WANTED: shards.Columns = {"paper": "uint32"}
NEAR: shards.Columns = {"paper": "uint32", "other": "uint32"}
"""A paper, and one that it is to be compared with."""


def measure(job: Job, part: int) -> Any:
    """Write the papers of one part as vectors, and what links them for the part that the entity belongs to."""
    raw = shards.group(job.path("raw", part), 0, list(RAW))
    papers, terms, weights, words, times = (raw[name].to_pylist() for name in RAW)
    factors, links = _factors(job, "factors", part)
    techniques, said = rows_of(terms, weights), rows_of(words, (map(damped, mine) for mine in times))
    techniques.multiply(factors)
    said.multiply(_factors(job, "rarities", part)[0])
    bring_to_length_one(techniques, said)
    rows = []
    held = []
    for at, number in enumerate(papers):
        mine = list(techniques.of(at))
        rows.append((number, terms[at], [w for _, w in mine], words[at], [w for _, w in said.of(at)]))
        held += [(term, number, weight, term % job.parts) for term, weight in mine if term in links]
    shards.write(job.path("rows", part), ROWS, [shards.table(ROWS, rows)])
    placed = shards.table({**_HELD, "place": "uint32"}, held)
    shards.write_by(job.path("postings", part), _HELD, placed, "place", job.parts)


def hold(job: Job, part: int) -> Any:
    """Bring together who has each rare entity of one part, and tell all of them to every part that holds it."""
    pieces = []
    for home, piece in job.pieces("postings", part):
        pieces.append(piece.append_column("home", pa.repeat(pa.scalar(home, pa.uint32()), len(piece))))
    every = pa.concat_tables(pieces)
    asked = every.select(["term", "home"]).group_by(["term", "home"], use_threads=False).aggregate([])
    asked = asked.rename_columns({"home": "place"})
    told = every.join(asked, keys="term", join_type="inner", use_threads=False)
    shards.write_by(job.path("holders", part), _HOLDERS, told, "place", job.parts)


def near(job: Job, part: int) -> Any:
    """Write which papers those of one part are to be compared with, and ask the parts that these are in for them."""
    every = pa.concat_tables(piece for _, piece in job.pieces("holders", part))
    papers = sorted(set(every["paper"].to_pylist()))
    terms = sorted(set(every["term"].to_pylist()))
    rows = pa.table({
        "paper": pc.index_in(every["paper"], value_set=pa.array(papers, pa.uint32())),
        "term": pc.index_in(every["term"], value_set=pa.array(terms, pa.uint32())),
        "weight": every["weight"],
        "home": every["home"],
    }).sort_by([("paper", "ascending"), ("term", "ascending")])  # fmt: skip
    homes = array("I", bytes(4 * len(papers)))
    steps = array("Q", bytes(8 * (len(papers) + 1)))
    for paper, home in zip(rows["paper"].to_pylist(), rows["home"].to_pylist(), strict=True):
        homes[paper] = home
        steps[paper + 1] += 1
    for paper in range(len(papers)):
        steps[paper + 1] += steps[paper]
    columns = (array("I", rows["term"].to_pylist()), array("f", rows["weight"].to_pylist()))
    candidates = Candidates(Rows(steps, *columns), b"\x01" * len(terms))
    own = [number for number in range(len(papers)) if homes[number] == part]
    found = [(number, other) for number in own for other in candidates.of(number)]
    pairs = shards.table(NEAR, ((papers[number], papers[other]) for number, other in found))
    shards.write(job.path("near", part), NEAR, [pairs])
    wanted = sorted({other for _, other in found})
    asked = ((papers[other], homes[other]) for other in wanted if homes[other] != part)
    placed = shards.table({**_WANTED, "place": "uint32"}, asked)
    shards.write_by(job.path("wanted", part), _WANTED, placed, "place", job.parts)


def fetch(job: Job, part: int) -> Any:
    """Give each part the papers of one part that it asked for."""
    rows = shards.whole(job.path("rows", part))
    papers = rows["paper"].combine_chunks()
    pieces = (rows.take(pc.index_in(wanted["paper"], value_set=papers)) for _, wanted in job.pieces("wanted", part))
    shards.write(job.path("sent", part), ROWS, pieces)


def _factors(job: Job, name: str, part: int) -> tuple[dict[int, float], set[int]]:
    """Return what the weights of each term are multiplied by, and the terms that link."""
    factors: dict[int, float] = {}
    links: set[int] = set()
    rows: Any = job.rows(name, part)
    for term, factor, linking in rows:
        factors[term] = factor
        if linking:
            links.add(term)
    return factors, links
