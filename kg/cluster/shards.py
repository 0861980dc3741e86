"""Tables in Parquet files, a row group for each part that will read them. All passes of `kg.cluster` read and write by these.

A file appears under its name when it is whole, so a task that was killed is simply run again.
"""

from __future__ import annotations

import os
import socket
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Table = Any
"""A table of pyarrow, which comes without types."""

Columns = Mapping[str, str]
"""The columns of a table, and the type of each as pyarrow calls it (``list<string>`` for lists of texts)."""

_TYPES = {f"list<{kind}>": pa.list_(pa.type_for_alias(kind)) for kind in ("string", "uint32", "float")}


def part_of(key: str, parts: int) -> int:
    """Return which part a resolution key belongs to, the same on every machine.

    >>> part_of("fox tracing", 8) == part_of("fox tracing", 8), part_of("hare", 1)
    (True, 0)
    """
    return int.from_bytes(blake2b(key.encode("utf-8"), digest_size=8).digest(), "big") % parts


def table(columns: Columns, rows: Iterable[Sequence[Any]]) -> Table:
    """Return rows as a table."""
    found = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: list(values) for name, values in zip(columns, found, strict=True)}, schema=_schema(columns))


def write(path: Path, columns: Columns, groups: Iterable[Table]) -> None:
    """Write a file with a row group for each table."""
    draft = path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}.part")
    try:
        with pq.ParquetWriter(draft, _schema(columns), compression="zstd") as out:
            for group in groups:
                out.write_table(group.cast(_schema(columns)), row_group_size=max(1, len(group)))
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_by(path: Path, columns: Columns, rows: Table, place: str, parts: int) -> None:
    """Write a file with the rows of each part in its row group; the column `place` says which."""
    ordered = rows.sort_by(place)
    counts = {row["values"]: row["counts"] for row in ordered[place].value_counts().to_pylist()}
    groups, start = [], 0
    for part in range(parts):
        groups.append(ordered.slice(start, counts.get(part, 0)).select(list(columns)))
        start += counts.get(part, 0)
    write(path, columns, groups)


def groups(path: Path, columns: Sequence[str] | None = None) -> Iterator[Table]:
    """Yield the row groups of a file, one at a time in memory."""
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, columns=columns)


def group(path: Path, number: int, columns: Sequence[str] | None = None) -> Table:
    """Return one row group of a file."""
    with pq.ParquetFile(path) as file:
        return file.read_row_group(number, columns=columns)


def whole(path: Path) -> Table:
    """Return all rows of a file."""
    return pq.read_table(path, partitioning=None)


def rows(found: Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, some thousand at a time in memory."""
    for batch in found.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def flat(column: Any, code: str) -> tuple[array[int], Any]:
    """Return a column of lists as two arrays: where each row's numbers begin, and all numbers; `code` says which kind."""
    starts = array("Q", [0])
    for length in column.combine_chunks().value_lengths().to_pylist():
        starts.append(starts[-1] + length)
    numbers = column.combine_chunks().flatten()
    found: array[Any] = array(code)
    if len(numbers):
        begin, size = numbers.offset * found.itemsize, len(numbers) * found.itemsize
        found.frombytes(memoryview(numbers.buffers()[1])[begin : begin + size])
    return starts, found


def _schema(columns: Columns) -> Any:
    return pa.schema([(name, _TYPES.get(kind) or pa.type_for_alias(kind)) for name, kind in columns.items()])
