from __future__ import annotations

import dataclasses

from kg.diff import counts, diff
from kg.graph import KnowledgeGraph
from kg.vocab import Kind, Role
from tests.samples import small_graph

ALONE = "paper/nothing-in-common-0a1b2c3d"


def _without_a_paper(graph: KnowledgeGraph, paper: str) -> KnowledgeGraph:
    papers = [node for node in graph.papers.values() if node.id != paper]
    facts = [fact for fact in graph.facts if fact.paper != paper]
    links = [link for link in graph.links if paper not in (link.a, link.b)]
    return KnowledgeGraph(papers, graph.entities.values(), facts, links)


def test_a_graph_does_not_differ_from_itself() -> None:
    assert diff(small_graph(), small_graph()) == []


def test_papers_come_and_go() -> None:
    less = _without_a_paper(small_graph(), ALONE)
    assert [str(change) for change in diff(small_graph(), less)] == [
        "- paper: Nothing in Common [nothing-in-common-0a1b2c3d]"
    ]
    assert [change.sign for change in diff(less, small_graph())] == ["+"]


def test_statements_of_a_paper_that_went_are_not_told_one_by_one() -> None:
    changes = diff(small_graph(), _without_a_paper(small_graph(), "paper/2401.00001"))
    assert [(change.sign, change.what) for change in changes] == [("-", "paper")]


def test_a_role_an_entity_and_a_link_change() -> None:
    old = small_graph()
    facts = [dataclasses.replace(f, role=Role.USES) if f.role is Role.PROPOSES else f for f in old.facts]
    entities = [
        dataclasses.replace(e, label="ViT", aliases=("vision transformer",), kind=Kind.CONCEPT)
        if "ViT" in e.aliases
        else e
        for e in old.entities.values()
    ]
    links = [dataclasses.replace(link, weight=0.9) for link in old.links]
    changes = diff(old, KnowledgeGraph(old.papers.values(), entities, facts, links))
    entity, statement, link = map(str, changes)
    assert entity.startswith("~ entity: ViT, a Concept [method/vision-transformer] (was called vision transformer;")
    assert statement == '~ statement: "Fox Transformer: Quick Detection" uses Fox Transformer (was proposes)'
    assert link.endswith("share rare trick, MeadowNet (weight 0.9, was 0.57)")
    assert counts(changes) == "1 entity changed, 1 statement changed, 1 link changed"


def test_a_changed_record_names_its_fields() -> None:
    old = small_graph()
    papers = [
        dataclasses.replace(node, paper=dataclasses.replace(node.paper, abstract="New.")) if node.id == ALONE else node
        for node in old.papers.values()
    ]
    (change,) = diff(old, KnowledgeGraph(papers, old.entities.values(), old.facts, old.links))
    assert change.words.endswith("(changed: abstract)")
