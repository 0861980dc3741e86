"""`kg push`: load a graph into a SPARQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked


@click.command(
    "push",
    epilog=options.example(
        "kg push --endpoint http://localhost:7878/query",
        "kg push --endpoint http://localhost:8890/sparql --named-graph https://example.org/papers --user dba",
    ),
)
@options.pushed
@click.option(
    "--store", default="", metavar="URL", help="Its Graph Store, where that cannot be told from the endpoint."
)
@click.option("--replace", is_flag=True, help="Remove first what the graph on the server holds.")
def command(asked: Asked, store: str, replace: bool) -> None:
    """Load a graph into a SPARQL server.

    The graph goes in pieces, over the Graph Store Protocol. A push that broke off goes on where it stopped; sending a piece
    twice changes nothing. At the end the server counts, and another number than there should be is an error.
    """
    from kg.cli.narrate import Progress, say
    from kg.store.push import push

    with Progress() as progress:
        done = push(asked.graph_path, asked.server(), store=store, replace=replace, progress=progress)
    if done.skipped:
        say(f"{done.skipped} of {done.skipped + done.sent} pieces were there already")
    click.echo(f"{done.triples:,} triples pushed, {done.counted:,} counted by the server")
