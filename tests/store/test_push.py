"""Pushing in pieces, to a Graph Store of our own that counts, forgets, refuses and dies."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest

from kg.errors import InputError, UsageError
from kg.rdf.turtle import to_turtle
from kg.store import http
from kg.store.http import EndpointError, Server
from kg.store.push import push
from tests.samples import small_graph
from tests.store.test_remote import JSON, send

PIECE = 60


@dataclass
class Storing:
    """What the server has and was asked for; `refuse` may answer the upload of a number."""

    triples: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    uploads: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    refuse: Callable[[int], int] = lambda number: 0
    name: str = "Oxigraph/0"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    does: Storing

    def version_string(self) -> str:
        return self.does.name

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/query"):
            query = parse_qs(body.decode())["query"][0]
            answer = self.does.triples.query(query)
            assert not isinstance(answer, pyoxigraph.QueryTriples)
            send(self, 200, JSON, answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
            return
        self.does.paths.append(self.path)
        status = self.does.refuse(len(self.does.paths))
        if status:
            send(self, status, "text/plain", b"no")
            return
        assert self.headers["Content-Type"] == "application/n-triples"
        self.does.triples.load(body, pyoxigraph.RdfFormat.N_TRIPLES)
        self.does.uploads.append(body.count(b"\n"))
        send(self, 204, "text/plain", b"")

    def do_DELETE(self) -> None:
        self.does.triples.clear()
        self.does.uploads.clear()
        send(self, 204, "text/plain", b"")

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def does() -> Storing:
    return Storing()


@pytest.fixture
def url(does: Storing) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"does": does})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.time, "sleep", lambda seconds: None)


def _all(folder: Path) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.parse(path=str(folder / "kg.ttl"), format=pyoxigraph.RdfFormat.TURTLE)}


def _there(does: Storing) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in does.triples}


def test_the_graph_goes_in_pieces(folder: Path, url: str, does: Storing) -> None:
    told: list[tuple[str, int, int]] = []
    done = push(folder, Server(f"{url}/query"), piece=PIECE, progress=lambda *what: told.append(what))
    assert _there(does) == _all(folder)
    assert does.uploads == [PIECE] * (done.triples // PIECE) + [done.triples % PIECE]
    assert (done.counted, done.sent, done.skipped) == (done.triples, len(does.uploads), 0)
    assert set(does.paths) == {"/store?default="}
    assert told[-1] == ("push", done.triples, 0)


def test_a_second_push_has_nothing_to_do(folder: Path, url: str, does: Storing) -> None:
    first = push(folder, Server(f"{url}/query"), piece=PIECE)
    again = push(folder, Server(f"{url}/query"), piece=PIECE)
    assert (again.sent, again.skipped, again.counted) == (0, first.sent, first.triples)
    assert len(does.uploads) == first.sent


@pytest.mark.parametrize("broken", [1, 2, 3])
def test_a_push_that_broke_off_goes_on(folder: Path, url: str, does: Storing, broken: int) -> None:
    does.refuse = lambda number: 500 if number == broken else 0
    with pytest.raises(EndpointError, match="500"):
        push(folder, Server(f"{url}/query"), piece=PIECE)
    assert len(does.uploads) == broken - 1
    done = push(folder, Server(f"{url}/query"), piece=PIECE)
    assert done.skipped == broken - 1
    assert _there(does) == _all(folder)
    assert len(does.uploads) == done.sent + done.skipped  # no piece twice


def test_a_piece_that_arrived_without_being_noted_is_sent_again(folder: Path, url: str, does: Storing) -> None:
    push(folder, Server(f"{url}/query"), piece=PIECE)
    (notes,) = (folder / ".kg").glob("push-*.json")
    noted = json.loads(notes.read_text(encoding="utf-8"))
    notes.write_text(json.dumps({**noted, "pieces": 1}), encoding="utf-8")
    done = push(folder, Server(f"{url}/query"), piece=PIECE)
    assert done.skipped == 1 and done.counted == done.triples  # a triple that is there is there once
    assert _there(does) == _all(folder)


def test_a_busy_server_is_waited_for(folder: Path, url: str, does: Storing) -> None:
    does.refuse = lambda number: 503 if number in (1, 2, 4) else 0
    assert push(folder, Server(f"{url}/query"), piece=PIECE).counted == len(_all(folder))


def test_a_graph_that_has_changed_is_pushed_from_the_start(folder: Path, url: str, does: Storing) -> None:
    push(folder, Server(f"{url}/query"), piece=PIECE)
    turtle = (folder / "kg.ttl").read_text(encoding="utf-8").replace("Nothing in Common", "Something in Common")
    (folder / "kg.ttl").write_text(turtle, encoding="utf-8")
    done = push(folder, Server(f"{url}/query"), piece=PIECE)
    assert done.skipped == 0 and done.counted == done.triples + 1  # the old title is still there
    assert push(folder, Server(f"{url}/query"), piece=PIECE, replace=True).skipped == 0
    assert _there(does) == _all(folder)


def test_what_nobody_pushed_is_noticed(folder: Path, url: str, does: Storing) -> None:
    push(folder, Server(f"{url}/query"), piece=PIECE)
    does.triples.load(b"<urn:a> <urn:b> <urn:c> .", pyoxigraph.RdfFormat.N_TRIPLES)
    with pytest.raises(EndpointError, match=r"counts \d+ triples, not \d+.*push again"):
        push(folder, Server(f"{url}/query"), piece=PIECE)


def test_what_else_the_server_has_stays(folder: Path, url: str, does: Storing) -> None:
    does.triples.load(b"<urn:a> <urn:b> <urn:c> .", pyoxigraph.RdfFormat.N_TRIPLES)
    done = push(folder, Server(f"{url}/query"), piece=PIECE)
    assert done.counted == done.triples + 1
    replaced = push(folder, Server(f"{url}/query"), piece=PIECE, replace=True)
    assert replaced.counted == replaced.triples
    assert _there(does) == _all(folder)


def test_a_server_that_loses_triples_is_found_out(folder: Path, url: str, does: Storing) -> None:
    def lose(number: int) -> int:
        for quad in list(does.triples)[:1]:
            does.triples.remove(quad)
        return 0

    does.refuse = lose
    with pytest.raises(EndpointError, match=r"counts \d+ triples, not \d+"):
        push(folder, Server(f"{url}/query"), piece=PIECE)
    does.refuse = lambda number: 0
    assert push(folder, Server(f"{url}/query"), piece=PIECE).skipped == 0
    assert _there(does) == _all(folder)


def test_a_server_that_was_emptied_gets_everything_again(folder: Path, url: str, does: Storing) -> None:
    push(folder, Server(f"{url}/query"), piece=PIECE)
    does.triples.clear()
    assert push(folder, Server(f"{url}/query"), piece=PIECE).skipped == 0
    assert _there(does) == _all(folder)


def test_where_the_graph_store_is(folder: Path, url: str, does: Storing) -> None:
    with pytest.raises(UsageError, match="--store URL"):
        push(folder, Server(f"{url}/query/elsewhere"), piece=PIECE)
    does.name = "Somebody's"
    push(folder, Server(f"{url}/query/elsewhere", graph="urn:g"), store=f"{url}/here", piece=PIECE)
    assert set(does.paths) == {"/here?graph=urn%3Ag"}
    does.name = "Apache Jena Fuseki (4.9)"
    push(folder, Server(f"{url}/query"), piece=PIECE)
    assert does.paths[-1] == "/data?default="
    does.name = "Virtuoso/07.20"
    with pytest.raises(UsageError, match="--named-graph"):
        push(folder, Server(f"{url}/query/sparql"), piece=PIECE)


def test_blank_nodes_cannot_be_pushed_twice_so_not_at_all(folder: Path, url: str) -> None:
    with (folder / "kg.ttl").open("ab") as file:
        file.write(b'\n_:x <urn:p> "1" .\n')
    with pytest.raises(InputError, match="blank node"):
        push(folder, Server(f"{url}/query"), piece=PIECE)
    (folder / "kg.ttl").write_bytes(to_turtle(small_graph())[:-20])
    with pytest.raises(InputError, match="not valid Turtle"):
        push(folder, Server(f"{url}/query"), piece=PIECE)
