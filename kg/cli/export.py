"""`kg export`: a graph in other formats."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.cli.asked import Asked


@click.command("export", epilog=options.example("kg export graphml", "kg export csv bibtex -o exports/"))
@click.argument("formats", nargs=-1, metavar="FORMAT...")
@options.asked
@click.option(
    "-o",
    "--output",
    "out",
    type=options.PATH,
    metavar="DIR",
    help="The folder to write to; by default that of the graph.",
)
def command(formats: tuple[str, ...], asked: Asked, out: Path | None) -> None:
    """Write a graph in other formats.

    Without a FORMAT it lists those there are. The paths of the files written are printed. Of a large graph, and of one on
    a server, ntriples and nquads are written a piece at a time; the others need the whole graph in memory.
    """
    from kg import plugins
    from kg.cli import summary

    if not formats:
        click.echo("\n".join(plugins.names("kg.export")))
        return
    chosen = summary.formats_of(formats)
    folder = _folder(asked, out)
    summary.check_output(folder)
    for path in _write(asked, folder, chosen):
        click.echo(path)


def _folder(asked: Asked, out: Path | None) -> Path:
    from kg.errors import UsageError

    if out:
        return out
    if asked.endpoint:
        raise UsageError("say where to write what the server has", hint="-o DIR")
    return asked.graph_path if asked.graph_path.is_dir() else asked.graph_path.parent


def _write(asked: Asked, folder: Path, formats: list[str]) -> list[Path]:
    """Write the formats that can be streamed so where the graph is not small, and the others of the whole graph."""
    from kg.cli.narrate import say
    from kg.export import write_all
    from kg.rdf.load import load
    from kg.store import is_large_graph
    from kg.store.dump import STREAMED, whole

    small = not asked.endpoint and not is_large_graph(asked.graph_path)
    streamed = [] if small else [form for form in formats if form in STREAMED]
    rest = [form for form in formats if form not in streamed]
    paths = [_stream(asked, folder / STREAMED[form], form) for form in streamed]
    if rest and not small:
        say(f"{', '.join(rest)}: the whole graph is needed, and loaded into memory")
    if rest and asked.endpoint:
        from kg.store.remote import Endpoint

        with Endpoint(asked.server()) as endpoint:
            return paths + write_all(whole(endpoint), folder, rest)
    return paths + (write_all(load(asked.graph_path), folder, rest) if rest else [])


def _stream(asked: Asked, path: Path, form: str) -> Path:
    from kg.rdf.parse import graph_file
    from kg.store.dump import dump_endpoint, dump_file

    with _whole_or_not(path) as out:
        if asked.endpoint:
            from kg.store.remote import Endpoint

            with Endpoint(asked.server()) as endpoint:
                dump_endpoint(endpoint, form, out)
        else:
            dump_file(graph_file(asked.graph_path), form, out)
    return path


@contextmanager
def _whole_or_not(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes its name when everything is written; raises `OutputError`."""
    from kg.errors import OutputError

    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            yield out
        os.replace(draft, path)
    except OSError as error:
        raise OutputError("cannot be written", where=str(path), hint=error.strerror or "") from error
    finally:
        draft.unlink(missing_ok=True)
