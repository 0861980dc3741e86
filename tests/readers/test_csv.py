"""Tables: delimiters, headers, preambles, and rows that a stray quote broke."""

from __future__ import annotations

import json

import pytest

from kg.readers._detect import detect
from tests.readers.texts import CSV, papers, problems, records


def test_a_whole_row() -> None:
    fox, hedgehog = papers("csv", CSV)
    assert (fox.title, fox.abstract) == ("Counting Foxes, at Dusk", 'Foxes cross "meadows". We count them.')
    assert (fox.authors, fox.year, fox.doi) == (("V. Reineke", "L. van der Heide"), 2024, "10.1234/fox.1")
    assert fox.id == "10.1234/fox.1"
    assert (hedgehog.title, hedgehog.abstract, hedgehog.authors) == ("Is a Hedgehog Enough?", "", ("Ada Lovelace",))
    assert len(hedgehog.id) == 16
    assert [p.where.line for p in (fox, hedgehog) if p.where] == [2, 4]


def test_a_row_without_title_has_the_name_of_its_paper() -> None:
    named, _ = papers("csv", "title,name,abstract,\n,Fox,It runs.,a\nElk,x,It walks.,\n")
    assert named.title == "Fox" and json.loads(named.csl)["custom"] == {"column 3": "a"}


def test_columns_of_identifiers_are_looked_into() -> None:
    (paper,) = papers("csv", 'title;external_ids\nFox;{"DOI": "10.1234/a", "MAG": 7}\n')
    assert paper.doi == "10.1234/a"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    rows = [["Article Title", "AB", "PY", "AU"], ["A Fox", "It runs.", "2020", '"V. Reineke; A. Lovelace"']]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert detect(text) == "csv"
    (paper,) = papers("csv", text)
    assert (paper.title, paper.abstract, paper.year, paper.authors) == (
        "A Fox",
        "It runs.",
        2020,
        ("V. Reineke", "A. Lovelace"),
    )


def test_a_preamble_is_passed_over() -> None:
    text = '"SEARCH QUERY","fox:ti"\n-----------\n\n' + CSV
    assert detect(text) == "csv"
    assert [p.where.line for p in papers("csv", text) if p.where] == [5, 7]


def test_a_quote_that_is_not_closed_costs_one_row() -> None:
    text = 'title,abstract,year\nA,"open,2001\nB,b,2002\nC,"c, d",2003\nD,d,2004\n'
    (problem,) = problems("csv", text)
    assert problem.where.line == 2
    assert [getattr(r, "title", None) for r in records("csv", text)] == [None, "B", "C", "D"]


def test_rows_that_are_too_long_or_short() -> None:
    text = "title,abstract,year\nA,a,2001,x,y\nB\nC,c,2003,,\n\n,,\nD,d,2004"
    (problem,) = problems("csv", text)
    assert (problem.where.line, problem.reason) == (2, "5 fields where the header has 3")
    assert [getattr(r, "title", None) for r in records("csv", text)] == [None, "B", "C", "D"]


def test_a_row_without_text_is_a_problem() -> None:
    assert [p.where.line for p in problems("csv", "title,abstract,year\n,,2001\nNA,nan,2002\nA,,2003\n")] == [2, 3]


def test_no_header_is_a_problem() -> None:
    (problem,) = problems("csv", "a,b\n1,2\n")
    assert "no header" in problem.reason


def test_unknown_columns_are_kept() -> None:
    (paper,) = papers("csv", "title,abstract,Den,\nA Fox,,deep,x\n")
    assert json.loads(paper.csl)["custom"] == {"Den": "deep", "column 3": "x"}


def test_several_files_put_together_repeat_the_header() -> None:
    assert len(papers("csv", "title,abstract\nA,a\ntitle,abstract\nB,b\n")) == 2
