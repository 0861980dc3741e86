from __future__ import annotations

from pathlib import Path

import pytest

from kg.answers import Answer
from kg.errors import NotFoundError, UsageError
from kg.query import Question, list_questions, question, run, sparql
from kg.rdf.turtle import to_turtle
from kg.store import Store, disk
from tests.samples import small_graph
from tests.store.conftest import seeds as seeds

GRAPH = small_graph()
FOX, HOSTILE = "Fox Transformer: Quick Detection", GRAPH.papers["paper/10.1234/hostile"].paper.title
ARGS: dict[str, list[str]] = {
    "by-year": ["rare trick"],
    "compared-with": ["rare trick"],
    "evaluated-on": ["MeadowNet"],
    "evidence": ["10.1234/hostile", "rare trick"],
    "narrower-than": ["ViT"],
    "papers-using": ["vision transformers"],
    "results-on": ["meadow-net"],
    "rising": ["2023", "3"],
    "sharing": ["2", "2401.00001"],
    "tasks-addressed-with": ["rare trick"],
    "untried-on": ["MeadowNet"],
    "used-with": ["inductive bias", "2"],
    "who-introduced": ["fox-transformer"],
}


def _column(answer: Answer, name: str) -> list[object]:
    return [row[name] for row in answer.python()]


@pytest.mark.parametrize("asked", list_questions(), ids=lambda asked: asked.name)
def test_every_question_can_be_asked_and_says_what_it_is(asked: Question) -> None:
    answer = run(GRAPH, asked.name, ARGS.get(asked.name, []))
    assert answer.kind == "select" and answer.variables
    assert asked.title and asked.example.startswith(f"kg query {asked.name}")
    assert "ORDER BY" in asked.sparql  # rows in a fixed order
    assert len(ARGS.get(asked.name, [])) >= sum(not p.default for p in asked.parameters)


def test_the_questions_that_were_promised_are_there() -> None:
    names = {asked.name for asked in list_questions()}
    promised = {
        "papers-using",
        "who-introduced",
        "evaluated-on",
        "sharing",
        "most-shared",
        "results-on",
        "narrower-than",
    }
    assert promised | {"tasks-addressed-with", "evidence", "papers-with-code"} <= names


def test_papers_using_names_the_role() -> None:
    answer = run(GRAPH, "papers-using", ["ViT"])
    assert list(zip(_column(answer, "title"), _column(answer, "role"), strict=True)) == [
        (HOSTILE, "mentions"),
        (FOX, "uses"),
    ]


def test_who_introduced_names_paper_authors_and_words() -> None:
    (row,) = run(GRAPH, "who-introduced", ["fox transformers"]).python()
    assert (row["title"], row["year"], row["authors"], row["quote"]) == (
        FOX,
        2024,
        "Ada Lovelace, Grace Hopper",
        "Fox Transformer",
    )


def test_sharing_says_why() -> None:
    (row,) = run(GRAPH, "sharing", ["2", "2401.00001"]).python()
    assert (row["title"], row["shared"], row["weight"], row["why"]) == (HOSTILE, 2, 0.57, "rare trick, MeadowNet")
    assert run(GRAPH, "sharing", ["3", "2401.00001"]).rows == ()


def test_evidence_gives_words_and_sentence() -> None:
    (row,) = run(GRAPH, "evidence", ARGS["evidence"]).python()
    assert row["quote"] == "rare trick" and row["role"] == "comparesWith"
    assert row["sentence"] == "The rare trick and vision transformers are compared."
    assert (row["field"], row["start"], row["end"], row["sentenceStart"], row["sentenceEnd"]) == (
        "abstract",
        4,
        14,
        0,
        52,
    )


def test_results_counts_and_code() -> None:
    (row,) = run(GRAPH, "results-on", ["MeadowNet"]).python()
    assert (row["metric"], row["value"], row["unit"], row["method"]) == ("accuracy", 91.5, "%", "Fox Transformer")
    assert _column(run(GRAPH, "papers-with-code"), "code") == ["https://github.com/fox/fox"]
    assert _column(run(GRAPH, "most-shared", ["1"]), "label") == ["MeadowNet"]
    assert _column(run(GRAPH, "narrower-than", ["ViT"]), "label") == ["Fox Transformer"]
    assert _column(run(GRAPH, "tasks-addressed-with", ["rare trick"]), "task") == ["object detection"]
    assert run(GRAPH, "by-year", ["rare trick"]).python() == [{"year": 2023, "papers": 1}, {"year": 2024, "papers": 1}]


def test_a_store_answers_as_the_graph_does() -> None:
    store = Store.from_turtle(to_turtle(GRAPH))
    assert run(store, "papers-using", ["ViT"]) == run(GRAPH, "papers-using", ["ViT"])


@pytest.mark.parametrize(
    "name", ['x> } INSERT DATA { <urn:a> <urn:b> "c', "\\u003E", "{{x}}", "'; DROP", "> ?s . SERVICE <http://x/"]
)
def test_what_is_typed_never_becomes_sparql(name: str) -> None:
    with pytest.raises(NotFoundError):
        run(GRAPH, "papers-using", [name])


@pytest.mark.parametrize("number", ["1 } ", "-1", "1.5", "", "ten", "١"])
def test_a_number_is_a_whole_number(number: str) -> None:
    with pytest.raises(UsageError, match="whole number"):
        run(GRAPH, "sharing", [number, "2401.00001"])


def test_ids_with_signs_that_iris_cannot_hold_are_encoded() -> None:
    from kg.graph import KnowledgeGraph
    from kg.model import Paper, PaperNode

    paper = PaperNode("paper/10.1/<a>{x}", Paper("1", "Odd One", "", doi="10.1/<a>{x}"))
    text = sparql(KnowledgeGraph([paper], [], [], []), question("sharing"), ["1", "Odd One"])
    assert "<https://w3id.org/papers-kg/id/paper/10.1/%3Ca%3E%7Bx%7D>" in text


def test_errors_say_what_would_do() -> None:
    with pytest.raises(UsageError, match="choose from by-year"):
        run(GRAPH, "who-invented", ["ViT"])
    with pytest.raises(UsageError, match="kg query sharing N P"):
        run(GRAPH, "sharing", ["1"])
    with pytest.raises(UsageError, match=r"kg query most-shared \[N\]"):
        run(GRAPH, "most-shared", ["1", "2"])
    with pytest.raises(NotFoundError, match="is no dataset"):
        run(GRAPH, "evaluated-on", ["ViT"])
    with pytest.raises(NotFoundError, match="MeadowNet"):
        run(GRAPH, "evaluated-on", ["MeadowNett"])


# what is asked of both forms of a question, on the graph of the seeds
ASKED: dict[str, list[list[str]]] = {
    "by-year": [["transformer"], ["ImageNet"]],
    "compared-with": [["DeiT"], ["vision transformer"]],
    "evaluated-on": [["ImageNet"], ["CIFAR-10"]],
    "methods-on-datasets": [["7"], ["1000"]],
    "most-shared": [["5"], ["500"]],
    "papers-using": [["transformer"], ["accuracy"], ["image classification"]],
    "papers-with-code": [[]],
    "rare-techniques": [["3"], ["500"]],
    "results-on": [["ImageNet"]],
    "rising": [["2020", "5"], ["2024", "1000"], ["1900"], ["2100"]],
    "tasks-addressed-with": [["transformer"], ["convolutional neural network"]],
    "untried-on": [["ImageNet", "5"], ["ImageNet", "1000"]],
    "used-with": [["transformer", "10"], ["accuracy", "1000"]],
}


@pytest.mark.parametrize("asked", [q for q in list_questions() if q.sql], ids=lambda asked: asked.name)
def test_both_forms_of_a_question_give_the_same_rows(asked: Question, seeds: Path) -> None:
    folder = disk.folder_of(seeds / "kg.ttl")
    kept = disk.open_disk_at(folder)
    with_index, without = Store(kept.triples, kept), Store(kept.triples)
    for args in ASKED[asked.name]:
        answer = run(with_index, asked.name, args)
        assert answer == run(without, asked.name, args)
        assert answer.variables and (answer.rows or args[:1] == ["2100"])


def test_years_and_rare_techniques_by_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LARGE", 0)
    (tmp_path / "kg.ttl").write_bytes(to_turtle(GRAPH))
    store = Store.open(tmp_path)
    assert store.index is not None
    for asked in list_questions():
        assert run(store, asked.name, ARGS.get(asked.name, [])) == run(GRAPH, asked.name, ARGS.get(asked.name, []))
