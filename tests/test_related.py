"""How near papers are: every score worked out by hand, on a library of five papers."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, UsageError
from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from kg.related import Measure, Relatedness
from kg.resolve.papers import citations, merge_papers
from tests.samples import small_graph

FOX, HOSTILE = "paper/2401.00001", "paper/10.1234/hostile"

# a cites b and c; d cites b, c and e; e cites a. Outside the library: a and b refer to x, b and e to y.
_REFERENCES = {
    "a": ("10.1111/b", "10.1111/c", "10.9999/X"),
    "b": ("10.9999/x", "Of Hares and Elks"),
    "c": (),
    "d": ("10.1111/b", "10.1111/c", "10.1111/e"),
    "e": ("10.1111/a", "of hares and elks."),
}


def _papers() -> list[Paper]:
    return [
        Paper(name, f"Title {name * 3}", "", doi=f"10.1111/{name}", references=said)
        for name, said in _REFERENCES.items()
    ]


def _library() -> KnowledgeGraph:
    papers = merge_papers(_papers())
    cited = citations(papers)
    return KnowledgeGraph([PaperNode(one.id, one.paper, cites=cited.get(one.id, ())) for one in papers], [], [], [])


def _scores(graph: KnowledgeGraph, paper: str, by: str) -> dict[str, float]:
    return {one.paper.removeprefix("paper/10.1111/"): one.score for one in graph.related(paper, by=by)}


def test_techniques_are_the_entities_and_then_the_words_that_both_speak_of() -> None:
    (near,) = small_graph().related(FOX, by="techniques")
    assert near.paper == HOSTILE and 0 < near.score < 1
    assert near.because == "share rare trick, MeadowNet, vision transformer"
    assert near.ties[0].shared == ("method/rare-trick", "dataset/meadow-net", "method/vision-transformer")


def test_papers_without_a_link_are_near_by_words() -> None:
    lone = PaperNode("paper/lone", Paper("lone", "Quick foxes", "Where foxes are quick, detection is slow."))
    graph = small_graph()
    graph = KnowledgeGraph([*graph.papers.values(), lone], graph.entities.values(), graph.facts, graph.links)
    (near,) = graph.related("paper/lone")
    assert (near.paper, near.because) == (FOX, "both speak of fox, quick, detection")
    assert near.ties[0].shared == ()


def test_quotes_of_both_papers() -> None:
    first, second, third = Relatedness(small_graph()).quotes(FOX, HOSTILE)
    assert [one.label for one in (first, second, third)] == ["rare trick", "MeadowNet", "vision transformer"]
    assert first.first.startswith("We propose the Fox Transformer") and first.second.startswith("The rare trick and")


def test_citations_by_hand() -> None:
    # neighbours: a: b c e, b: a d, c: a d, d: b c e, e: d a
    assert _scores(_library(), "10.1111/a", "citations") == {
        "b": round(1 / sqrt(3 * 2), 3),
        "c": round(1 / sqrt(3 * 2), 3),
        "e": round(1 / sqrt(3 * 2), 3),
    }
    because = {one.paper[-1]: one.because for one in _library().related("10.1111/a", by="citations")}
    assert because == {"b": "cited by it", "c": "cited by it", "e": "cites it"}


def test_two_that_cite_each_other() -> None:
    papers = [Paper("a", "A", "", doi="10.1111/a"), Paper("b", "B", "", doi="10.1111/b")]
    one, two = "paper/10.1111/a", "paper/10.1111/b"
    graph = KnowledgeGraph(
        [PaperNode(one, papers[0], cites=(two,)), PaperNode(two, papers[1], cites=(one,))], [], [], []
    )
    (near,) = graph.related(one, by="citations")
    assert (near.score, near.because) == (1.0, "they cite each other")


def test_cocitation_by_hand() -> None:
    # b and c are cited by a and d, e by d alone, a by e alone
    assert _scores(_library(), "10.1111/b", "cocitation") == {"c": 1.0, "e": round(1 / sqrt(2 * 1), 3)}
    assert [one.because for one in _library().related("10.1111/b", by="cocitation")] == [
        "2 papers cite both",
        "1 paper cites both",
    ]
    assert _scores(_library(), "10.1111/a", "cocitation") == {}


def test_coupling_counts_references_that_are_not_in_the_library() -> None:
    # a: b c x; b: x y; d: b c e; e: a y
    assert _scores(_library(), "10.1111/a", "coupling") == {
        "d": round(2 / 3, 3),
        "b": round(1 / sqrt(3 * 2), 3),
    }
    assert _scores(_library(), "10.1111/e", "coupling") == {"b": 0.5}


def test_all_is_the_mean_over_what_the_graph_has() -> None:
    graph = _library()
    assert Relatedness(graph).measures == (Measure.CITATIONS, Measure.COCITATION, Measure.COUPLING)
    assert _scores(graph, "10.1111/a", "all") == {
        "b": round((1 / sqrt(6) + 0 + 1 / sqrt(6)) / 3, 3),
        "d": round((2 / 3) / 3, 3),
        "c": round((1 / sqrt(6)) / 3, 3),
        "e": round((1 / sqrt(6)) / 3, 3),
    }
    assert list(_scores(graph, "10.1111/a", "all")) == ["b", "d", "c", "e"]


def test_without_citations_the_techniques_alone_decide() -> None:
    graph = small_graph()
    plain = [PaperNode(node.id, node.paper, node.results, node.urls) for node in graph.papers.values()]
    graph = KnowledgeGraph(plain, graph.entities.values(), graph.facts, graph.links)
    assert Relatedness(graph).measures == (Measure.TECHNIQUES,)
    assert graph.related(FOX) == graph.related(FOX, by="techniques")


def test_every_measure_is_the_same_in_both_directions() -> None:
    near = Relatedness(_library())
    for measure in Measure:
        pairs = {(a, one.paper): one.score for a in _library().papers for one in near.of(a, by=measure)}
        assert all(pairs[b, a] == score and 0 < score <= 1 for (a, b), score in pairs.items())


def test_unknown_papers_and_measures() -> None:
    with pytest.raises(NotFoundError):
        _library().related("no such paper at all")
    with pytest.raises(UsageError, match="no measure 'fame'"):
        _library().related("10.1111/a", by="fame")


def test_references_that_are_not_in_the_library_survive_writing_and_loading(tmp_path: Path) -> None:
    records = [
        {"title": f"Title {name * 3}", "DOI": f"10.1111/{name}", "references": list(said)}
        for name, said in _REFERENCES.items()
    ]
    # the second record of b is longer, so that its text stands, and has no references
    records.append({"title": "Title bbb", "abstract": "All of b, and more.", "DOI": "10.1111/b"})
    (tmp_path / "papers.json").write_text(json.dumps(records), encoding="utf-8")
    built = kg.build(tmp_path)
    built.write(tmp_path, ["turtle"])
    loaded = kg.load(tmp_path)
    for measure in Measure:
        assert _scores(loaded, "10.1111/a", measure) == _scores(built, "10.1111/a", measure)
    assert _scores(loaded, "10.1111/a", "coupling") == _scores(_library(), "10.1111/a", "coupling")


def test_a_title_that_a_reference_begins_with_is_found() -> None:
    cited = Paper("c", "Global, regional, and local foxes: a burden", "")
    said = "Global, regional, and local foxes: a burden, Fox (Phila), 50, pp. E128-E139, (2025)"
    papers = merge_papers([cited, Paper("a", "A", "", references=(said, "Deep foxes, Fox, 1, (2020)"))])
    (found,) = citations(papers).values()
    assert [one.split("/")[1][:15] for one in found] == ["global-regional"]
