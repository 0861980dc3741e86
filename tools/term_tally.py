"""Counts candidate terms over papers in bounded memory, and ranks them. Used by `tools/mine_vocabulary.py`.

What is rare is forgotten when the table grows too long, after Manku & Motwani, "Approximate frequency counts over data
streams" (VLDB 2002): a term that is kept has been seen in at least as many papers as its count says, and a term that is
in more than one of `LONGEST` papers is never lost.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LONGEST = 300_000
"""Terms that are held at a time; a quarter of a gigabyte."""

_SURFACES, _SHORTS = 6, 4


@dataclass(slots=True)
class Term:
    """One candidate: papers that have it, occurrences, votes for its kind by evidence, ways of writing, short forms."""

    papers: int = 0
    occurrences: int = 0
    last: int = -1
    example: str = ""
    kinds: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    shorts: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The commonest way of writing, of several the first in order."""
        return max(sorted(self.surfaces), key=lambda surface: self.surfaces[surface])


class Tally:
    """Terms by their normal form."""

    def __init__(self, longest: int = LONGEST) -> None:
        self.terms: dict[str, Term] = {}
        self._longest = longest

    def add(self, key: str, surface: str, paper: int, example: str) -> Term:
        """Count one occurrence of a term in paper number `paper` and return the term."""
        term = self.terms.get(key)
        if term is None:
            if len(self.terms) >= self._longest:
                self._forget()
            term = self.terms[key] = Term(example=example)
        term.occurrences += 1
        if term.last != paper:
            term.papers, term.last = term.papers + 1, paper
        _count(term.surfaces, surface, _SURFACES)
        return term

    def _forget(self) -> None:
        """Drop the terms of fewest papers until a third of the table is free."""
        least = 1
        while len(self.terms) > self._longest * 2 // 3:
            self.terms = {key: term for key, term in self.terms.items() if term.papers > least}
            least += 1


def short_of(term: Term, short: str) -> None:
    """Count a short form of a term."""
    _count(term.shorts, short, _SHORTS)


def _count(counter: Counter[str], name: str, most: int) -> None:
    if name in counter or len(counter) < most:
        counter[name] += 1


def c_values(occurrences: Mapping[str, int]) -> dict[str, float]:
    """Return the C-value of each term (words separated by spaces): how far it stands by itself, not inside longer ones.

    After Frantzi, Ananiadou & Mima, "Automatic recognition of multi-word terms: the C-value/NC-value method" (2000); one is
    added to the number of words, so that single words have a value too.

    >>> c_values({"red fox": 5, "red fox den": 3, "den": 4})
    {'red fox': 3.2, 'red fox den': 6.0, 'den': 1.0}
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for term, count in occurrences.items():
        words = term.split()
        for inner in _inside(words):
            if inner in occurrences:
                holders[inner].append(count)
    values = {}
    for term, count in occurrences.items():
        longer = holders[term]
        alone = count - (sum(longer) / len(longer) if longer else 0.0)
        values[term] = round(math.log2(len(term.split()) + 1) * alone, 1)
    return values


def _inside(words: list[str]) -> Iterable[str]:
    count = len(words)
    spans = ((a, b) for a in range(count) for b in range(a + 1, count + 1) if b - a < count)
    return {" ".join(words[a:b]) for a, b in spans}
