"""Whatever is added, edited, removed or decided between two builds: the second one equals a build from nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kg.cli.main import run
from kg.lexicon import Lexicon
from kg.model import Extraction, Paper
from kg.workers import extract_one

FILES = ("kg.ttl", "kg.html", ".kg/origins.jsonl", ".kg/reasons.jsonl")
TITLES = ("FoxNet: Fast Foxes", "Hare Nets", "On the Tracing of Foxes", "Fox Nets Revisited", "LoRA for Hares")
ABSTRACTS = (
    "We propose FoxNet (FN), a fox network. FN reaches an accuracy of 91.5% on ImageNet.",
    "We use fox-nets and gradient fox tracing (GFT) on MeadowNet.",
    "GFT helps. HareNet outperforms FoxNet by 2.1% in accuracy on MeadowNet.",
    "A foxnet is compared with LoRA for object detection. Code: https://github.com/fox/fox.",
    "",
)
CONCEPTS = (
    'ex:accuracy a kg:Metric ; skos:prefLabel "accuracy" .',
    'ex:gft a kg:Method ; skos:prefLabel "gradient fox tracing" ; skos:altLabel "GFT" ; skos:broader ex:tracing .',
    'ex:tracing a kg:Method ; skos:prefLabel "tracing" .',
    'ex:net a kg:Method ; skos:prefLabel "fox network" ; skos:altLabel "FoxNet" , "FN" .',
)
DECISIONS = (
    'same "FoxNet" "Hare Nets"',
    'different "GFT" "gradient fox tracing"',
    'not-an-entity "MeadowNet"',
    'type "FoxNet" Dataset',
)
HEAD = (
    "@prefix kg: <https://w3id.org/papers-kg/ontology#> .\n@prefix ex: <https://ex.example/> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)


class Library(RuleBasedStateMachine):
    """A folder of papers that somebody works on, and the graph kept beside it."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.papers: dict[int, tuple[str, str, int]] = {}
        self.concepts, self.decisions = {0}, set[int]()
        self.changed = True

    @rule(
        n=st.integers(0, 4),
        title=st.sampled_from(TITLES),
        abstract=st.sampled_from(ABSTRACTS),
        year=st.integers(2020, 2022),
    )
    def add_or_edit(self, n: int, title: str, abstract: str, year: int) -> None:
        self.papers[n], self.changed = (title, abstract, year), True

    @rule(n=st.integers(0, 4))
    def remove(self, n: int) -> None:
        self.papers.pop(n, None)
        self.changed = True

    @rule(n=st.integers(0, len(CONCEPTS) - 1))
    def teach_or_forget(self, n: int) -> None:
        self.concepts ^= {n}
        self.changed = True

    @rule(n=st.integers(0, len(DECISIONS) - 1))
    def decide_or_take_back(self, n: int) -> None:
        self.decisions ^= {n}
        self.changed = True

    @rule()
    def lose_the_cache(self) -> None:
        (self.folder / "live" / ".kg" / "read.sqlite").unlink(missing_ok=True)

    @invariant()
    def an_update_equals_a_full_build(self) -> None:
        if not getattr(self, "changed", False):
            return
        self.changed = False
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        live, new = self._build("live"), self._build("new")
        assert live == new

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def _build(self, name: str) -> list[bytes]:
        records = [{"title": t, "abstract": a, "year": y} for _, (t, a, y) in sorted(self.papers.items())]
        source, said, vocabulary = (self.folder / f for f in ("papers.jsonl", "said.txt", "vocabulary.ttl"))
        source.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        said.write_text("".join(f"{DECISIONS[n]}\n" for n in sorted(self.decisions)), encoding="utf-8")
        vocabulary.write_text(HEAD + "\n".join(CONCEPTS[n] for n in sorted(self.concepts)), encoding="utf-8")
        args = ["build", str(source), "-o", str(self.folder / name), "--decisions", str(said)]
        with mock.patch("kg.workers.own_files", lambda: [vocabulary]):  # a small vocabulary, loaded in no time
            assert run([*args, "--workers", "1"]) == 0
        return [(self.folder / name / file).read_bytes() for file in FILES]


TestLibrary = Library.TestCase
TestLibrary.settings = settings(max_examples=12, stateful_step_count=8, deadline=None)


def build(source: Path, out: Path, *options: str) -> bytes:
    assert run(["build", str(source), "-o", str(out), "--to", "turtle", "--workers", "1", *options]) == 0
    return (out / "kg.ttl").read_bytes()


def test_only_changed_papers_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def watched(lexicon: Lexicon, paper: Paper, **how: Any) -> Extraction:
        seen.append(paper.title)
        return extract_one(lexicon, paper, **how)

    monkeypatch.setattr("kg.workers.extract_one", watched)
    source, out = tmp_path / "papers.jsonl", tmp_path / "out"
    records = [{"title": title, "abstract": abstract} for title, abstract in zip(TITLES, ABSTRACTS, strict=True)]
    source.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    first = build(source, out)
    assert sorted(seen) == sorted(TITLES)
    seen.clear()
    assert build(source, out) == first
    assert seen == []
    records[2]["abstract"] += " It runs."
    source.write_text("".join(json.dumps({**r, "year": 2020}) + "\n" for r in records), encoding="utf-8")
    build(source, out)
    assert seen == [TITLES[2]]  # a new year is no new text
    seen.clear()
    build(source, out, "--fresh")
    assert sorted(seen) == sorted(TITLES)
