"""`kg related`: the papers that share techniques with a paper, cite it, or are cited with it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked
    from kg.graph import KnowledgeGraph
    from kg.related import Related, Relatedness
    from kg.store.names import Names

HEADERS = ["score", "paper", "title", "year", "because"]
QUOTES = "quotes"
_BY = ["techniques", "citations", "cocitation", "coupling", "all"]


@click.command(
    "related", epilog=options.example("kg related 2010.11929", 'kg related "An Image is Worth" --by coupling -n 5')
)
@click.argument("paper")
@options.asked
@options.table_format
@click.option("-n", "--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many to list.")
@click.option("--by", type=click.Choice(_BY), default="all", show_default=True, help="What makes papers related.")
@click.option("--quotes", is_flag=True, help="Add the words of both papers for each technique that they share.")
def command(paper: str, asked: Asked, table_format: str, top: int, by: str, quotes: bool) -> None:
    """List the papers that are related to a paper, and why.

    PAPER is an arXiv id, a DOI, a title or its beginning. The nearest come first, each with a score from 0 to 1 and
    the reasons: techniques that both have (rare ones weigh most), citations between the two, papers that cite both
    (cocitation), references that both have (coupling). By default the score is the mean of those that the graph has.
    """
    from kg.cli.narrate import say
    from kg.cli.output import write_rows

    graph, node, near = _open(asked, paper, by, quotes)
    found = near.of(node, by=by)
    if not found:
        say(f"no other paper is related to {paper} by {_what(near) if by == 'all' else by}")
    rows = [_row(graph, one) + ((_quoted(near, node, one),) if quotes else ()) for one in found[:top]]
    write_rows([*HEADERS, QUOTES] if quotes else HEADERS, rows, table_format)


def _open(asked: Asked, paper: str, by: str, quotes: bool) -> tuple[KnowledgeGraph, str, Relatedness]:
    """Return a graph, or the part of it around the paper when it is large or on a server; the paper; what is near it."""
    from kg.cli.narrate import say
    from kg.errors import UsageError
    from kg.rdf.load import load
    from kg.related import Relatedness
    from kg.store import is_large_graph

    if asked.endpoint and by == "coupling":
        raise UsageError("coupling needs the records of all papers", hint="ask the graph itself, without --endpoint")
    if by == "coupling" or not (asked.endpoint or is_large_graph(asked.graph_path)):
        graph = load(asked.graph_path)
        return graph, find_paper(graph, paper), Relatedness(graph)
    from kg.cli.afar import around
    from kg.store.names import names_of

    with asked.open() as source:
        names = names_of(source)
        node = _named(names, paper)
        graph, near = around(source, names, node, quotes=quotes)
    say("by the links of the graph; what else papers have in common is told of graphs in memory alone")
    return graph, node, near


def _named(names: Names, name: str) -> str:
    """Return the id of the paper that goes by `name`, as `find_paper` does."""
    from kg.errors import UsageError

    papers = names.find(name, papers_only=True)
    if not papers:
        raise UsageError(f"{names.find_one(name)} is no paper", hint=f'try `kg show "{name}"`')
    return papers[0]


def find_paper(graph: KnowledgeGraph, name: str) -> str:
    """Return the id of the paper that goes by `name`; raises `UsageError` when only an entity does, `NotFoundError`."""
    from kg.errors import UsageError

    papers = graph.find(name, papers_only=True)
    if not papers:
        node = graph.find_one(name)
        raise UsageError(f"{graph.entities[node].label} is no paper", hint=f'try `kg show "{name}"`')
    return papers[0]


def ranking(graph: KnowledgeGraph, paper: str) -> list[tuple[float, str, str, int | str, str]]:
    """Return weight, id, title, year and shared techniques of each paper linked to `paper`, the strongest link first."""
    rows = []
    for link in graph.links_of(paper):
        other = graph.papers[link.b if link.a == paper else link.a]
        shared = ", ".join(graph.entities[shared.entity].label for shared in link.shared)
        rows.append((link.weight, other.id.removeprefix("paper/"), other.paper.title, other.paper.year or "", shared))
    return rows


def _row(graph: KnowledgeGraph, one: Related) -> tuple[float | str | int, ...]:
    other = graph.papers[one.paper]
    return one.score, other.id.removeprefix("paper/"), other.paper.title, other.paper.year or "", one.because


def _quoted(near: Relatedness, paper: str, one: Related) -> str:
    """Return the words of both papers for each technique that they share, that of the paper asked for first."""
    by_technique = any(tie.measure == "techniques" for tie in one.ties)
    quotes = near.quotes(paper, one.paper) if by_technique else []
    return " | ".join(f"{said.label}: “{said.first}” / “{said.second}”" for said in quotes)


def _what(near: Relatedness) -> str:
    return ", ".join(near.measures) or "techniques"
