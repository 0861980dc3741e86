"""What `kg build` checks before it starts, and what it writes and says when it is done."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import plugins
from kg.cli import beside
from kg.cli.narrate import say
from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kg.making.portrait import Portrait
    from kg.pipeline import Plan, Written

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


def write_result(written: Written, out: Path) -> None:
    """Keep beside the graph what belongs there; say what is in it on stdout, and what was not right on stderr."""
    beside.write_origins(out, written.origins)
    beside.write_reasons(out, written.entities)
    for problem in written.problems:
        say(problem)
    for warning in written.warnings:
        say(f"warning: {warning}")
    click.echo("\n".join(summary(written, out)))


def summary(written: Written, out: Path) -> list[str]:
    """Return the lines that a user reads after a build: what there is, where it is, what to try next."""
    lines = [f"{what:<12}{words}" for what, words in _contents(written.portrait, len(written.problems))]
    lines += _labelled("written", [f"{path} ({_size(path.stat().st_size)})" for path in written.paths])
    lines += _labelled("pages", _pages(written, out))
    return lines + _labelled("try", _suggestions(written.portrait, out))


def _labelled(label: str, lines: Iterable[str]) -> list[str]:
    """Return lines with a label before the first."""
    return [f"{'' if i else label:<12}{words}" for i, words in enumerate(lines)]


def _pages(written: Written, out: Path) -> Iterable[str]:
    """Yield what is to be said of pages by community: that there are such, why, and which file to open."""
    from kg.export import html
    from kg.view import MOST

    found = html.beside(out) if out / html.INDEX in written.paths else []
    if found:
        yield f"{len(found):,} in {found[0].parent} ({_size(sum(path.stat().st_size for path in found))}), one for each community,"
        yield f"since {written.portrait.papers:,} papers are more than one page shows well ({MOST:,}): open {out / html.INDEX},"
        yield "an index that leads to them"


def _contents(found: Portrait, problems: int) -> Iterable[tuple[str, str]]:
    merged = f" ({_number(found.duplicates, 'duplicate')} merged)" if found.duplicates else ""
    yield "papers", f"{found.papers:,}{merged}"
    for sort, counts in (("entities", found.entities), ("statements", found.statements)):
        parts = ", ".join(f"{number:,} {which}" for which, number in counts.items() if number)
        yield sort, f"{sum(counts.values()):,}{f' ({parts})' if parts else ''}"
    yield "links", f"{found.links:,} between papers that share techniques"
    yield "results", f"{found.results:,}"
    if problems:
        yield "problems", f"{_number(problems, 'record')} left out or read in part, named above"


def _suggestions(found: Portrait, out: Path) -> Iterable[str]:
    """Yield commands that say something about this graph."""
    option = "" if out == Path("graphs") else f" --graph {out}"
    if (out / "kg.html").exists():
        yield f"kg view{option}"
    if found.most_used:
        yield f'kg show "{found.most_used}"{option}'
    if found.related:
        yield f"kg related {found.related}{option}"


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
