"""`kg export`: a graph in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("export", epilog=options.example("kg export graphml", "kg export csv bibtex -o exports/"))
@click.argument("formats", nargs=-1, metavar="FORMAT...")
@options.graph
@click.option(
    "-o",
    "--output",
    "out",
    type=options.PATH,
    metavar="DIR",
    help="The folder to write to; by default that of the graph.",
)
def command(formats: tuple[str, ...], graph_path: Path, out: Path | None) -> None:
    """Write a graph in other formats.

    Without a FORMAT it lists those there are. The paths of the files written are printed.
    """
    from kg import plugins
    from kg.cli import summary

    if not formats:
        click.echo("\n".join(plugins.names("kg.export")))
        return
    chosen = summary.formats_of(formats)
    folder = out or (graph_path if graph_path.is_dir() else graph_path.parent)
    summary.check_output(folder)
    from kg.export import write_all
    from kg.rdf.load import load

    for path in write_all(load(graph_path), folder, chosen):
        click.echo(path)
