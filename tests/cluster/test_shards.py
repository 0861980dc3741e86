"""Rows go to the row group of their part and come back, and a file is whole or not there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="the extra cluster is not installed")

from kg.cluster import shards

COLUMNS = {"name": "string", "number": "uint32"}
PARTS = 4


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers(0, 2**32 - 1)), max_size=20))
def test_every_row_is_in_the_group_of_its_part(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("shards") / "rows.parquet"
    placed = [(*row, shards.part_of(row[0], PARTS)) for row in rows]
    shards.write_by(path, COLUMNS, shards.table({**COLUMNS, "place": "uint32"}, placed), "place", PARTS)
    for part in range(PARTS):
        found = list(shards.rows(shards.group(path, part)))
        assert sorted(found) == sorted(row[:2] for row in placed if row[2] == part)
    assert len(list(shards.groups(path))) == PARTS


def test_a_file_that_could_not_be_written_is_not_there(tmp_path: Path) -> None:
    with pytest.raises((OverflowError, ValueError)):
        shards.write(tmp_path / "x", COLUMNS, (shards.table(COLUMNS, [("a", 1 << n)]) for n in (0, 40)))
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=5), max_size=9), st.integers(0, 9))
def test_lists_of_numbers_become_arrays(rows: list[list[int]], skipped: int) -> None:
    table = shards.table({"numbers": "list<uint32>"}, ((row,) for row in rows)).slice(skipped)
    starts, numbers = shards.flat(table["numbers"], "I")
    assert [list(numbers[begin:end]) for begin, end in pairwise(starts)] == rows[skipped:]
