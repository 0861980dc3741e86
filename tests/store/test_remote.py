"""Servers that misbehave: a small one of our own that cuts, caps, refuses and stalls. No part is ever taken for the whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph
import pytest

from kg.errors import KgError, UsageError
from kg.rdf.turtle import to_turtle
from kg.store import http
from kg.store.http import EndpointError, Server
from kg.store.remote import Endpoint
from tests.samples import small_graph

TOKEN, PASSWORD, WRONG = "secret", "l:oé", "no"
JSON, XML = "application/sparql-results+json", "application/rdf+xml"


@dataclass
class Answering:
    """What the server does: `turn` may answer a request itself; else a store answers, with at most `most` rows and `more` triples."""

    triples: pyoxigraph.Store
    most: int = 1 << 30
    more: int = 0
    header: bool = False
    turn: Callable[[BaseHTTPRequestHandler, int], bool] = lambda handler, number: False
    asked: list[str] = field(default_factory=list)
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    requests: int = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    does: Answering

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.does.requests += 1
        if self.does.turn(self, self.does.requests):
            return
        form = parse_qs(body)
        self.does.forms.append(form)
        query = form["query"][0]
        self.does.asked.append(query)
        try:
            answer = self.does.triples.query(query)
        except SyntaxError as error:
            send(self, 400, "text/plain", str(error).encode())
            return
        extra = {"X-SPARQL-MaxRows": str(self.does.most)} if self.does.header else {}
        if isinstance(answer, pyoxigraph.QueryTriples):
            some = [triple for triple, _ in zip(answer, range(self.does.most + self.does.more), strict=False)]
            send(self, 200, XML, pyoxigraph.serialize(some, format=pyoxigraph.RdfFormat.RDF_XML) or b"", extra)
            return
        written = json.loads(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
        if "results" in written:
            del written["results"]["bindings"][self.does.most :]
        send(self, 200, JSON, json.dumps(written).encode(), extra)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


def send(
    handler: BaseHTTPRequestHandler, status: int, media: str, body: bytes, extra: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **(extra or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def does() -> Iterator[Answering]:
    triples = pyoxigraph.Store()
    triples.load(to_turtle(small_graph()), pyoxigraph.RdfFormat.TURTLE)
    for at in range(2500):  # things enough to be cut
        triples.add(
            pyoxigraph.Quad(
                pyoxigraph.NamedNode(f"urn:x{at:04}"), pyoxigraph.NamedNode("urn:p"), pyoxigraph.Literal(at)
            )
        )
    yield Answering(triples)


@pytest.fixture
def url(does: Answering) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"does": does})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Have waiting take no time, but be written down."""
    slept: list[float] = []
    monkeypatch.setattr(http.time, "sleep", slept.append)
    return slept


THINGS = "SELECT ?s ?n WHERE { ?s <urn:p> ?n }"


def test_answers_are_those_of_the_graph(url: str, does: Answering) -> None:
    graph = small_graph()
    with Endpoint(Server(url)) as endpoint:
        for query in (
            "SELECT ?l ?n WHERE { ?e a kg:Method ; skos:prefLabel ?l ; kg:paperCount ?n } ORDER BY ?l",
            "ASK { ?p kg:proposes ?m }",
            "ASK { ?p kg:introduces ?m }",
            "CONSTRUCT { ?m kg:uses ?p } WHERE { ?p kg:uses ?m }",
            "DESCRIBE <https://w3id.org/papers-kg/id/task/object-detection>",
            "SELECT ?y WHERE { ?p a kg:Paper OPTIONAL { ?p fabio:hasPublicationYear ?y } } ORDER BY ?y",
        ):
            assert endpoint.query(query) == graph.query(query)


def test_the_named_graph_is_asked(url: str, does: Answering) -> None:
    with Endpoint(Server(url, graph="urn:g")) as endpoint:
        endpoint.query("ASK { ?s ?p ?o }")
        with pytest.raises(UsageError, match="both say which graph"):
            endpoint.query("ASK FROM <urn:h> { ?s ?p ?o }")
    assert [form["default-graph-uri"] for form in does.forms] == [["urn:g"]]


@pytest.mark.parametrize("most", [1000, 500, 250, 700])
@pytest.mark.parametrize(
    "query", [THINGS, f"{THINGS} ORDER BY DESC(?n)", f"PREFIX x: <urn:x> # SELECT\n{THINGS} LIMIT 2200"]
)
def test_a_cut_answer_is_asked_for_in_pages(url: str, does: Answering, most: int, query: str) -> None:
    does.most, does.header = most, most % 1000 != 0  # a round limit need not be announced
    with Endpoint(Server(url)) as endpoint:
        answer = endpoint.query(query)
    numbers = [int(row[1].value) for row in answer.rows if row[1]]
    assert len(numbers) == (2200 if "LIMIT" in query else 2500)
    assert len(set(numbers)) == len(numbers)
    if "ORDER" in query:
        assert numbers == sorted(numbers, reverse=True)


def test_a_round_number_of_rows_is_counted_once(url: str, does: Answering) -> None:
    with Endpoint(Server(url)) as endpoint:
        assert len(endpoint.query(f"{THINGS} LIMIT 1000").rows) == 1000
    assert len(does.asked) == 2 and "COUNT(*)" in does.asked[1]
    with Endpoint(Server(url)) as endpoint:
        assert len(endpoint.query(f"{THINGS} LIMIT 999").rows) == 999
    assert len(does.asked) == 3


def test_what_cannot_be_asked_in_pages_is_refused(url: str, does: Answering) -> None:
    does.most = 1000
    with Endpoint(Server(url)) as endpoint:
        with pytest.raises(EndpointError, match="as many as the server may give"):
            endpoint.query(
                "SELECT ?s FROM <urn:none> WHERE { { ?s <urn:p> ?n } UNION { VALUES (?s ?i) {"
                + " (1 2)" * 1500
                + "} } }"
            )
        for query in ("CONSTRUCT { ?s a 1 } FROM <urn:x>", "DESCRIBE ?s"):
            does.turn = _thousand
            with pytest.raises(EndpointError, match="may not be all"):
                endpoint.query(query + " WHERE { ?s <urn:p> ?n }")


def _thousand(handler: BaseHTTPRequestHandler, number: int) -> bool:
    some = [
        pyoxigraph.Triple(pyoxigraph.NamedNode(f"urn:{at}"), pyoxigraph.NamedNode("urn:p"), pyoxigraph.Literal(at))
        for at in range(1001)
    ]
    send(handler, 200, XML, pyoxigraph.serialize(some, format=pyoxigraph.RdfFormat.RDF_XML) or b"")
    return True


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("CONSTRUCT WHERE { ?s kg:uses ?n }", 2),
        ("CONSTRUCT WHERE { ?s <urn:p> ?n }", 2500),
        ("CONSTRUCT { ?s <urn:q> ?n . ?n0 <urn:r> ?s } WHERE { ?s <urn:p> ?n OPTIONAL { ?s a ?n0 } }", 2500),
        ("CONSTRUCT { ?s a <urn:t>, <urn:u> } WHERE { ?s <urn:p> ?n } LIMIT 2200", 4400),
        ("CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE { ?s <urn:p> ?n }", 1),
    ],
)
def test_triples_that_a_server_would_cut_are_made_here(
    url: str, does: Answering, header: bool, query: str, count: int
) -> None:
    does.most, does.more, does.header = 1000, 1, header  # as Virtuoso does, which does not say it either
    with Endpoint(Server(url)) as endpoint:
        found = endpoint.query(query).triples
    assert len(found) == count


def test_triples_of_solutions_without_names_are_refused(url: str, does: Answering) -> None:
    for at in range(1200):
        does.triples.add(
            pyoxigraph.Quad(pyoxigraph.BlankNode(), pyoxigraph.NamedNode("urn:nobody"), pyoxigraph.Literal(at))
        )
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match="may not be whole"):
        endpoint.query("CONSTRUCT WHERE { ?s <urn:nobody> ?n }")


def test_pages_that_shrink_are_noticed(url: str, does: Answering) -> None:
    does.most = 1000

    def forget(handler: BaseHTTPRequestHandler, number: int) -> bool:
        if number == 4:
            for quad in list(does.triples.quads_for_pattern(None, pyoxigraph.NamedNode("urn:p"), None)):
                does.triples.remove(quad)
        return False

    does.turn = forget
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match="gives 1,000 of 2,500 rows"):
        endpoint.query(THINGS)


@pytest.mark.parametrize("part", [0.999, 0.5, 0.01])
@pytest.mark.parametrize("query", [THINGS, "CONSTRUCT { ?m kg:uses ?p } WHERE { ?p kg:uses ?m }", "ASK { ?s ?p ?o }"])
def test_half_an_answer_with_a_status_of_200_is_noticed(url: str, does: Answering, part: float, query: str) -> None:
    some = list(does.triples.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5"))
    triples = pyoxigraph.serialize(some, format=pyoxigraph.RdfFormat.RDF_XML) or b""  # type: ignore[arg-type]
    rows = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}'
    media, body = (XML, triples) if "CONSTRUCT" in query else (JSON, rows)

    def half(handler: BaseHTTPRequestHandler, number: int) -> bool:
        send(handler, 200, media, body[: int(len(body) * part)])
        return True

    does.turn = half
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match="cut off or garbled"):
        endpoint.query(query)


def _cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"head"')
    handler.wfile.flush()
    handler.close_connection = True


def test_a_broken_connection_is_tried_again_and_then_said(url: str, does: Answering, naps: list[float]) -> None:
    does.turn = lambda handler, number: bool(number < 3 and not _cut_off(handler))
    with Endpoint(Server(url)) as endpoint:
        assert endpoint.query("ASK { ?s ?p ?o }").truth
    assert len(naps) == 2
    does.turn = lambda handler, number: not _cut_off(handler)
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match="connection failed"):
        endpoint.query("ASK { ?s ?p ?o }")


def _busy(handler: BaseHTTPRequestHandler, after: str) -> bool:
    send(handler, 503, "text/plain", b"busy", {"Retry-After": after} if after else {})
    return True


def test_a_busy_server_is_given_the_time_it_asks_for(url: str, does: Answering, naps: list[float]) -> None:
    does.turn = lambda handler, number: number < 3 and _busy(handler, "7")
    with Endpoint(Server(url)) as endpoint:
        assert endpoint.query("ASK { ?s ?p ?o }").truth
    assert naps == [7, 7]


def test_dates_and_nothing_at_all_will_do(url: str, does: Answering, naps: list[float]) -> None:
    does.turn = lambda handler, number: (
        number < 3 and _busy(handler, "" if number == 1 else "Wed, 21 Oct 2015 07:28:00 GMT")
    )
    with Endpoint(Server(url)) as endpoint:
        assert endpoint.query("ASK { ?s ?p ?o }").truth
    assert len(naps) == 2 and max(naps) <= 1


@pytest.mark.parametrize("after", ["", "1", "100"])
def test_patience_ends(url: str, does: Answering, naps: list[float], after: str) -> None:
    does.turn = lambda handler, number: _busy(handler, after)
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match=r"too busy \(503\)"):
        endpoint.query("ASK { ?s ?p ?o }")
    assert sum(naps) <= http.PATIENCE and does.requests <= http.TRIES


def test_partial_answers_that_say_so(url: str, does: Answering) -> None:
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'

    def part(handler: BaseHTTPRequestHandler, number: int) -> bool:
        status, extra = (206, {}) if number == 1 else (200, {"X-SQL-State": "S1TAT"})
        send(handler, status, JSON, body, extra)
        return True

    does.turn = part
    with Endpoint(Server(url)) as endpoint:
        for _ in range(2):
            with pytest.raises(EndpointError, match="a part of the answer"):
                endpoint.query(THINGS)


def test_a_slow_server(url: str, does: Answering) -> None:
    release = threading.Event()

    def stall(handler: BaseHTTPRequestHandler, number: int) -> bool:
        release.wait(10)
        handler.close_connection = True
        return True

    does.turn = stall
    with Endpoint(Server(url, timeout=0.3)) as endpoint, pytest.raises(EndpointError, match=r"no answer within 0\.3 s"):
        endpoint.query(THINGS)
    release.set()


def test_nobody_there_and_no_url() -> None:
    with (
        Endpoint(Server("http://127.0.0.1:9/sparql")) as endpoint,
        pytest.raises(EndpointError, match="connection failed"),
    ):
        endpoint.query("ASK { ?s ?p ?o }")
    for wrong in ("ftp://x/", "localhost:7878", "/sparql", ""):
        with pytest.raises(UsageError, match="not the URL"):
            Endpoint(Server(wrong))


def test_a_page_that_is_no_endpoint(url: str, does: Answering) -> None:
    does.turn = lambda handler, number: not send(handler, 200, "text/html", b"<html>")
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match="text/html, not JSON"):
        endpoint.query("ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404"), (500, "500"), (307, "elsewhere"), (401, "let us in"), (403, "let us in")]
)
def test_refusals(url: str, does: Answering, status: int, words: str) -> None:
    does.turn = lambda handler, number: not send(handler, status, "text/plain", b"no", {"Location": "http://x.org/"})
    with Endpoint(Server(url)) as endpoint, pytest.raises(EndpointError, match=words) as caught:
        endpoint.query("ASK { ?s ?p ?o }")
    assert caught.value.exit_code == 3


def test_the_server_s_complaint_about_a_query(url: str) -> None:
    with Endpoint(Server(url)) as endpoint:
        with pytest.raises(UsageError, match=r"does not understand the query: .*expected"):
            endpoint.query("SELECT nonsense")
        with pytest.raises(UsageError, match="SERVICE"):
            endpoint.query("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }")


def _authorized(header: str | None, scheme: str) -> bool:
    if not header:
        return False
    if scheme == "basic":
        return header == "Basic " + base64.b64encode(b"ada:l:o\xc3\xa9").decode()
    if scheme == "bearer":
        return header == "Bearer secret"
    given = dict(re.findall(r'(\w+)="?([^",]+)"?', header))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    one, two = md5("ada:here:l:oé"), md5(f"POST:{given['uri']}")
    return given["response"] == md5(f"{one}:{given['nonce']}:{given['nc']}:{given['cnonce']}:{given['qop']}:{two}")


@pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
def test_authentication(url: str, does: Answering, scheme: str) -> None:
    wanted = {
        "basic": 'Basic realm="here"',
        "digest": 'Digest realm="here", nonce="n1", qop="auth", algorithm=MD5',
        "bearer": "Bearer",
    }

    def door(handler: BaseHTTPRequestHandler, number: int) -> bool:
        if _authorized(handler.headers.get("Authorization"), scheme):
            return False
        send(handler, 401, "text/plain", b"who are you?", {"WWW-Authenticate": wanted[scheme]})
        return True

    does.turn = door
    known = Server(url, token=TOKEN) if scheme == "bearer" else Server(url, user="ada", password=PASSWORD)
    with Endpoint(known) as endpoint:
        assert endpoint.query("ASK { ?s ?p ?o }").truth
        assert endpoint.query("ASK { ?s ?p ?o }").truth
    wrong = Server(url, token=WRONG) if scheme == "bearer" else Server(url, user="ada", password=WRONG)
    with Endpoint(wrong) as endpoint, pytest.raises(EndpointError, match="let us in") as caught:
        endpoint.query("ASK { ?s ?p ?o }")
    assert "KG_ENDPOINT_USER" in caught.value.hint


def test_a_password_in_the_url_is_used_but_never_shown(url: str, does: Answering) -> None:
    inside = url.replace("http://", "http://ada:l%3Ao%C3%A9@")

    def door(handler: BaseHTTPRequestHandler, number: int) -> bool:
        if _authorized(handler.headers.get("Authorization"), "basic"):
            send(handler, 500, "text/plain", b"oh")
        else:
            send(handler, 401, "text/plain", b"who?", {"WWW-Authenticate": "Basic"})
        return True

    does.turn = door
    with Endpoint(Server(inside)) as endpoint, pytest.raises(KgError) as caught:
        endpoint.query("ASK { ?s ?p ?o }")
    assert "500" in str(caught.value) and "ada" not in str(caught.value)
    assert "secret" not in repr(Server(url, password=TOKEN, token=TOKEN))
