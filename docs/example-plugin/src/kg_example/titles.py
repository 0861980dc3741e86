"""Exporter of the titles of the papers, a line each."""

from __future__ import annotations

from typing import BinaryIO

from kg import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the titles in the order of the papers' ids; the same bytes for the same graph."""
    for node in graph.papers.values():
        out.write(f"{node.paper.title}\n".encode())


FILES = {"titles.txt": write}
