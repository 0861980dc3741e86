"""A build in parts has the bytes of one in memory: on papers of every awkward kind, with each task done by this process."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra cluster is not installed")

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
    monkeypatch.setattr("kg.link.COMMON", common)
    decisions = tmp_path / "said.txt"
    decisions.write_text(said, encoding="utf-8")
    more = ("--decisions", str(decisions), *options)
    expected = built(source, tmp_path / "memory", "--workers", "1", *more)
    assert built(source, tmp_path / "parts", "--scheduler", "here", *more) == expected
    assert not (tmp_path / "parts" / ".kg" / "work").exists()
