"""Counts that add up, over papers and over files: what is right, wrong, found and missed.

`kg.score.judge` makes one `Scores` for each paper; their sum is the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kg.score.gold import GOLD_ROLES, Gold
from kg.vocab import Kind

ROWS: tuple[str, ...] = ("all", *(kind.value for kind in Kind), *(role.value for role in GOLD_ROLES), "results")
"""The lines of a report in order; ``one_node`` follows them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Right and wrong among what a graph says, found and missed among what it should say. Tallies add up.

    >>> Tally(right=3, wrong=1, found=3, missed=3) + Tally(right=1, wrong=3)
    Tally(right=4, wrong=4, found=3, missed=3)
    """

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        right, wrong = self.right + other.right, self.wrong + other.wrong
        return Tally(right, wrong, self.found + other.found, self.missed + other.missed)

    @property
    def said(self) -> int:
        """How much the graph says."""
        return self.right + self.wrong

    @property
    def wanted(self) -> int:
        """How much it should say."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """The share that is right of what the graph says; 0 when it says nothing."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share that is found of what the graph should say; 0 when that is nothing."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the figures as plain values."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "emitted": self.said, "core": self.wanted}


def said(good: bool) -> Tally:
    """Return the tally of one thing that the graph says."""
    return Tally(right=1) if good else Tally(wrong=1)


def wanted(good: bool) -> Tally:
    """Return the tally of one thing that the graph should say."""
    return Tally(found=1) if good else Tally(missed=1)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A gold entity of a record and the node it was found as, kept to compare papers with one another."""

    record: str
    gold: Gold
    name: str
    node: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything counted over one paper or many. Scores add up.

    `complaints` holds for each record what a reader would see wrong first; `missed` and `spurious` hold
    (record, name, kind); `unmatched` holds the records whose paper the graph lacks.
    """

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    urls: Tally = Tally()
    rows: Tally = Tally()
    split: int = 0
    pairings: tuple[Pairing, ...] = ()
    complaints: tuple[tuple[str, tuple[str, ...]], ...] = ()
    missed: tuple[tuple[str, str, str], ...] = ()
    spurious: tuple[tuple[str, str, str], ...] = ()
    unmatched: tuple[str, ...] = ()

    def __add__(self, other: Scores) -> Scores:
        none = Tally()
        names = sorted({*self.tallies, *other.tallies})
        return Scores(
            {name: self.tallies.get(name, none) + other.tallies.get(name, none) for name in names},
            self.urls + other.urls,
            self.rows + other.rows,
            self.split + other.split,
            self.pairings + other.pairings,
            self.complaints + other.complaints,
            self.missed + other.missed,
            self.spurious + other.spurious,
            self.unmatched + other.unmatched,
        )

    def report(self) -> dict[str, Tally]:
        """Return the tallies by line of the report, in the order of `ROWS`, then ``one_node``."""
        return {name: self.tallies.get(name, Tally()) for name in ROWS} | {"one_node": one_node(self.pairings)}

    def as_dict(self) -> dict[str, Any]:
        """Return all figures as plain values, ready for JSON."""
        return {
            **{name: tally.as_dict() for name, tally in self.report().items()},
            "urls": self.urls.recall if self.urls.wanted else 1.0,
            "split": self.split,
            "rows": {"right": self.rows.found, "of": self.rows.wanted},
            "unmatched_papers": list(self.unmatched),
        }


def one_node(pairings: Sequence[Pairing]) -> Tally:
    """Count over pairs of papers whether one thing is one node, and whether a node holds one thing only.

    Two gold entities are one thing when they have one kind and the name of either is a form of the other. A node that
    joins two things which merely share some form is neither right nor wrong.
    """
    nodes, forms = defaultdict(list), defaultdict(list)
    for i, pairing in enumerate(pairings):
        nodes[pairing.node].append(i)
        for form in pairing.gold.forms:
            forms[pairing.gold.kind, form].append(i)
    tally = Tally()
    for a, b in _across_papers(pairings, nodes.values()):
        if _one_thing(a, b) or not a.gold.forms & b.gold.forms:
            tally += said(_one_thing(a, b))
    for a, b in _across_papers(pairings, forms.values()):
        if _one_thing(a, b):
            tally += wanted(a.node == b.node)
    return tally


def _across_papers(pairings: Sequence[Pairing], groups: Iterable[Sequence[int]]) -> Iterator[tuple[Pairing, Pairing]]:
    """Yield each pair within a group once, when its two sides are from different papers."""
    for i, j in sorted({pair for group in groups for pair in combinations(group, 2)}):
        if pairings[i].record != pairings[j].record:
            yield pairings[i], pairings[j]


def _one_thing(a: Pairing, b: Pairing) -> bool:
    return a.gold.kind == b.gold.kind and (a.name in b.gold.forms or b.name in a.gold.forms)
