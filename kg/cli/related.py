"""`kg related`: the papers that share techniques with a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

HEADERS = ["weight", "paper", "title", "year", "shared techniques"]


@click.command(
    "related", epilog=options.example("kg related 2010.11929", 'kg related "An Image is Worth" -n 5 --format csv')
)
@click.argument("paper")
@options.graph
@options.table_format
@click.option("-n", "--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many to list.")
def command(paper: str, graph_path: Path, table_format: str, top: int) -> None:
    """List the papers that share techniques with a paper.

    PAPER is an arXiv id, a DOI, a title or its beginning. The strongest come first; a link weighs more the rarer the
    techniques are that it rests on.
    """
    from kg.cli.narrate import say
    from kg.cli.output import write_rows
    from kg.rdf.load import load

    graph = load(graph_path)
    rows = ranking(graph, find_paper(graph, paper))
    if not rows:
        say(f"no other paper shares a technique with {paper}")
    write_rows(HEADERS, rows[:top], table_format)


def find_paper(graph: KnowledgeGraph, name: str) -> str:
    """Return the id of the paper that goes by `name`; raises `UsageError` when only an entity does, `NotFoundError`."""
    from kg.errors import UsageError

    papers = graph.find(name, papers_only=True)
    if not papers:
        node = graph.find_one(name)
        raise UsageError(f"{graph.entities[node].label} is no paper", hint=f'try `kg show "{name}"`')
    return papers[0]


def ranking(graph: KnowledgeGraph, paper: str) -> list[tuple[float, str, str, int | str, str]]:
    """Return a row of `HEADERS` for each paper linked to `paper`, the strongest link first."""
    rows = []
    for link in graph.links_of(paper):
        other = graph.papers[link.b if link.a == paper else link.a]
        shared = ", ".join(graph.entities[shared.entity].label for shared in link.shared)
        rows.append((link.weight, other.id.removeprefix("paper/"), other.paper.title, other.paper.year or "", shared))
    return rows
