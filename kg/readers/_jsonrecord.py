"""Make a paper of one JSON object, whoever wrote it. Used by the `json` and `jsonl` readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _openalex, _providers, _record
from kg.readers._jsonscan import Item

_INVERTED = ("indexedabstract", "ia")  # abstracts by words and places, in AMiner and the Microsoft graph
IDENTIFIERS = ("externalids", "externalidentifiers", "ids", "identifiers")  # objects of identifiers by scheme


def paper(where: Where, item: Item) -> Paper | Problem:
    """Return the paper or problem that an item of a JSON text is."""
    if item.record is None:
        return Problem(where, item.error)
    try:
        fields, rest = _fields.assign(flat(_providers.fields(item.record)))
        return _record.build(where, fields, rest, key=item.key)
    except RecursionError:
        return Problem(where, "nested too deeply")


def is_looked_at(name: str) -> bool:
    """Tell whether `flat` does anything about a field of this name but to hand it on."""
    plain = _fields.plain(name)
    return plain in IDENTIFIERS or plain in _INVERTED or plain in _fields.NAMES_OF_PAPERS


def flat(record: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields, with those of an object of identifiers among them and the names of nested venues."""
    fields: list[tuple[str, Any]] = []
    title = _fields.unnamed_title(record)
    for name, value in record.items():
        plain = _fields.plain(name)
        if plain in IDENTIFIERS and isinstance(value, Mapping):
            fields += [(scheme, ident) for scheme, ident in value.items() if _fields.plain(scheme) in _SCHEMES]
        elif plain in _INVERTED:
            fields.append(("abstract", _openalex.abstract(value)))
            continue
        fields.append(("title" if name and name == title else name, value))
    return fields


_SCHEMES = ("doi", "arxiv", "pmid", "pubmed", "pmcid", "pubmedcentral")
