"""Names mean the same wherever a graph is kept: `KnowledgeGraph.find` is the measure."""

from __future__ import annotations

import random

import pytest

from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.store import Store
from kg.store.names import AskedNames, IndexedNames, Names, names_of

ODD = [
    "",
    "a",
    "An",
    "the",
    "e-mail",
    "C++",
    "(self",
    "naive bayes",
    "图",
    "ViTs",
    "CNNs",
    "Image net",
    "GPT-4",
    "Pre-Training",
]


@pytest.fixture(scope="module", params=["asked", "indexed"])
def names(request: pytest.FixtureRequest, in_memory: Store, on_disk: Store) -> Names:
    return names_of(in_memory if request.param == "asked" else on_disk)


@pytest.fixture(scope="module")
def some(seeds_graph: KnowledgeGraph) -> list[str]:
    """Names of many sorts, right and nearly right."""
    chosen, found = random.Random(4), list(ODD)  # noqa: S311 - a choice, not a secret
    for entity in chosen.sample(list(seeds_graph.entities.values()), 40):
        found += [
            entity.label,
            entity.label.upper(),
            *entity.aliases[:2],
            entity.id,
            entity.id.split("/")[1],
            entity.label + "s",
        ]
    for node in chosen.sample(list(seeds_graph.papers.values()), 15):
        title = node.paper.title
        found += [title, title[:20], title.lower(), title.split()[0], node.id, node.id.removeprefix("paper/")]
    return found + [seeds_graph.base + name for name in found[20:60]]


def test_they_find_what_the_graph_finds(names: Names, some: list[str], seeds_graph: KnowledgeGraph) -> None:
    assert names.base == seeds_graph.base
    for name in some:
        for papers_only in (False, True):
            expected = seeds_graph.find(name, papers_only=papers_only)
            assert names.find(name, papers_only=papers_only) == expected, (name, papers_only)


def test_they_tell_the_kind(names: Names, seeds_graph: KnowledgeGraph) -> None:
    assert names.kind_of(next(iter(seeds_graph.papers))) == "paper"
    for node in list(seeds_graph.entities)[::200]:
        assert names.kind_of(node) == seeds_graph.entities[node].kind.value.lower()
    assert names.kind_of("method/no-such-method") == ""


def test_what_is_not_there_is_said_with_what_is_near(names: Names) -> None:
    with pytest.raises(NotFoundError, match=r"nothing called 'vision transformar' \(did you mean vision transformer"):
        names.find_one("vision transformar")
    with pytest.raises(NotFoundError, match="kg stats"):
        names.find_one("qqqqqqqqqqqq")


def test_a_store_has_the_names_that_suit_it(in_memory: Store, on_disk: Store) -> None:
    assert isinstance(names_of(in_memory), AskedNames)
    assert isinstance(names_of(on_disk), IndexedNames)


@pytest.mark.parametrize(
    "name", ['x" } . ?s ?p ?o . {', "\\u0022", "a> ?s <b", "'; DROP TABLE node; --", "{{x}}", "a\nb"]
)
def test_what_is_typed_never_becomes_a_query(names: Names, name: str) -> None:
    assert names.find(name) == []
