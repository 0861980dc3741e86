from __future__ import annotations

import gc
import json
import random
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.model import Problem
from kg.pipeline import ExtractedRecord, build, extract, plan
from kg.rdf.turtle import to_turtle

PAPERS = [
    {
        "title": "FoxNet: Fast Detection of Foxes",
        "abstract": "We propose FoxNet, a vision transformer. It uses LoRA on MS COCO. GRFT helps.",
    },
    {"title": "On Tracing", "abstract": "We propose gradient fox tracing (GRFT). We evaluate on ImageNet with LoRA."},
    {"title": "HareNet", "abstract": "HareNet outperforms FoxNet by 2.1% in accuracy. We use LoRA and GRFT."},
    {"title": "harenet", "abstract": "Short."},
]


def write(folder: Path, papers: list[dict[str, str]], name: str = "papers.jsonl") -> str:
    file = folder / name
    file.write_text("".join(json.dumps(p) + "\n" for p in papers), encoding="utf-8")
    return str(file)


def test_papers_in_a_graph_out(tmp_path: Path) -> None:
    built = build([write(tmp_path, PAPERS)])
    assert (built.records, built.duplicates, built.problems) == (4, 1, [])
    assert len(built.graph.papers) == 3
    assert built.graph.find("GRFT") == built.graph.find("gradient fox tracing")
    assert len(built.graph.links) >= 2
    assert {where.line for _, where in built.origins} == {1, 2, 3, 4}


def test_the_bytes_do_not_depend_on_order_files_or_workers(tmp_path: Path) -> None:
    expected = to_turtle(build([write(tmp_path, PAPERS)]).graph)
    shuffled = PAPERS[:]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    one, two = write(tmp_path, shuffled[:2], "one.jsonl"), write(tmp_path, shuffled[2:], "two.jsonl")
    assert to_turtle(build([two, one]).graph) == expected


def test_workers_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path, PAPERS)
    expected = to_turtle(build([source], workers=1).graph)
    monkeypatch.setattr("kg.workers.SMALL", 1)
    assert to_turtle(build([source], workers=2).graph) == expected
    monkeypatch.setattr("threading.active_count", lambda: 2)  # so that workers are spawned, not forked
    assert to_turtle(build([source], workers=2).graph) == expected


def test_without_the_tagger_lists_and_patterns_alone_are_read_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(
        tmp_path, [*PAPERS, {"title": "Parsing", "abstract": "A chart parser for machine translation by BLEU."}]
    )

    def by_tagger(*, tagger: bool, workers: int) -> int:
        found = [
            item for item in extract([source], workers=workers, tagger=tagger) if isinstance(item, ExtractedRecord)
        ]
        assert sum(len(item.extraction.mentions) for item in found) > 5
        return sum(m.extractor == "tagger" for item in found for m in item.extraction.mentions)

    assert by_tagger(tagger=True, workers=1) > 0 == by_tagger(tagger=False, workers=1)
    assert len(kg.build(source, tagger=False).facts) <= len(kg.build(source).facts)
    monkeypatch.setattr("kg.workers.SMALL", 1)
    assert by_tagger(tagger=True, workers=2) > 0 == by_tagger(tagger=False, workers=2)


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    build([write(tmp_path, PAPERS)], workers=1)
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_min_confidence_drops_mentions(tmp_path: Path) -> None:
    source = write(tmp_path, PAPERS)
    everything, sure = build([source]).graph, build([source], min_confidence=0.9).graph
    assert 0 < len(sure.facts) < len(everything.facts)
    assert all(m.confidence >= 0.9 for f in sure.facts for m in f.mentions)


def test_decisions_survive_rebuilds(tmp_path: Path) -> None:
    source = write(tmp_path, PAPERS)
    said = tmp_path / "decisions.txt"
    said.write_text('not-an-entity "LoRA"\ntype "FoxNet" Dataset\n', encoding="utf-8")
    for _ in range(2):
        graph = build([source], decisions=str(said)).graph
        assert not graph.find("LoRA")
        assert graph.find("FoxNet")[0].startswith("dataset/")


def test_a_user_s_vocabulary_comes_first(tmp_path: Path) -> None:
    ours = tmp_path / "ours.ttl"
    ours.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://foxes.example/gft> a skos:Concept ; skos:prefLabel "great fox theory" ; skos:altLabel "GRFT" .\n',
        encoding="utf-8",
    )
    graph = build([write(tmp_path, PAPERS[:1])], vocabularies=[str(ours)]).graph
    assert graph.find("GRFT") == ["concept/gft"]


def test_extract_gives_one_for_one_in_input_order(tmp_path: Path) -> None:
    items = list(extract([write(tmp_path, [*PAPERS, {"year": "2020"}])]))
    assert [i.paper.title for i in items if isinstance(i, ExtractedRecord)] == [p["title"] for p in PAPERS]
    assert [i.where.line for i in items if isinstance(i, Problem)] == [5]


def test_a_plan_counts_what_is_there(tmp_path: Path) -> None:
    made = plan([write(tmp_path, PAPERS)])
    assert (made.files, made.papers) == (1, 4)
    assert made.seconds > 0


def test_foreign_text_and_unknown_fields_are_warned_of(tmp_path: Path) -> None:
    words = "le renard brun saute par dessus les chiens paresseux et puis il dort dans son lit " * 4
    built = build([write(tmp_path, [{"title": "Un renard", "abstract": words}])])
    assert any("English" in warning for warning in built.warnings)
    assert any("vocabulary" in warning for warning in built.warnings)


def test_missing_sources_are_an_error() -> None:
    with pytest.raises(InputError):
        build(["no/such/file.jsonl"])


def test_the_python_door(tmp_path: Path) -> None:
    graph = kg.build(write(tmp_path, PAPERS))
    assert graph.query("SELECT ?p WHERE { ?p a kg:Paper }")
    assert graph.to_networkx().number_of_nodes() == len(graph.papers) + len(graph.entities)


def test_base_iris_end_in_a_separator(tmp_path: Path) -> None:
    assert b"<https://foxes.example/kg/paper/" in _bytes(
        build([write(tmp_path, PAPERS)], base_iri="https://foxes.example/kg").graph
    )


def _bytes(graph: kg.KnowledgeGraph) -> bytes:
    text = to_turtle(graph)
    return text if isinstance(text, bytes) else text.encode()


def test_a_paper_with_two_names_of_one_thing_counts_once(tmp_path: Path) -> None:
    papers = [
        {
            "title": "One",
            "abstract": "We propose fox net tuning. Then fox nettuning is used, and fox net tuning again.",
        },
        {"title": "Two", "abstract": "We propose fox net tuning for foxes."},
    ]
    graph = build([write(tmp_path, papers)]).graph
    for entity in graph.entities.values():
        assert entity.paper_count == len({fact.paper for fact in graph.facts_of(entity.id)})
