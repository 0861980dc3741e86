"""Link papers by the techniques they share, the way bibliographic coupling links them by the references they share.

Two papers are linked when both have some entity, or things that it is broader than: one with BERT and one with RoBERTa share
Transformers, unless it is as broad as machine learning (Kessler, "Bibliographic coupling between scientific papers",
American Documentation 1963, with techniques for references). How near they are is the cosine of their weighed terms:
entities and, because a text says more of a technique than its name, the words that can name things (`kg.terms`). A term weighs

    ln(1 + count) * (1 + ln((1 + N) / (1 + n)))

where n of N papers have it (Salton & Buckley, "Term-weighting approaches in automatic text retrieval", IPM 1988). The count
of an entity is how much a paper's role for it counts (`kg.vocab.ROLE_FACTORS`; what is only implied counts as a notion), and its
weight is multiplied by its intrinsic information content (`kg.lexicon`): two papers that share deep
learning share little, in a library of any size. The weight of a link is told apart by what the papers share, in proportion
to what each adds.

Of each paper's links the `TOP` strongest are kept, and any link that is among the strongest of either of its papers. They are
found a paper at a time, as a sparse top-k search over an inverted index (`kg.nearness`): the papers of each of its entities
that at most `COMMON` papers have are scored by entities alone, and the `NEAR` best of these are compared in full. What was
tried and measured stands in docs/explanation/linking.md.

Cost: per paper the sum of n over its rare entities, at most `COMMON` times their number, and `NEAR` comparisons of some hundred
words; so linear in the number of papers, and never a matrix or a list of all pairs. Memory: 21 bytes a statement, implied ones
too, and 10 a word of a paper. Papers are independent of one another, so that ranges of them can be given to several processes.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.broader import Above, basis
from kg.model import Entity, Fact, Link, Paper, Shared
from kg.nearness import UNIT, Candidates, Comparison, links_papers
from kg.terms import numbered
from kg.vectors import Rows, bring_to_length_one, damped, rarity
from kg.vocab import ROLE_FACTORS, Role

_FACTORS = sorted(set(ROLE_FACTORS.values()))
_CODES = {role: _FACTORS.index(factor) for role, factor in ROLE_FACTORS.items()}
_IMPLIED = _CODES[Role.ABOUT]


class Table:
    """What each paper has, as numbers: papers and entities are counted from 0 in the order of their ids.

    Fill it with `add`, a paper after another, then `close` it. It holds no Python objects for papers, so that processes can
    share it. `broader` gives the entities right above one.
    """

    def __init__(self, broader: Callable[[int], Iterable[int]] = lambda entity: ()) -> None:
        self.starts = array("Q", [0])  # of each paper in the two that follow
        self.entities = array("I")
        self.codes = array("B")
        self.word_starts = array("Q", [0])  # of each paper in the two that follow
        self.words = array("I")
        self.times = array("H")
        self._above = Above(broader)
        self._counts = array("I")

    def add(self, facts: Iterable[tuple[int, Role]], said: tuple[array[int], array[int]]) -> None:
        """Add the next paper: its entities in order, with its roles for them, and its words as `kg.terms.numbered` has them."""
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

    def close(self, specificities: Sequence[float]) -> None:
        """Weigh everything, by how specific each entity is; afterwards `strongest`, `count` and `comparison` can be asked."""
        self._counts = array("I", bytes(4 * len(specificities)))
        for entity in self.entities:
            self._counts[entity] += 1
        papers = len(self.starts) - 1
        techniques, said = self.implied(), Rows(self.word_starts, self.words, array("f", map(damped, self.times)))
        held = techniques.counts()
        techniques.multiply({entity: rarity(papers, n) * specificities[entity] for entity, n in held.items()})
        said.multiply({word: rarity(papers, n) for word, n in said.counts().items()})
        bring_to_length_one(techniques, said)
        links = bytearray(links_papers(held.get(entity, 0), specific) for entity, specific in enumerate(specificities))
        self._candidates = Candidates(techniques, links)
        self.comparison = Comparison(techniques, said)

    def count(self, entity: int) -> int:
        """Return how many papers have an entity."""
        return self._counts[entity]

    def strongest(self, paper: int) -> list[tuple[int, int]]:
        """Return the strongest links of a paper, as `Comparison.strongest` does."""
        return self.comparison.strongest(paper, self._candidates.of(paper))

    def place(self, paper: int, entity: int) -> int:
        """Return where in `entities` stands that by which a paper has an entity that it shares."""
        begin, end = self.starts[paper], self.starts[paper + 1]
        own = self.entities[begin:end]
        found = basis(entity, zip(own, self.codes[begin:end], strict=True), self._above)
        return begin + own.index(entity if found is None else found)

    def implied(self) -> Rows:
        """Return the entities of each paper, and all that is broader than one of them, with how much each counts."""
        rows = Rows()
        for paper in range(len(self.starts) - 1):
            begin, end = self.starts[paper], self.starts[paper + 1]
            codes = dict.fromkeys((over for own in self.entities[begin:end] for over in self._above(own)), _IMPLIED)
            codes.update(zip(self.entities[begin:end], self.codes[begin:end], strict=True))
            rows.add((entity, damped(_FACTORS[codes[entity]])) for entity in sorted(codes))
        return rows


def strongest_pairs(
    strongest: Callable[[int], Iterable[tuple[int, int]]], papers: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of linked papers, the lower number first, that are strongest for one of `papers`; some twice."""
    for paper in papers:
        for other, _ in strongest(paper):
            yield (paper, other) if paper < other else (other, paper)


def weight(thousandths: int) -> float:
    """Return a weight as links have it."""
    return thousandths / UNIT


def link(facts: Iterable[Fact], entities: Mapping[str, Entity], papers: Mapping[str, Paper]) -> list[Link]:
    """Return the links between papers, ordered by their ids; `papers` are by id. Independent of the order of the facts."""
    names, ids = sorted(entities), sorted(papers)
    number = {name: n for n, name in enumerate(names)}
    above = [tuple(number[name] for name in entities[own].broader if name in number) for own in names]
    of_paper: defaultdict[str, list[tuple[int, Role]]] = defaultdict(list)
    for fact in facts:
        of_paper[fact.paper].append((number[fact.entity], fact.role))
    table = Table(above.__getitem__)
    for paper in ids:
        table.add(sorted(of_paper[paper]), numbered(papers[paper].title, papers[paper].abstract))
    table.close([entities[name].specificity for name in names])
    pairs = sorted(set(strongest_pairs(table.strongest, range(len(ids)))))
    return [
        Link(ids[a], ids[b], weight(sum(part for _, part in shared)), _named(shared, names))
        for a, b, shared in table.comparison.links(pairs)
    ]


def _named(shared: Iterable[tuple[int, int]], names: Sequence[str]) -> tuple[Shared, ...]:
    return tuple(Shared(names[entity], weight(part)) for entity, part in shared)


def _steps(starts: array[int]) -> array[int]:
    return array("I", (end - begin for begin, end in pairwise(starts)))
