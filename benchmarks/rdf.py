"""Writing and loading one graph, beside rdflib and pyoxigraph: `python -m benchmarks.rdf [FILE]`.

FILE is anything that `kg` reads (by default the seeds). All three have the same triples. Seconds are those of the processor;
asking is measured by `benchmarks.queries`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

import pyoxigraph as ox
import rdflib

import kg
from benchmarks.table import head, row, say
from benchmarks.timing import SEEDS
from kg.rdf.load import loads
from kg.rdf.turtle import to_turtle

T = TypeVar("T")


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """Return what an action gives, and the seconds of processor time that it takes."""
    begin = time.process_time()
    return action(), time.process_time() - begin


def main(source: str = str(SEEDS)) -> None:
    """Print the table."""
    graph = kg.build(source)
    turtle, writing = timed(lambda: to_turtle(graph))
    _, loading = timed(lambda: loads(turtle))
    theirs, parsing = timed(lambda: rdflib.Graph().parse(data=turtle, format="turtle"))
    _, serializing = timed(lambda: theirs.serialize(format="turtle", encoding="utf-8"))
    quads, ox_parsing = timed(lambda: list(ox.parse(turtle, format=ox.RdfFormat.TURTLE)))
    _, ox_serializing = timed(lambda: ox.serialize(quads, BytesIO(), format=ox.RdfFormat.TURTLE))
    say(
        f"{len(graph.papers):,} papers, {len(theirs):,} triples, {len(turtle) / 1e6:.1f} MB of Turtle, seconds of processor time:"
    )
    head("", "kg", "rdflib", "pyoxigraph", "rdflib / kg")
    row("writing", f"{writing:.2f}", f"{serializing:.2f}", f"{ox_serializing:.2f}", f"{serializing / writing:.1f}")
    row("loading", f"{loading:.2f}", f"{parsing:.2f}", f"{ox_parsing:.2f}", f"{parsing / loading:.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
