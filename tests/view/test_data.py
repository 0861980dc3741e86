"""What the page is told of a graph: nodes, edges, and evidence as spans that lead back to the very words."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.view.data import PageData, collect
from kg.vocab import Role
from tests.samples import small_graph
from tests.view.big import big_graph
from tests.view.reading import unpack


@pytest.fixture(scope="module", params=["small", "big"])
def both(request: pytest.FixtureRequest) -> tuple[KnowledgeGraph, PageData]:
    graph = small_graph() if request.param == "small" else big_graph()
    return graph, collect(graph)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def _cut(text: str, start: int, length: int) -> str:
    return _units(text)[2 * start : 2 * (start + length)].decode("utf-16-le")


def test_every_paper_and_entity_is_a_node(both: tuple[KnowledgeGraph, PageData]) -> None:
    graph, data = both
    assert [node["id"] for node in data.nodes] == list(range(len(graph.papers) + len(graph.entities)))
    titles = [node.paper.title for node in graph.papers.values()]
    assert [node["label"] for node in data.nodes] == titles + [entity.label for entity in graph.entities.values()]
    kinds: Any = data.outline["kinds"]
    groups = [0] * len(graph.papers) + [1 + kinds.index(entity.kind.value) for entity in graph.entities.values()]
    assert [node["group"] for node in data.nodes] == groups


def test_positions_are_whole_numbers_and_nobody_stands_on_another(both: tuple[KnowledgeGraph, PageData]) -> None:
    _, data = both
    places = [(node["x"], node["y"]) for node in data.nodes if not node["group"]]
    among = [(node["tx"], node["ty"]) for node in data.nodes if node["group"]]
    for spots in (places, among):
        assert len(set(spots)) == len(spots)
        assert all(isinstance(value, int) for spot in spots for value in spot)


def test_edges_say_what_the_graph_says(both: tuple[KnowledgeGraph, PageData]) -> None:
    graph, data = both
    types: Any = data.outline["types"]
    number = {node: n for n, node in enumerate([*graph.papers, *graph.entities])}
    stated = {(edge["from"], edge["to"], types[edge["type"]]) for edge in data.edges}
    assert {(number[f.paper], number[f.entity], f.role.value) for f in graph.facts} <= stated
    links = [edge for edge in data.edges if types[edge["type"]] == "link"]
    shared = unpack(str(data.details["shared"]))
    at = 0
    for link in links:
        entities = shared[at + 1 : at + 1 + 2 * shared[at] : 2]
        known = next(known for known in graph.links if (number[known.a], number[known.b]) == (link["from"], link["to"]))
        assert entities == [number[one.entity] for one in known.shared]
        at += 1 + 2 * shared[at]
    assert at == len(shared)
    assert {(edge["from"], edge["to"]) for edge in links} <= {(number[link.a], number[link.b]) for link in graph.links}


def test_spans_lead_to_the_words_of_every_mention(both: tuple[KnowledgeGraph, PageData]) -> None:
    graph, data = both
    papers: Any = data.details["papers"]
    for node, told in zip(graph.papers.values(), papers, strict=True):
        facts = graph.facts_of(node.id)
        numbers = iter(unpack(told.get("facts", "")))
        start = 0
        for fact in facts:
            assert (next(numbers), next(numbers)) == (round(100 * fact.confidence), len(fact.mentions))
            for mention in fact.mentions:
                what, step, length = next(numbers), next(numbers), next(numbers)
                start += -(step + 1) // 2 if step % 2 else step // 2
                assert what % 2 == (mention.field == "title")
                assert what // 2 == (0 if mention.role is fact.role else 1 + list(Role).index(mention.role))
                text = node.paper.title if what % 2 else node.paper.abstract
                assert _cut(text, start, length) == mention.text
        assert next(numbers, None) is None


def test_spans_count_as_the_page_does_beyond_the_basic_plane() -> None:
    from kg.view.details import utf16

    text = "a𝔘b𝔘"
    at = utf16(text)
    assert [at(n) for n in range(len(text) + 1)] == [len(_units(text[:n])) // 2 for n in range(len(text) + 1)]


def test_links_of_a_paper_are_bounded() -> None:
    from kg.model import Link
    from kg.view.ties import PER_PAPER, paper_ties

    number = {f"paper/{n}": n for n in range(60)}
    links = [Link(a, b, 1 / (number[a] + number[b] + 1), ()) for a in number for b in number if number[a] < number[b]]
    ties = paper_ties(links, number)
    assert len(ties) <= PER_PAPER * 60
    assert {n for tie in ties for n in (tie.a, tie.b)} == set(range(60))


def test_topics_are_named_by_what_sets_them_apart() -> None:
    graph = big_graph()
    data = collect(graph)
    topics: Any = data.outline["topics"]
    assert len(topics) >= 3
    leading = [term for topic in topics for term in topic["terms"][:2]]
    assert len(set(leading)) == len(leading)
    members = [node["topic"] for node in data.nodes if not node["group"]]
    assert [members.count(n) for n in range(len(topics))] == [topic["size"] for topic in topics]
