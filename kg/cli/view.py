"""`kg view`: open the interactive page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("view", epilog=options.example("kg view", "kg view --graph graphs/ --no-open"))
@options.graph
@click.option("--no-open", is_flag=True, help="Only print where the page is.")
def command(graph_path: Path, no_open: bool) -> None:
    """Open the interactive page of a graph.

    The page is one file without network requests; it is written first when the folder has none. Its path is printed.
    """
    page = _page(graph_path)
    click.echo(page)
    if not no_open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


def _page(graph_path: Path) -> Path:
    folder = graph_path if graph_path.is_dir() else graph_path.parent
    page = folder / "kg.html"
    if graph_path.is_dir() and page.is_file():
        return page
    from kg.export import write_all
    from kg.rdf.load import load

    return write_all(load(graph_path), folder, ["html"])[0]
