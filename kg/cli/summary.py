"""What `kg build` checks before it starts, and what it writes and says when it is done."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg import plugins
from kg.cli import beside
from kg.cli.narrate import say
from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.pipeline import Build, Plan

DECISIONS = "decisions.txt"


def formats_of(names: Iterable[str]) -> list[str]:
    """Return format names, given apart or with commas; raises `UsageError` for one that no exporter has."""
    formats = [name.strip() for given in names for name in given.split(",") if name.strip()]
    known = plugins.names("kg.export")
    for name in formats:
        if name not in known:
            raise UsageError(f"no format called {name!r}", hint="choose from " + ", ".join(known))
    if not formats:
        raise UsageError("no format given", hint="choose from " + ", ".join(known))
    return formats


def check_output(out: Path) -> None:
    """Raise `OutputError` for a folder that cannot be written to, before any work is done."""
    nearest = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not nearest.is_dir():
        raise OutputError("is a file, not a folder", where=str(nearest), hint="choose another folder with -o")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError("the folder cannot be written to", where=str(nearest), hint="choose another one with -o")


def decisions_beside(out: Path) -> Path | None:
    """Return the file of decisions that `kg decide` keeps in the output folder, when there is one."""
    path = out / DECISIONS
    if not path.is_file():
        return None
    say(f"keeping to the decisions in {path}")
    return path


def write_plan(plan: Plan) -> None:
    """Say on stdout what a build would take."""
    click.echo(f"files     {plan.files:,} ({_size(plan.bytes)})")
    click.echo(f"papers    about {plan.papers:,}")
    click.echo(f"time      about {_duration(plan.seconds)}")
    click.echo(f"memory    about {_size(plan.memory_mb * 1e6)}")
    click.echo(f"disk      about {_size(plan.disk_mb * 1e6)}")


def write_result(built: Build, out: Path, formats: list[str], mentions: Literal["best", "all"]) -> None:
    """Write the files of a build; say what is in them on stdout, and what was not right on stderr."""
    from kg.export import write_all
    from kg.making.folder import sweep_pages

    paths = write_all(built.graph, out, formats, mentions=mentions)
    sweep_pages(out)
    beside.write_origins(out, built.origins)
    beside.write_reasons(out, built.graph.entities.values())
    for problem in built.problems:
        say(problem)
    for warning in built.warnings:
        say(f"warning: {warning}")
    click.echo("\n".join(summary(built, paths, out)))


def summary(built: Build, paths: list[Path], out: Path) -> list[str]:
    """Return the lines that a user reads after a build: what there is, where it is, what to try next."""
    lines = [f"{what:<12}{words}" for what, words in _contents(built)]
    lines += [f"{'written' if i == 0 else '':<12}{path} ({_size(path.stat().st_size)})" for i, path in enumerate(paths)]
    lines += [f"{'try' if i == 0 else '':<12}{words}" for i, words in enumerate(_suggestions(built.graph, out))]
    return lines


def _contents(built: Build) -> Iterable[tuple[str, str]]:
    from kg.cli.stats import count

    counts = count(built.graph)
    merged = f" ({_number(built.duplicates, 'duplicate')} merged)" if built.duplicates else ""
    yield "papers", f"{len(built.graph.papers):,}{merged}"
    for sort, total in (("entities", len(built.graph.entities)), ("statements", len(built.graph.facts))):
        parts = ", ".join(f"{number:,} {which}" for what, which, number in counts if what == sort)
        yield sort, f"{total:,}{f' ({parts})' if parts else ''}"
    yield "links", f"{len(built.graph.links):,} between papers that share techniques"
    yield "results", f"{sum(len(node.results) for node in built.graph.papers.values()):,}"
    if built.problems:
        yield "problems", f"{_number(len(built.problems), 'record')} left out, named above"


def _suggestions(graph: KnowledgeGraph, out: Path) -> Iterable[str]:
    """Yield commands that say something about this graph."""
    option = "" if out == Path("graphs") else f" --graph {out}"
    yield f"kg view{option}"
    used = max(graph.entities.values(), key=lambda entity: (entity.paper_count, entity.id), default=None)
    if used:
        yield f'kg show "{used.label}"{option}'
    if graph.links:
        best = max(graph.links, key=lambda link: (link.weight, link.a, link.b))
        yield f"kg related {_short_name(graph, best.a)}{option}"


def _short_name(graph: KnowledgeGraph, node: str) -> str:
    """Return a name of a paper that is easily typed: an identifier, or else words that its title begins with."""
    paper = graph.papers[node].paper
    words = paper.title.replace('"', " ").split()
    starts = (" ".join(words[:count]) for count in range(2, 8))
    known = (start for start in starts if graph.find(start) == [node])
    return paper.arxiv or paper.doi or f'"{next(known, node)}"'


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _size(number: float) -> str:
    """Return a number of bytes in words.

    >>> _size(999), _size(1500), _size(2_500_000_000)
    ('999 bytes', '2 KB', '2.5 GB')
    """
    if number < 1000:
        return f"{number:.0f} bytes"
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return f"{number / 1000:.0f} KB"


def _duration(seconds: float) -> str:
    """Return a number of seconds in words.

    >>> _duration(0.2), _duration(90), _duration(9000)
    ('1 second', '90 seconds', '150 minutes')
    """
    return _number(max(1, round(seconds)), "second") if seconds < 120 else f"{round(seconds / 60)} minutes"
