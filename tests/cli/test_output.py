from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cli.output import Cell, paragraph, plain_table, write_rows

ROWS: list[list[Cell]] = [["a, b", 1, ""], ['say "x"\ty', 22, "日本"]]
HEADERS = ["name", "count", "note"]


def test_the_plain_table() -> None:
    assert plain_table(HEADERS, ROWS) == (
        "name       count  note\n"
        "a, b           1\n"
        'say "x" y     22  日本\n'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "golden"),
    [
        ("csv", 'name,count,note\n"a, b",1,\n"say ""x""\ty",22,日本\n'),
        ("tsv", 'name\tcount\tnote\na, b\t1\t\n"say ""x""\ty"\t22\t日本\n'),
        ("table", plain_table(HEADERS, ROWS)),
    ],
)
def test_the_bytes_of_each_form(form: str, golden: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_rows(HEADERS, ROWS, form)
    assert capfdbinary.readouterr().out == golden.encode()


cells = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))) | st.integers()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells)))
def test_rows_survive_json_and_csv(rows: list[tuple[str, int]], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    write_rows(["a", "b"], rows, "json")
    assert [tuple(record.values()) for record in json.loads(capfd.readouterr().out)] == rows
    write_rows(["a", "b"], rows, "csv")
    found = list(csv.reader(io.StringIO(capfd.readouterr().out)))[1:]
    assert [tuple(row) for row in found] == [tuple(map(str, row)) for row in rows]


def test_nothing_is_wrapped_or_cut_where_no_terminal_is() -> None:
    text = "word " * 100
    assert paragraph(text, "  ") == "  " + text
    assert text.strip() in plain_table(["x"], [[text]])
