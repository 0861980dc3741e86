"""Know the JSON records of catalogues that name or nest their fields in ways of their own. Used by the JSON readers.

A provider is a module that tells its records (`claims`) and gives their fields under names that `_fields` knows (`fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from kg.readers import _crossref, _openalex, _s2, _zotero

_PROVIDERS: tuple[ModuleType, ...] = (_openalex, _zotero, _s2, _crossref)


def claimed(record: Mapping[str, Any]) -> bool:
    """Tell whether an object is a record of a catalogue that is known."""
    return _provider(record) is not None


def passed_over(record: Mapping[str, Any]) -> bool:
    """Tell whether an object is no paper but belongs to one: an attachment, a note."""
    return _zotero.is_attached(record)


def fields(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of a record under names that are known."""
    provider = _provider(record)
    found: Mapping[str, Any] = provider.fields(record) if provider else record
    return found


def _provider(record: Mapping[str, Any]) -> ModuleType | None:
    for provider in _PROVIDERS:
        if provider.claims(record):
            return provider
    return None
