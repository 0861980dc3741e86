"""Columns and keys that the user named (``title=Name``). Used by the `csv`, `json` and `jsonl` readers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from kg.errors import UsageError
from kg.readers import _fields

FORMATS = ("csv", "json", "jsonl")
"""The formats whose fields can be named."""
_ASIDE = " (not mapped)"  # a column that goes by the name of another that the user preferred


def check(mapping: Mapping[str, str]) -> None:
    """Raise `UsageError` for a field that no paper has."""
    for target in mapping:
        if not _fields.variable(target)[0]:
            raise UsageError(
                f"no field {target!r} to map to", hint="such as title, abstract, authors, year, venue, doi, keywords"
            )


def columns(names: Sequence[str], mapping: Mapping[str, str] | None) -> list[str]:
    """Return the names of columns with those that the user named under the fields they stand for.

    >>> columns(["Name", "Title", "n"], {"title": "Name"})
    ['title', 'Title (not mapped)', 'n']
    """
    if not mapping:
        return list(names)
    wanted = {column.strip(): target for target, column in mapping.items()}
    taken = {_fields.variable(target)[0] for target, column in mapping.items() if column.strip() in names}
    return [wanted.get(name) or (name + _ASIDE if _fields.variable(name)[0] in taken else name) for name in names]


def keys(text: str, mapping: Mapping[str, str] | None) -> str:
    """Return JSON text with the keys that the user named under the fields they stand for; no line moves.

    >>> keys('{"Name": "A", "title": "Dr"}', {"title": "Name"})
    '{"title": "A", "title (not mapped)": "Dr"}'
    """
    if not mapping:
        return text
    wanted = {
        form: target
        for target, key in mapping.items()
        for form in (json.dumps(key), json.dumps(key, ensure_ascii=False))
    }
    taken = {_fields.variable(target)[0] for target in mapping}

    def renamed(found: re.Match[str]) -> str:
        key, colon = found.groups()
        name = key[1:-1]
        if key in wanted:
            return json.dumps(wanted[key]) + str(colon)
        return f'"{name}{_ASIDE}"{colon}' if _fields.variable(name)[0] in taken else str(found.group())

    return _KEY.sub(renamed, text)


_KEY = re.compile(r'((?<!\\)"(?:[^"\\\n]|\\.){1,200}")(\s{0,20}:)')
