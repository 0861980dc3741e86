from __future__ import annotations

import dataclasses

from hypothesis import given

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Mention, Paper, PaperNode, Result
from kg.rdf.statements import TYPE, Mentions, P, statements
from kg.rdf.terms import Iri, Literal, Term
from kg.vocab import BASE, PREDICATES, Kind, Role, expand
from tests.rdf.strategies import graphs
from tests.samples import small_graph

FOX = BASE + "paper/2401.00001"


def _said(graph: KnowledgeGraph, mentions: Mentions = "best") -> dict[str, set[tuple[str, Term]]]:
    names = {iri: name for name, iri in P.items()} | {TYPE: "a"}
    return {s.value: {(names[p], o) for p, o in pairs} for s, pairs in statements(graph, mentions=mentions)}


def test_a_role_comes_with_mentions() -> None:
    said = _said(small_graph())[FOX]
    fox = Iri(BASE + "method/fox-transformer")
    assert {("kg:proposes", fox), ("kg:mentions", fox)} <= said
    assert ("kg:uses", fox) not in said


def test_a_plain_mention_is_only_kg_mentions() -> None:
    said = _said(small_graph())[BASE + "paper/10.1234/hostile"]
    vit = Iri(BASE + "method/vision-transformer")
    assert [name for name, thing in said if thing == vit] == ["kg:mentions"]


def test_individuals_have_their_own_the_aligned_and_the_entity_classes() -> None:
    said = _said(small_graph())
    types = {
        local: {t.value for p, t in said[BASE + local] if p == "a"}
        for local in ("task/object-detection", "method/rare-trick")
    }
    both = {expand("kg:Entity"), expand("skos:Concept")}
    assert types["task/object-detection"] == {expand("kg:Task"), expand("mls:Task"), *both}
    assert types["method/rare-trick"] == {expand("kg:Method"), *both}


def test_links_are_written_both_ways_with_their_parts_and_both_papers_words() -> None:
    said = _said(small_graph())
    other = BASE + "paper/10.1234/hostile"
    assert ("kg:sharesTechniqueWith", Iri(other)) in said[FOX]
    assert ("kg:sharesTechniqueWith", Iri(FOX)) in said[other]
    link = BASE + "link/10.1234/hostile--2401.00001"
    assert {("kg:paper", Iri(FOX)), ("kg:paper", Iri(other)), ("kg:shared", Iri(link + "/method/rare-trick"))} <= said[
        link
    ]
    part = said[link + "/method/rare-trick"]
    assert {thing.value for name, thing in part if name == "kg:evidence"} == {
        BASE + "mention/2401.00001/uses/method/rare-trick/abstract-68-78",
        BASE + "mention/10.1234/hostile/comparesWith/method/rare-trick/abstract-4-14",
    }


def test_authors_are_persons_of_one_paper_with_a_position() -> None:
    said = _said(small_graph())
    second = said[BASE + "person/2401.00001/2"]
    assert ("foaf:name", Literal("Grace Hopper")) in second
    assert ("kg:position", Literal("2", expand("xsd:integer"))) in second


def _mention(start: int, role: Role, confidence: float) -> Mention:
    return Mention(Kind.METHOD, "x" * 3, "abstract", start, start + 3, role, "method/x", "lexicon", confidence, (0, 12))


def _one_fact(*mentions: Mention) -> KnowledgeGraph:
    paper = PaperNode("paper/a", Paper("a", "A", "xxx xxx xxx."))
    fact = Fact("paper/a", "method/x", mentions[0].role, mentions[0].confidence, mentions)
    return KnowledgeGraph([paper], [Entity("method/x", "x", Kind.METHOD, "x", paper_count=1)], [fact], [])


def test_best_writes_one_mention_of_each_role_and_all_writes_every_one() -> None:
    graph = _one_fact(_mention(0, Role.USES, 0.9), _mention(4, Role.USES, 0.8), _mention(8, Role.MENTIONS, 0.5))
    best = [iri for iri in _said(graph) if "/mention/" in iri]
    assert best == [BASE + "mention/a/mentions/method/x/abstract-8-11", BASE + "mention/a/uses/method/x/abstract-0-3"]
    assert sum("/mention/" in iri for iri in _said(graph, "all")) == 3


def test_the_same_words_read_twice_are_one_mention_the_better_one() -> None:
    twice = dataclasses.replace(_mention(0, Role.USES, 0.4), extractor="cues")
    said = _said(_one_fact(_mention(0, Role.USES, 0.9), twice), "all")
    mention = said[BASE + "mention/a/uses/method/x/abstract-0-3"]
    assert [t.value for name, t in mention if name == "kg:extractor"] == ["lexicon"]


def test_two_measures_of_one_number_are_one_result() -> None:
    result = Result("3", "", "", "3", "", "metric/a", "", "", "abstract", 0, 1, "results", 0.8, (0, 1))
    other = dataclasses.replace(result, metric="metric/b")
    entities = [Entity(f"metric/{n}", n, Kind.METRIC, n) for n in "ab"]
    graph = KnowledgeGraph([PaperNode("paper/a", Paper("a", "A", "3 4"), (result, other))], entities, [], [])
    said = _said(graph)[BASE + "result/a/abstract-0-1"]
    assert {thing.value for name, thing in said if name == "kg:metric"} == {BASE + "metric/a", BASE + "metric/b"}
    assert ("kg:quote", Literal("3")) in said


def test_numbers_are_canonical() -> None:
    said = {pair for pairs in _said(small_graph()).values() for pair in pairs}
    written = {thing.value for name, thing in said if name in ("kg:weight", "kg:confidence", "kg:value")}
    assert written == {"0.57", "0.32", "0.25", "0.9", "0.6", "0.55", "0.8", "91.5"}


def test_the_base_gets_its_slash() -> None:
    graph = small_graph()
    moved = KnowledgeGraph(
        graph.papers.values(), graph.entities.values(), graph.facts, graph.links, base="https://x.org/kg"
    )
    assert all(subject.value.startswith("https://x.org/kg/") for subject, _ in statements(moved))


def test_papers_whose_ids_begin_alike_stay_in_order() -> None:
    found = [_mention(0, Role.USES, 0.9), _mention(4, Role.MENTIONS, 0.9)]
    ids = ["paper/10.1/x", "paper/10.1/x/m", "paper/10.1/x-y", "paper/10.1"]
    papers = [PaperNode(i, Paper(i, i, "xxx xxx")) for i in ids]
    facts = [Fact(i, "method/x", Role.USES, 0.9, tuple(found)) for i in ids]
    graph = KnowledgeGraph(papers, [Entity("method/x", "x", Kind.METHOD, "x")], facts, [])
    subjects = [subject.value for subject, _ in statements(graph)]
    assert subjects == sorted(subjects) and len(subjects) == 1 + 4 + 8


@given(graphs())
def test_subjects_come_once_and_in_order_and_predicates_are_known(graph: KnowledgeGraph) -> None:
    known = {expand(predicate.name) for predicate in PREDICATES} | {TYPE.value}
    subjects = []
    for subject, pairs in statements(graph, mentions="all"):
        subjects.append(subject.value)
        assert {predicate.value for predicate, _ in pairs} <= known
    assert subjects == sorted(set(subjects))
