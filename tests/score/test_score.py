from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.score import Scores, Tally, read_gold, score
from tests.samples import small_graph

SHARED = Path(__file__).parents[2] / "../shared"

GOLD: list[dict[str, Any]] = [
    {
        "id": "one",
        "title": "Fox transformer - quick detection",
        "entities": [
            {"type": "Method", "name": "Fox Transformer", "aliases": [], "role": "proposes", "core": True},
            {"type": "Method", "name": "Vision Transformer", "aliases": ["ViT"], "role": "uses", "core": True},
            {"type": "Method", "name": "rare tricks", "aliases": [], "role": "compares", "core": False},
            {"type": "Dataset", "name": "MeadowNet", "role": "introduces", "core": True},
            {"type": "Task", "name": "object detection", "role": "addresses", "core": True},
            {"type": "Concept", "name": "accuracy", "role": "about", "core": False},
            {"type": "Method", "name": "knowledge distillation", "role": "uses", "core": True},
        ],
        "results": [
            {"metric": "accuracy", "value": "91.5", "core": True},
            {"metric": "recall", "value": "four", "core": True},
        ],
        "urls": ["http://www.github.com/fox/fox/", "https://example.org/gone"],
    },
    {
        "id": "two",
        "title": 'Hostile <img src=x onerror=alert(1)> & "quotes" \\ </script>',
        "entities": [
            {"type": "Method", "name": "ViT", "aliases": ["vision transformer"], "role": "mentions", "core": True},
            {"type": "Method", "name": "rare trick", "role": "compares", "core": True},
            {"type": "Dataset", "name": "MeadowNet", "role": "evaluates", "core": True},
        ],
    },
    {"id": "gone", "title": "Not in the graph", "entities": [{"type": "Task", "name": "x", "role": "addresses"}]},
]


def test_entities_are_counted_by_kind_and_role() -> None:
    report = score(small_graph(), GOLD).report()
    assert report["all"] == Tally(right=9, wrong=1, found=7, missed=2)
    assert report["Method"] == Tally(right=5, wrong=0, found=4, missed=1)
    assert report["proposes"] == Tally(right=1, found=1)
    assert report["uses"] == Tally(right=1, wrong=0, found=1, missed=1)  # a wrong role on an optional entity is excused
    assert report["evaluatesOn"] == Tally(right=1, found=1)  # so is testing on the dataset that is introduced
    assert report["introduces"] == Tally(missed=1)
    assert report["Metric"] == Tally(wrong=1)


def test_results_urls_and_whole_papers() -> None:
    scores = score(small_graph(), GOLD)
    assert scores.report()["results"] == Tally(right=1, found=1, missed=1)
    assert scores.urls == Tally(found=1, missed=1)
    assert scores.rows == Tally(found=1, missed=1)
    assert dict(scores.complaints)["one"] == ("misses introduces 'MeadowNet'", "misses https://example.org/gone")
    assert scores.unmatched == ("gone",)
    assert ("one", "knowledge distillation", "Method") in scores.missed
    assert scores.spurious == (("two", "inductive bias", "Concept"),)


def test_one_thing_is_one_node_across_papers() -> None:
    assert score(small_graph(), GOLD).report()["one_node"] == Tally(right=3, found=3)


def test_a_second_node_for_one_thing_is_split() -> None:
    gold = [{"id": "a", "title": GOLD[0]["title"], "entities": [
        {"type": "Method", "name": "x", "aliases": ["Fox Transformer", "rare trick"], "role": "uses"}]}]  # fmt: skip
    assert score(small_graph(), gold).split == 1


def test_an_empty_graph_scores_nothing() -> None:
    figures = score(KnowledgeGraph([], [], [], []), GOLD).as_dict()
    assert figures["all"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "emitted": 0, "core": 9}
    assert figures["unmatched_papers"] == ["one", "two", "gone"]


tallies = st.builds(Tally, *[st.integers(0, 50)] * 4)


@given(tallies, tallies, tallies)
def test_tallies_add_up_in_any_order(a: Tally, b: Tally, c: Tally) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert 0 <= a.f1 <= 1
    assert min(a.precision, a.recall) - 1e-9 <= a.f1 <= max(a.precision, a.recall) + 1e-9


def test_scores_of_papers_add_up_to_the_score_of_all() -> None:
    graph = small_graph()
    parts = [score(graph, [record]) for record in GOLD]
    assert sum(parts, Scores()).as_dict() == score(graph, GOLD).as_dict()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"id": 1, "title": "", "entities": [{}]}]', "\xff"])
def test_what_is_no_gold_file_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"gold\.json"):
        read_gold(path)


def _official(graph: Path, gold: Path) -> Any:
    scorer = SHARED / "eval" / "score.py"
    if not scorer.exists():
        pytest.skip(f"no scorer to compare with at {scorer}")
    args = [sys.executable, str(scorer), str(graph), str(gold), "--json"]
    return json.loads(subprocess.run(args, capture_output=True, check=True, text=True).stdout)


def test_the_figures_are_those_of_the_official_scorer(tmp_path: Path) -> None:
    import kg

    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    small_graph().write(tmp_path, ["turtle"])
    assert score(kg.load(tmp_path), GOLD).as_dict() == _official(tmp_path / "kg.ttl", gold)


def test_the_figures_on_real_papers_are_those_of_the_official_scorer(tmp_path: Path) -> None:
    import kg

    papers, gold = SHARED / "gold" / "dev.papers.jsonl", SHARED / "gold" / "dev.json"
    if not papers.exists():
        pytest.skip(f"no annotated papers at {papers}")
    kg.build(str(papers)).write(tmp_path, ["turtle"])
    graph = kg.load(tmp_path)
    assert score(graph, read_gold(gold)).as_dict() == _official(tmp_path / "kg.ttl", gold)
