"""`kg build` and `kg extract` on papers of our own making."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from kg.cli.codes import Code
from kg.cli.narrate import Progress
from tests.cli.conftest import Kg


def test_build_says_what_there_is_and_what_to_try_next(kg: Kg, papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = kg("build", papers, "-o", out)
    assert done.code == Code.DONE
    assert done.out.startswith("papers      3\nentities    ")
    assert f"written     {out / 'kg.ttl'} (" in done.out
    assert f"kg view --graph {out}\n" in done.out
    assert sorted(path.name for path in out.iterdir()) == [".kg", "kg.html", "kg.ttl"]


def test_build_keeps_where_records_were_read_beside_the_graph(kg: Kg, papers: Path, tmp_path: Path) -> None:
    kg("build", papers, "-o", tmp_path / "out")
    lines = (tmp_path / "out" / ".kg" / "origins.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["line"] for line in lines) == [1, 2, 3]
    assert str(papers) not in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert f"read from {papers}:1\n" in kg("show", "FoxNet: Quick Detection", "--graph", tmp_path / "out").out


def test_the_tagger_can_be_switched_off(kg: Kg, papers: Path, tmp_path: Path) -> None:
    done = kg("extract", papers, "--no-tagger")
    assert done.code == Code.DONE
    assert '"extractor": "proposals"' in done.out
    assert '"extractor": "tagger"' not in done.out
    assert kg("build", papers, "-o", tmp_path / "out", "--no-tagger").code == Code.DONE


def test_build_gives_the_same_bytes_with_any_number_of_workers(kg: Kg, papers: Path, tmp_path: Path) -> None:
    kg("build", papers, "-o", tmp_path / "a", "--workers", "1")
    kg("build", papers, "-o", tmp_path / "b", "--workers", "2")
    for name in ("kg.ttl", "kg.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_build_keeps_to_decisions(kg: Kg, papers: Path, tmp_path: Path) -> None:
    kg("decide", "not-an-entity", "object detection", "--decisions", tmp_path / "decisions.txt")
    done = kg("build", papers, "-o", tmp_path)
    assert "decisions.txt" in done.err
    assert kg("show", "object detection", "--graph", tmp_path).code == Code.FAILED


def test_plan_builds_nothing(kg: Kg, papers: Path, tmp_path: Path) -> None:
    done = kg("build", papers, "-o", tmp_path / "out", "--plan")
    assert done.code == Code.DONE
    assert done.out.startswith("files     1 (")
    assert not (tmp_path / "out").exists()


def test_build_reads_stdin_and_names_the_base(
    kg: Kg, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(papers.read_bytes())))
    done = kg("build", "-", "-o", tmp_path, "--base-iri", "https://example.org/lib")
    assert done.code == Code.DONE
    assert "https://example.org/lib/" in (tmp_path / "kg.ttl").read_text(encoding="utf-8")


def test_extract_writes_a_line_a_record_in_order(kg: Kg, papers: Path, tmp_path: Path) -> None:
    done = kg("extract", papers)
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [record["id"] for record in records] == ["p1", "p2", "p3"]
    assert "FoxNet" in {mention["text"] for mention in records[0]["mentions"] if mention["role"] == "proposes"}
    kg("extract", papers, "-o", tmp_path / "new" / "mentions.jsonl", "--workers", "2")
    assert (tmp_path / "new" / "mentions.jsonl").read_text(encoding="utf-8") == done.out


def test_extract_of_no_records_is_an_empty_file(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    done = kg("extract", tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.code == Code.DONE
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_extract_names_a_record_of_nothing(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"id": "a", "title": "One"}\n{"id": "b"}\n{"id": "a", "title": "One"}\n', encoding="utf-8")
    done = kg("extract", path)
    assert done.code == Code.SOME_BAD
    assert "papers.jsonl:2" in done.err
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a", "a"]


def test_progress_is_silent_where_no_terminal_is(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress("reading", 1, 2)
    assert capfd.readouterr() == ("", "")


def test_progress_draws_a_bar_on_a_terminal_after_a_second(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.cli.narrate.PATIENCE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress() as progress:
        progress("reading", 1, 2)
        progress("reading", 2, 2)
    assert capfd.readouterr().out == ""


def test_columns_can_be_named(kg: Kg, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Naam,Tekst\nFoxNet: Fast Foxes,We propose FoxNet on ImageNet.\n", encoding="utf-8")
    done = kg("extract", table, "--map", "title=Naam", "--map", "abstract=Tekst")
    assert json.loads(done.out)["title"] == "FoxNet: Fast Foxes"
    assert kg("extract", table, "--map", "title").code == Code.USAGE
