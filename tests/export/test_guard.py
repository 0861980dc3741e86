"""No cell of a CSV table runs in a spreadsheet, and every text comes back."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from kg.export import files_of
from kg.export._guard import guarded, unguarded
from kg.export._tables import TABLES
from kg.graph import KnowledgeGraph
from kg.model import Entity, Paper, PaperNode
from kg.vocab import Kind
from tests.export.hostile import hostile_graph
from tests.samples import small_graph

_RUNS = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9.eE+-]+")


def _rows(graph: KnowledgeGraph, form: str, table: str) -> list[list[str]]:
    out = io.BytesIO()
    files_of(form)[f"kg-{table}.{form}"](graph, out)
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""), delimiter="," if form == "csv" else "\t"))


@given(st.text(alphabet=st.one_of(st.sampled_from("=+-@'\t 1a"), st.characters(codec="utf-8"))))
def test_no_text_runs_and_none_is_lost(text: str) -> None:
    safe = guarded(text)
    assert not _RUNS.match(safe) or _NUMBER.fullmatch(safe)
    assert unguarded(safe) == text


def test_tables_of_strangers_do_not_run() -> None:
    for graph in (small_graph(), hostile_graph()):
        for table in TABLES:
            rows, plain = _rows(graph, "csv", table), _rows(graph, "tsv", table)
            assert not any(_RUNS.match(cell) and not _NUMBER.fullmatch(cell) for row in rows for cell in row)
            assert [[unguarded(cell) for cell in row] for row in rows] == plain


def test_formulas_numbers_and_what_looks_like_either() -> None:
    papers = [PaperNode("paper/a", Paper("a", "=HYPERLINK(1)", "+1 for foxes", authors=("@fox", "x"), venue="'=no"))]
    graph = KnowledgeGraph(papers, [Entity("method/a", "a", Kind.METHOD, "-1.5", paper_count=1)], [], [])
    assert _rows(graph, "csv", "papers")[1][1:6] == ["'=HYPERLINK(1)", "'+1 for foxes", "'@fox | x", "", "''=no"]
    assert _rows(graph, "csv", "entities")[1][2] == "-1.5"
    assert _rows(graph, "tsv", "papers")[1][1] == "=HYPERLINK(1)"
