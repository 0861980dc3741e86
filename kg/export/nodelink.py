"""Node-link JSON, for networkx and d3. The names of its attributes are legal in GML too, and none is one that GML reserves.

`networkx.write_gml(networkx.node_link_graph(json.load(file)), "kg.gml")` makes GML of it and loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from kg.export._plain import plain
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as node-link JSON, a node or edge a line. GML keeps `label` for itself: it is `name` here."""
    nodes, edges = plain(graph)
    about = json.dumps({"base": graph.base}, ensure_ascii=False)
    out.write(f'{{"directed": true, "multigraph": true, "graph": {about},\n"nodes": ['.encode())
    _lines(out, ({"id": node.id, **{_safe(name): value for name, value in node.data.items()}} for node in nodes))
    out.write(b'],\n"edges": [')
    _lines(out, ({"source": e.source, "target": e.target, "key": e.type, **e.data} for e in edges))
    out.write(b"]}\n")


def _safe(name: str) -> str:
    return "name" if name == "label" else name


def _lines(out: BinaryIO, datas: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps(data, ensure_ascii=False) for data in datas)
    out.write(("\n" + ",\n".join(lines) + "\n").encode("utf-8", "replace"))


FILES = {"kg-nodelink.json": write}
