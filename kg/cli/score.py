"""`kg score`: precision and recall of a graph against annotated papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.score import Scores

HEADERS = ["what", "precision", "recall", "F1", "emitted", "core"]


@click.command("score", epilog=options.example("kg score gold.json", "kg score gold.json --graph graphs/ --papers"))
@click.argument("gold", type=options.PATH)
@options.graph
@options.table_format
@click.option("--papers", is_flag=True, help="Say on stderr what is wrong in each paper that is not wholly right.")
def command(gold: Path, graph_path: Path, table_format: str, papers: bool) -> None:
    """Measure a graph against annotated papers.

    GOLD is a JSON list of {id, title, entities: [{type, name, aliases, role, core}], results, urls}; papers are
    matched by title. `--format json` gives every figure unrounded.
    """
    from kg.cli.narrate import say
    from kg.rdf.load import load
    from kg.score import read_gold, score

    scores = score(load(graph_path), read_gold(gold))
    _write(scores, table_format)
    if scores.unmatched:
        say(f"papers that the graph lacks: {', '.join(scores.unmatched)}")
    for record, wrong in scores.complaints if papers else ():
        say(f"{record}: {'; '.join(wrong)}")


def _write(scores: Scores, table_format: str) -> None:
    from kg.cli.narrate import say
    from kg.cli.output import write_rows

    if table_format == "json":
        click.echo(json.dumps(scores.as_dict(), indent=1))
        return
    rows = [
        (name, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", tally.said, tally.wanted)
        for name, tally in scores.report().items()
    ]
    write_rows(HEADERS, rows, table_format)
    urls = scores.urls.recall if scores.urls.wanted else 1.0
    say(f"URLs {urls:.3f}, split {scores.split}, papers wholly right {scores.rows.found} of {scores.rows.wanted}")
