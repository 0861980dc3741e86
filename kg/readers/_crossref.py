"""Works of Crossref, one or a list. One of `_providers`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_HEADING = re.compile(r"^\s*<jats:title>\s*(?:Abstract|Summary)\s*</jats:title>", re.IGNORECASE)
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")


def claims(record: Mapping[str, Any]) -> bool:
    """Tell a work of Crossref: titles are lists there, and much is said about the record itself."""
    return "DOI" in record and isinstance(record.get("title"), list) and ("member" in record or "prefix" in record)


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a work under common names."""
    found = dict(record)
    titles = [title for title in record["title"] if isinstance(title, str)]
    found["title"] = titles[0] if titles else ""
    if isinstance(record.get("abstract"), str):
        found["abstract"] = _HEADING.sub("", record["abstract"])  # the name of the field, no part of it
    found["issued"] = next((record[name] for name in _DATES if _is_date(record.get(name))), None)
    found["keyword"] = record.get("subject") or record.get("keyword")
    found["references"] = found.pop("reference", None)
    for name in ("published", "created", "subject"):
        found.pop(name, None)
    event = record.get("event")
    if isinstance(event, Mapping):
        found["event-title"] = event.get("name")
    return found


def _is_date(value: object) -> bool:
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    return (
        isinstance(parts, list) and bool(parts) and isinstance(parts[0], list) and bool(parts[0]) and bool(parts[0][0])
    )
