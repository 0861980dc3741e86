from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.making.spool import Sorter, Spool
from kg.making.spread import spread


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.integers())), st.integers(1, 9)
)
def test_rows_come_back_sorted_and_equal_ones_in_the_order_they_were_added(
    rows: list[tuple[str, int]], run: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sorter = Sorter(Path(folder), "rows", run=run)
        for text, value in rows:
            sorter.add(text, value)
        assert list(sorter) == sorted(rows, key=lambda row: row[0])


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=20))))
def test_records_come_back_by_number(puts: list[tuple[int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder) / "spool")
        for number, record in puts:
            spool.put(number, record)
        last = spool.append(b"last")
        spool.seal()
        latest = dict(puts)
        assert [spool[n] for n in range(len(spool))] == [*(latest.get(n, b"") for n in range(last)), b"last"]
        spool.close()


def test_ranges_are_done_once_each_and_answers_are_in_order() -> None:
    done: list[int] = []
    for workers in (1, 2):
        parts = spread(1234, lambda begin, end: list(range(begin, end)), workers, done.append)
        assert [n for part in parts for n in part] == list(range(1234))
    assert done[-1] == 1234
    assert spread(0, lambda begin, end: begin, 2) == []
