"""Rows on stdout: a table for people, CSV, TSV or JSON for machines.

A table is drawn to the width of a terminal; anywhere else it is plain text with nothing cut or wrapped.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from textwrap import indent, wrap

import click

Cell = str | int | float


def write_rows(headers: Sequence[str], rows: Iterable[Sequence[Cell]], form: str) -> None:
    """Write rows under their headers in `form`: ``table``, ``csv``, ``tsv`` or ``json``."""
    table = [list(row) for row in rows]
    if form == "json":
        records = [dict(zip(headers, row, strict=True)) for row in table]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif form in ("csv", "tsv"):
        click.echo(_separated(headers, table, "," if form == "csv" else "\t"), nl=False)
    elif sys.stdout.isatty():
        _draw(headers, table)
    else:
        click.echo(plain_table(headers, table), nl=False)


def paragraph(text: str, prefix: str = "") -> str:
    """Return text after a prefix on every line, wrapped for a terminal and left in one line elsewhere."""
    if not sys.stdout.isatty():
        return prefix + text
    width = max(40, min(100, shutil.get_terminal_size().columns))
    return indent("\n".join(wrap(text, width - len(prefix))), prefix)


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return rows as columns of padded text.

    >>> print(plain_table(["n", "name"], [[10, "a"], [2, "b"]]), end="")
     n  name
    10  a
     2  b
    """
    cells = [list(headers), *([_one_line(cell) for cell in row] for row in rows)]
    right = [bool(rows) and all(isinstance(row[i], int | float) for row in rows) for i in range(len(headers))]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(headers))]
    lines = []
    for row in cells:
        padded = []
        for text, width, number in zip(row, widths, right, strict=True):
            space = " " * (width - _width(text))
            padded.append(space + text if number else text + space)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


def _draw(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, header in enumerate(headers):
        number = bool(rows) and all(isinstance(row[i], int | float) for row in rows)
        table.add_column(header, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_one_line(cell)) for cell in row))
    Console().print(table)


def _separated(headers: Sequence[str], rows: Sequence[Sequence[Cell]], separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return out.getvalue()


def _one_line(cell: Cell) -> str:
    return " ".join(str(cell).split())


def _width(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
