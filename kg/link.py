"""Link papers by the techniques they share, the way bibliographic coupling links them by the references they share.

The weight of a link is the sum over shared entities of

    factor(a) * factor(b) * specificity / log2(1 + n)

where n is the number of papers that have the entity (Adamic & Adar, "Friends and neighbors on the Web", Social Networks
2003: rare common neighbours tell most), `factor` is how much a paper's role for it counts (`ROLE_FACTORS`), and `specificity`
is the entity's intrinsic information content (`kg.lexicon`): two papers that share deep learning share little, in a library of any
size. As n counts papers of one entity and not of the library, a new paper changes only the weights of what it shares, and two
papers alone still link (Kessler, "Bibliographic coupling between scientific papers", American Documentation 1963).

Of each paper's links the `TOP` strongest are kept, and any link that is among the strongest of either of its papers. They are
found a paper at a time, as a sparse top-k search over an inverted index (`Table`): the papers of each of its rare entities are
scored; entities that more than `COMMON` papers share raise no candidates, they only add weight to those that could still be
among the strongest with it (the bound of Turtle & Flood, "Query evaluation: strategies and optimizations", 1995).

Cost: per paper the sum of n over its rare entities, at most `COMMON` times their number; so linear in the number of papers, and
never a matrix or a list of all pairs. Memory: 5 bytes a statement in the table, and one paper's candidates. Papers are
independent of one another, so that ranges of them can be given to several processes.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest

from kg.model import Entity, Fact, Link, Shared
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
TOP = 12
LEAST = 0.08

_UNIT = 1000  # weights are whole thousandths until they are written, so that sums do not depend on their order
_FACTORS = sorted(set(ROLE_FACTORS.values()))
_CODES = {role: _FACTORS.index(factor) for role, factor in ROLE_FACTORS.items()}


class Table:
    """What each paper has, as numbers: papers and entities are counted from 0 in the order of their ids.

    Fill it with `add`, a paper after another, then `close` it. It holds no Python objects, so that processes can share it.
    """

    def __init__(self) -> None:
        self.starts = array("Q", [0])  # of each paper in the two that follow
        self.entities = array("I")
        self.codes = array("B")
        self._holders = array("I")  # papers by entity and code
        self._first = array("Q")  # of each entity and code in there
        self._weights = array("d")

    def add(self, facts: Iterable[tuple[int, Role]]) -> None:
        """Add the next paper, with its entities and its roles for them."""
        for entity, role in facts:
            self.entities.append(entity)
            self.codes.append(_CODES[role])
        self.starts.append(len(self.entities))

    def extend(self, counts: Iterable[int], entities: array[int], codes: array[int]) -> None:
        """Add the next papers, as another table has them: how many statements each has, and these."""
        for count in counts:
            self.starts.append(self.starts[-1] + count)
        self.entities.extend(entities)
        self.codes.extend(codes)

    def close(self, specificities: Sequence[float]) -> None:
        """Make the index from entities to papers; afterwards `strongest` and `shared` can be asked."""
        kinds = len(_FACTORS)
        counts = array("Q", bytes(8 * (len(specificities) * kinds + 1)))
        for entity, code in zip(self.entities, self.codes, strict=True):
            counts[entity * kinds + code + 1] += 1
        for n in range(1, len(counts)):
            counts[n] += counts[n - 1]
        self._first = counts
        free = array("Q", counts)
        self._holders = array("I", bytes(4 * len(self.entities)))
        for paper in range(len(self.starts) - 1):
            for at in range(self.starts[paper], self.starts[paper + 1]):
                place = self.entities[at] * kinds + self.codes[at]
                self._holders[free[place]] = paper
                free[place] += 1
        for entity, specificity in enumerate(specificities):
            count = self.count(entity)
            self._weights.append(specificity / math.log2(1 + count) if count > 1 else 0.0)

    def count(self, entity: int) -> int:
        """Return how many papers have an entity."""
        kinds = len(_FACTORS)
        return self._first[(entity + 1) * kinds] - self._first[entity * kinds]

    def of(self, paper: int) -> Iterator[tuple[int, int]]:
        """Yield the entities of a paper, each with the code of its factor."""
        begin, end = self.starts[paper], self.starts[paper + 1]
        return zip(self.entities[begin:end], self.codes[begin:end], strict=True)

    def strongest(self, paper: int) -> list[tuple[int, int]]:
        """Return the strongest links of a paper: the other paper and the weight in thousandths, the strongest first."""
        scores: defaultdict[int, int] = defaultdict(int)
        common: dict[int, list[int]] = {}
        for entity, code in self.of(paper):
            count = self.count(entity)
            if count < 2:
                continue
            parts = [self._part(entity, code, other) for other in range(len(_FACTORS))]
            if count > COMMON:
                common[entity] = parts
                continue
            start = entity * len(_FACTORS)
            for other, part in enumerate(parts):
                if part:
                    for holder in self._holders[self._first[start + other] : self._first[start + other + 1]]:
                        scores[holder] += part
        scores.pop(paper, None)
        more = sum(parts[-1] for parts in common.values())
        best = nlargest(TOP, scores.values())
        least = max(round(LEAST * _UNIT), best[-1] if len(best) == TOP else 0) - more
        found = [(other, score) for other, score in scores.items() if score >= least]
        if common:
            found = [(other, score + self._extra(other, common)) for other, score in found]
        found = [one for one in found if one[1] >= round(LEAST * _UNIT)]
        return nsmallest(TOP, found, key=lambda one: (-one[1], min(paper, one[0]), max(paper, one[0])))

    def shared(self, a: int, b: int) -> list[tuple[int, int]]:
        """Return the entities that two papers share and what each adds in thousandths, the weightiest first."""
        mine = dict(self.of(a))
        parts = ((entity, self._part(entity, mine[entity], code)) for entity, code in self.of(b) if entity in mine)
        return sorted(((e, part) for e, part in parts if part), key=lambda one: (-one[1], one[0]))

    def _part(self, entity: int, one: int, other: int) -> int:
        return round(round(_FACTORS[one] * _FACTORS[other] * self._weights[entity], 3) * _UNIT)

    def _extra(self, paper: int, common: Mapping[int, Sequence[int]]) -> int:
        return sum(common[entity][code] for entity, code in self.of(paper) if entity in common)


def strongest_pairs(table: Table, papers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of linked papers, the lower number first, that are strongest for one of `papers`; some twice."""
    for paper in papers:
        for other, _ in table.strongest(paper):
            yield (paper, other) if paper < other else (other, paper)


def weight(thousandths: int) -> float:
    """Return a weight as links have it."""
    return thousandths / _UNIT


def link(facts: Iterable[Fact], entities: Mapping[str, Entity]) -> list[Link]:
    """Return the links between papers, ordered by their ids. Independent of the order of the facts."""
    names = sorted(entities)
    number = {name: n for n, name in enumerate(names)}
    of_paper: defaultdict[str, list[tuple[int, Role]]] = defaultdict(list)
    for fact in facts:
        of_paper[fact.paper].append((number[fact.entity], fact.role))
    papers = sorted(of_paper)
    table = Table()
    for paper in papers:
        table.add(sorted(of_paper[paper]))
    table.close([entities[name].specificity for name in names])
    return [
        Link(papers[a], papers[b], weight(sum(part for _, part in shared)), _named(shared, names))
        for a, b in sorted(set(strongest_pairs(table, range(len(papers)))))
        for shared in (table.shared(a, b),)
    ]


def _named(shared: Iterable[tuple[int, int]], names: Sequence[str]) -> tuple[Shared, ...]:
    return tuple(Shared(names[entity], weight(part)) for entity, part in shared)
