"""Link papers by the techniques they share, the way bibliographic coupling links them by the references they share.

Two papers are linked when both have some entity, or things that it is broader than: one with BERT and one with RoBERTa share
Transformers, unless it is as broad as machine learning (Kessler, "Bibliographic coupling between scientific papers",
American Documentation 1963, with techniques for references). How near they are is the cosine of their weighed terms:
entities and, because a text says more of a technique than its name, the words that can name things (`kg.terms`). A term weighs

    ln(1 + count) * (1 + ln((1 + N) / (1 + n)))

where n of N papers have it (Salton & Buckley, "Term-weighting approaches in automatic text retrieval", IPM 1988). The count
of an entity is how much a paper's role for it counts (`ROLE_FACTORS`; what is only implied counts as a notion), and its
weight is multiplied by `TECHNIQUE` and by its intrinsic information content (`kg.lexicon`): two papers that share deep
learning share little, in a library of any size. The weight of a link is told apart by what the papers share, in proportion
to what each adds.

Of each paper's links the `TOP` strongest are kept, and any link that is among the strongest of either of its papers. They are
found a paper at a time, as a sparse top-k search over an inverted index (`Table`): the papers of each of its entities that at
most `COMMON` papers have are scored by entities alone, and the `NEAR` best of these are compared in full. What was tried and
measured stands in docs/explanation/linking.md.

Cost: per paper the sum of n over its rare entities, at most `COMMON` times their number, and `NEAR` comparisons of some hundred
words; so linear in the number of papers, and never a matrix or a list of all pairs. Memory: 10 bytes a statement and a word
of a paper. Papers are independent of one another, so that ranges of them can be given to several processes.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise

from kg.broader import Above, basis
from kg.model import Entity, Fact, Link, Paper, Shared
from kg.terms import numbered
from kg.vectors import Rows
from kg.vocab import Role

ROLE_FACTORS: Mapping[Role, float] = {
    Role.PROPOSES: 1.0,
    Role.USES: 1.0,
    Role.COMPARES_WITH: 0.7,
    Role.INTRODUCES: 0.7,
    Role.EVALUATES_ON: 0.6,
    Role.ADDRESSES: 0.7,
    Role.ABOUT: 0.5,
    Role.REPORTS: 0.2,
    Role.MENTIONS: 0.3,
}
"""How much each role counts: techniques first; data sets, tasks and notions less; a mere mention little."""

COMMON = 500
NEAR = 100
TOP = 12
LEAST = 0.05
TECHNIQUE = 1.5
"""So many times as much does an entity count as a word."""
PART = 0.1
"""What adds less than so much of what the weightiest shared entity adds is no reason, and left out."""
BROAD = 0.3
"""Entities of less information than this (machine learning, neural network) link no papers by themselves."""

_UNIT = 1000  # weights are whole thousandths until they are written, so that sums do not depend on their order
_FACTORS = sorted(set(ROLE_FACTORS.values()))
_CODES = {role: _FACTORS.index(factor) for role, factor in ROLE_FACTORS.items()}
_IMPLIED = _CODES[Role.ABOUT]


class Table:
    """What each paper has, as numbers: papers and entities are counted from 0 in the order of their ids.

    Fill it with `add`, a paper after another, then `close` it. It holds no Python objects, so that processes can share it.
    """

    def __init__(self) -> None:
        self.starts = array("Q", [0])  # of each paper in the two that follow
        self.entities = array("I")
        self.codes = array("B")
        self.word_starts = array("Q", [0])  # of each paper in the two that follow
        self.words = array("I")
        self.times = array("H")
        self._techniques = Rows()  # what `close` makes of both
        self._said = Rows()
        self._first = array(
            "Q"
        )  # of each entity in the two that follow: the papers that have it, and how much it weighs there
        self._holders = array("I")
        self._parts = array("f")
        self._counts = array("I")
        self._broad = bytearray()  # of each entity, whether it is too broad to link papers
        self._above: Above[int] = Above(lambda entity: ())
        self._asked: tuple[int, dict[int, float], dict[int, float]] = (-1, {}, {})

    def add(self, facts: Iterable[tuple[int, Role]], said: tuple[array[int], array[int]]) -> None:
        """Add the next paper: its entities with its roles for them, and its words as `kg.terms.numbered` has them."""
        for entity, role in facts:
            self.entities.append(entity)
            self.codes.append(_CODES[role])
        self.starts.append(len(self.entities))
        self.words.extend(said[0])
        self.times.extend(said[1])
        self.word_starts.append(len(self.words))

    def columns(self) -> tuple[array[int], ...]:
        """Return all there is, for `extend`."""
        return _steps(self.starts), self.entities, self.codes, _steps(self.word_starts), self.words, self.times

    def extend(self, columns: Sequence[array[int]]) -> None:
        """Add the next papers, as the columns of another table."""
        counts, entities, codes, word_counts, words, times = columns
        for starts, more in ((self.starts, counts), (self.word_starts, word_counts)):
            for count in more:
                starts.append(starts[-1] + count)
        for mine, more in ((self.entities, entities), (self.codes, codes), (self.words, words), (self.times, times)):
            mine.extend(more)

    def close(self, specificities: Sequence[float], broader: Callable[[int], Iterable[int]]) -> None:
        """Weigh everything; afterwards `strongest` and `shared` can be asked.

        `specificities` are those of the entities, `broader` gives the numbers of the entities right above one.
        """
        self._counts = array("I", bytes(4 * len(specificities)))
        for entity in self.entities:
            self._counts[entity] += 1
        self._broad = bytearray(specificity < BROAD for specificity in specificities)
        self._techniques = self._with_implied(broader)
        self._said = Rows(self.word_starts, self.words, array("f", (math.log(1 + n) for n in self.times)))
        self._techniques.weigh(specificities)
        self._said.weigh()
        for paper in range(len(self.starts) - 1):
            length = math.sqrt(self._techniques.square(paper) + self._said.square(paper)) or 1.0
            self._techniques.shorten(paper, length)
            self._said.shorten(paper, length)
        self._first, self._holders, self._parts = self._techniques.turned(len(specificities))

    def count(self, entity: int) -> int:
        """Return how many papers have an entity."""
        return self._counts[entity]

    def strongest(self, paper: int) -> list[tuple[int, int]]:
        """Return the strongest links of a paper: the other paper and the weight in thousandths, the strongest first."""
        compare = self._comparing(paper)
        found = [(other, weight) for other in self.nearest(paper) if (weight := compare(other)) >= round(LEAST * _UNIT)]
        return nsmallest(TOP, found, key=lambda one: (-one[1], min(paper, one[0]), max(paper, one[0])))

    def nearest(self, paper: int) -> list[int]:
        """Return the papers that may have the strongest links with one: the `NEAR` best by rare entities alone."""
        scores: defaultdict[int, float] = defaultdict(float)
        for entity, weight in self._techniques.of(paper):
            begin, end = self._first[entity], self._first[entity + 1]
            if weight and end - begin <= COMMON and not self._broad[entity]:
                for other, part in zip(self._holders[begin:end], self._parts[begin:end], strict=True):
                    scores[other] += weight * part
        scores.pop(paper, None)
        near = nsmallest(NEAR, ((-score, other) for other, score in scores.items() if score > 0))
        return [other for _, other in near]

    def shared(self, a: int, b: int) -> list[tuple[int, int]]:
        """Return the entities that two papers share and what each adds in thousandths, the weightiest first."""
        compare, mine = self._comparing(a), self._asked[1]
        parts = {e: mine[e] * weight for e, weight in self._techniques.of(b) if mine.get(e, 0) * weight > 0}
        least = PART * max(parts.values(), default=0)
        parts = {entity: part for entity, part in parts.items() if part >= least}
        return sorted(_divided(compare(b), parts), key=lambda one: (-one[1], one[0]))

    def place(self, paper: int, entity: int) -> int:
        """Return where in `entities` stands that by which a paper has an entity that it shares."""
        begin, end = self.starts[paper], self.starts[paper + 1]
        own = self.entities[begin:end]
        found = basis(entity, zip(own, self.codes[begin:end], strict=True), self._above)
        return begin + own.index(entity if found is None else found)

    def _comparing(self, paper: int) -> Callable[[int], int]:
        """Return what tells how near other papers are to one, in thousandths."""
        if self._asked[0] != paper:  # links are asked for a paper after another
            self._asked = paper, dict(self._techniques.of(paper)), dict(self._said.of(paper))
        _, mine, said = self._asked

        def compare(other: int) -> int:
            return round((self._techniques.dot(mine, other) + self._said.dot(said, other)) * _UNIT)

        return compare

    def _with_implied(self, broader: Callable[[int], Iterable[int]]) -> Rows:
        """Return the entities of each paper, and all that is broader than one of them, with how much each counts."""
        self._above = Above(broader)
        rows = Rows()
        for paper in range(len(self.starts) - 1):
            begin, end = self.starts[paper], self.starts[paper + 1]
            codes = dict.fromkeys((over for own in self.entities[begin:end] for over in self._above(own)), _IMPLIED)
            codes.update(zip(self.entities[begin:end], self.codes[begin:end], strict=True))
            rows.add((entity, TECHNIQUE * math.log(1 + _FACTORS[codes[entity]])) for entity in sorted(codes))
        return rows


def strongest_pairs(table: Table, papers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of linked papers, the lower number first, that are strongest for one of `papers`; some twice."""
    for paper in papers:
        for other, _ in table.strongest(paper):
            yield (paper, other) if paper < other else (other, paper)


def weight(thousandths: int) -> float:
    """Return a weight as links have it."""
    return thousandths / _UNIT


def link(facts: Iterable[Fact], entities: Mapping[str, Entity], papers: Mapping[str, Paper]) -> list[Link]:
    """Return the links between papers, ordered by their ids; `papers` are by id. Independent of the order of the facts."""
    names, ids = sorted(entities), sorted(papers)
    number = {name: n for n, name in enumerate(names)}
    above = [tuple(number[name] for name in entities[own].broader if name in number) for own in names]
    of_paper: defaultdict[str, list[tuple[int, Role]]] = defaultdict(list)
    for fact in facts:
        of_paper[fact.paper].append((number[fact.entity], fact.role))
    table = Table()
    for paper in ids:
        table.add(sorted(of_paper[paper]), numbered(papers[paper].title, papers[paper].abstract))
    table.close([entities[name].specificity for name in names], above.__getitem__)
    return [
        Link(ids[a], ids[b], weight(sum(part for _, part in shared)), _named(shared, names))
        for a, b in sorted(set(strongest_pairs(table, range(len(ids)))))
        for shared in (table.shared(a, b),)
    ]


def _named(shared: Iterable[tuple[int, int]], names: Sequence[str]) -> tuple[Shared, ...]:
    return tuple(Shared(names[entity], weight(part)) for entity, part in shared)


def _divided(total: int, parts: Mapping[int, float]) -> list[tuple[int, int]]:
    """Divide a whole number in proportion to `parts`, so that it is their sum; what gets nothing is left out.

    >>> _divided(10, {1: 0.5, 2: 0.25, 3: 0.25})
    [(1, 5), (2, 3), (3, 2)]
    """
    whole = sum(parts.values())
    exact = {term: total * part / whole for term, part in parts.items()}
    left = total - sum(map(int, exact.values()))
    more = set(nsmallest(left, exact, key=lambda term: (int(exact[term]) - exact[term], term)))
    divided = ((term, int(part) + (term in more)) for term, part in exact.items())
    return [(term, part) for term, part in divided if part]


def _steps(starts: array[int]) -> array[int]:
    return array("I", (end - begin for begin, end in pairwise(starts)))
