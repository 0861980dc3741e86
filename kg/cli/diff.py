"""`kg diff`: what changed between two graphs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("diff", epilog=options.example("kg diff graphs-last-month/ graphs/"))
@click.argument("old", type=options.PATH)
@click.argument("new", type=options.PATH)
def command(old: Path, new: Path) -> None:
    """Say what changed between two graphs.

    OLD and NEW are folders that `kg build` wrote, or Turtle files. One line a change on stdout: `+` came, `-` went,
    `~` is not what it was; the counts follow on stderr.
    """
    from kg.cli.narrate import say
    from kg.diff import counts, diff
    from kg.rdf.load import load

    changes = diff(load(old), load(new))
    for change in changes:
        click.echo(change)
    say(counts(changes))
