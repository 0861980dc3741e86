"""Reader of JSON Lines: one JSON object a line, in bounded memory however long the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _jsonrecord, _jsonscan, _mapping

_BETWEEN = re.compile(r"[ \t,]*")


def sniff(head: str) -> float:
    """Tell how surely `head` begins JSON Lines: by the share of its lines that are whole objects."""
    lines = [line.strip() for line in head.split("\n")]
    lines = [line for line in lines[:200] if line]
    if not lines or not lines[0].startswith("{"):
        return 0.0
    whole = sum(_is_object(line) for line in lines)
    if whole == 0 or (len(lines) > 1 and whole * 2 < len(lines) - 1):  # the last line may be cut off
        return 0.0
    return 0.9 if len(lines) > 1 else 0.5


def read(stream: TextIO, file: str, *, mapping: Mapping[str, str] | None = None) -> Iterator[Paper | Problem]:
    """Yield the records of JSON Lines; a broken line is a problem of its own. `mapping` gives the keys the user named."""
    for number, line in enumerate(stream, 1):
        text = line.strip().strip("\ufeff").rstrip(",")
        if text:
            where = Where(file, number)
            yield from (_jsonrecord.paper(where, item) for item in _items(_mapping.keys(text, mapping)))


def _items(text: str) -> Iterator[_jsonscan.Item]:
    """Yield the record of a line, or the records of the list it holds; several objects after one another are as many."""
    text = _jsonscan.Text(text)
    values: list[tuple[int, object]] = []
    end = 0
    while (start := _past(text, end)) < len(text):
        if values and not text.startswith(("{", "["), start):
            yield _jsonscan.Item(0, None, error="not valid JSON: more than one value in this line")
            return
        try:
            value, end = _jsonscan.decode(text, start)
        except ValueError as error:
            yield _jsonscan.Item(0, None, error=str(error))
            return
        values.append((start, value))
    for start, value in values:
        if value is None:
            yield _jsonscan.Item(start, None, error=_jsonscan.NOT_AN_OBJECT)
        else:
            yield from _jsonscan.walk(text, start, value)


def _past(text: str, at: int) -> int:
    """Return the place after what may stand between two values."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _is_object(line: str) -> bool:
    if not (line.startswith("{") and line.endswith("}")):
        return False
    try:
        value, end = _jsonscan.decode(line, 0)
    except ValueError:
        return False
    return isinstance(value, dict) and end == len(line)
