"""What can go wrong, and what a user sees: one clear line, the documented exit code, the old graph as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.codes import Code
from tests.cli.conftest import Kg, Outcome


def _is_one_clear_line(done: Outcome, code: Code, *words: str) -> None:
    assert done.code == code, done.err
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("kg: ")
    assert "a bug of kg" not in done.err
    for word in words:
        assert word in done.err


def test_a_missing_file(kg: Kg, tmp_path: Path) -> None:
    done = kg("build", tmp_path / "nowhere.bib", "-o", tmp_path / "out")
    _is_one_clear_line(done, Code.FAILED, "nowhere.bib")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _is_one_clear_line(kg("build", tmp_path / "empty", "-o", tmp_path / "out"), Code.FAILED, "empty")


def test_a_format_that_does_not_exist(kg: Kg, papers: Path, tmp_path: Path) -> None:
    done = kg("build", papers, "--format", "morse", "-o", tmp_path / "out")
    _is_one_clear_line(done, Code.USAGE, "morse", "bibtex")
    _is_one_clear_line(kg("build", papers, "--to", "morse", "-o", tmp_path / "out"), Code.USAGE, "morse", "turtle")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("photo.bin", bytes(range(256)) * 40, "photo.bin"),
        ("broken.jsonl", b'{"title": "A Fine Paper", "abstract": "Fine."}\n{"title": "Half\n', "broken.jsonl:2"),
        ("cut.bib", b"@article{a, title={A Fine Paper}, abstract={Fine.}}\n@article{b, title={Half", "cut.bib:2"),
        ("neither.jsonl", b'{"title": "A Fine Paper"}\n{"id": "x", "year": 2020}\n', "neither.jsonl:2"),
    ],
)
def test_a_bad_record_is_named_and_the_rest_is_read(
    kg: Kg, tmp_path: Path, papers: Path, name: str, content: bytes, word: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(content)
    papers.rename(folder / "papers.jsonl")
    done = kg("build", folder, "-o", tmp_path / "out")
    assert done.code == Code.SOME_BAD
    assert word in done.err
    assert "Traceback" not in done.err
    assert "FoxNet: Quick Detection" in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")


def test_another_encoding_is_read_or_named(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "latin.bib"
    path.write_bytes("@article{a, title={Größe und Maß}, abstract={Wir benutzen ein CNN.}}".encode("latin-1"))
    done = kg("build", path, "-o", tmp_path / "out")
    assert done.code in (Code.DONE, Code.SOME_BAD)
    text = (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert "Größe und Maß" in text or "latin.bib" in done.err


def test_a_record_without_an_abstract_is_a_paper(kg: Kg, papers: Path, tmp_path: Path) -> None:
    assert kg("build", papers, "-o", tmp_path).code == Code.DONE
    assert "A Title Alone" in kg("show", "A Title Alone", "--graph", tmp_path).out


def test_an_abstract_of_5_mb(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    sentence = "We use a convolutional neural network for object detection on ImageNet. "
    record = {"title": "Endless", "abstract": sentence * (5_000_000 // len(sentence))}
    path.write_text(json.dumps(record), encoding="utf-8")
    args = [sys.executable, "-m", "kg", "build", str(path), "-o", str(tmp_path / "out"), "--to", "turtle"]
    done = subprocess.run(args, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in (Code.DONE, Code.SOME_BAD)
    assert (tmp_path / "out" / "kg.ttl").exists()


def test_a_malformed_query(kg: Kg, graph_folder: Path) -> None:
    _is_one_clear_line(kg("query", "SELECT ?x WHERE { ?x ", "--graph", graph_folder), Code.USAGE)


def test_a_question_that_does_not_exist(kg: Kg, graph_folder: Path) -> None:
    _is_one_clear_line(kg("query", "no-such-question", "--graph", graph_folder), Code.USAGE, "no-such-question")


@pytest.mark.parametrize("args", [["show", "fox transfomer"], ["related", "zzz"], ["path", "zzz", "ViT"]])
def test_what_the_graph_does_not_hold(kg: Kg, graph_folder: Path, args: list[str]) -> None:
    _is_one_clear_line(kg(*args, "--graph", graph_folder), Code.FAILED, args[1])


def test_near_names_are_offered(kg: Kg, graph_folder: Path) -> None:
    assert "did you mean Fox Transformer" in kg("show", "fox transfomer", "--graph", graph_folder).err


def test_related_to_an_entity(kg: Kg, graph_folder: Path) -> None:
    _is_one_clear_line(kg("related", "ViT", "--graph", graph_folder), Code.USAGE, "kg show")


@pytest.mark.parametrize(
    "args",
    [
        ["stats"],
        ["show", "x"],
        ["query", "papers"],
        ["export", "turtle"],
        ["verify"],
        ["validate"],
        ["view", "--no-open"],
    ],
)
def test_no_graph_there(kg: Kg, tmp_path: Path, args: list[str]) -> None:
    _is_one_clear_line(kg(*args, "--graph", tmp_path / "nowhere"), Code.FAILED, "nowhere")


def test_a_graph_that_is_no_turtle(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_text("this is no Turtle", encoding="utf-8")
    _is_one_clear_line(kg("stats", "--graph", tmp_path), Code.FAILED, "kg.ttl")


def test_an_output_folder_that_is_a_file(kg: Kg, papers: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    _is_one_clear_line(kg("build", papers, "-o", tmp_path / "out"), Code.FAILED, "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_without_permission(kg: Kg, papers: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    _is_one_clear_line(kg("build", papers, "-o", locked), Code.FAILED, "locked")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_an_output_folder_that_nobody_can_write_to(kg: Kg, papers: Path) -> None:
    _is_one_clear_line(kg("build", papers, "-o", "/proc/self/kg"), Code.FAILED, "/proc")


def test_a_failed_build_leaves_the_old_graph(kg: Kg, papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", papers, "-o", out).code == Code.DONE
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    for args in (
        [tmp_path / "nowhere.bib"],
        [papers, "--format", "morse"],
        [papers, "--vocabulary", tmp_path / "no.ttl"],
    ):
        assert kg("build", *args, "-o", out).code in (Code.USAGE, Code.FAILED)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_a_decision_that_makes_no_sense(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "decisions.txt"
    for args in (["alike", "a", "b"], ["same", "a"], ["type", "a", "Gadget"]):
        _is_one_clear_line(kg("decide", *args, "--decisions", file), Code.USAGE)
    assert not file.exists()


def test_decisions_that_cannot_be_read(kg: Kg, papers: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.txt"
    file.write_text('same "a" "b"\nsame "a\n', encoding="utf-8")
    done = kg("build", papers, "-o", tmp_path / "out", "--decisions", file)
    _is_one_clear_line(done, Code.FAILED, "decisions.txt:2")


@pytest.mark.parametrize("text", [b"", b"{}", b"\xff\xfe"])
def test_a_gold_file_that_is_none(kg: Kg, graph_folder: Path, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "gold.json").write_bytes(text)
    _is_one_clear_line(kg("score", tmp_path / "gold.json", "--graph", graph_folder), Code.FAILED, "gold.json")
