from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from rdflib.query import Result

from kg.answers import FORMATS, Answer
from kg.errors import UsageError
from kg.rdf.terms import INTEGER, STRING, Blank, Iri, Literal

NASTY = Literal('a "b"\n\\ c,\t日𝔘')
ROWS = Answer(
    "select",
    ("x", "y"),
    ((Iri("urn:a"), NASTY), (Literal("7", INTEGER), None), (Blank("b1"), Literal("chat", STRING, "fr"))),
)
TRIPLES = Answer("construct", triples=((Iri("urn:a"), Iri("https://schema.org/name"), NASTY),))


def test_rows_as_python_values() -> None:
    assert ROWS.python() == [
        {"x": "urn:a", "y": NASTY.value},
        {"x": 7, "y": None},
        {"x": "_:b1", "y": "chat"},
    ]


def test_json_is_sparql_results_json() -> None:
    result = Result.parse(io.BytesIO(ROWS.serialize("json")), format="json")
    assert result.bindings[0][rdflib.Variable("y")] == rdflib.Literal(NASTY.value)
    bindings = json.loads(ROWS.serialize("json"))["results"]["bindings"]
    assert bindings[1] == {"x": {"type": "literal", "value": "7", "datatype": INTEGER}}
    assert bindings[2]["y"] == {"type": "literal", "value": "chat", "xml:lang": "fr"}


def test_csv_is_read_by_the_csv_module() -> None:
    rows = list(csv.reader(io.StringIO(ROWS.serialize("csv").decode(), newline="")))
    assert rows == [["x", "y"], ["urn:a", NASTY.value], ["7", ""], ["_:b1", "chat"]]


def test_tsv_keeps_the_terms() -> None:
    lines = ROWS.serialize("tsv").decode().splitlines()
    assert lines[0] == "?x\t?y"
    assert lines[1].startswith("<urn:a>\t") and lines[2] == "7\t"


def test_triples_are_turtle() -> None:
    turtle = TRIPLES.serialize("turtle")
    assert b"schema:name" in turtle and b"@prefix kg:" not in turtle
    assert [str(o) for o in rdflib.Graph().parse(data=turtle, format="turtle").objects()] == [NASTY.value]


def test_truth_has_its_forms() -> None:
    assert json.loads(Answer("ask", truth=True).serialize("json")) == {"head": {}, "boolean": True}
    assert Answer("ask").serialize("csv") == b"false\n"


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "turtle"])
def test_triples_are_no_table(form: str) -> None:
    with pytest.raises(UsageError, match="turtle"):
        TRIPLES.serialize(form)  # type: ignore[arg-type]


def test_rows_are_no_turtle_and_unknown_forms_are_named() -> None:
    with pytest.raises(UsageError, match="CONSTRUCT"):
        ROWS.serialize("turtle")
    with pytest.raises(UsageError, match="xlsx"):
        ROWS.serialize("xlsx")  # type: ignore[arg-type]
