"""GraphML, for Gephi, yEd, Cytoscape and networkx: papers and entities as nodes, statements and links as edges."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as GraphML. A link between papers is one edge here, and every edge has an id."""
    import networkx as nx

    source = graph.to_networkx()
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in source.nodes(data=True):
        plain.add_node(_fit(node), **_texts(data))
    for start, end, name, data in source.edges(keys=True, data=True):
        if name != "sharesTechniqueWith" or start < end:
            plain.add_edge(_fit(start), _fit(end), key=f"{_fit(start)} {name} {_fit(end)}", **_texts(data))
    nx.write_graphml_xml(plain, out, prettyprint=True)


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _fit(value) if isinstance(value, str) else value for name, value in data.items()}


def _fit(text: str) -> str:
    """Replace what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


FILES = {"kg.graphml": write}
