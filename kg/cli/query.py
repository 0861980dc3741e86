"""`kg query`: named questions, and SPARQL."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.answers import Answer
    from kg.cli.asked import Asked
    from kg.rdf.terms import Term
    from kg.store import Source

FORMATS = ["table", "csv", "tsv", "json", "turtle"]

_SPARQL = re.compile(r"\s*(#|(PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b)|.*\{", re.IGNORECASE | re.DOTALL)
_EXAMPLES = options.example(
    "kg query                                   # lists the questions",
    'kg query papers-using "Vision Transformer"',
    "kg query 'SELECT ?name { ?m a kg:Method ; skos:prefLabel ?name }' --format csv",
    "kg query -f ask.rq",
    "kg query most-shared 5 --endpoint https://example.org/sparql",
)


@click.command("query", epilog=_EXAMPLES)
@click.argument("words", nargs=-1, metavar="[SPARQL | NAME [ARGS]]")
@click.option("-f", "--file", type=options.PATH, metavar="FILE", help="Read SPARQL from a file, or from stdin (-).")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How answers are written."
)
@click.option("--list", "list_only", is_flag=True, help="List the questions that have names.")
@options.asked
def command(words: tuple[str, ...], file: Path | None, form: str, list_only: bool, asked: Asked) -> None:
    """Ask a question by name, or in SPARQL.

    The prefixes of kg (kg: dcterms: skos: schema: ...) need not be declared. Without arguments it lists the questions.
    """
    if list_only or not (words or file):
        _list_questions(form)
        return
    sparql = _sparql(words, file)
    with asked.open() as source:
        answer = source.query(sparql) if sparql else _named(source, words)
    _write(answer, form)


def _sparql(words: tuple[str, ...], file: Path | None) -> str:
    """Return the query that the arguments hold; empty when they name a question. Raises `UsageError`, `InputError`."""
    from kg.errors import InputError, UsageError

    if file and words:
        raise UsageError("give a query or a file, not both", hint="kg query -f FILE")
    if not file:
        text = " ".join(words)
        return text if _SPARQL.match(text) else ""
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the query cannot be read", where=str(file), hint=str(error)) from error


def _named(source: Source, words: tuple[str, ...]) -> Answer:
    from kg.query import run

    name, *args = words
    return run(source, name, args)


def _list_questions(form: str) -> None:
    from kg.cli.output import write_rows
    from kg.query import list_questions

    rows = [(question.usage, question.title, question.example) for question in list_questions()]
    write_rows(["question", "what it answers", "example"], rows, form if form != "turtle" else "table")


def _write(answer: Answer, form: str) -> None:
    """Write rows as a table or in a standard form; triples are Turtle, whichever of the two was asked for."""
    from kg.answers import FORMATS as STANDARD
    from kg.cli.output import write_rows

    for standard in STANDARD:
        if form == standard:
            click.echo(answer.serialize(standard), nl=False)
    if form != "table":
        return
    if answer.kind == "select":
        write_rows(answer.variables, [[_cell(term) for term in row] for row in answer.rows], "table")
    else:
        click.echo(answer.serialize("turtle" if answer.kind == "construct" else "csv"), nl=False)


def _cell(term: Term | None) -> str | int | float:
    """Return a term as people read it: things of the graph by the identifier that `kg show` takes."""
    from kg.vocab import BASE

    value = term.python() if term else ""
    return value.removeprefix(BASE) if isinstance(value, str) else value
