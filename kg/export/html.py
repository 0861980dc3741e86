"""One self-contained interactive page: kg.html."""

from __future__ import annotations

from typing import BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the page of a graph."""
    from kg.view import page

    out.write(page(graph))


FILES = {"kg.html": write}
