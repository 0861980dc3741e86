"""What is shown of a part of a graph is what is shown of it in the whole graph."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.cli.portrait import entity_lines, paper_lines
from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.paths import strongest_path
from kg.store import Store
from kg.store.chain import strongest_chain
from kg.store.names import names_of
from kg.store.parts import chain_part, entity_part, linked_part, paper_part
from kg.vocab import Role


@pytest.fixture(scope="module", params=["memory", "disk"])
def store(request: pytest.FixtureRequest, in_memory: Store, on_disk: Store) -> Store:
    return in_memory if request.param == "memory" else on_disk


def test_a_paper(store: Store, seeds_graph: KnowledgeGraph) -> None:
    for node in list(seeds_graph.papers)[::10]:
        part = paper_part(store, names_of(store), node)
        assert list(paper_lines(part, node, [])) == list(paper_lines(seeds_graph, node, []))
        assert part.papers[node] == seeds_graph.papers[node]


def test_an_entity(store: Store, seeds_graph: KnowledgeGraph) -> None:
    common = sorted(seeds_graph.entities.values(), key=lambda entity: -entity.paper_count)
    for entity in [*common[:4], *common[100:600:100]]:
        part = entity_part(store, names_of(store), entity.id, top=None)
        counts = dict.fromkeys(Role, 0)
        for fact in seeds_graph.facts_of(entity.id):
            counts[fact.role] += 1
        assert {role: n for role, n in counts.items() if n} == {role: n for role, n in part.counts.items() if n}
        expected = list(entity_lines(seeds_graph, entity.id, (), counts=counts))
        assert list(entity_lines(part.graph, entity.id, (), counts=part.counts)) == expected


def test_only_the_surest_statements_of_an_entity(store: Store, seeds_graph: KnowledgeGraph) -> None:
    entity = max(seeds_graph.entities.values(), key=lambda entity: entity.paper_count)
    part = entity_part(store, names_of(store), entity.id, top=2)
    for role in Role:
        whole = [fact for fact in seeds_graph.facts_of(entity.id) if fact.role is role]
        surest = sorted(whole, key=lambda fact: (-fact.confidence, fact.paper))[:2]
        found = [fact for fact in part.graph.facts_of(entity.id) if fact.role is role]
        assert sorted(found, key=lambda fact: fact.paper) == sorted(surest, key=lambda fact: fact.paper)
    lines = "\n".join(entity_lines(part.graph, entity.id, (), counts=part.counts))
    assert f"... and {part.counts[Role.USES] - 2} more" in lines


def test_the_papers_a_paper_is_linked_to(store: Store, seeds_graph: KnowledgeGraph) -> None:
    node = max(seeds_graph.papers, key=lambda paper: len(seeds_graph.links_of(paper)))
    assert linked_part(store, names_of(store), node).links_of(node) == seeds_graph.links_of(node)


def _cost(graph: KnowledgeGraph, nodes: list[str]) -> float:
    from kg.paths import _network

    network = _network(graph)
    return sum(network.edges[a, b]["cost"] for a, b in pairwise(nodes))


def test_the_strongest_chain(store: Store, seeds_graph: KnowledgeGraph) -> None:
    nodes = [*seeds_graph.papers, *seeds_graph.entities]
    names = names_of(store)
    for a, b in zip(nodes[::97], nodes[50::97], strict=False):
        chain = strongest_chain(store, names, a, b)
        steps = strongest_path(seeds_graph, a, b)
        assert (chain[0], chain[-1]) == (a, b)
        assert _cost(seeds_graph, chain) == pytest.approx(_cost(seeds_graph, [a, *(step.target for step in steps)]))
        part = chain_part(store, names, chain)
        assert [step.target for step in strongest_path(part, a, b)] == chain[1:]


def test_a_chain_to_itself_and_none_at_all() -> None:
    from kg.rdf.turtle import to_turtle
    from tests.samples import small_graph

    store = Store.from_turtle(to_turtle(small_graph()))
    names = names_of(store)
    assert strongest_chain(store, names, "method/rare-trick", "method/rare-trick") == ["method/rare-trick"]
    with pytest.raises(NotFoundError, match="nothing connects"):
        strongest_chain(store, names, "method/rare-trick", "paper/nothing-in-common-0a1b2c3d")
