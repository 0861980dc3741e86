"""What papers say of each resolution key, counted: addable, so that parts can be counted apart and in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from kg.model import Extraction
from kg.resolve.labels import names_in
from kg.text.forms import key
from kg.vocab import Kind

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What all papers say of one key. Weights of kinds are hundredths."""

    papers: int = 0
    kinds: dict[Kind, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    shorts: dict[str, int] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add the counts of other papers."""
        self.papers += other.papers
        _add(self.kinds, other.kinds)
        _add(self.names, other.names)
        _add(self.shorts, other.shorts)


def tally(extraction: Extraction) -> dict[str, Tally]:
    """Count what one paper says of each of its keys."""
    counts: dict[str, Tally] = {}
    long_key = {a.short: key(a.long) for a in extraction.abbreviations}
    for mention in extraction.mentions:
        entry = counts.get(mention.entity)
        if entry is None:
            entry = counts[mention.entity] = Tally(papers=1)
        weight = round(100 * mention.confidence)
        if weight > entry.kinds.get(mention.kind, -1):
            entry.kinds[mention.kind] = weight
        for name in names_in(mention.text):
            entry.names[name] = entry.names.get(name, 0) + 1
        if mention.text in long_key:
            entry.shorts[key(mention.text)] = 1
    return counts


def _add(counts: dict[T, int], more: dict[T, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count
