"""XML that declares entities: bombs, files of this machine, addresses. No reader of XML expands, opens or fetches any."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kg.model import Paper, Problem
from kg.readers import read
from tests.fuzz.measured import run
from tests.readers.texts import TEXTS

_XML = ("acl", "arxiv_atom", "endnote", "jats", "pubmed", "tei", "zotero_rdf")
_SECRET = "the fox sleeps under the third oak"  # noqa: S105  (not one)
_LAUGHS = '<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what is asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(_SECRET.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/x.dtd", asked
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def _declared(name: str, subset: str, *, external: str = "", reference: str = "&a;") -> str:
    """Return the sample of a format with a document type of our own, and a reference in its first title."""
    text = TEXTS[name]
    body = "\n".join(line for line in text.split("\n") if not line.startswith(("<?xml", "<!DOCTYPE")))
    inside = f" [{subset}]" if subset else ""
    return f'<?xml version="1.0"?>\n<!DOCTYPE x{external}{inside}>\n{body}'.replace(
        "Counting", f"Counting {reference}", 1
    )


def _read(tmp_path: Path, text: str) -> tuple[list[Paper], list[Problem]]:
    (tmp_path / "x.xml").write_text(text, encoding="utf-8")
    found = list(read(str(tmp_path / "x.xml")))
    return [one for one in found if isinstance(one, Paper)], [one for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("name", _XML)
def test_entities_are_never_expanded(name: str, tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    (tmp_path / "secret.txt").write_text(_SECRET, encoding="utf-8")
    file = (tmp_path / "secret.txt").as_uri()
    attacks = [
        f'<!ENTITY a SYSTEM "{file}">',
        f'<!ENTITY a SYSTEM "{address}">',
        f'<!ENTITY a PUBLIC "x" "{address}">',
        f'<!ENTITY % p SYSTEM "{file}"> %p; <!ENTITY a "x">',
        f'<!ENTITY % p SYSTEM "{address}"> %p;',
        _LAUGHS + '<!ENTITY z "&i;&i;">',
        '<!ENTITY a "&b;"><!ENTITY b "&a;">',
        f'<!ENTITY a "{_SECRET}">',
    ]
    for subset in attacks:
        papers, problems = _read(tmp_path, _declared(name, subset))
        assert papers == [] and ["entities of its own" in one.reason for one in problems] == [True], subset
        assert problems[0].where.line > 0
    assert asked == []


@pytest.mark.parametrize("name", _XML)
def test_document_types_elsewhere_are_not_fetched(name: str, tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    (tmp_path / "x.dtd").write_text(f'<!ENTITY a "{_SECRET}">', encoding="utf-8")
    for external in (f' SYSTEM "{address}"', f' PUBLIC "x" "{address}"', f' SYSTEM "{(tmp_path / "x.dtd").as_uri()}"'):
        papers, _ = _read(tmp_path, _declared(name, "", external=external))
        assert len(papers) == 2 and _SECRET not in "".join(one.title + one.csl for one in papers)
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    style = f'<?xml-stylesheet href="{address}"?>'
    for reference in (include, style):
        papers, _ = _read(tmp_path, _declared(name, "", reference=reference))
        assert len(papers) == 2 and _SECRET not in "".join(one.title + one.csl for one in papers)
    assert asked == []


@pytest.mark.parametrize("name", _XML)
def test_a_declaration_behind_all_windows_is_found(name: str, tmp_path: Path) -> None:
    text = _declared(name, f"<!-- {' ' * 1_200_000} --><!ENTITY a '{_SECRET}'>")
    found = list(read(str(_written(tmp_path, text)), format=name))
    assert _SECRET not in "".join(one.title + one.csl for one in found if isinstance(one, Paper))
    assert any(isinstance(one, Problem) for one in found)


def _written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "x.xml").write_text(text, encoding="utf-8")
    return tmp_path / "x.xml"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_other_encodings_hide_nothing(encoding: str, tmp_path: Path) -> None:
    text = _declared("acl", f'<!ENTITY a "{_SECRET}">').replace('"1.0"', f'"1.0" encoding="{encoding}"')
    (tmp_path / "x.xml").write_bytes(text.encode(encoding))
    (problem,) = read(str(tmp_path / "x.xml"))
    assert isinstance(problem, Problem) and "entities of its own" in problem.reason


def test_the_command_line_stays_calm_at_a_billion_laughs(tmp_path: Path) -> None:
    done = run(["extract", str(_written(tmp_path, _declared("jats", _LAUGHS, reference="&i;")))])
    assert done.code == 1 and "entities of its own" in done.err and not done.traceback
    assert done.seconds < 10 and done.megabytes < 300
