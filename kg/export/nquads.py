"""N-Quads: the statements in one named graph, for a store that holds other graphs too."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.ntriples import blocks
from kg.graph import KnowledgeGraph
from kg.rdf.iris import base_iri
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a graph as sorted N-Quads. The name of the graph is the base IRI with ``graph`` after it."""
    for block in blocks(graph, mentions, end=f"<{base_iri(graph.base)}graph> .\n"):
        out.write(block)


FILES = {"kg.nq": write}
