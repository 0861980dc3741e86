"""The passes over papers and names: `read` what each paper says and count it, `add` up what is said of each resolution key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.cluster import shards
from kg.cluster.job import Job
from kg.errors import KgError
from kg.making.gather import above
from kg.making.portrait import is_foreign, names_known
from kg.making.version import reading_version
from kg.model import Extraction, Paper
from kg.records import decode, decode_paper, encode
from kg.resolve.rekey import rekey
from kg.resolve.tally import Tally, tally
from kg.vocab import Kind
from kg.workers import load_lexicon, read_each

PAPERS: shards.Columns = {"number": "uint32", "id": "string", "record": "binary", "cites": "list<string>"}
"""Papers by number in the order of their ids; each file in the order of their IRIs. `record` is that of `kg.records`."""

READINGS: shards.Columns = {"record": "binary", "reason": "string"}
"""What each paper of a part says, in their order, or the reason why it says nothing."""

COUNTS: shards.Columns = {"key": "string", "what": "string", "name": "string", "weight": "int64"}
"""A `Tally` in rows that can be added up: what is counted of a key (its papers, a kind, a name, a short form).

``asked`` counts nothing: a result names that key, and its paper may not speak of it elsewhere.
"""

_GROUP = 10_000  # rows of names that are in memory at once


def read(job: Job, part: int) -> Any:
    """Read the papers of one part, unless an earlier build has, and count what they say.

    Returns the reasons of those that could not be read, and how many name something of the vocabulary or look foreign.
    """
    if not job.reading_of(part).exists():
        _read(job, part)
    reasons = enumerate(shards.group(job.reading_of(part), 0, ["reason"])["reason"].to_pylist())
    return {**_count(job, part), "failed": {number: reason for number, reason in reasons if reason}}


def _read(job: Job, part: int) -> None:
    papers = [paper for _, paper in papers_of(job, part)]
    lexicon = load_lexicon(job.vocabularies)
    if reading_version(lexicon, job.tagger).hex() != job.reading:
        raise KgError(
            "a worker has another vocabulary or other extractors", hint="install the same packages everywhere"
        )
    found = [(encode(Extraction()), "")] * len(papers)
    answers = read_each(papers, lexicon, job.vocabularies, 1, tagger=job.tagger, patience=job.patience, apart=True)
    for number, answer in answers:
        found[number] = (found[number][0], answer) if isinstance(answer, str) else (answer, "")
    shards.write(job.reading_of(part), READINGS, [shards.table(READINGS, found)])


def _count(job: Job, part: int) -> dict[str, int]:
    """Write the counts of the papers of one part, a row group for each part of the keys."""
    counted: dict[str, Tally] = {}
    asked: set[str] = set()
    known = foreign = 0
    for (_, paper), extraction in zip(papers_of(job, part), extractions(job, part), strict=True):
        known += names_known(extraction)
        foreign += is_foreign(paper)
        asked.update(name for result in extraction.results for name in (result.metric, result.dataset, result.method))
        for key, entry in tally(extraction).items():
            if key in counted:
                counted[key].add(entry)
            else:
                counted[key] = entry
    by_part: list[list[tuple[str, str, str, int]]] = [[] for _ in range(job.parts)]
    for key, entry in counted.items():
        by_part[shards.part_of(key, job.parts)] += _rows(key, entry)
    for key in sorted(asked - counted.keys() - {""}):
        by_part[shards.part_of(key, job.parts)].append((key, "asked", "", 0))
    shards.write(job.path("counts", part), COUNTS, (shards.table(COUNTS, rows) for rows in by_part))
    return {"known": known, "foreign": foreign}


def papers_of(job: Job, part: int) -> Iterator[tuple[int, Paper]]:
    """Yield the papers of one part with their numbers."""
    for number, record in shards.rows(shards.group(job.path("papers", part), 0, ["number", "record"])):
        yield number, decode_paper(record)


def extractions(job: Job, part: int) -> Iterator[Extraction]:
    """Yield what each paper of one part says that is sure enough, as the user's decisions have it."""
    apart = {name: frozenset(others) for name, others in job.apart.items()}
    for (record,) in shards.rows(shards.group(job.reading_of(part), 0, ["record"])):
        yield rekey(above(decode(record), job.min_confidence), apart)


def add(job: Job, part: int) -> Any:
    """Add up the counts of the keys of one part, and write them in order of key."""
    every = pa.concat_tables(piece for _, piece in job.pieces("counts", part))
    every = every.filter(pc.not_equal(every["what"], "asked"))
    total = every.group_by(["key", "what", "name"], use_threads=False).aggregate([("weight", "sum")])
    ordered = total.rename_columns({"weight_sum": "weight"}).sort_by([(name, "ascending") for name in list(COUNTS)[:3]])
    starts = range(0, len(ordered), _GROUP)
    pieces = (ordered.slice(start, _GROUP).select(list(COUNTS)) for start in starts)
    shards.write(job.path("tallies", part), COUNTS, pieces)


def tallies(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield each key of a file of `add` with its tally, as `kg.making.naming` takes them."""
    last, found = None, _empty()
    for table in shards.groups(path):
        for key, what, name, weight in shards.rows(table):
            if key != last:
                if last is not None:
                    yield last, _listed(found)
                last, found = key, _empty()
            found[what][name] = weight
    if last is not None:
        yield last, _listed(found)


def _rows(key: str, entry: Tally) -> Iterator[tuple[str, str, str, int]]:
    yield key, "papers", "", entry.papers
    counts: dict[str, Mapping[Any, int]] = {"kind": entry.kinds, "name": entry.names, "short": entry.shorts}
    for what, weights in counts.items():
        for name, weight in weights.items():
            yield key, what, name.value if isinstance(name, Kind) else name, weight


def _empty() -> dict[str, Counter[str]]:
    return {what: Counter() for what in ("papers", "kind", "name", "short")}


def _listed(found: Mapping[str, Counter[str]]) -> list[Any]:
    return [found["papers"][""], *(dict(found[what]) for what in ("kind", "name", "short"))]
