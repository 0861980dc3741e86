"""`kg verify`: whether every statement stands where the graph says it was read."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.codes import Code


@click.command("verify", epilog=options.example("kg verify", "kg verify --graph graphs/kg.ttl"))
@options.graph
def command(graph_path: Path) -> Code:
    """Check every quote of a graph against its text.

    Every statement has to have its words, at the place it names, and every count and link has to follow from the
    statements. Each mismatch is a line on stderr; a single one gives exit code 1.
    """
    from kg.cli.narrate import say
    from kg.verify import verify

    report = verify(graph_path)
    for problem in report.problems:
        say(problem)
    click.echo(
        f"{report.statements:,} statements, {report.mentions:,} mentions, {report.results:,} results, "
        f"{report.urls:,} URLs: {len(report.problems) or 'no'} problem{'s' * (len(report.problems) != 1)}"
    )
    return Code.SOME_BAD if report.problems else Code.DONE
