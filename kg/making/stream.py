"""A graph of any size, from records to kg.ttl, with little more than numbers in memory.

The order of the stages is that of `kg.pipeline`, the bytes are the same; each stage reads files and writes files.

    records -> Library -> gather -> Counts -> Names -> Table -> links -> PaperWriter -> Joiner -> kg.ttl

What stays in memory: of a record its id and hashes of what it is known by; of a resolution key itself and its entity's id;
of a statement 20 bytes; of a link 8. Ranges of papers are done by several processes, which share all this.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import merge
from pathlib import Path
from typing import Any

from kg.decisions import Decision
from kg.lexicon import Lexicon
from kg.link import Table, strongest_pairs
from kg.making.cache import Cache
from kg.making.gather import Progress, above, gather_into, tell
from kg.making.joining import Joiner
from kg.making.library import Library
from kg.making.naming import Counts, Names, name_all
from kg.making.portrait import Portrait, is_foreign, names_known, short_name
from kg.making.spool import Spool, merged
from kg.making.spread import spread
from kg.making.whole import Evidence, Whole
from kg.making.writing import PaperWriter
from kg.model import Entity, Extraction, Where
from kg.rdf.statements import Mentions
from kg.records import decode
from kg.resolve.facts import facts
from kg.resolve.rekey import rekey, separations
from kg.resolve.tally import tally
from kg.terms import numbered
from kg.vocab import Kind, Role
from kg.workers import processes


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is made, beside the papers."""

    lexicon: Lexicon
    vocabularies: Sequence[str]
    decisions: Sequence[Decision]
    base: str
    min_confidence: float
    mentions: Mentions
    workers: int | None
    tagger: bool
    patience: float
    cache: Cache | None
    progress: Progress | None = None


@dataclass(slots=True)
class Streamed:
    """A graph that has been written, and what a user should know of it."""

    portrait: Portrait
    failed: dict[int, str]
    library: Library
    names: Names

    def origins(self) -> Iterator[tuple[str, Where]]:
        """Yield every place that each paper was read from."""
        for number in range(len(self.library)):
            one = self.library.merged(number)
            yield from ((one.id, where) for where in one.origins)

    def entities(self) -> Iterator[Entity]:
        """Yield the entities in order of their ids."""
        return (self.names.entity(number) for number in range(len(self.names.ids)))


class Stream:
    """One build. `folder` takes its files, and is left to the caller to remove."""

    def __init__(self, library: Library, folder: Path, settings: Settings) -> None:
        self.library, self.folder, self.settings = library, folder, settings
        self.workers = processes(settings.workers)
        self.apart = separations(settings.decisions, settings.lexicon)
        self.records = Spool(folder / "extractions")

    def write(self, out: Path) -> Streamed:
        """Write the graph to a file, which appears when it is whole."""
        settings, total = self.settings, len(self.library)
        failed = gather_into(
            self.records,
            self.library,
            settings.lexicon,
            settings.vocabularies,
            workers=settings.workers,
            tagger=settings.tagger,
            patience=settings.patience,
            cache=settings.cache,
            progress=settings.progress,
        )
        counted = spread(total, self._count, self.workers, self._telling("counting names", total))
        runs = [run for part in counted for run in part["runs"]]
        tell(settings.progress, "naming", 0, 0)
        names = name_all(merged(runs), settings.lexicon, settings.decisions, self.folder)
        table, evidence = self._table(names, total)
        links = self._links(table, total)
        parts = self._write(Whole(self.library, names, table, evidence, links, self.extraction))
        joiner = Joiner(names, table.count, settings.base, settings.mentions, self.folder)
        joiner.join({prefix for part in parts for prefix in part["prefixes"]}, out)
        portrait = self._portrait(names, table.count, parts)
        portrait.known = sum(part["known"] for part in counted)
        portrait.foreign = sum(part["foreign"] for part in counted)
        return Streamed(portrait, failed, self.library, names)

    def extraction(self, number: int) -> Extraction:
        """Return what a paper says that is sure enough, as the user's decisions have it."""
        return rekey(above(decode(self.records[number]), self.settings.min_confidence), self.apart)

    def _count(self, begin: int, end: int) -> Any:
        counts = Counts(self.folder, f"counts.{begin:09}")
        known = foreign = 0
        for number in range(begin, end):
            extraction = self.extraction(number)
            counts.add(tally(extraction))
            known += names_known(extraction)
            foreign += is_foreign(self.library[number])
        return {"runs": counts.runs(), "known": known, "foreign": foreign}

    def _table(self, names: Names, total: int) -> tuple[Table, Evidence]:
        table, evidence = Table(names.broader), Evidence()
        work = partial(self._state, names)
        for files in spread(total, work, self.workers, self._telling("stating", total)):
            columns = [_load(Path(name), kind) for name, kind in files]
            table.extend(columns[: -len(evidence.arrays())])
            for mine, more in zip(evidence.arrays(), columns[-len(evidence.arrays()) :], strict=True):
                mine.extend(more)
        table.close(names.specificities)
        return table, evidence

    def _state(self, names: Names, begin: int, end: int) -> Any:
        """Make the part of the table of some papers; return its files."""
        table, evidence = Table(), Evidence()
        for number in range(begin, end):
            stated = list(facts(self.library.ids[number], self.extraction(number), names.by_key))
            paper = self.library[number]
            said = numbered(paper.title, paper.abstract)
            table.add(((names.number(fact.entity), fact.role) for fact in stated), said)
            for fact in stated:
                evidence.add(fact)
        columns = (*table.columns(), *evidence.arrays())
        return [self._save(f"facts.{begin:09}.{n}", column) for n, column in enumerate(columns)]

    def _links(self, table: Table, total: int) -> array[int]:
        """Return all links as pairs of numbers, in order."""
        files = spread(total, partial(self._link, table), self.workers, self._telling("linking", total))
        links, last = array("I"), -1
        for pair in merge(*(_load(Path(name), kind) for name, kind in files)):
            if pair != last:
                links.extend((pair >> 32, pair & 0xFFFFFFFF))
                last = pair
        return links

    def _link(self, table: Table, begin: int, end: int) -> Any:
        pairs = {a << 32 | b for a, b in strongest_pairs(table.strongest, range(begin, end))}
        return self._save(f"links.{begin:09}", array("Q", sorted(pairs)))

    def _write(self, whole: Whole) -> list[Any]:
        writer = PaperWriter(whole, self.settings.base, self.settings.mentions, self.folder)
        return spread(len(writer), writer.write, self.workers, self._telling("writing", len(writer)))

    def _portrait(self, names: Names, count: Callable[[int], int], parts: Sequence[Any]) -> Portrait:
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(part["counts"])
        most = max(range(len(names.ids)), key=lambda n: (count(n), names.ids[n]), default=None)
        kinds = Counter(own.partition("/")[0].capitalize() for own in names.ids)
        best = max((tuple(part["best"]) for part in parts), default=(0.0, "", ""))
        return Portrait(
            papers=len(self.library),
            duplicates=self.library.records - len(self.library),
            entities={kind.value: kinds[kind.value] for kind in Kind},
            statements={role.value: counts[role.value] for role in Role},
            links=counts["links"],
            results=counts["results"],
            most_used=names.entity(most).label if most is not None else "",
            related=short_name(best[1], self.library[self.library.ids.index(best[1])]) if best[1] else "",
        )

    def _save(self, name: str, column: array[int]) -> tuple[str, str]:
        path = self.folder / name
        path.write_bytes(column.tobytes())
        return str(path), column.typecode

    def _telling(self, stage: str, total: int) -> Any:
        return lambda done: tell(self.settings.progress, stage, done, total)


def _load(path: Path, kind: str) -> array[int]:
    column: array[int] = array(kind)
    column.frombytes(path.read_bytes())
    path.unlink()
    return column
