"""`--endpoint` prints what the graph beside you would; `kg push` loads it. Against Oxigraph's own server."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli.asked import Asked
from kg.cli.codes import Code
from kg.rdf.load import load
from kg.rdf.turtle import to_turtle
from kg.store import disk
from tests.cli.conftest import Kg
from tests.samples import small_graph
from tests.store.conftest import SEEDS
from tests.store.servers import oxigraph

ASKED: list[tuple[str, ...]] = [
    ("show", "ConViT"),
    ("show", "ADEM-VL: Adaptive"),
    ("show", "transformer"),
    ("path", "ConViT", "DeiT"),
    ("stats", "-n", "5"),
    ("query", "used-with", "Vision Transformer", "4"),
    ("query", "untried-on", "ImageNet", "3", "--format", "json"),
    ("query", "sharing", "2", "ADEM-VL: Adaptive"),
    ("query", "SELECT ?l WHERE { ?t a kg:Task ; skos:prefLabel ?l } ORDER BY ?l", "--format", "csv"),
]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("server")) as address:
        yield f"{address}/query"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the graph of the seeds."""
    place = tmp_path_factory.mktemp("graphs")
    shutil.copy(SEEDS, place)
    return place


@pytest.fixture
def pushed(kg: Kg, there: str, folder: Path) -> str:
    done = kg("push", "--graph", folder, "--endpoint", there)
    assert (done.code, done.out.split(" ")[1:3]) == (Code.DONE, ["triples", "pushed,"])
    return there


@pytest.mark.parametrize("args", ASKED, ids=lambda args: " ".join(args)[:30])
def test_a_server_is_asked_like_the_graph_beside_you(kg: Kg, pushed: str, folder: Path, args: tuple[str, ...]) -> None:
    here, far = kg(*args, "--graph", folder), kg(*args, "--endpoint", pushed)
    assert (here.code, far.code) == (Code.DONE, Code.DONE)
    assert far.out == here.out != ""


@pytest.mark.parametrize("args", ASKED, ids=lambda args: " ".join(args)[:30])
def test_so_is_a_large_graph(kg: Kg, folder: Path, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    here = kg(*args, "--graph", folder)
    monkeypatch.setattr(disk, "LARGE", 0)
    large = kg(*args, "--graph", folder)
    assert (folder / ".kg" / "store").is_dir()
    assert (large.code, large.out) == (Code.DONE, here.out)


def test_related_papers_are_those_of_the_links(
    kg: Kg, pushed: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = load(folder)
    paper = graph.find_one("ADEM-VL: Adaptive")
    args = ("related", "ADEM-VL: Adaptive", "-n", "7", "--by", "techniques", "--quotes", "--format", "json")
    far = kg(*args, "--endpoint", pushed)
    rows = json.loads(far.out)
    for row, link in zip(rows, graph.links_of(paper)[:7], strict=True):
        assert row["paper"] in (link.a.removeprefix("paper/"), link.b.removeprefix("paper/"))
        assert row["score"] == link.weight
        assert row["because"] == "share " + ", ".join(graph.entities[one.entity].label for one in link.shared)
        assert row["quotes"].count("“") == 2 * len(link.shared) and "“”" not in row["quotes"]
    assert "by the links of the graph" in far.err
    monkeypatch.setattr(disk, "LARGE", 0)
    assert kg(*args, "--graph", folder).out == far.out
    assert kg("related", "ImageNet", "--endpoint", pushed).code == Code.USAGE
    assert "without --endpoint" in kg("related", "ConViT", "--by", "coupling", "--endpoint", pushed).err


def test_citations_count_on_a_server_too(kg: Kg, tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()))
    monkeypatch.setattr(disk, "LARGE", 0)
    for by, score in (("citations", 1), ("all", 0.785), ("techniques", 0.57)):
        done = kg("related", "2401.00001", "--by", by, "--graph", tmp_path, "--format", "json")
        assert [(row["paper"], row["score"]) for row in json.loads(done.out)] == [("10.1234/hostile", score)]


def test_a_second_push_says_that_nothing_was_left(kg: Kg, pushed: str, folder: Path) -> None:
    done = kg("push", "--graph", folder, "--endpoint", pushed)
    assert "1 of 1 pieces were there already" in done.err


@pytest.mark.parametrize("form", ["ntriples", "bibtex"])
def test_export(kg: Kg, pushed: str, folder: Path, tmp_path: Path, form: str) -> None:
    assert kg("export", form, "--graph", folder, "-o", tmp_path / "here").code == Code.DONE
    done = kg("export", form, "--endpoint", pushed, "-o", tmp_path / "there")
    assert done.code == Code.DONE
    (here,), (far,) = (list((tmp_path / name).iterdir()) for name in ("here", "there"))
    assert done.out == f"{far}\n" and far.name == here.name
    assert far.read_bytes() == here.read_bytes()
    assert ("whole graph is needed" in done.err) == (form == "bibtex")


def test_export_of_a_large_graph_says_what_it_loads(
    kg: Kg, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "LARGE", 0)
    done = kg("export", "ntriples", "ris", "--graph", folder, "-o", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kg.nt", "kg.ris"]
    assert done.err == "ris: the whole graph is needed, and loaded into memory\n"


def test_what_is_missing_is_said(kg: Kg, pushed: str, tmp_path: Path) -> None:
    assert "nothing called" in kg("show", "no such thing", "--endpoint", pushed).err
    assert "-o DIR" in kg("export", "ris", "--endpoint", pushed).err
    wrong = kg("show", "ConViT", "--endpoint", "localhost:7878")
    assert (wrong.code, "begins with http" in wrong.err) == (Code.USAGE, True)
    nobody = kg("stats", "--endpoint", "http://127.0.0.1:9/query", "--timeout", "1")
    assert nobody.code == Code.FAILED and "connection failed" in nobody.err
    elsewhere = kg("stats", "--endpoint", pushed.removesuffix("query"))
    assert elsewhere.code == Code.FAILED and "answers 404" in elsewhere.err and "ends in /query" in elsewhere.err
    assert kg("push", "--graph", tmp_path, "--endpoint", pushed).code == Code.FAILED
    assert "Missing option '--endpoint'" in kg("push", "--graph", tmp_path).err


def test_a_password_is_asked_for_only_where_somebody_can_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def known(**given: str) -> tuple[str, str]:
        server = Asked(Path("graphs"), "http://x/query", **given).server()  # type: ignore[arg-type]
        return server.user, server.password

    monkeypatch.setattr(click, "prompt", lambda words, **how: f"{words} {how}")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert known(user="ada") == ("ada", "")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert known(user="ada") == ("ada", "password of ada {'hide_input': True, 'err': True}")
    assert known() == ("", "")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "told")
    assert known(user="ada") == ("ada", "told")
    assert known(user="ada:said") == ("ada", "said")
