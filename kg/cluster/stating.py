"""The passes from names to statements: `share` entities with the papers, `state` what papers have and say, `weigh` it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.cluster import shards
from kg.cluster.job import Job
from kg.cluster.reading import extractions, papers_of
from kg.link import Table
from kg.making.whole import Evidence
from kg.nearness import links_papers
from kg.resolve.facts import facts
from kg.terms import numbered
from kg.vectors import Rows, rarity

IDS: shards.Columns = {
    "key": "string", "id": "string", "entity": "uint32", "above": "list<uint32>", "above_ids": "list<string>"
}  # fmt: skip
"""The entity of a resolution key: its id, its number in the order of ids, and all that is above it."""

SPECIFIC: shards.Columns = {"term": "uint32", "specificity": "double"}
"""How specific an entity is."""

FACTS: shards.Columns = {
    "paper": "uint32", "entity": "uint32", "code": "uint8",
    "role": "uint8", "field": "uint8", "start": "uint32", "end": "uint32",
}  # fmt: skip
"""Statements of papers: the code of what a role counts (`kg.link`), and where the evidence stands."""

RAW: shards.Columns = {
    "paper": "uint32", "terms": "list<uint32>", "weights": "list<float>", "words": "list<uint32>", "times": "list<uint32>"
}  # fmt: skip
"""What a paper has, also what is only implied, and the words that it says, as `kg.link` counts them."""

COUNTED: shards.Columns = {"entity": "uint32", "papers": "uint32"}
_TERMS: shards.Columns = {"term": "uint32", "own": "uint8"}
FACTORS: shards.Columns = {"term": "uint32", "factor": "double", "links": "uint8"}
"""What a term's weights are multiplied by, and whether papers are linked by it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The entities that the papers of one part have: by key the id, by id the number, by number what is above."""

    by_key: Mapping[str, str]
    numbers: Mapping[str, int]
    above: Mapping[int, tuple[int, ...]]
    ids: Mapping[int, str]

    def broader(self, entity: int) -> tuple[int, ...]:
        """Return the numbers of all that is above an entity."""
        return self.above.get(entity, ())


def share(job: Job, part: int) -> Any:
    """Give each part of the papers the entities of the keys in it: those among the keys of one part."""
    known = shards.whole(job.path("keys", part))
    keys = known["key"].combine_chunks()

    def pieces() -> Iterator[shards.Table]:
        for other in range(job.parts):
            counted = shards.group(job.path("counts", other), part, ["key", "what"])
            used = counted.filter(pc.is_in(counted["what"], value_set=pa.array(["papers", "asked"])))["key"]
            yield known.take(pc.drop_null(pc.index_in(used, value_set=keys)))

    shards.write(job.path("ids", part), IDS, pieces())


def known_in(job: Job, part: int) -> Known:
    """Return the entities that the papers of one part have."""
    by_key, numbers, above, ids = {}, {}, {}, {}
    rows: Any = job.rows("ids", part)
    for key, own, entity, over, over_ids in rows:
        by_key[key], numbers[own], above[entity], ids[entity] = own, entity, tuple(over), own
        ids.update(zip(over, over_ids, strict=True))
    return Known(by_key, numbers, above, ids)


def state(job: Job, part: int) -> Any:
    """Write what the papers of one part state and say, and each term of it for the part that the term belongs to."""
    known = known_in(job, part)
    table, evidence = Table(known.broader), Evidence()
    papers: list[int] = []
    of_fact: list[int] = []
    for (number, paper), extraction in zip(papers_of(job, part), extractions(job, part), strict=True):
        mine = list(facts("", extraction, known.by_key))
        table.add(((known.numbers[f.entity], f.role) for f in mine), numbered(paper.title, paper.abstract))
        papers.append(number)
        of_fact += [number] * len(mine)
        for fact in mine:
            evidence.add(fact)
    columns = (of_fact, table.entities, table.codes, *evidence.arrays())
    shards.write(job.path("facts", part), FACTS, [shards.table(FACTS, zip(*columns, strict=True))])
    rows, terms = [], []
    implied = table.implied()
    for at, number in enumerate(papers):
        own = set(table.entities[table.starts[at] : table.starts[at + 1]])
        mine_of = list(implied.of(at))
        terms += [(term, int(term in own), term % job.parts) for term, _ in mine_of]
        begin, end = table.word_starts[at], table.word_starts[at + 1]
        said = (list(table.words[begin:end]), list(table.times[begin:end]))
        rows.append((number, [term for term, _ in mine_of], [weight for _, weight in mine_of], *said))
    shards.write(job.path("raw", part), RAW, [shards.table(RAW, rows)])
    placed = shards.table({**_TERMS, "place": "uint32"}, terms)
    shards.write_by(job.path("terms", part), _TERMS, placed, "place", job.parts)
    words = shards.table({**_TERMS, "place": "uint32"}, ((word, 1, word % job.parts) for word in table.words))
    shards.write_by(job.path("words", part), _TERMS, words, "place", job.parts)


def weigh(job: Job, part: int) -> Any:
    """Count the papers of each term of one part, and tell the parts that hold it what it weighs."""
    specific: dict[int, float] = dict(shards.rows(shards.whole(job.path("specific", part))))
    terms = _counted(job, "terms", part)
    own = [(term, papers) for term, _, papers in terms if papers]
    shards.write(job.path("counted", part), COUNTED, [shards.table(COUNTED, own)])
    weighed = (
        (term, rarity(job.papers, count) * specific[term], links_papers(count, specific[term]))
        for term, count, _ in terms
    )
    _tell(job, "terms", "factors", part, weighed)
    words = ((word, rarity(job.papers, count), False) for word, count, _ in _counted(job, "words", part))
    _tell(job, "words", "rarities", part, words)


def _counted(job: Job, name: str, part: int) -> list[tuple[int, int, int]]:
    """Return each term with how many papers have it, and how many by a statement of their own."""
    every = pa.concat_tables(piece for _, piece in job.pieces(name, part))
    found = every.group_by("term", use_threads=False).aggregate([("own", "count"), ("own", "sum")]).sort_by("term")
    return list(zip(*(found[column].to_pylist() for column in ("term", "own_count", "own_sum")), strict=True))


def _tell(job: Job, name: str, told: str, part: int, weighed: Iterable[tuple[int, float, bool]]) -> None:
    """Write what is known of each term, for the parts that have it."""
    factors = {term: (term, factor, int(links)) for term, factor, links in weighed}

    def pieces() -> Iterator[shards.Table]:
        for _, piece in job.pieces(name, part, ["term"]):
            used = sorted(set(piece["term"].to_pylist()))
            yield shards.table(FACTORS, map(factors.__getitem__, used))

    shards.write(job.path(told, part), FACTORS, pieces())


def rows_of(lists: Iterable[Iterable[int]], weights: Iterable[Iterable[float]]) -> Rows:
    """Return the terms of some papers and their weights as rows."""
    rows = Rows()
    for terms, mine in zip(lists, weights, strict=True):
        rows.add(zip(terms, mine, strict=True))
    return rows
