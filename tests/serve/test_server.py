"""What the server answers over HTTP, to the letter of the SPARQL 1.1 Protocol."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import rdflib

from kg.serve import accept
from kg.serve.limits import MEMORY_HOLDS
from tests.serve.conftest import RUNS, SORTS, Server, serving

ONE = "SELECT ?l { ?t a kg:Task ; skos:prefLabel ?l }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGE = "papers-kg/id/method/fox-transformer"


def _get(server: Server, query: str, **headers: str) -> httpx.Response:
    return httpx.get(server.endpoint, params={"query": query}, headers=headers)


@pytest.mark.parametrize(
    ("wanted", "media", "body"),
    [
        ("text/csv", "text/csv; charset=utf-8", b"l\r\nobject detection\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b'?l\n"object detection"\n'),
        ("*/*", accept.JSON, None),
        ("application/json", "application/json", None),
        (accept.XML, accept.XML, None),
    ],
)
def test_get_and_both_posts_give_the_same_in_every_form(
    server: Server, wanted: str, media: str, body: bytes | None
) -> None:
    headers = {"accept": wanted}
    answers = [
        _get(server, ONE, **headers),
        httpx.post(server.endpoint, data={"query": ONE}, headers=headers),
        httpx.post(server.endpoint, content=ONE, headers={**headers, "content-type": "application/sparql-query"}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["content-type"] for answer in answers} == {media}
    assert len({answer.content for answer in answers}) == 1
    assert body in (None, answers[0].content)
    assert b"object detection" in answers[0].content


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("text/turtle", "turtle"), (accept.NTRIPLES, "nt"), (accept.JSONLD, "json-ld"), (accept.RDFXML, "xml")],
)
def test_graphs_come_in_every_form(server: Server, wanted: str, name: str) -> None:
    found = _get(server, "CONSTRUCT { ?p kg:uses ?m } WHERE { ?p kg:uses ?m }", accept=wanted)
    assert found.headers["content-type"].startswith(wanted)
    assert len(rdflib.Graph().parse(data=found.content, format=name)) == 2


def test_head_says_what_get_would(server: Server) -> None:
    got, said = _get(server, ONE), httpx.head(server.endpoint, params={"query": ONE})
    assert said.status_code == 200 and said.content == b""
    assert said.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize(
    ("method", "given", "status"),
    [
        ("GET", {"params": {"query": "SELECT nonsense"}}, 400),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400),
        ("GET", {"params": {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}}, 400),
        ("GET", {"params": {"query": "LOAD <http://127.0.0.1:9/>"}}, 400),
        ("GET", {"params": [("query", ONE), ("query", ONE)]}, 400),
        ("GET", {"params": {"query": ONE, "default-graph-uri": "http://x.org/"}}, 400),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"content": b"CLEAR ALL", "headers": {"content-type": "application/sparql-update"}}, 403),
        ("PUT", {"content": b""}, 405),
        ("DELETE", {}, 405),
        ("GET", {"params": {"query": ONE}, "headers": {"accept": "image/png"}}, 406),
        ("GET", {"params": {"query": ONE}, "headers": {"accept": "text/turtle"}}, 406),
        ("GET", {"headers": {"accept": "image/png"}}, 406),
        ("POST", {"data": {"query": ONE + "#" * 30_000}}, 413),
        ("POST", {"content": b"<x/>", "headers": {"content-type": "text/xml"}}, 415),
        ("GET", {"params": {"query": "SELECT * { ?a a ?b . ?c a ?d }"}}, 500),
    ],
)
def test_refusals_have_their_status_and_say_why(
    server: Server, method: str, given: dict[str, object], status: int
) -> None:
    found = httpx.request(method, server.endpoint, **given)  # type: ignore[arg-type]
    assert found.status_code == status
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(found.text) > 15 and "Traceback" not in found.text
    assert status != 405 or "GET" in found.headers["allow"]


def test_an_update_changes_nothing(server: Server) -> None:
    def count() -> str:
        return _get(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv").text

    before = count()
    for text in ("INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "DROP ALL"):
        assert _get(server, text).status_code == 400
        assert httpx.post(server.endpoint, data={"update": text}).status_code == 403
    assert count() == before


def test_the_endpoint_says_what_it_is(server: Server) -> None:
    found = httpx.get(server.endpoint)
    assert found.headers["content-type"].startswith("text/turtle")
    graph = rdflib.Graph().parse(data=found.content, format="turtle")
    address = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert [str(thing) for thing in graph.objects(None, address)] == [server.endpoint]


def test_pages_of_other_sites_may_ask(server: Server) -> None:
    origin = {"origin": "https://example.org"}
    preflight = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert httpx.options(server.endpoint, headers=preflight).headers["access-control-allow-origin"] == "*"
    found = _get(server, ONE, **origin)
    assert found.headers["access-control-allow-origin"] == "*"
    assert httpx.options(server.endpoint).headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_other_sites_are_kept_out_when_told_to(folder: Path) -> None:
    with serving(folder, "--no-cors", "--workers", "1") as server:
        assert "access-control-allow-origin" not in _get(server, ONE, origin="https://example.org").headers


@pytest.mark.parametrize(
    ("wanted", "media"),
    [(BROWSER, "text/html"), ("text/turtle", "text/turtle"), (accept.JSONLD, accept.JSONLD), ("*/*", "text/html")],
)
def test_the_path_of_an_iri_gives_a_page_or_data(server: Server, wanted: str, media: str) -> None:
    found = httpx.get(server.url + PAGE, headers={"accept": wanted})
    assert found.status_code == 200
    assert found.headers["content-type"].startswith(media)
    assert "accept" in found.headers["vary"].lower()
    again = httpx.get(server.url.rstrip("/") + found.headers["content-location"])
    assert again.content == found.content


def test_pages_refuse_what_they_cannot_give(server: Server) -> None:
    assert httpx.get(server.url + PAGE, headers={"accept": "image/png"}).status_code == 406
    assert httpx.get(server.url + PAGE, params={"format": "docx"}).status_code == 406
    assert httpx.post(server.url + PAGE).status_code == 405
    assert httpx.head(server.url + PAGE).status_code == 200
    missing = httpx.get(server.url + "papers-kg/id/method/fox-transfomer")
    assert missing.status_code == 404 and "/papers-kg/id/method/fox-transformer" in missing.text
    assert httpx.get(server.url + "papers-kg/id/method/none", headers={"accept": "text/turtle"}).status_code == 404
    assert httpx.get(server.url + "wp-login.php").status_code == 404
    assert httpx.get(server.url + "-/../app.py").status_code == 404
    assert httpx.get(server.url + "-/%2e%2e/app.py").status_code == 404
    assert httpx.get(server.url + "kg-pages/..%2fkg.ttl").status_code == 404


def test_iris_with_encoded_characters_are_found(server: Server) -> None:
    assert httpx.get(server.url + "papers-kg/id/paper/10.1234%2Fhostile").status_code == 200
    assert httpx.get(server.url + "papers-kg/id/paper/%31%30.1234/hostile").status_code == 200


def test_the_explorer_is_at_the_root(server: Server, folder: Path) -> None:
    found = httpx.get(server.url)
    assert found.content == (folder / "kg.html").read_bytes()
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]


def test_a_graph_without_an_explorer_has_a_page_that_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_bytes((folder / "kg.ttl").read_bytes())
    with serving(tmp_path / "mine.ttl", "--workers", "1") as server:
        found = httpx.get(server.url)
        assert found.status_code == 200 and "kg export html" in found.text and "3 papers" in found.text


@pytest.mark.parametrize(
    "runaway", [RUNS, pytest.param(SORTS, marks=pytest.mark.skipif(not MEMORY_HOLDS, reason="no limit of memory here"))]
)
def test_runaway_queries_are_refused_and_the_endpoint_answers_on(server: Server, runaway: str) -> None:
    with ThreadPoolExecutor(4) as many:
        found = list(many.map(lambda _: httpx.get(server.endpoint, params={"query": runaway}, timeout=60), range(4)))
    assert {answer.status_code for answer in found} == {500}
    assert {answer.headers["kg-limit"] for answer in found} <= {"time", "memory"}
    assert _get(server, ONE, accept="text/csv").text == "l\r\nobject detection\r\n"


def test_a_busy_server_says_when_to_come_again(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "8", "--queue", "4") as server, ThreadPoolExecutor(1) as other:
        slow = other.submit(httpx.get, server.endpoint, params={"query": RUNS}, timeout=60)
        time.sleep(0.5)
        found = _get(server, ONE)
        assert (found.status_code, found.headers["retry-after"]) == (503, "5")
        assert slow.result().headers["kg-limit"] == "time"
        while (found := _get(server, ONE)).status_code == 503:
            time.sleep(0.1)
        assert found.status_code == 200


def test_a_client_that_hangs_up_frees_its_worker(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "60") as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(server.endpoint, params={"query": RUNS}, timeout=0.5)
        start = time.monotonic()
        assert httpx.get(server.endpoint, params={"query": ONE}, timeout=30).status_code == 200
        assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
    ],
)
def test_broken_requests_hurt_nobody(server: Server, sent: bytes) -> None:
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(sent)
    assert _get(server, ONE).status_code == 200


def test_json_results_are_those_of_the_standard(server: Server) -> None:
    found = json.loads(
        _get(server, "SELECT ?l ?x { ?t a kg:Task ; skos:prefLabel ?l OPTIONAL { ?t kg:none ?x } }").content
    )
    assert found == {
        "head": {"vars": ["l", "x"]},
        "results": {"bindings": [{"l": {"type": "literal", "value": "object detection"}}]},
    }
