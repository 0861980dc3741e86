from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from kg.answers import Answer
from kg.errors import NotFoundError, UsageError
from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Paper, PaperNode, Shared
from kg.query import Question, list_questions, question, run, sparql
from kg.rdf.turtle import to_turtle
from kg.store import Store, disk, index
from kg.store.survey import survey
from kg.vocab import ROLES_BY_KIND, Kind
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
        assert answer.variables


def _indexed(folder: Path, turtle: bytes) -> Store:
    """A store in memory that has an index all the same."""
    (folder / "kg.ttl").write_bytes(turtle)
    index.build(folder / "index.sqlite", folder / "kg.ttl", survey(folder / "kg.ttl"))
    triples = pyoxigraph.Store()
    triples.load(turtle, pyoxigraph.RdfFormat.TURTLE)
    return Store(triples, disk.Disk(triples, len(triples), index.open_index(folder / "index.sqlite")))


def test_the_index_answers_as_the_graph_does(tmp_path: Path) -> None:
    store = _indexed(tmp_path, to_turtle(GRAPH))
    for asked in list_questions():
        assert run(store, asked.name, ARGS.get(asked.name, [])) == run(GRAPH, asked.name, ARGS.get(asked.name, []))


def _library() -> KnowledgeGraph:
    """Papers of several years that have some of a dozen things each; two of these are shared by two papers alone."""
    kinds = [Kind.METHOD] * 6 + [Kind.DATASET] * 3 + [Kind.TASK] * 3
    names = [f"{kind.value.lower()}/thing-{at}" for at, kind in enumerate(kinds)]
    papers = [PaperNode(f"paper/{at}", Paper(str(at), f"Title {at}", "", year=2018 + at % 5)) for at in range(24)]
    had = {
        node.id: [name for at, name in enumerate(names) if (number * 7 + at * 5) % 11 < 3]
        for number, node in enumerate(papers)
    }
    rare = ("method/rare-1", "method/rare-2")
    for name, pair in zip(rare, (("paper/3", "paper/4"), ("paper/3", "paper/9")), strict=True):
        for paper in pair:
            had[paper].append(name)
    kind_of = dict(zip(names, kinds, strict=True)) | dict.fromkeys(rare, Kind.METHOD)
    roles = {
        paper: {name: ROLES_BY_KIND[kind_of[name]][(len(paper) + len(name)) % 2] for name in own}
        for paper, own in had.items()
    }
    count = Counter(name for own in had.values() for name in own)
    entities = [Entity(name, name, kind, f"Thing {name}", paper_count=count[name]) for name, kind in kind_of.items()]
    facts = [Fact(paper, name, role, 0.5, ()) for paper, own in roles.items() for name, role in own.items()]
    links = [
        Link("paper/3", "paper/4", 0.9, (Shared(rare[0], 0.9),)),
        Link("paper/3", "paper/9", 0.8, (Shared(rare[1], 0.8),)),
    ]
    return KnowledgeGraph(papers, entities, facts, links)


def test_the_index_counts_years_and_what_two_papers_share(tmp_path: Path) -> None:
    library = _library()
    store = _indexed(tmp_path, to_turtle(library))
    asked = {
        "by-year": [["Thing method/thing-1"], ["Thing method/rare-1"]],
        "rising": [["2019"], ["2020", "3"], ["2022", "1000"], ["1900"], ["2100"]],
        "rare-techniques": [["1"], ["9"]],
        "untried-on": [["Thing dataset/thing-6"], ["Thing dataset/thing-7", "2"]],
        "methods-on-datasets": [["4"], ["400"]],
    }
    for name, several in asked.items():
        answers = [(run(store, name, args), run(library, name, args)) for args in several]
        assert all(answer == expected for answer, expected in answers), name
        assert any(answer.rows for answer, _ in answers), name
