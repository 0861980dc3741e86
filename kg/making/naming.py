"""All names of a large library to entities, with the keys sorted in files instead of held: `kg.resolve` in a stream.

What papers say of a key is counted in parts that are added up key by key. Only keys that may take part in a join are held
together (`kg.resolve.joins.Suspects`); every other one is an entity by itself. The result is that of `kg.resolve.entities`.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.decisions import Decision
from kg.lexicon import Lexicon
from kg.making.spool import Row, Sorter, Spool, read_rows, write_rows
from kg.model import Entity
from kg.records import entity_of, entity_row
from kg.resolve.entities import Draft, draft, draft_all, final_id, finished
from kg.resolve.joins import Joined, Joins, Suspects, join
from kg.resolve.rekey import separations
from kg.resolve.tally import Tally
from kg.vocab import Kind

_KINDS = {kind.value: kind for kind in Kind}
_SPECIFICITY, _BROADER = -2, 5  # where they stand in a row of an entity
KEYS = 100_000
"""Keys whose counts a process holds before it writes them down."""


class Counts:
    """What papers say of each key: counted in memory as far as that goes, then in sorted files."""

    def __init__(self, folder: Path, name: str) -> None:
        self._held: dict[str, Tally] = {}
        self._sorter = Sorter(folder, name, run=2 * KEYS)

    def add(self, counted: Mapping[str, Tally]) -> None:
        """Add what one paper says."""
        for name, entry in counted.items():
            known = self._held.get(name)
            if known is None:
                self._held[name] = entry
            else:
                known.add(entry)
        if len(self._held) >= KEYS:
            self.runs()

    def runs(self) -> list[str]:
        """Write down what is held, and return the names of all files."""
        for name, entry in self._held.items():
            self._sorter.add(name, _row(entry))
        self._held = {}
        return self._sorter.spill()


@dataclass(slots=True)
class Names:
    """The entities, numbered in order of their ids, and the id of each resolution key."""

    entities: Spool
    ids: list[str] = field(default_factory=list)
    by_key: dict[str, str] = field(default_factory=dict)
    specificities: array[float] = field(default_factory=lambda: array("d"))
    parents: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def number(self, entity: str) -> int:
        """Return the number of an entity, by its id."""
        return bisect_left(self.ids, entity)

    def broader(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the entities right above one."""
        return tuple(map(self.number, self.parents.get(number, ())))

    def entity(self, number: int) -> Entity:
        """Return an entity, without the count of its papers."""
        return entity_of(marshal.loads(self.entities[number]))  # noqa: S302 - written by this build


def name_all(rows: Iterable[Row], lexicon: Lexicon, decisions: Sequence[Decision], folder: Path) -> Names:
    """Return the entities that keys stand for; `rows` are keys in order, each with what `Counts` writes down of it."""
    counted, drafts = folder / "counted", folder / "drafts"
    suspects = Suspects(lexicon, decisions)
    write_rows(counted, _noted(_added_up(rows), suspects))
    held = {name: _tally(value) for name, value in read_rows(counted) if name in suspects}
    joined = join(held, lexicon, decisions)
    alone = Joined(Joins((), {}), frozenset(), {}, separations(decisions, lexicon))
    wanted = _Wanted()
    write_rows(drafts, wanted.noted(_drafts(counted, suspects, draft_all(held, lexicon, joined), lexicon, alone)))
    return _numbered(drafts, wanted, lexicon, folder)


def _added_up(rows: Iterable[Row]) -> Iterator[tuple[str, Tally]]:
    for name, same in groupby(rows, key=itemgetter(0)):
        total = Tally()
        for _, value in same:
            total.add(_tally(value))
        yield name, total


def _noted(entries: Iterable[tuple[str, Tally]], suspects: Suspects) -> Iterator[tuple[str, Any]]:
    for name, entry in entries:
        suspects.note(name, entry)
        yield name, _row(entry)


def _row(entry: Tally) -> list[Any]:
    return [entry.papers, {kind.value: weight for kind, weight in entry.kinds.items()}, entry.names, entry.shorts]


def _tally(value: Any) -> Tally:
    papers, kinds, names, shorts = value
    return Tally(papers, {_KINDS[kind]: weight for kind, weight in kinds.items()}, names, shorts)


def _drafts(
    counted: Path, suspects: Suspects, joined: Iterable[Draft], lexicon: Lexicon, alone: Joined
) -> Iterator[Draft]:
    yield from joined
    for name, value in read_rows(counted):
        if name not in suspects:
            yield draft((name,), {name: _tally(value)}, lexicon, alone)


class _Wanted:
    """Tells which ids several entities want, holding little more than a hash of each."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._again: set[int] = set()
        self.shared: set[str] = set()

    def noted(self, drafts: Iterable[Draft]) -> Iterator[tuple[str, Any]]:
        """Take in drafts, and yield them as rows."""
        for one in drafts:
            hashed = hash(one.wanted)
            (self._again if hashed in self._seen else self._seen).add(hashed)
            yield one.wanted, [entity_row(one.entity), one.names]

    def conclude(self, drafts: Path) -> None:
        """Count those again whose hash came twice: hashes may agree by chance."""
        counts = Counter(wanted for wanted, _ in read_rows(drafts) if hash(wanted) in self._again)
        self.shared = {wanted for wanted, count in counts.items() if count > 1}
        self._seen, self._again = set(), set()


def _numbered(drafts: Path, wanted: _Wanted, lexicon: Lexicon, folder: Path) -> Names:
    wanted.conclude(drafts)
    concepts: dict[str, str] = {}
    for one in _read(drafts, lexicon):
        own = final_id(one, shared=one.wanted in wanted.shared)
        concepts.update(dict.fromkeys((name for name in one.names if name in lexicon.concepts), own))
    rows = Sorter(folder, "entities")
    for name, (row, names) in read_rows(drafts):
        if name in wanted.shared or name.endswith("/") or row[1] in lexicon.concepts or lexicon.head(row[1]):
            one = Draft(entity_of(row), tuple(names), name)
            own = final_id(one, shared=name in wanted.shared)
            row = entity_row(finished(one, own, lexicon, concepts.get))
        else:  # most: nothing to add
            own = row[0] = name
        rows.add(own, [row, names])
    found = Names(Spool(folder / "entities"))
    for own, (row, names) in rows:
        found.entities.append(marshal.dumps(row))
        found.ids.append(own)
        found.specificities.append(row[_SPECIFICITY])
        if row[_BROADER]:
            found.parents[len(found.ids) - 1] = tuple(row[_BROADER])
        found.by_key.update(dict.fromkeys(names, own))
    found.entities.seal()
    return found


def _read(drafts: Path, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the drafts that go by a concept of the vocabulary."""
    for wanted, (row, names) in read_rows(drafts):
        if any(name in lexicon.concepts for name in names):
            yield Draft(entity_of(row), tuple(names), wanted)
