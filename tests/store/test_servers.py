"""The same against real servers: Oxigraph's own, and Virtuoso where Debian's package is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.store import Store
from kg.store.dump import dump_endpoint, dump_file, whole
from kg.store.http import EndpointError, Server
from kg.store.push import push
from kg.store.remote import Endpoint
from tests.store.conftest import SEEDS
from tests.store.servers import PASSWORD, USER, oxigraph, virtuoso

GRAPH = "https://example.org/papers"
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the graph of the seeds was pushed to."""
    folder, place = tmp_path_factory.mktemp("graph"), tmp_path_factory.mktemp("server")
    shutil.copy(SEEDS, folder)
    started: AbstractContextManager[str] = oxigraph(place) if request.param == "oxigraph" else virtuoso(place)
    with started as address:
        if request.param == "oxigraph":
            known = Server(f"{address}/query")
        else:
            known = Server(f"{address}/sparql", graph=GRAPH, user=USER, password=PASSWORD)
        done = push(folder, known, piece=15_000)
        assert done.counted == done.triples and done.sent == 3
        assert push(folder, known, piece=15_000).sent == 0
        yield known


@pytest.fixture(scope="module")
def endpoint(server: Server) -> Iterator[Endpoint]:
    with Endpoint(server) as opened:
        yield opened


def test_every_triple_is_there_however_many_rows_the_server_gives(endpoint: Endpoint, in_memory: Store) -> None:
    assert endpoint.count() == len(in_memory) > 30_000
    found, expected = endpoint.query(EVERYTHING), in_memory.query(EVERYTHING)
    assert len(found.rows) == len(expected.rows)
    assert set(found.rows) == set(expected.rows)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?label ?n WHERE { ?m a kg:Method ; skos:prefLabel ?label ; kg:paperCount ?n } ORDER BY DESC(?n) ?label LIMIT 30",
        "ASK { ?p kg:proposes ?m }",
        "ASK { ?p kg:proposes ?m . ?m a kg:Dataset }",
        "CONSTRUCT { ?m kg:uses ?p } WHERE { ?p kg:uses ?m }",
        "SELECT ?q ?start ?c WHERE { ?m kg:quote ?q ; kg:start ?start ; kg:confidence ?c } ORDER BY ?q ?start ?c LIMIT 50",
    ],
)
def test_answers_are_those_of_the_graph(endpoint: Endpoint, in_memory: Store, query: str) -> None:
    assert endpoint.query(query) == in_memory.query(query)


def test_more_triples_than_the_server_gives_can_be_constructed(endpoint: Endpoint, in_memory: Store) -> None:
    query = "CONSTRUCT WHERE { ?m a kg:Mention ; kg:start ?a ; kg:end ?b ; kg:quote ?q ; kg:role ?r ; kg:field ?f ; kg:entity ?e }"
    assert len(in_memory.query(query).triples) > 10_001  # at which Virtuoso stops, without a word
    assert endpoint.query(query) == in_memory.query(query)


def test_pages_keep_the_order_that_was_asked_for(endpoint: Endpoint, in_memory: Store) -> None:
    query = "SELECT ?s ?q WHERE { ?s kg:quote ?q ; kg:inPaper ?p . ?x kg:inPaper ?p } ORDER BY ?s ?x"
    assert len(in_memory.query(query).rows) > 12_000
    assert endpoint.query(query) == in_memory.query(query)


def test_a_malformed_query_is_the_user_s(endpoint: Endpoint) -> None:
    with pytest.raises(UsageError, match="does not understand"):
        endpoint.query("SELECT nonsense")


def test_who_may_not_write_is_told(server: Server, tmp_path: Path) -> None:
    if not server.user:
        pytest.skip("this server asks nobody who they are")
    shutil.copy(SEEDS, tmp_path)
    wrong = Server(server.url, graph="https://example.org/other", user=USER, password=PASSWORD * 2)
    with pytest.raises(EndpointError, match="let us in"):
        push(tmp_path, wrong)


@pytest.mark.parametrize("form", ["ntriples", "nquads"])
def test_exports_are_those_of_the_graph(endpoint: Endpoint, tmp_path: Path, form: str) -> None:
    with (tmp_path / "there").open("wb") as there, (tmp_path / "here").open("wb") as here:
        dump_endpoint(endpoint, form, there)
        dump_file(SEEDS, form, here)
    found, expected = ((tmp_path / name).read_bytes().splitlines() for name in ("there", "here"))
    assert sorted(found) == sorted(expected)


def test_the_whole_graph_can_be_had(endpoint: Endpoint) -> None:
    from kg.rdf.turtle import to_turtle

    assert to_turtle(whole(endpoint)) == SEEDS.read_bytes()


def test_replacing_leaves_nothing_of_before(server: Server, tmp_path: Path, seeds: Path) -> None:
    from kg.rdf.turtle import to_turtle
    from tests.samples import small_graph

    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()))
    done = push(tmp_path, server, replace=True)
    assert done.counted == done.triples < 1000
    back = push(seeds, server, replace=True)
    assert back.counted == back.triples > 30_000
