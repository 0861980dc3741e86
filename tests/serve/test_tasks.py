from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from kg.rdf.turtle import to_turtle
from kg.serve import accept, tasks
from kg.serve.frames import Reply
from kg.serve.limits import Limits
from kg.serve.tasks import TASKS, Desk, mount
from tests.serve.conftest import RUNS


@pytest.fixture(scope="module")
def desk(folder: Path) -> Desk:
    return Desk.open(folder, Limits(rows=300))


def _ask(desk: Desk, sparql: str, tables: str | None = accept.CSV, graph: str | None = accept.TURTLE) -> Reply:
    return tasks.query(desk, sparql=sparql, tables=tables, graph=graph)


def test_a_query_is_answered_in_the_form_that_fits(desk: Desk) -> None:
    assert _ask(desk, "SELECT ?l { ?t a kg:Task ; skos:prefLabel ?l }").body == b"l\r\nobject detection\r\n"
    assert _ask(desk, "CONSTRUCT { ?t a kg:Task } { ?t a kg:Task }").media == accept.TURTLE
    assert _ask(desk, "SELECT * { ?s a kg:Paper }", tables=None).status == 406
    assert _ask(desk, "DESCRIBE ?s { ?s a kg:Paper }", graph=None).status == 406


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * {",
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p <urn:a#b> SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "select * from # a comment\n<file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * \\u0046ROM <http://x.org/> { ?s ?p ?o }",
        "PREFIX from: <http://x.org/> SELECT * FROM NAMED from:x { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE <urn:a> FROM <urn:b>",
    ],
)
def test_what_is_not_a_query_of_this_graph_is_refused(desk: Desk, sparql: str) -> None:
    reply = _ask(desk, sparql)
    assert reply.status == 400 and len(reply.body) > 20


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?from { ?from a kg:Paper }",
        "PREFIX from: <http://x.org/> ASK { ?s from:x ?o }",
        'SELECT ("from" AS ?x) { }',
        "SELECT * { ?s ?p 'FROM <x>' }",
        "# from <x>\nASK { ?s ?p ?o }",
        "ASK { <http://x.org/from> ?p ?o }",
    ],
)
def test_the_word_from_elsewhere_is_no_dataset(desk: Desk, sparql: str) -> None:
    assert _ask(desk, sparql).status == 200


def test_more_rows_than_the_limit_are_refused_not_cut(desk: Desk) -> None:
    reply = _ask(desk, "SELECT * { ?a a ?b . ?c a ?d }")
    assert (reply.status, reply.limit) == (500, "rows")
    assert "Nothing was cut off" in reply.body.decode()
    assert _ask(desk, "SELECT * { ?a a ?b . ?c a ?d } LIMIT 300").body.count(b"\r\n") == 301


def test_rows_are_counted_while_they_come(desk: Desk) -> None:
    reply = _ask(desk, RUNS.replace("SELECT (COUNT(*) AS ?n)", "SELECT *"))  # more than anybody could wait for
    assert (reply.status, reply.limit) == (500, "rows")
    few = Desk(desk.store, desk.graph, Limits(rows=5), desk.base)
    reply = tasks.data(few, local="paper/2401.00001", media=accept.TURTLE)
    assert (reply.status, reply.limit) == (500, "rows")


def test_data_of_a_node_holds_what_is_said_of_it_to_it_and_of_its_parts(desk: Desk) -> None:
    turtle = tasks.data(desk, local="paper/2401.00001", media=accept.TURTLE).body.decode()
    assert "Ada Lovelace" in turtle and '"91.5%"' in turtle and "kg:Mention" not in turtle
    entity = tasks.data(desk, local="method/rare-trick", media=accept.NTRIPLES).body.decode()
    assert "/paper/2401.00001> <https://w3id.org/papers-kg/ontology#uses> " in entity
    assert tasks.data(desk, local="method/none", media=accept.TURTLE).status == 404


def test_no_local_id_can_end_the_iri_it_becomes(desk: Desk) -> None:
    for local in ("x> ?p ?o } #", 'a"b', "a\nb", "a\\u003e", "\ud800"):
        assert tasks.data(desk, local=local, media=accept.TURTLE).status == 404
        assert tasks.page(desk, local=local).status == 404


def test_every_example_runs_and_most_find_something(desk: Desk) -> None:
    found = json.loads(tasks.examples(desk).body)
    replies = [_ask(desk, one["query"], tables=accept.TSV) for one in found]
    assert [one["name"] for one, reply in zip(found, replies, strict=True) if reply.status != 200] == []
    assert len(found) >= 15 and sum(reply.body.count(b"\n") > 1 for reply in replies) > len(found) / 2
    assert all(one["query"].startswith(f"# {one['title']}\n") for one in found)


def test_the_description_is_about_this_endpoint(desk: Desk) -> None:
    reply = TASKS["describe"](desk, endpoint="http://127.0.0.1:8000/sparql", media=accept.NTRIPLES)
    assert b"<http://www.w3.org/ns/sparql-service-description#endpoint> <http://127.0.0.1:8000/sparql> ." in reply.body
    assert b"SPARQL11Query" in reply.body


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://x.org/", "/"),
        ("https://x.org/a b/c", "/id/"),
        ("https://x.org/kg#", "/id/"),
        ("https://x.org/g/", "/g/"),
    ],
)
def test_the_pages_stand_at_the_path_of_the_base(base: str, path: str) -> None:
    assert mount(base) == path


def test_the_base_of_a_graph_is_found_or_the_usual_one(tmp_path: Path) -> None:
    node = PaperNode("paper/1", Paper("1", "A title", ""))
    (tmp_path / "kg.ttl").write_bytes(to_turtle(KnowledgeGraph([node], [], [], [], base="https://example.org/mine/")))
    desk = Desk.open(tmp_path, Limits())
    assert desk.outlines() == {
        "base": "https://example.org/mine/", "mount": "/mine/", "triples": len(desk.store), "papers": 1, "entities": 0
    }  # fmt: skip
    (tmp_path / "kg.ttl").write_bytes(b"")
    assert Desk.open(tmp_path, Limits()).outlines()["mount"] == "/papers-kg/id/"
