"""A pair of CSV files for Neo4j's bulk import: nodes and relationships.

    neo4j-admin database import full --nodes=kg-neo4j-nodes.csv --relationships=kg-neo4j-relationships.csv kg

Several values in one cell stand between semicolons, which is what Neo4j takes by default; a semicolon within one of them
becomes a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.export._plain import plain
from kg.export._tables import Cell, write_table
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions

_NODES = ("id:ID", ":LABEL", "name", "abstract", "authors:string[]", "year:int", "venue", "doi", "arxiv",
          "aliases:string[]", "definition", "paperCount:int")  # fmt: skip
_TIES = (":START_ID", ":END_ID", ":TYPE", "weight:double", "confidence:double", "quote", "shared:string[]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def nodes(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each paper and entity. An entity has two labels: its kind, and ``Entity``."""
    write_table(out, _NODES, _node_rows(graph), join=";")


def relationships(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each statement and link; types are written as Neo4j does: ``COMPARES_WITH``."""
    write_table(out, _TIES, _tie_rows(graph), join=";")


def _node_rows(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for node in graph.papers.values():
        p = node.paper
        record = (p.title, p.abstract, _several(p.authors), p.year, p.venue, p.doi, p.arxiv)
        yield node.id, "Paper", *record, None, None, None
    for e in graph.entities.values():
        unknown = (None,) * 6
        yield e.id, (e.kind.value, "Entity"), e.label, *unknown, _several(e.aliases), e.definition, e.paper_count


def _tie_rows(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for edge in plain(graph)[1]:
        said = edge.data
        shared = tuple(str(said.get("shared", "")).split(" | "))
        about = (said.get("weight"), said.get("confidence"), said.get("quote"), shared)
        yield edge.source, edge.target, _HUMP.sub("_", edge.type).upper(), *about


def _several(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.replace(";", ",") for text in texts)


FILES = {"kg-neo4j-nodes.csv": nodes, "kg-neo4j-relationships.csv": relationships}
