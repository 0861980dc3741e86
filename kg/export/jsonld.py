"""JSON-LD: the graph as a list of nodes with readable keys, for programs that speak JSON."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import TYPE, Mentions, Node, statements
from kg.rdf.terms import STRING, Iri, Object
from kg.rdf.turtle import short_name
from kg.vocab import PREFIXES


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as JSON-LD, a node a line."""
    out.write(b'{"@context": ' + _bytes(PREFIXES) + b',\n"@graph": [')
    before = b"\n"
    for node in statements(graph, mentions=mentions):
        out.write(before + _bytes(_object(node)))
        before = b",\n"
    out.write(b"\n]}\n")


def _object(node: Node) -> dict[str, Any]:
    subject, pairs = node
    made: dict[str, Any] = {"@id": subject.value}
    for predicate, thing in sorted(set(pairs), key=lambda pair: (pair[0] != TYPE, pair[0], pair[1])):
        if predicate == TYPE:
            made.setdefault("@type", []).append(short_name(thing.value))
        else:
            made.setdefault(short_name(predicate.value), []).append(_value(thing))
    return {name: found[0] if isinstance(found, list) and len(found) == 1 else found for name, found in made.items()}


def _value(thing: Object) -> str | dict[str, str]:
    if isinstance(thing, Iri):
        return {"@id": thing.value}
    return thing.value if thing.datatype == STRING else {"@value": thing.value, "@type": short_name(thing.datatype)}


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


FILES = {"kg.jsonld": write}
