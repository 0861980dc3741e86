"""Cytoscape JSON, for Cytoscape, Cytoscape.js and networkx: papers and entities as nodes, statements and links as edges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from kg.export._plain import plain
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as Cytoscape JSON, an element a line. `value` and `key` are what networkx asks for."""
    nodes, edges = plain(graph)
    named = ({"id": n.id, "value": n.id, "name": n.data.get("label", n.id), **n.data} for n in nodes)
    tied = (
        {"id": e.id, "key": e.type, "source": e.source, "target": e.target, "interaction": e.type, **e.data}
        for e in edges
    )
    about = json.dumps({"name": "kg", "base": graph.base}, ensure_ascii=False)
    out.write(f'{{"data": {about}, "directed": true, "multigraph": true,\n"elements": {{"nodes": ['.encode())
    _elements(out, named)
    out.write(b'],\n"edges": [')
    _elements(out, tied)
    out.write(b"]}}\n")


def _elements(out: BinaryIO, datas: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps({"data": data}, ensure_ascii=False) for data in datas)
    out.write(("\n" + ",\n".join(lines) + "\n").encode("utf-8", "replace"))


FILES = {"kg.cyjs": write}
