"""N-Triples: a statement a line, for loading into triple stores, and for `grep` and `diff`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions, statements
from kg.rdf.terms import STRING, Iri, Object
from kg.rdf.turtle import quoted


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as sorted N-Triples."""
    for block in blocks(graph, mentions, end=".\n"):
        out.write(block)


def blocks(graph: KnowledgeGraph, mentions: Mentions, *, end: str) -> Iterator[bytes]:
    """Yield the statements of each node, a sorted line each, which `end` ends."""
    for subject, pairs in statements(graph, mentions=mentions):
        lines = {f"<{subject.value}> <{predicate.value}> {_term(thing)} {end}" for predicate, thing in pairs}
        yield "".join(sorted(lines)).encode("utf-8")


def _term(thing: Object) -> str:
    if isinstance(thing, Iri):
        return f"<{thing.value}>"
    text = quoted(thing.value)
    return text if thing.datatype == STRING else f"{text}^^<{thing.datatype}>"


FILES = {"kg.nt": write}
