"""N-Triples: a statement a line, for loading into triple stores, and for `grep` and `diff`."""

from __future__ import annotations

from typing import BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions, statements
from kg.rdf.terms import STRING, Iri, Object
from kg.rdf.turtle import quoted


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as sorted N-Triples."""
    for subject, pairs in statements(graph, mentions=mentions):
        lines = {f"<{subject.value}> <{predicate.value}> {_term(thing)} .\n" for predicate, thing in pairs}
        out.write("".join(sorted(lines)).encode("utf-8"))


def _term(thing: Object) -> str:
    if isinstance(thing, Iri):
        return f"<{thing.value}>"
    text = quoted(thing.value)
    return text if thing.datatype == STRING else f"{text}^^<{thing.datatype}>"


FILES = {"kg.nt": write}
