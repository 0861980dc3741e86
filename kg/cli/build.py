"""`kg build`: papers in, a graph and its page out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from kg.cli import options
from kg.cli.codes import Code

_EXAMPLES = options.example(
    "kg build library.bib",
    "kg build papers/ notes.csv 'exports/*.ris' -o graphs/ --to turtle,html,csv",
    "cat papers.jsonl | kg build - --vocabulary ours.ttl",
)


@click.command("build", epilog=_EXAMPLES)
@options.sources
@click.option(
    "-o",
    "--output",
    "out",
    type=options.PATH,
    default=Path("graphs"),
    show_default=True,
    help="The folder to write to.",
)
@options.source_format
@options.column_names
@options.vocabularies
@click.option(
    "--decisions",
    type=options.PATH,
    metavar="FILE",
    help="Your decisions about entities (`kg decide`); by default decisions.txt in the output folder.",
)
@options.workers
@options.tagger
@click.option("--to", default="turtle,html", show_default=True, metavar="NAMES", help="Formats to write, with commas.")
@click.option("--base-iri", metavar="IRI", help="The IRI that papers and entities live under.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    metavar="X",
    help="Leave out what is less sure.",
)
@click.option(
    "--mentions",
    type=click.Choice(["best", "all"]),
    default="best",
    show_default=True,
    help="Keep the best mention of each statement, or all of them.",
)
@click.option(
    "--paper-timeout",
    "patience",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="Processor time that one paper may take; one that takes more is named, and in the graph with its record only.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Build on the Dask cluster of this scheduler (tcp://host:8786); all its machines must see the output folder.",
)
@click.option("--fresh", is_flag=True, help="Read every paper again, also those that have not changed.")
@click.option("--plan", "plan_only", is_flag=True, help="Say what the build would take, and build nothing.")
def command(
    sources: tuple[str, ...],
    out: Path,
    source_format: str,
    mapping: dict[str, str],
    vocabularies: tuple[str, ...],
    decisions: Path | None,
    workers: int | None,
    tagger: bool,
    to: str,
    base_iri: str | None,
    min_confidence: float,
    mentions: Literal["best", "all"],
    patience: float,
    scheduler: str | None,
    fresh: bool,
    plan_only: bool,
) -> Code:
    """Build a graph from papers, with a page to explore it.

    SOURCE is a file, a folder, a glob, or - for stdin; formats are recognised by content. The same papers always give
    the same bytes, in any order and with any number of workers. A build that fails leaves the old files as they were.
    What each paper gave is kept in the output folder (.kg/): the next build reads only papers that have changed.
    """
    from kg import pipeline
    from kg.cli import summary
    from kg.cli.narrate import Progress, say
    from kg.making.cache import FILE, Cache
    from kg.making.folder import BESIDE, hold, sweep_pages

    chosen = decisions or summary.decisions_beside(out)
    options = pipeline.Options(
        vocabularies=vocabularies,
        decisions=str(chosen) if chosen else None,
        workers=workers,
        tagger=tagger,
        base_iri=base_iri,
        min_confidence=min_confidence,
        patience=patience,
        scheduler=scheduler,
    )
    if plan_only:
        summary.write_plan(pipeline.plan(sources, format=source_format, mapping=mapping, options=options))
        return Code.DONE
    formats = summary.formats_of([to])
    summary.check_output(out)
    with hold(out):
        with Progress() as progress, Cache(out / BESIDE / FILE, say=say, fresh=fresh) as cache:
            options = replace(options, cache=cache, progress=progress)
            written = pipeline.build_files(
                sources, out, formats, format=source_format, mapping=mapping, mentions=mentions, options=options
            )
        sweep_pages(out)
        summary.write_result(written, out)
    return Code.SOME_BAD if written.problems else Code.DONE
