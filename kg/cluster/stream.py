"""One build on a cluster, as the one who asked for it sees it: deals out the papers, starts the passes, names the entities.

The same stages in the same order as `kg.making.stream`; whatever grows with mentions, statements or links is in files that
tasks read and write.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.broader import Above
from kg.cluster import shards
from kg.cluster.engine import Engine
from kg.cluster.job import Job, code_version
from kg.cluster.reading import PAPERS, tallies
from kg.cluster.stating import IDS, SPECIFIC
from kg.cluster.writing import PARTS
from kg.making.gather import tell
from kg.making.joining import Joiner
from kg.making.library import Library
from kg.making.naming import Names, name_all
from kg.making.stream import Settings, Stream, Streamed
from kg.making.version import reading_version
from kg.making.writing import in_order_of_iris
from kg.records import encode_paper

KEPT = "read"
"""The folder beside the graph for what was read from papers: a build that is begun again does not read them again."""

_EACH = 2000  # papers in a part
_FEWEST, _MOST = 4, 512  # parts: enough to keep some workers busy, few enough that a file can have a row group for each


class ClusterStream(Stream):
    """One build. `folder` takes its files; the machines of `engine` see it under the same name."""

    def __init__(self, library: Library, folder: Path, settings: Settings, engine: Engine) -> None:
        super().__init__(library, folder.resolve(), settings)
        self._engine = engine
        self._kept = self.folder.parent / KEPT

    def write(self, out: Path) -> Streamed:
        """Write the graph to a file, which appears when it is whole."""
        settings = self.settings
        deal = _dealt(self.library.ids)
        self._job = self._prepare(deal)
        self._engine.check(self.folder)
        read = self._pass("read", "extracting")
        failed = self._failed(read, deal)
        self._pass("add", "adding up names")
        tell(settings.progress, "naming", 0, 0)
        names = self._names()
        self._publish(names)
        self._pass("share", "sharing names")
        self._forget("counts", "tallies", "keys")
        self._pass("state", "stating")
        self._pass("weigh", "weighing terms")
        self._pass("measure", "measuring papers")
        self._forget("raw", "terms", "words", "factors", "rarities", "specific")
        self._pass("hold", "sharing statements")
        self._pass("near", "finding near papers")
        self._pass("fetch", "fetching near papers")
        self._forget("postings", "holders", "wanted")
        self._pass("link", "linking")
        self._forget("rows", "near", "sent")
        self._pass("prove", "sharing links")
        parts = self._pass("write", "writing")
        counts = self._counts(len(names.ids))
        joiner = Joiner(names, counts.__getitem__, settings.base, settings.mentions, self.folder / PARTS)
        joiner.join({prefix for part in parts for prefix in part["prefixes"]}, out)
        self._tidy(read)
        portrait = self._portrait(names, counts.__getitem__, parts)
        portrait.known = sum(part["known"] for part in read)
        portrait.foreign = sum(part["foreign"] for part in read)
        return Streamed(portrait, failed, self.library, names)

    def _prepare(self, deal: Sequence[Sequence[int]]) -> Job:
        """Write down what the tasks must know: the papers of each part, the vocabularies, how to read."""
        settings = self.settings
        version = reading_version(settings.lexicon, settings.tagger)
        copies = [self._copied(number, Path(path)) for number, path in enumerate(settings.vocabularies)]
        self._kept.mkdir(exist_ok=True)
        (self.folder / PARTS).mkdir()
        job = Job(
            str(self.folder),
            str(self._kept),
            len(deal),
            len(self.library),
            code_version(),
            version.hex(),
            copies,
            {name: sorted(others) for name, others in self.apart.items()},
            settings.base,
            settings.min_confidence,
            settings.mentions,
            settings.tagger,
            settings.patience,
            [self._write_papers(part, numbers, version) for part, numbers in enumerate(deal)],
        )
        job.save()
        return job

    def _copied(self, number: int, vocabulary: Path) -> str:
        copy = self.folder / f"vocabulary.{number}.{vocabulary.name}"
        shutil.copyfile(vocabulary, copy)
        return str(copy)

    def _write_papers(self, part: int, numbers: Sequence[int], version: bytes) -> str:
        """Write the papers of one part, and return a name for what will be read from them: the same for the same texts."""
        seen = blake2b(version, digest_size=16)
        rows = []
        for number in numbers:
            paper = self.library[number]
            record = encode_paper(paper)
            seen.update(len(record).to_bytes(8, "big") + record)
            rows.append((number, self.library.ids[number], record, self.library.cites(number, paper)))
        path = self.folder / f"papers.{part:06}.parquet"
        shards.write(path, PAPERS, [shards.table(PAPERS, rows)])
        return seen.hexdigest()

    def _pass(self, name: str, stage: str) -> list[Any]:
        parts = self._job.parts
        tell(self.settings.progress, stage, 0, parts)
        return self._engine.run(self.folder, name, parts, lambda done: tell(self.settings.progress, stage, done, parts))

    def _failed(self, found: Sequence[Any], deal: Sequence[Sequence[int]]) -> dict[int, str]:
        pairs = zip(found, deal, strict=True)
        return {numbers[int(at)]: reason for part, numbers in pairs for at, reason in part["failed"].items()}

    def _names(self) -> Names:
        files = (self._job.path("tallies", part) for part in range(self._job.parts))
        rows = merge(*map(tallies, files), key=itemgetter(0))
        return name_all(rows, self.settings.lexicon, self.settings.decisions, self.folder)

    def _publish(self, names: Names) -> None:
        """Write the entity of each key, for the part that the key belongs to; what need not be held is not held on."""
        parts, above = self._job.parts, Above(names.broader)
        by_part: list[list[str]] = [[] for _ in range(parts)]
        for key in names.by_key:
            by_part[shards.part_of(key, parts)].append(key)
        for part, keys in enumerate(by_part):
            shards.write(self._job.path("keys", part), IDS, [shards.table(IDS, _entities(keys, names, above))])
            own = ((number, names.specificities[number]) for number in range(part, len(names.ids), parts))
            shards.write(self._job.path("specific", part), SPECIFIC, [shards.table(SPECIFIC, own)])
        names.by_key.clear()

    def _counts(self, entities: int) -> array[int]:
        counts = array("I", bytes(4 * entities))
        for part in range(self._job.parts):
            for entity, papers in shards.rows(shards.whole(self._job.path("counted", part))):
                counts[entity] = papers
        return counts

    def _forget(self, *names: str) -> None:
        """Remove what earlier passes wrote and no later one reads."""
        for name in names:
            for part in range(self._job.parts):
                self._job.path(name, part).unlink(missing_ok=True)

    def _tidy(self, read: Sequence[Any]) -> None:
        """Keep what was read from these papers and nothing else; parts in which some could not be read are tried again."""
        wanted = {self._job.reading_of(part).name for part, found in enumerate(read) if not found["failed"]}
        for path in self._kept.iterdir():
            if path.name not in wanted:
                path.unlink()


def _dealt(ids: Sequence[str]) -> list[list[int]]:
    """Deal papers into parts in order of their IRIs; those together of which one's IRI begins another's."""
    parts = max(_FEWEST, min(_MOST, -(-len(ids) // _EACH)))
    deal: list[list[int]] = [[] for _ in range(parts)]
    dealt = 0
    for numbers in in_order_of_iris(ids):
        deal[dealt * parts // len(ids)] += numbers
        dealt += len(numbers)
    return deal


def _entities(keys: Sequence[str], names: Names, above: Above[int]) -> Iterator[tuple[Any, ...]]:
    for key in keys:
        own = names.by_key[key]
        number = names.number(own)
        over = above(number)
        yield key, own, number, over, [names.ids[one] for one in over]
