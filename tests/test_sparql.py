from __future__ import annotations

import pytest

from kg.sparql import form, names_graphs, with_prefixes


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <urn:x> { ?s ?p ?o }",
        "select * from # a comment\n<file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * \\u0046ROM <http://x.org/> { ?s ?p ?o }",
        "DESCRIBE <urn:a#b> FROM <urn:b>",
        "PREFIX from: <http://x.org/> SELECT * FROM NAMED from:x { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_from_names_graphs(query: str) -> None:
    assert names_graphs(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?from { ?from a kg:Paper }",
        "PREFIX from: <http://x.org/> ASK { ?s from:x ?o }",
        'SELECT ("from" AS ?x) ("a"@from AS ?y) { }',
        "SELECT * { ?s ?p 'FROM <x>' }",
        "# from <x>\nASK { ?s ?p ?o }",
        "DESCRIBE <http://x.org/from> <from>",
    ],
)
def test_the_word_from_elsewhere_names_none(query: str) -> None:
    assert not names_graphs(query)


def test_what_stands_in_an_iri_is_no_comment() -> None:
    assert form("PREFIX x: <urn:x#> SELECT * { ?s x:p ?o }") == "SELECT"


def test_prefixes_that_are_declared_are_left_alone() -> None:
    text, before = with_prefixes("prefix kg: <urn:other>\nSELECT * { ?s kg:uses ?o }")
    assert "ontology#" not in text
    assert len(text.splitlines()) == before + 2
