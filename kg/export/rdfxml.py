"""RDF/XML, for the programs that read no other RDF: Protégé of old, library systems, XSLT."""

from __future__ import annotations

from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.export._plain import fit
from kg.graph import KnowledgeGraph
from kg.rdf.statements import TYPE, Mentions, Node, statements
from kg.rdf.terms import STRING, Iri, Object
from kg.rdf.turtle import short_name
from kg.vocab import PREFIXES

_CARRIAGE_RETURN = {"\r": "&#13;"}  # a parser would make it a line feed


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as RDF/XML, a node at a time. The few characters that XML cannot hold become U+FFFD."""
    names = "".join(f"\n    xmlns:{prefix}={quoteattr(namespace)}" for prefix, namespace in PREFIXES.items())
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'.encode())
    for node in statements(graph, mentions=mentions):
        out.write(_description(node).encode("utf-8"))
    out.write(b"</rdf:RDF>\n")


def _description(node: Node) -> str:
    subject, pairs = node
    ordered = sorted(set(pairs), key=lambda pair: (pair[0] != TYPE, pair[0], pair[1]))
    lines = "".join(f"  {_property(short_name(predicate.value), thing)}\n" for predicate, thing in ordered)
    return f"<rdf:Description rdf:about={quoteattr(subject.value)}>\n{lines}</rdf:Description>\n"


def _property(name: str, thing: Object) -> str:
    if isinstance(thing, Iri):
        return f"<{name} rdf:resource={quoteattr(thing.value)}/>"
    datatype = "" if thing.datatype == STRING else f" rdf:datatype={quoteattr(thing.datatype)}"
    return f"<{name}{datatype}>{escape(fit(thing.value), _CARRIAGE_RETURN)}</{name}>"


FILES = {"kg.rdf": write}
