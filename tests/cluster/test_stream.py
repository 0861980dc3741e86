"""A build in parts has the bytes of one in memory: on papers of every awkward kind, with each task done by this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra cluster is not installed")

from kg.cli.main import run
from tests.cluster.conftest import Here, built


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cluster.dask_.Dask", Here)
    monkeypatch.setattr("kg.cluster.stream._EACH", 9)
    monkeypatch.setattr("kg.cluster.reading._GROUP", 30)


@pytest.mark.parametrize(
    ("common", "options", "said"),
    [
        (500, ("--mentions", "all", "--min-confidence", "0"), ""),
        (10, ("--base-iri", "https://fox.example/#"), 'same "LoRA" "fox hare"\ndifferent "FH" "fox hare"\ntype "owl net" Dataset\n'),
        (3, ("--no-tagger",), 'not-an-entity "LoRA"\ndifferent "pre-training" "pretraining"\n'),
    ],
)  # fmt: skip
def test_a_build_in_parts_gives_the_same_bytes(
    common: int, options: tuple[str, ...], said: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.nearness.COMMON", common)
    decisions = tmp_path / "said.txt"
    decisions.write_text(said, encoding="utf-8")
    more = ("--decisions", str(decisions), *options)
    expected = built(source, tmp_path / "memory", "--workers", "1", *more)
    assert built(source, tmp_path / "parts", "--scheduler", "here", *more) == expected
    assert not (tmp_path / "parts" / ".kg" / "work").exists()


def test_a_result_of_a_name_that_other_papers_speak_of(tmp_path: Path) -> None:
    papers = [
        ("Recall: A Metric for Foxes", "We propose Recall, a new metric."),
        ("Tracing Foxes", "The model achieved Cl-Recall, Cl-DICE and Recall values of 0.879, 0.909, 0.934."),
    ]
    source = tmp_path / "papers.jsonl"
    lines = (json.dumps({"title": title, "abstract": abstract}) + "\n" for title, abstract in papers)
    source.write_text("".join(lines), encoding="utf-8")
    expected = built(source, tmp_path / "memory")
    assert expected[0].count(b"kg:metric <https://w3id.org/papers-kg/id/metric/recall") == 3
    assert built(source, tmp_path / "parts", "--scheduler", "here") == expected


def test_what_was_read_is_not_read_again_and_tasks_may_be_done_twice(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = built(source, tmp_path, "--scheduler", "here")
    kept = sorted((tmp_path / ".kg" / "read").iterdir())
    assert len(kept) == 7
    monkeypatch.setattr("kg.cluster.reading._read", None)
    monkeypatch.setattr(Here, "again", True)
    assert built(source, tmp_path, "--scheduler", "here") == expected
    assert sorted((tmp_path / ".kg" / "read").iterdir()) == kept


def test_papers_that_could_not_be_read_are_named_and_tried_again(source: Path, tmp_path: Path) -> None:
    assert run(["build", str(source), "-o", str(tmp_path), "--scheduler", "here", "--paper-timeout", "1e-9"]) == 1
    assert (tmp_path / "kg.ttl").exists()
    assert list((tmp_path / ".kg" / "read").iterdir()) == []


def test_formats_that_need_the_graph_in_memory_are_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", str(source), "-o", str(tmp_path), "--scheduler", "here", "--to", "turtle,csv"]) == 2
    assert "a cluster writes Turtle, not csv" in capsys.readouterr().err


def test_a_page_is_left_out_with_a_word(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(source), "-o", str(tmp_path), "--scheduler", "here"]) == 0
    assert not (tmp_path / "kg.html").exists()
    assert "a cluster makes no page; kg.html is left out" in capsys.readouterr().err
