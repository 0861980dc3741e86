"""`kg serve`: a graph over HTTP, for SPARQL clients and for browsers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from kg.cli import options


@click.command("serve", epilog=options.example("kg serve", "kg serve --port 0 --timeout 10 --graph graphs/"))
@options.graph
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets other machines ask as well."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Queries that run at once, each in a process of its own; by default one a core, from 2 to 8.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds a query may take.",
)
@click.option("--memory", type=click.IntRange(16), default=1024, show_default=True, help="Megabytes a query may take.")
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows or triples an answer may have."
)
@click.option("--body", type=click.IntRange(1024), default=1 << 20, show_default=True, help="Bytes a request may have.")
@click.option(
    "--queue", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds a request may wait its turn."
)
@click.option("--cors/--no-cors", default=True, show_default=True, help="Let pages of other sites ask.")
def command(
    graph_path: Path,
    host: str,
    port: int,
    workers: int | None,
    seconds: float,
    memory: int,
    rows: int,
    body: int,
    queue: float,
    cors: bool,
) -> None:
    """Serve a graph over HTTP: the explorer, a SPARQL endpoint, a page for every IRI.

    The explorer is at /, the endpoint and a query editor at /sparql, each paper and entity at the path of its IRI. Nothing
    can be changed through it. A query that takes too much is stopped and refused, never cut short. Ctrl-C ends it.
    """
    from kg.cli.narrate import say
    from kg.serve import run
    from kg.serve.limits import MEMORY_HOLDS, Limits, usual_workers

    def announce(url: str) -> None:
        click.echo(url)
        say(f"the explorer is at {url} and the SPARQL endpoint at {url}sparql; Ctrl-C ends both")

    if not run.is_local(host):
        say(f"warning: whoever reaches {host} can ask this graph; nobody is asked for a password")
    if not MEMORY_HOLDS:
        say("warning: on this system the memory of a query is not limited, only its time")
    limits = Limits(seconds, memory, rows, body, workers or usual_workers(), queue)
    with suppress(KeyboardInterrupt):
        run.serve(graph_path, host=host, port=port, limits=limits, cors=cors, announce=announce)
    say("stopped")
