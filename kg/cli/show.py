"""`kg show`: a paper or an entity with the words it was read from."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("show", epilog=options.example('kg show "Vision Transformer"', "kg show 2010.11929"))
@click.argument("name", metavar="PAPER-OR-ENTITY")
@options.graph
@click.option("--all", "everything", is_flag=True, help="Show every paper of an entity, however many there are.")
def command(name: str, graph_path: Path, everything: bool) -> None:
    """Show a paper or an entity with the words it was read from.

    A paper goes by arXiv id, DOI, title or the beginning of its title; an entity by any of its names. Each statement
    comes with its sentence; an entity with its names and why they are one thing; a paper with its related papers.
    """
    from kg.cli import beside, portrait
    from kg.cli.narrate import say
    from kg.rdf.load import load

    graph = load(graph_path)
    node, others = graph.find_one(name), graph.find(name)[1:]
    if node in graph.papers:
        lines = portrait.paper_lines(graph, node, beside.origins_of(graph_path, node))
    else:
        reasons = beside.reasons_of(graph_path, graph.entities[node])
        lines = portrait.entity_lines(graph, node, reasons, top=len(graph.papers) if everything else 20)
    click.echo("\n".join(lines))
    if others:
        say(f"{name!r} also names: {', '.join(others)}")
