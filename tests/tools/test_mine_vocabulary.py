"""Candidates for a vocabulary, from papers of our own making."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Mine = Callable[..., list[list[str]]]
ROOT = Path(__file__).parents[2]
ABSTRACTS = [
    "We track foxes with den graph networks (DGNs), evaluated on the FoxTracks dataset. Convolutional neural networks are slower.",
    "Methods such as den graph networks and burrow hashing are fast. We evaluate on the FoxTracks dataset with novel den graph networks.",
    "Den graph networks need data. On the FoxTracks dataset, burrow hashing helps the task of litter counting.",
    "We propose burrow hashing for the task of litter counting, on the FoxTracks corpus. Den graph networks (DGNs) come second.",
]


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mine:
    monkeypatch.syspath_prepend(ROOT / "tools")
    main = importlib.import_module("mine_vocabulary").main

    def run(papers: Path, *options: str) -> list[list[str]]:
        assert main([str(papers), "--no-tagger", *options]) == 0
        return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    file = tmp_path / "foxes.jsonl"
    records = [{"id": f"fox{n}", "title": f"Foxes {n}", "abstract": text} for n, text in enumerate(ABSTRACTS)]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "tools")


def load(name: str) -> ModuleType:
    return importlib.import_module(name)


def test_names_that_several_papers_have_come_with_kind_short_form_and_place(papers: Path, mine: Mine) -> None:
    rows = {row[1]: row for row in mine(papers, "--at-least", "2")}
    network = rows["den graph networks"]
    assert network[0] == "Method"
    assert network[2] == "DGN"
    assert int(network[6]) >= 3
    assert "enumerations" in network[8] and "abbreviations" in network[8]
    assert network[9].startswith("fox0:")
    assert rows["FoxTracks"][0] == "Dataset"
    assert rows["litter counting"][0] == "Task"


def test_what_the_vocabulary_has_is_left_out(papers: Path, tmp_path: Path, mine: Mine) -> None:
    assert not [row for row in mine(papers) if "onvolutional" in row[1]]
    known = tmp_path / "known.ttl"
    known.write_text(
        '@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <x:a> skos:prefLabel "burrow hashing" .',
        encoding="utf-8",
    )
    assert "burrow hashing" in {row[1] for row in mine(papers)}
    assert "burrow hashing" not in {row[1] for row in mine(papers, "--vocabulary", str(known))}


def test_kinds_numbers_and_every_nth_paper_can_be_asked_for(papers: Path, mine: Mine) -> None:
    assert {row[0] for row in mine(papers, "--kind", "Dataset")} == {"Dataset"}
    assert len(mine(papers, "--most", "1")) == 1
    assert mine(papers, "--every", "2") == []
    assert mine(papers, "--every", "2", "--at-least", "2") != []


def test_the_same_papers_give_the_same_table(papers: Path, mine: Mine) -> None:
    assert mine(papers, "--at-least", "1") == mine(papers, "--at-least", "1")


@pytest.mark.usefixtures("tools")
def test_the_table_is_what_the_vocabulary_tool_reads(papers: Path, tmp_path: Path, mine: Mine) -> None:
    table = tmp_path / "rows.tsv"
    table.write_text("".join("\t".join(row) + "\n" for row in mine(papers)), encoding="utf-8")
    rows = {row.label: row for row in load("vocabulary").read_table(table)}
    assert rows["den graph networks"].aliases == ["DGN"]
    assert rows["FoxTracks"].kind == "Dataset"


@pytest.mark.usefixtures("tools")
def test_what_many_papers_have_outlives_what_is_forgotten() -> None:
    tally = load("term_tally").Tally(longest=30)
    for paper in range(200):
        tally.add("often", "often", paper, "x")
        for n in range(5):
            tally.add(f"rare {paper} {n}", "rare", paper, "x")
    assert tally.terms["often"].papers == 200
    assert len(tally.terms) <= 30


@pytest.mark.usefixtures("tools")
def test_a_term_inside_a_longer_one_counts_less() -> None:
    values = load("term_tally").c_values({"fox den": 10, "red fox den": 8, "fox": 3})
    assert values["red fox den"] > values["fox den"] > 0 > values["fox"]
