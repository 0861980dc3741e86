"""Tables that stand upright, as Embase writes them on demand: a row for each field, a block of rows for each record.

Used by the `csv` reader. The first cell of a row names the field, the others are its values.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from kg.readers import _fields

_LEAST = 3  # rows that name a field, before a table is taken for one of these
_NAME = re.compile(r"^[A-Za-z][\w /()-]{0,60}$")  # lines of JSON are rows of a table too, but their cells have colons
_MANY = frozenset({"author", "keyword", "references", "editor"})

Row = tuple[int, list[str]]


def stands(lines: Sequence[str]) -> bool:
    """Tell whether lines begin such a table: most rows begin with the name of a field, one of them a title or abstract.

    >>> stands(['"TITLE","Foxes"', '"AUTHOR NAMES","A","B"', '"ABSTRACT","Of foxes."', "", '"TITLE","Elks"'])
    True
    >>> stands(["Title,Abstract,Year", "Foxes,Of foxes.,2020", "Elks,Of elks.,2021"])
    False
    """
    try:
        rows = [row for _, row in _rows(lines) if row]
    except csv.Error:
        return False
    names = [row[0] for row in rows if len(row) > 1]
    known = [name for name in names if _NAME.match(name) and _fields.variable(name)[0]]
    titles = any(_fields.is_text_field(name) for name in known)
    headed = bool(rows) and sum(bool(_fields.variable(cell)[0]) for cell in rows[0]) > 1
    return titles and not headed and len(known) >= _LEAST and len(known) * 3 > len(rows)


def records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str | list[str]]]]:
    """Yield line and fields of each record; one begins with the field that the first began with."""
    start, first = 0, ""
    found: dict[str, str | list[str]] = {}
    for line, row in _rows(lines):
        name, values = (row[0], [cell for cell in row[1:] if cell.strip()]) if row else ("", [])
        if not name or (not first and not _fields.variable(name)[0]):
            continue
        if name == first and found:
            yield start, found
            found = {}
        first = first or name
        start = start if found else line
        if values:
            found[name] = values if _fields.variable(name)[0] in _MANY else " ".join(values)
    if found:
        yield start, found


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the rows, each with the line it starts at."""
    ended = 0
    rows = csv.reader((line if line.endswith("\n") else line + "\n" for line in lines), skipinitialspace=True)
    for row in rows:
        yield ended + 1, [cell.strip("\ufeff ") for cell in row]
        ended = rows.line_num
