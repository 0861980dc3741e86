"""Options that several commands share, each under one name, and the form of the examples in their helps."""

from __future__ import annotations

from pathlib import Path

import click

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


def example(*lines: str) -> str:
    """Return the epilog of a help: one or more commands to copy."""
    title = "Example" if len(lines) == 1 else "Examples"
    return "\b\n" + "\n".join([f"{title}:", *(f"  {line}" for line in lines)])
