"""`kg stats`: count what a graph holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked
    from kg.graph import KnowledgeGraph
    from kg.store.counts import Row


@click.command("stats", epilog=options.example("kg stats", "kg stats --format csv"))
@options.asked
@options.table_format
@click.option("-n", "--top", default=10, show_default=True, metavar="N", help="How many of the most used to list.")
def command(asked: Asked, table_format: str, top: int) -> None:
    """Count what a graph holds.

    Papers, entities by class, statements by role, links, results and URLs, and the entities that most papers share.
    """
    from kg.cli.output import write_rows
    from kg.store import counts

    with asked.open() as source:
        rows = [*counts.count(source), *counts.most_used(source, top)]
    write_rows(["what", "which", "count"], rows, table_format)


def count(graph: KnowledgeGraph) -> list[Row]:
    """Return how many things of each sort a graph in memory holds, sorts with none left out."""
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
