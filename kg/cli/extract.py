"""`kg extract`: what is read from each paper, as JSON lines, without building a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.codes import Code


@click.command(
    "extract", epilog=options.example("kg extract library.bib -o mentions.jsonl", "cat papers.jsonl | kg extract -")
)
@options.sources
@click.option("-o", "--output", type=options.PATH, metavar="FILE", help="Write here instead of stdout.")
@options.source_format
@options.column_names
@options.vocabularies
@options.workers
@options.tagger
def command(
    sources: tuple[str, ...],
    output: Path | None,
    source_format: str,
    mapping: dict[str, str],
    vocabularies: tuple[str, ...],
    workers: int | None,
    tagger: bool,
) -> Code:
    """Write what is read from each paper as JSON lines.

    One line for each record, in the order of the input: mentions, abbreviations, results and URLs, each with the place
    of its words in the title or abstract. SOURCE is a file, a folder, a glob, or - for stdin.
    """
    from kg.cli.files import text_output
    from kg.cli.narrate import say
    from kg.jsonlines import to_line
    from kg.model import Problem
    from kg.pipeline import extract

    problems = 0
    with text_output(output) as write:
        for found in extract(
            sources,
            format=source_format,
            mapping=mapping,
            vocabularies=vocabularies,
            workers=workers,
            tagger=tagger,
        ):
            if isinstance(found, Problem):
                problems += 1
                say(found)
            else:
                write(to_line(found.paper, found.extraction) + "\n")
    return Code.SOME_BAD if problems else Code.DONE
