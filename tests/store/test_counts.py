from __future__ import annotations

from kg.cli.stats import count as count_graph
from kg.graph import KnowledgeGraph
from kg.store import Store
from kg.store.counts import count, most_used


def test_counts_are_those_of_the_graph(in_memory: Store, on_disk: Store, seeds_graph: KnowledgeGraph) -> None:
    assert count(in_memory) == count(on_disk) == count_graph(seeds_graph)


def test_the_most_used(in_memory: Store, on_disk: Store, seeds_graph: KnowledgeGraph) -> None:
    found = sorted(seeds_graph.entities.values(), key=lambda entity: (-entity.paper_count, entity.id))[:15]
    expected = [("most used", f"{entity.label} ({entity.kind})", entity.paper_count) for entity in found]
    assert most_used(in_memory, 15) == most_used(on_disk, 15) == expected
