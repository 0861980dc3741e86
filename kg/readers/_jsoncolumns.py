"""Turn a table that JSON holds column by column into rows, as pandas writes it. Used by `_jsonscan`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.readers import _fields


def rows(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of an object of columns (lists of one length, or objects with the same keys), else nothing.

    An object that names the columns and then holds the rows is one too.

    >>> rows({"title": ["A", "B"], "year": [1, 2]}), rows({"title": {"0": "A"}, "year": {"0": 1}}), rows({"title": ["A"]})
    ([{'title': 'A', 'year': 1}, {'title': 'B', 'year': 2}], [{'title': 'A', 'year': 1}], [])
    """
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and any(map(_names_a_text, columns)):
        return [dict(zip(columns, row, strict=False)) for row in data if isinstance(row, list)]
    texts = [name for name in value if _fields.is_text_field(name)]
    if not texts or len(value) < 2:
        return []
    first = value[texts[0]]
    if isinstance(first, Mapping) and first and all(key.isdigit() for key in first):
        if all(isinstance(column, Mapping) and column.keys() == first.keys() for column in value.values()):
            return [{name: column[key] for name, column in value.items()} for key in first]
    elif isinstance(first, list) and len(first) > 1 and not any(isinstance(cell, list | Mapping) for cell in first):
        if all(isinstance(column, list) and len(column) == len(first) for column in value.values()):
            return [dict(zip(value, cells, strict=True)) for cells in zip(*value.values(), strict=True)]
    return []


def _names_a_text(column: object) -> bool:
    return isinstance(column, str) and _fields.is_text_field(column)
