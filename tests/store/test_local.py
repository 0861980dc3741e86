from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.rdf.terms import Iri, Literal
from kg.rdf.turtle import to_turtle
from kg.store import Store
from kg.store.local import TooManyError
from tests.samples import small_graph


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.from_turtle(to_turtle(small_graph()))


def test_select_gives_variables_and_rows(store: Store) -> None:
    answer = store.query("SELECT ?l ?n WHERE { ?e a kg:Task ; skos:prefLabel ?l ; kg:paperCount ?n }")
    assert (answer.kind, answer.variables) == ("select", ("l", "n"))
    assert answer.rows == ((Literal("object detection"), Literal("1", "http://www.w3.org/2001/XMLSchema#integer")),)
    assert answer.python() == [{"l": "object detection", "n": 1}]


def test_ask_gives_truth(store: Store) -> None:
    assert store.query("ASK { ?p kg:proposes ?m }").truth
    assert not store.query("ASK { ?p kg:introduces ?d }").truth


def test_construct_and_describe_give_sorted_triples(store: Store) -> None:
    answer = store.query("CONSTRUCT { ?m kg:uses ?p } WHERE { ?p kg:uses ?m }")
    assert answer.kind == "construct" and len(answer.triples) == 2
    assert list(answer.triples) == sorted(answer.triples)
    assert isinstance(answer.triples[0][0], Iri)
    assert store.query("DESCRIBE <https://w3id.org/papers-kg/id/task/object-detection>").triples


def test_no_more_is_had_than_is_wanted(store: Store) -> None:
    pairs, triples = "SELECT * { ?s a ?c }", "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . ?x a ?y }"
    count = len(store.query(pairs).rows)
    for query in (pairs, triples):
        assert store.query(query, most=count) == store.query(query)
        with pytest.raises(TooManyError, match=f"more than {count - 1:,} "):
            store.query(query, most=count - 1)
    with pytest.raises(TooManyError):  # of a number of rows that nobody could wait for
        store.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", most=10)
    assert store.query("ASK { ?s ?p ?o }", most=0).truth and store.query("SELECT * { }", most=1).rows == ((),)


def test_unbound_variables_are_none(store: Store) -> None:
    answer = store.query("SELECT ?p ?y WHERE { ?p a kg:Paper OPTIONAL { ?p fabio:hasPublicationYear ?y } } ORDER BY ?p")
    assert [row[1] is None for row in answer.rows] == [False, False, True]


def test_prefixes_may_be_declared_otherwise(store: Store) -> None:
    assert store.query("PREFIX k: <https://w3id.org/papers-kg/ontology#> ASK { ?p k:proposes ?m }").truth
    assert not store.query("PREFIX kg: <urn:other> ASK { ?p kg:proposes ?m }").truth


def test_a_malformed_query_names_its_place(store: Store) -> None:
    with pytest.raises(UsageError, match=r"line 2, column \d+: not a SPARQL query") as caught:
        store.query("SELECT ?x WHERE\n{ ?x ?y")
    assert caught.value.exit_code == 2
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1:9/>", "CLEAR ALL"],
)
def test_updates_are_not_queries(store: Store, update: str) -> None:
    before = len(store)
    with pytest.raises(UsageError):
        store.query(update)
    assert len(store) == before


def test_nothing_outside_the_graph_is_reached(store: Store, tmp_path: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        (tmp_path / "secret.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
        for source in (address, (tmp_path / "secret.ttl").as_uri()):
            for clause in (f"FROM <{source}>", f"FROM NAMED <{source}>"):
                with pytest.raises(UsageError, match="there is one graph here"):
                    store.query("SELECT * " + clause + " WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
            assert store.query(f"SELECT * WHERE {{ GRAPH <{source}> {{ ?s ?p ?o }} }}").rows == ()
            with pytest.raises(UsageError, match="SERVICE"):
                store.query(f"SELECT * WHERE {{ SERVICE <{source}> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            server.accept()


def test_open_reads_a_folder_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()))
    assert len(Store.open(tmp_path)) == len(Store.open(tmp_path / "kg.ttl")) > 200


def test_open_says_what_is_missing_or_malformed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kg build"):
        Store.open(tmp_path)
    (tmp_path / "kg.ttl").write_bytes(b"not Turtle")
    with pytest.raises(InputError, match="not valid Turtle"):
        Store.open(tmp_path)


def test_the_graph_answers_by_itself() -> None:
    assert small_graph().query("SELECT ?p WHERE { ?p a kg:Paper }").python()[0].keys() == {"p"}


def test_the_same_query_gives_the_same_rows_in_every_process() -> None:
    program = (
        "from tests.samples import small_graph; import sys;"
        "sys.stdout.buffer.write(small_graph().query('SELECT * WHERE { ?s ?p ?o }').serialize('tsv'))"
    )
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
