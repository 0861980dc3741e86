"""GEXF, the format of Gephi: papers and entities as nodes, statements and links as edges.

Written by hand because networkx puts the day of writing into the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

from kg.export._plain import fit, plain
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph mode="static" defaultedgetype="directed">
"""
_TYPES: dict[type, str] = {str: "string", int: "integer", float: "double"}
_OWN = ("label", "weight")  # GEXF has attributes of its own for these


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as GEXF 1.2, which Gephi and networkx read."""
    nodes, edges = plain(graph)
    lines = [
        _HEAD,
        *_declared("node", (node.data for node in nodes)),
        *_declared("edge", (edge.data for edge in edges)),
    ]
    lines.append("<nodes>\n")
    lines += (f"<node{_named(id=n.id, label=n.data.get('label', n.id))}>{_values(n.data)}</node>\n" for n in nodes)
    lines.append("</nodes>\n<edges>\n")
    for edge in edges:
        weight = {"weight": edge.data["weight"]} if "weight" in edge.data else {}
        named = _named(id=edge.id, source=edge.source, target=edge.target, label=edge.type, **weight)
        lines.append(f"<edge{named}>{_values(edge.data)}</edge>\n")
    lines.append("</edges>\n</graph>\n</gexf>\n")
    out.write("".join(lines).encode("utf-8"))


def _declared(what: str, datas: Iterable[dict[str, Any]]) -> list[str]:
    """Return the declaration of the attributes that nodes or edges have, in order of name."""
    types = {name: _TYPES[type(value)] for data in datas for name, value in data.items() if name not in _OWN}
    rows = (f"<attribute{_named(id=name, title=name, type=types[name])}/>\n" for name in sorted(types))
    return [f'<attributes class="{what}">\n', *rows, "</attributes>\n"]


def _values(data: dict[str, Any]) -> str:
    rows = (f"<attvalue{_named(**{'for': name, 'value': value})}/>" for name, value in data.items() if name not in _OWN)
    return f"<attvalues>{''.join(rows)}</attvalues>"


def _named(**values: object) -> str:
    """Return XML attributes; line ends and tabs are escaped too, which a parser would turn to spaces."""
    return "".join(
        f" {name}={quoteattr(fit(str(value)), {chr(10): '&#10;', chr(13): '&#13;', chr(9): '&#9;'})}"
        for name, value in values.items()
    )


FILES = {"kg.gexf": write}
