"""Reader of tables: CSV by comma, semicolon, tab or bar, as Scopus, Zotero, OpenAlex and people write them.

The header is the first row that names a title or abstract column; what stands before it is passed over. Names of
columns are known by `fields.toml`. Rows are read in a stream; a row that a stray quote ran into the
next is broken by itself.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _jsonrecord, _mapping, _providers, _record, _upright

_DELIMITERS = (",", ";", "\t", "|")
_PREAMBLE = 50  # lines searched for the header
_NOTHING = frozenset({"NA", "N/A", "nan", "NaN", "None", "NULL", "null", "[No author name available]"})
"""How R, pandas, databases and Scopus write an empty cell."""
_ROWS_SEEN = 20
_LISTS = frozenset({"author", "keyword", "references"})
_NO_HEADER = re.compile(r"[={}`\[\]]|---")  # programs and tables of Markdown have such cells
_LONG_LINE = 1 << 20
_MOST_CELLS = 50_000
_LONGEST_ROW = 5000  # lines that a row may span
_SHORT_ROW = 50  # lines that a row may span in a table where most of what was read was given back
_WASTE = 20  # lines that may be given back for each line of the table
csv.field_size_limit(1 << 30)  # the limit is the module's; abstracts may be longer than its 128 KB


@dataclass(frozen=True)
class _Header:
    """The header of a table: its columns, their delimiter, and the number of lines up to its end."""

    columns: list[str]
    delimiter: str
    lines: int

    @property
    def known(self) -> int:
        """Return how many variables the columns stand for."""
        return len({variable for name in self.columns if (variable := _fields.variable(name)[0])})

    @cached_property
    def names(self) -> list[str]:
        """Return the names of the columns, which each have one."""
        return [name or f"column {i}" for i, name in enumerate(self.columns)]

    @cached_property
    def targets(self) -> list[tuple[str, str]]:
        """Return the variable and name of each column, or nothing where a row must be looked at to tell what its cells are."""
        found = [(_fields.variable(name)[0], name) for name in self.names]
        variables = [variable or name for variable, name in found]
        odd = {"UT", "PT", "ID"} <= set(self.names) or "abstract_inverted_index" in self.names
        if odd or len(set(variables)) < len(variables) or any(map(_jsonrecord.is_looked_at, self.names)):
            return []
        return found

    def fits(self, row: list[str]) -> bool:
        """Tell whether a row is as wide as the header, but for empty cells at its end."""
        width = len(self.columns)
        return len(row) == width or (len(row) > width and not any(row[width:]))


def sniff(head: str) -> float:
    """Tell how surely `head` begins a table: by the known columns of a header, and rows as wide as it."""
    lines = head.split("\n")
    if _upright.stands(lines[:_PREAMBLE]):
        return 0.85
    header = _header(lines[:_PREAMBLE])
    if not header or len(header.columns) < 2 or _NO_HEADER.search("".join(header.columns)):
        return 0.0
    below = csv.reader(
        [line + "\n" for line in lines[header.lines : -1]], delimiter=header.delimiter, skipinitialspace=True
    )
    try:
        rows = [row for row in islice(below, _ROWS_SEEN) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    if not rows and header.lines > 1 and any(lines[header.lines :]):
        return 0.0
    if sum(header.fits(row) for row in rows) * 2 < len(rows):
        return 0.0
    return 0.85 if header.known > 1 else 0.25


def read(stream: TextIO, file: str, *, mapping: Mapping[str, str] | None = None) -> Iterator[Paper | Problem]:
    """Yield the rows of a table; `mapping` gives the columns of fields that the user named."""
    beginning = list(islice(stream, _PREAMBLE))
    if not mapping and _upright.stands(beginning):
        yield from _upright_papers(chain(beginning, stream), file)
        return
    header = _header([line.rstrip("\n") for line in beginning], mapping)
    if not header:
        yield Problem(Where(file), "no header row with a title or abstract column")
        return
    lines = _Lines(beginning[header.lines :], stream, header.lines, header.delimiter)
    for start, row, reason in _rows(lines, header):
        where = Where(file, start)
        yield Problem(where, reason) if reason else _paper(where, header, row)


def _upright_papers(lines: Iterable[str], file: str) -> Iterator[Paper | Problem]:
    try:
        for line, said in _upright.records(lines):
            yield _record.build(Where(file, line), *_fields.assign(said.items()))
    except csv.Error as error:
        yield Problem(Where(file), f"not valid CSV: {error}")


def _header(lines: list[str], mapping: Mapping[str, str] | None = None) -> _Header | None:
    """Find the header: of the four delimiters the one that gives the most known columns."""
    found = (header for delimiter in _DELIMITERS if (header := _header_by(lines, delimiter, mapping)))
    return max(found, key=lambda header: header.known, default=None)


def _header_by(lines: list[str], delimiter: str, mapping: Mapping[str, str] | None) -> _Header | None:
    """Return the first row that has a title or abstract column and the most known ones."""
    if any(line.count(delimiter) > _MOST_CELLS for line in lines):
        return None
    rows = csv.reader((line + "\n" for line in lines), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in rows:
            columns = _mapping.columns([cell.strip().lstrip("\ufeff").strip('" ') for cell in row], mapping)
            loose = sum(bool(_fields.variable(name)[0]) for name in columns) > 1
            if any(_fields.is_text_field(name, loose=loose) for name in columns):
                title = _fields.unnamed_title(columns)
                return _Header(
                    ["title" if name and name == title else name for name in columns], delimiter, rows.line_num
                )
    except csv.Error:
        pass
    return None


class _Lines:
    """The lines of a table, counted; those of a row that turned out broken can be given back."""

    def __init__(self, beginning: list[str], rest: TextIO, number: int, delimiter: str) -> None:
        self._delimiter = delimiter
        self._waiting = beginning[::-1]
        self._rest = rest
        self.number = number
        self.row: list[str] = []
        self._longest = _LONGEST_ROW
        self._given_back = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.row) >= self._longest:
            raise StopIteration
        line = self._waiting.pop() if self._waiting else next(self._rest)
        if len(line) > _LONG_LINE and line.count(self._delimiter) > _MOST_CELLS:
            line = line[:_LONG_LINE]  # no row of any table: what is left of it is too wide all the same
        self.number += 1
        self.row.append(line)
        return line

    def ahead(self) -> str:
        """Return the line that comes next, nothing at the end."""
        if not self._waiting and (line := next(self._rest, "")):
            self._waiting.append(line)
        return self._waiting[-1] if self._waiting else ""

    def put_back(self) -> None:
        """Give back the line that was read last."""
        self._waiting.append(self.row.pop())
        self.number -= 1

    def give_back(self) -> None:
        """Give back all lines of the row but its first. Where that happens all the time, rows may no longer be long."""
        self._waiting += self.row[:0:-1]
        self.number -= len(self.row) - 1
        self._given_back += len(self.row) - 1
        lavish = self._given_back > _WASTE * (self.number + _LONGEST_ROW)
        self._longest = _SHORT_ROW if lavish else _LONGEST_ROW


def _rows(lines: _Lines, header: _Header) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and, where it is broken, the reason for each row that is not blank."""
    width = len(header.columns)
    tabs = header.delimiter == "\t"
    rows = csv.reader(lines, delimiter=header.delimiter, skipinitialspace=True)  # begins afresh with each row
    while True:
        lines.row = []
        start = lines.number + 1
        if tabs and '"' in lines.ahead():
            if row := _plain_row([next(lines)], header, ""):
                if row != header.columns:  # a quote says something
                    yield start, row, ""
                continue
            lines.put_back()
        try:
            row = next(rows)
            reason = _broken(row, lines.row, width)
        except StopIteration:
            return
        except csv.Error as error:
            row, reason = [], f"not valid CSV: {error}"
        plain = _plain_row(lines.row, header, reason) if tabs and reason else []
        plain = plain or (_escaped_row(lines.row, header) if reason else [])
        if plain:
            row, reason = plain, ""
            lines.give_back()
        elif reason and len(lines.row) > 1:
            lines.give_back()
        if reason or _says_something(row, header):
            yield start, row, reason


def _says_something(row: list[str], header: _Header) -> bool:
    """Tell a row from a blank one, a rule and the header once more."""
    return any(cell.strip(" :-") for cell in row) and row != header.columns


def _plain_row(lines: list[str], header: _Header, reason: str) -> list[str]:
    """Return the cells of a line divided by tabs whose quotes are but quotes, as Web of Science writes; else nothing."""
    if not lines or '"' not in lines[0]:
        return []
    cells = lines[0].rstrip("\n").split("\t")
    while len(cells) > len(header.columns) and not cells[-1]:
        cells.pop()
    quoted = [cell for cell in cells if cell.startswith('"')]
    if len(cells) != len(header.columns) or not quoted:
        return []
    open_at_end = cells[-1] in quoted and cells[-1].count('"') % 2 == 1
    if not reason and (open_at_end or any(len(cell) > 1 and cell.endswith('"') for cell in quoted)):
        return []
    return cells


def _escaped_row(lines: list[str], header: _Header) -> list[str]:
    """Return the cells of a line in which a backslash stands before a quote, as databases write; else nothing."""
    if not lines or '\\"' not in lines[0]:
        return []
    try:
        row = next(csv.reader(lines[:1], delimiter=header.delimiter, escapechar="\\", doublequote=False))
    except (csv.Error, StopIteration):
        return []
    return row if header.fits(row) else []


def _broken(row: list[str], lines: list[str], width: int) -> str:
    """Return what is wrong with a row, or nothing. Empty cells may lack or be left over at the end."""
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        return f"{len(row)} fields where the header has {width}"
    if len(lines) > 1 and sum(line.count('"') for line in lines) % 2:
        return "a quote is not closed"
    if len(lines) > 1 and len(row) < width and not lines[-1].endswith("\n") and width > 1:
        return f"{len(row)} fields where the header has {width}"
    return ""


def _paper(where: Where, header: _Header, row: list[str]) -> Paper | Problem:
    fields: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    if header.targets:
        for (variable, name), cell in zip(header.targets, row, strict=False):
            if cell not in _NOTHING and cell.strip():
                if variable:
                    fields[variable] = cell
                else:
                    rest[name] = cell
    else:
        cells = zip(header.names, row, strict=False)
        said = {name: cell for name, cell in cells if cell not in _NOTHING and cell.strip()}
        fields, rest = _fields.assign(_looked_through(said))
    for variable in _LISTS:
        if variable in fields:
            fields[variable] = _listed(fields[variable])
    return _record.build(where, fields, rest)


def _looked_through(said: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields of a row in which some hold others, or go by the names of others."""
    if {"UT", "PT", "ID"} <= said.keys():  # Web of Science: ID are the Keywords Plus
        said["Keywords Plus"] = said.pop("ID")
    if "abstract_inverted_index" in said:  # OpenAlex, as its tables were made before 2024
        said = dict(_providers.fields(said))
    for name in said:
        if _fields.plain(name) in _jsonrecord.IDENTIFIERS:
            said[name] = _structure(said[name])
    return _jsonrecord.flat(said)


def _listed(cell: object) -> object:
    """Return the items of a cell that holds a list as JSON or Python writes it, else the cell."""
    value = _structure(cell) if isinstance(cell, str) and cell.startswith("[") else cell
    return value if isinstance(value, list) else cell


def _structure(cell: object) -> object:
    """Return the list or object that a cell holds as JSON or Python writes it, else the cell."""
    if not isinstance(cell, str) or not (cell.startswith(("[", "{")) and cell.rstrip().endswith(("]", "}"))):
        return cell
    for decode in (json.loads, ast.literal_eval):
        try:
            return decode(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return cell
