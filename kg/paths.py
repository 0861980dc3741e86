"""How two things of the graph hang together: the strongest chain of links and statements between them.

Stands after the graph and beside the queries; `kg path` prints what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.costs import link_cost, statement_cost
from kg.errors import NotFoundError
from kg.model import Fact, Link

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, from node to node (local ids), and what it rests on."""

    source: str
    target: str
    because: Fact | Link


def strongest_path(graph: KnowledgeGraph, a: str, b: str) -> list[Step]:
    """Return the steps from node `a` to node `b` (local ids) that cost least (`kg.costs`); none when `a` is `b`.

    Raises `NotFoundError` when nothing connects the two.
    """
    import networkx as nx

    network = _network(graph)
    try:
        nodes = nx.dijkstra_path(network, a, b, weight="cost")
    except nx.NetworkXNoPath as error:
        raise NotFoundError(
            "nothing connects the two", where=f"{name_of(graph, a)} ... {name_of(graph, b)}", hint="see `kg related`"
        ) from error
    return [Step(s, t, network.edges[s, t]["because"]) for s, t in pairwise(nodes)]


def reason(graph: KnowledgeGraph, step: Step) -> str:
    """Return why a step holds, in words: what two papers share, or what a paper does with an entity."""
    if isinstance(step.because, Link):
        shared = (graph.entities[shared.entity].label for shared in step.because.shared)
        return f"both have {', '.join(shared)}"
    fact = step.because
    return f"{fact.role.value} {graph.entities[fact.entity].label}"


def quote(graph: KnowledgeGraph, fact: Fact) -> str:
    """Return the sentence that the best mention of a statement stands in; empty when no text was read for it."""
    if not fact.mentions:
        return ""
    mention = fact.mentions[0]
    start, end = mention.sentence
    return graph.papers[fact.paper].paper.text(mention.field)[start:end].strip()


def name_of(graph: KnowledgeGraph, node: str) -> str:
    """Return the title of a paper or the label of an entity."""
    if node in graph.papers:
        return graph.papers[node].paper.title or node
    return graph.entities[node].label


def _network(graph: KnowledgeGraph) -> nx.Graph[str]:
    import networkx as nx

    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from([*graph.papers, *graph.entities])
    for fact in graph.facts:
        cost = statement_cost(fact.confidence, graph.entities[fact.entity].paper_count)
        network.add_edge(fact.paper, fact.entity, cost=cost, because=fact)
    for link in graph.links:
        network.add_edge(link.a, link.b, cost=link_cost(link.weight), because=link)
    return network
