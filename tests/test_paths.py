from __future__ import annotations

import dataclasses

import pytest

from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.model import Fact, Link
from kg.paths import name_of, quote, reason, strongest_path
from tests.samples import small_graph

FOX, HOSTILE, ALONE = "paper/2401.00001", "paper/10.1234/hostile", "paper/nothing-in-common-0a1b2c3d"


def test_a_chain_runs_over_links_and_statements() -> None:
    graph = small_graph()
    steps = strongest_path(graph, FOX, "concept/inductive-bias")
    assert [(step.source, step.target) for step in steps] == [(FOX, HOSTILE), (HOSTILE, "concept/inductive-bias")]
    assert reason(graph, steps[0]) == "both have rare trick, MeadowNet"
    assert reason(graph, steps[1]) == "about inductive bias"
    assert isinstance(steps[0].because, Link)
    assert isinstance(steps[1].because, Fact)
    assert quote(graph, steps[1].because) == "We study inductive bias on MeadowNet."


def test_the_chain_back_is_the_same_chain() -> None:
    graph = small_graph()
    there = strongest_path(graph, FOX, "concept/inductive-bias")
    back = strongest_path(graph, "concept/inductive-bias", FOX)
    assert [step.because for step in back] == [step.because for step in reversed(there)]


def test_a_stronger_link_is_preferred_to_a_statement_and_the_other_way_round() -> None:
    graph = small_graph()
    weak = [dataclasses.replace(link, weight=0.01) for link in graph.links]
    weakened = KnowledgeGraph(graph.papers.values(), graph.entities.values(), graph.facts, weak)
    steps = strongest_path(weakened, FOX, HOSTILE)
    assert len(steps) == 2
    assert all(isinstance(step.because, Fact) for step in steps)


def test_nothing_to_walk_from_a_node_to_itself() -> None:
    assert strongest_path(small_graph(), FOX, FOX) == []


def test_what_nothing_connects_is_named() -> None:
    with pytest.raises(NotFoundError, match=r"Fox Transformer.*Nothing in Common.*nothing connects"):
        strongest_path(small_graph(), FOX, ALONE)


def test_names() -> None:
    graph = small_graph()
    assert name_of(graph, FOX) == "Fox Transformer: Quick Detection"
    assert name_of(graph, "metric/accuracy") == "accuracy"


def test_a_statement_without_a_mention_has_no_quote() -> None:
    fact = dataclasses.replace(small_graph().facts[0], mentions=())
    assert quote(small_graph(), fact) == ""
