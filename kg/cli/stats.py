"""`kg stats`: count what a graph holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Row = tuple[str, str, int]


@click.command("stats", epilog=options.example("kg stats", "kg stats --format csv"))
@options.graph
@options.table_format
@click.option("-n", "--top", default=10, show_default=True, metavar="N", help="How many of the most used to list.")
def command(graph_path: Path, table_format: str, top: int) -> None:
    """Count what a graph holds.

    Papers, entities by class, statements by role, links, results and URLs, and the entities that most papers share.
    """
    from kg.cli.output import write_rows
    from kg.rdf.load import load

    graph = load(graph_path)
    write_rows(["what", "which", "count"], [*count(graph), *most_used(graph, top)], table_format)


def count(graph: KnowledgeGraph) -> list[Row]:
    """Return how many things of each sort the graph holds, sorts with none left out."""
    from kg.vocab import Kind, Role

    kinds = Counter(entity.kind for entity in graph.entities.values())
    roles = Counter(fact.role for fact in graph.facts)
    papers = [node.paper for node in graph.papers.values()]
    urls = Counter("code" if url.code else "other" for node in graph.papers.values() for url in node.urls)
    rows = [
        ("papers", "all", len(papers)),
        ("papers", "with an abstract", sum(bool(paper.abstract) for paper in papers)),
        *(("entities", kind.value, kinds[kind]) for kind in Kind),
        *(("statements", role.value, roles[role]) for role in Role),
        ("links", "shared techniques", len(graph.links)),
        ("results", "values", sum(len(node.results) for node in graph.papers.values())),
        *(("URLs", name, number) for name, number in sorted(urls.items())),
    ]
    return [row for row in rows if row[2] or row[0] == "papers"]


def most_used(graph: KnowledgeGraph, top: int) -> list[Row]:
    """Return the entities that most papers share, of all classes together."""
    found = sorted(graph.entities.values(), key=lambda entity: (-entity.paper_count, entity.id))
    return [("most used", f"{entity.label} ({entity.kind})", entity.paper_count) for entity in found[:top]]
