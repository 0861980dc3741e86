"""`kg path`: how two papers or entities hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked
    from kg.graph import KnowledgeGraph
    from kg.paths import Step


@click.command("path", epilog=options.example('kg path 2010.11929 "knowledge distillation"'))
@click.argument("a")
@click.argument("b")
@options.asked
def command(a: str, b: str, asked: Asked) -> None:
    """Show how two papers or entities hang together.

    A and B are titles, names or identifiers. The strongest chain between them is printed with the reason of each step:
    what two papers share, or the words in which a paper speaks of an entity.
    """
    from kg.paths import name_of, strongest_path
    from kg.store.chain import strongest_chain
    from kg.store.names import names_of
    from kg.store.parts import chain_part

    with asked.open() as source:
        names = names_of(source)
        start, end = names.find_one(a), names.find_one(b)
        graph = chain_part(source, names, strongest_chain(source, names, start, end))
    click.echo(name_of(graph, start))
    for step in strongest_path(graph, start, end):
        click.echo("\n".join(f"  | {line}" for line in reasons(graph, step)))
        click.echo(name_of(graph, step.target))


def reasons(graph: KnowledgeGraph, step: Step) -> list[str]:
    """Return why a step holds, and the sentence it was read from."""
    from kg.model import Fact
    from kg.paths import quote, reason

    lines = [f"{reason(graph, step)} ({_strength(step)})"]
    if isinstance(step.because, Fact) and (words := quote(graph, step.because)):
        lines.append(f"“{words}”")
    return lines


def _strength(step: Step) -> str:
    from kg.model import Fact

    because = step.because
    return f"confidence {because.confidence}" if isinstance(because, Fact) else f"weight {because.weight}"
