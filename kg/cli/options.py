"""Options that several commands share, each under one name, and the form of the examples in their helps."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.cli.asked import Asked

PATH = click.Path(path_type=Path)


def _mapping(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Read FIELD=NAME pairs; a click callback."""
    for pair in given:
        if not all(part.strip() for part in (pair.partition("=")[0], pair.partition("=")[2])):
            raise click.BadParameter(f"{pair!r} is not of the form FIELD=NAME", context, parameter)
    return {pair.partition("=")[0].strip(): pair.partition("=")[2].strip() for pair in given}


sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")

graph = click.option(
    "--graph",
    "graph_path",
    type=PATH,
    default=Path("graphs"),
    show_default=True,
    metavar="PATH",
    help="The graph: a folder that `kg build` wrote, or a Turtle file.",
)

source_format = click.option(
    "--format",
    "source_format",
    default="auto",
    show_default=True,
    metavar="NAME",
    help="The format of the input; by default it is recognised by content.",
)

column_names = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_mapping,
    help="What a table or JSON calls a field (title=Name, abstract=Text). Can be given again.",
)

vocabularies = click.option(
    "--vocabulary",
    "vocabularies",
    multiple=True,
    metavar="FILE",
    help="A SKOS vocabulary of your own, besides the built-in ones. Can be given again.",
)

workers = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that read papers; by default one a core. The result is the same with any number.",
)

tagger = click.option(
    "--tagger/--no-tagger",
    default=True,
    show_default=True,
    help="Read with the statistical tagger too; without it reading is faster and finds less.",
)

table_format = click.option(
    "--format",
    "table_format",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="How rows are written.",
)

_SERVER = (
    click.option(
        "--named-graph", default="", metavar="IRI", help="The graph on the server, where not its default graph."
    ),
    click.option(
        "--user", default="", metavar="NAME[:PASSWORD]", help="Who you are to the server (or KG_ENDPOINT_USER)."
    ),
    click.option("--token", default="", metavar="TOKEN", help="A bearer token for the server (or KG_ENDPOINT_TOKEN)."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help="How long the server may take for a request.",
    ),
)
_ENDPOINT_HELP = "Ask a SPARQL server instead: the URL that it takes queries at."


def asked(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which graph is asked, here or on a server; the command gets them as `asked`."""
    return _with_server(function, click.option("--endpoint", default="", metavar="URL", help=_ENDPOINT_HELP))


def pushed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which graph goes to which server; the command gets them as `asked`."""
    told = "The server to load into: the URL that it takes queries at."
    return _with_server(function, click.option("--endpoint", required=True, metavar="URL", help=told))


def _with_server(function: Callable[..., Any], endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def command(
        *args: Any,
        graph_path: Path,
        endpoint: str,
        named_graph: str,
        user: str,
        token: str,
        timeout: float,
        **rest: Any,
    ) -> Any:
        return function(*args, asked=Asked(graph_path, endpoint, named_graph, user, token, timeout), **rest)

    for option in reversed((graph, endpoint, *_SERVER)):
        command = option(command)
    return command


def example(*lines: str) -> str:
    """Return the epilog of a help: one or more commands to copy."""
    title = "Example" if len(lines) == 1 else "Examples"
    return "\b\n" + "\n".join([f"{title}:", *(f"  {line}" for line in lines)])
