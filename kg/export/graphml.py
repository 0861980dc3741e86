"""GraphML, for Gephi, yEd, Cytoscape and networkx: papers and entities as nodes, statements and links as edges."""

from __future__ import annotations

from typing import Any, BinaryIO

from kg.export._plain import fit, plain
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as GraphML. A link between papers is one edge here, and every edge has an id."""
    import networkx as nx

    nodes, edges = plain(graph)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        made.add_node(fit(node.id), **_texts(node.data))
    for edge in edges:
        made.add_edge(fit(edge.source), fit(edge.target), key=fit(edge.id), **_texts(edge.data))
    nx.write_graphml_xml(made, out, prettyprint=True)


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    return {name: fit(value) if isinstance(value, str) else value for name, value in data.items()}


FILES = {"kg.graphml": write}
