"""`kg show`: a paper or an entity with the words it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked
    from kg.store import Source
    from kg.store.names import Names

TOP = 20
"""Papers of each role that are shown of an entity, unless all are asked for."""


@click.command(
    "show",
    epilog=options.example(
        'kg show "Vision Transformer"', "kg show 2010.11929", "kg show LoRA --endpoint https://example.org/sparql"
    ),
)
@click.argument("name", metavar="PAPER-OR-ENTITY")
@options.asked
@click.option("--all", "everything", is_flag=True, help="Show every paper of an entity, however many there are.")
def command(name: str, asked: Asked, everything: bool) -> None:
    """Show a paper or an entity with the words it was read from.

    A paper goes by arXiv id, DOI, title or the beginning of its title; an entity by any of its names. Each statement
    comes with its sentence; an entity with its names and why they are one thing; a paper with its related papers.
    """
    from kg.cli.narrate import say
    from kg.store.names import names_of

    with asked.open() as source:
        names = names_of(source)
        node = names.find_one(name)
        lines = (
            _paper(source, names, node, asked)
            if names.kind_of(node) == "paper"
            else _entity(source, names, node, asked, top=None if everything else TOP)
        )
        click.echo("\n".join(lines))
        others = names.find(name)[1:]
    if others:
        say(f"{name!r} also names: {', '.join(others)}")


def _paper(source: Source, names: Names, node: str, asked: Asked) -> list[str]:
    from kg.cli import beside, portrait
    from kg.store.parts import paper_part

    origins = [] if asked.endpoint else beside.origins_of(asked.graph_path, node)
    return list(portrait.paper_lines(paper_part(source, names, node), node, origins))


def _entity(source: Source, names: Names, node: str, asked: Asked, top: int | None) -> list[str]:
    from kg.cli import beside, portrait
    from kg.store.parts import entity_part

    part = entity_part(source, names, node, top=top)
    reasons = () if asked.endpoint else beside.reasons_of(asked.graph_path, part.graph.entities[node])
    return list(portrait.entity_lines(part.graph, node, reasons, counts=part.counts))
