"""Files that stand in for memory: records by number, and rows sorted by a text. For `kg.making.stream`.

They live in the folder of one build and hold what only that build reads.
"""

from __future__ import annotations

import marshal
import os
from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

Row = tuple[str, Any]
"""What rows are sorted by, and anything made of plain values that `marshal` can hold."""

RUN = 200_000
"""Rows that are sorted in memory."""

_TOGETHER = 512  # rows
_HEAD = 4  # bytes that tell a length


class Spool:
    """Byte records by number, put in any order; after `seal`, processes forked from this one can read them as well."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._places = array("Q")
        self._lengths = array("I")
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def append(self, record: bytes) -> int:
        """Put a record under the next number, and return that."""
        self._places.append(self._end)
        self._lengths.append(len(record))
        self._file.write(record)
        self._end += len(record)
        return len(self._places) - 1

    def put(self, number: int, record: bytes) -> None:
        """Put a record under a number, or in the place of the one there; numbers in between are empty records."""
        missing = number + 1 - len(self._places)
        if missing > 0:
            self._places.extend([0] * missing)
            self._lengths.extend([0] * missing)
        self._places[number], self._lengths[number] = self._end, len(record)
        self._file.write(record)
        self._end += len(record)

    def seal(self) -> None:
        """Make what was put readable."""
        self._file.flush()

    def __getitem__(self, number: int) -> bytes:
        place, length = self._places[number], self._lengths[number]
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), length, place)
        self._file.seek(place)
        return self._file.read(length)

    def close(self) -> None:
        """Close the file; nothing can be read any more."""
        self._file.close()


class Sorter:
    """Rows in order of their texts, code point by code point: sorted in memory in runs, which are merged when read."""

    def __init__(self, folder: Path, name: str, *, run: int | None = None) -> None:
        self._folder, self._name, self._most = folder, name, run or RUN
        self._rows: list[Row] = []
        self.runs: list[str] = []

    def add(self, text: str, value: Any) -> None:
        """Take in a row."""
        self._rows.append((text, value))
        if len(self._rows) >= self._most:
            self.spill()

    def spill(self) -> list[str]:
        """Write what is in memory to a file, and return the names of all files so far."""
        if self._rows:
            path = self._folder / f"{self._name}.{len(self.runs)}.run"
            write_rows(path, sorted(self._rows, key=itemgetter(0)))
            self.runs.append(str(path))
            self._rows = []
        return self.runs

    def __iter__(self) -> Iterator[Row]:
        return merged(self.spill())


def merged(runs: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of several sorted files in order; of equal texts, those of earlier files first."""
    return merge(*(read_rows(Path(run)) for run in runs), key=itemgetter(0))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows, some hundred together: what `marshal` takes is read back several times as fast as JSON."""
    left = iter(rows)
    with path.open("wb") as out:
        while some := list(islice(left, _TOGETHER)):
            written = marshal.dumps(some)
            out.write(len(written).to_bytes(_HEAD, "little") + written)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file."""
    with path.open("rb") as file:
        while head := file.read(_HEAD):
            yield from marshal.loads(file.read(int.from_bytes(head, "little")))  # noqa: S302 - written by this build
