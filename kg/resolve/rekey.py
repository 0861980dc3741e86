"""Apply the user's "different" decisions to what one paper says, before papers are joined.

A name that reading took for another thing (a short form for its long form, an alias for its concept) gets a key of its own
where the user said that the two differ.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from kg.decisions import Decision
from kg.lexicon import Lexicon
from kg.model import Extraction
from kg.text.forms import key


def separations(decisions: Sequence[Decision], lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return, for the normal form of each name told apart, the resolution keys that it is not."""
    apart: dict[str, set[str]] = {}
    for said in decisions:
        if said.verb == "different":
            for name, other in (said.names, said.names[::-1]):
                concept = lexicon.named(other)
                apart.setdefault(key(name), set()).update({key(other)} | ({concept.id} if concept else set()))
    return {name: frozenset(others) for name, others in apart.items()}


def rekey(extraction: Extraction, apart: Mapping[str, frozenset[str]]) -> Extraction:
    """Return the extraction with the mentions of separated names under keys of their own."""
    if not apart:
        return extraction
    mentions = tuple(
        dataclasses.replace(m, entity=key(m.text)) if m.entity in apart.get(key(m.text), ()) else m
        for m in extraction.mentions
    )
    kept = tuple(a for a in extraction.abbreviations if key(a.long) not in apart.get(key(a.short), ()))
    return dataclasses.replace(extraction, mentions=mentions, abbreviations=kept)
