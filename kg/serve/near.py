"""Names close to one that the graph does not hold, for the page that says so. Runs in a worker."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.tasks import Desk

_WORD = re.compile(r"[a-z0-9]+")
_LOOKED_AT = 2000
_LEAST = 0.45  # how alike a name has to be, from 0 to 1


def names(desk: Desk, local: str, top: int = 5) -> list[tuple[str, str]]:
    """Return IRIs and names of entities and papers whose name is like that in a local id, the likest first."""
    wanted = local.rsplit("/", 1)[-1].casefold().replace("-", " ").replace("_", " ").strip()
    words = _WORD.findall(wanted)
    if not words:
        return []
    tests = [f'CONTAINS(?low, "{word}")' for word in words if len(word) > 3]
    tests.append(f'STRSTARTS(?low, "{words[0][:3]}")')
    found = desk.rows(
        f"SELECT ?node ?name WHERE {{ ?node skos:prefLabel|dcterms:title ?name . BIND(LCASE(?name) AS ?low) "
        f"FILTER({' || '.join(tests)}) }} LIMIT {_LOOKED_AT}"
    )
    rated = sorted((-_likeness(wanted, row["name"]), row["name"], row["node"]) for row in found)
    return [(node, name) for likeness, name, node in rated[:top] if -likeness >= _LEAST]


def _likeness(wanted: str, name: str) -> float:
    low = name.casefold()
    return SequenceMatcher(None, wanted, low[: 2 * len(wanted)]).ratio()
