"""A large library with all that has been made of it, as numbers in memory: what `kg.making.writing` writes from."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from kg.link import Table, weight
from kg.making.library import Library
from kg.making.naming import Names
from kg.model import Extraction, Fact, Field, Link, Mention, Paper, Shared
from kg.rdf.statements import evidence
from kg.resolve.facts import kind_of
from kg.vocab import Role

_ROLES = list(Role)
_TEXTS: tuple[Field, ...] = ("title", "abstract")


class Evidence:
    """Where the best mention of each statement stands, as numbers beside those of a `Table`."""

    def __init__(self) -> None:
        self.roles = array("B")
        self.fields = array("B")
        self.starts = array("I")
        self.ends = array("I")

    def add(self, fact: Fact) -> None:
        """Take in the next statement of the table."""
        best = evidence(fact) or fact.mentions[0]
        self.roles.append(_ROLES.index(best.role))
        self.fields.append(_TEXTS.index(best.field))
        self.starts.append(best.start)
        self.ends.append(best.end)

    def arrays(self) -> tuple[array[int], ...]:
        """Return the columns."""
        return self.roles, self.fields, self.starts, self.ends

    def mention(self, at: int, entity: str) -> Mention:
        """Return as much of a mention as its IRI is made of."""
        field, role = _TEXTS[self.fields[at]], _ROLES[self.roles[at]]
        return Mention(kind_of(entity), "", field, self.starts[at], self.ends[at], role, entity, "", 0.0, (0, 0))


class Whole:
    """The papers by number, in order of their ids. `links` are pairs of numbers, sorted."""

    def __init__(
        self,
        library: Library,
        names: Names,
        table: Table,
        evidence: Evidence,
        links: array[int],
        extraction: Callable[[int], Extraction],
    ) -> None:
        self._library, self._names, self._table, self._evidence = library, names, table, evidence
        self._after, self._before = _neighbours(links, len(library))
        self.extraction = extraction

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the papers."""
        return self._library.ids

    @property
    def by_key(self) -> Mapping[str, str]:
        """The entity of each resolution key."""
        return self._names.by_key

    def paper(self, number: int) -> Paper:
        """Return a paper."""
        return self._library[number]

    def cites(self, number: int, paper: Paper) -> tuple[str, ...]:
        """Return the ids of the papers that a paper cites, in order."""
        return self._library.cites(number, paper)

    def linked(self, number: int) -> Iterator[str]:
        """Yield the ids of all papers that a paper is linked with."""
        return (self.ids[other] for other in chain(self._after(number), self._before(number)))

    def links(self, number: int) -> Iterator[Link]:
        """Yield the links of a paper with those after it."""
        ids, names, others = self.ids, self._names.ids, list(self._after(number))
        found = self._table.comparison.shared(number, others)
        for other, shared in zip(others, found, strict=True):
            parts = tuple(Shared(names[entity], weight(part)) for entity, part in shared)
            yield Link(ids[number], ids[other], weight(sum(part for _, part in shared)), parts)

    def because(self, paper: str, entity: str) -> Mention | None:
        """Return the mention by which a paper has an entity, or something that it is broader than."""
        at = self._table.place(bisect_left(self.ids, paper), self._names.number(entity))
        return self._evidence.mention(at, self._names.ids[self._table.entities[at]])


def _neighbours(
    links: array[int], papers: int
) -> tuple[Callable[[int], Iterator[int]], Callable[[int], Iterator[int]]]:
    """Return functions that give the papers linked with one, those after it and those before it; `links` are sorted."""
    after, before = array("I"), array("I", bytes(4 * (len(links) // 2)))
    starts, ends = array("Q", bytes(8 * (papers + 1))), array("Q", bytes(8 * (papers + 1)))
    for at in range(0, len(links), 2):
        starts[links[at] + 1] += 1
        ends[links[at + 1] + 1] += 1
        after.append(links[at + 1])
    for number in range(papers):
        starts[number + 1] += starts[number]
        ends[number + 1] += ends[number]
    free = array("Q", ends)
    for at in range(0, len(links), 2):
        before[free[links[at + 1]]] = links[at]
        free[links[at + 1]] += 1
    return (
        lambda number: iter(after[starts[number] : starts[number + 1]]),
        lambda number: iter(before[ends[number] : ends[number + 1]]),
    )
