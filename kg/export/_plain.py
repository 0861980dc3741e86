"""The graph as plain nodes and edges with readable attributes, for the formats of graph programs.

A link between two papers is one edge here, though the graph holds it both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.graph import SHARES, KnowledgeGraph

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Node(NamedTuple):
    """A paper or entity: its local id, and `type`, `label` and what else there is to say in texts and numbers."""

    id: str
    data: dict[str, Any]


class Edge(NamedTuple):
    """A statement or link. `type` is the local name of the predicate, `id` says all three."""

    id: str
    source: str
    target: str
    type: str
    data: dict[str, Any]


def plain(graph: KnowledgeGraph) -> tuple[list[Node], list[Edge]]:
    """Return the nodes and edges of a graph in an order of their own that is always the same."""
    copy = graph.to_networkx()
    return [Node(node, data) for node, data in copy.nodes(data=True)], list(_edges(copy.edges(keys=True, data=True)))


def _edges(edges: Any) -> Iterator[Edge]:
    for source, target, name, data in edges:
        if name != SHARES or source < target:
            yield Edge(f"{source} {name} {target}", source, target, name, data)


def fit(text: str) -> str:
    r"""Replace what XML cannot hold by U+FFFD.

    >>> fit("a\x00b")
    'a\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)
