"""How near papers are to one another: by shared techniques, and by who cites whom where the records tell.

Four measures, each from 0 to 1 and the same in both directions:

- **techniques**: the cosine of what the two speak of: their entities first, then the words of the entities' names and of the
  texts, so that a paper without any link is told its neighbours too (`kg.profiles`).
- **citations**: one of the two cites the other.
- **cocitation**: papers of the graph that cite both (Small, "Co-citation in the scientific literature", JASIS 1973).
- **coupling**: references that both have, whether the graph holds the cited papers or not (Kessler, "Bibliographic coupling
  between scientific papers", American Documentation 1963).

The last three are counts, normalised by Salton's cosine: n(a, b) / sqrt(n(a) * n(b)), where n(a) is the number of papers that a
cites or is cited by, of papers that cite a, of references of a (Salton & McGill, "Introduction to Modern Information
Retrieval", 1983). "all" is their mean over the measures that the graph has any pair for (CombSUM: Fox & Shaw, "Combination of
multiple searches", TREC-2 1994), so that in a library without citations the techniques alone decide.

Stands after the graph and beside `kg.paths`; `kg related` and `KnowledgeGraph.related` give what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.paths import quote
from kg.profiles import Near, Profiles
from kg.readers import references
from kg.resolve.papers import named, names_of, title_key

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import PaperNode

ALL = "all"
_WORDS = 5  # so many words are named as a reason, beside the entities
_Sets = dict[str, frozenset[str]]


class Measure(StrEnum):
    """A way to tell how near two papers are."""

    TECHNIQUES = "techniques"
    CITATIONS = "citations"
    COCITATION = "cocitation"
    COUPLING = "coupling"


@dataclass(frozen=True, slots=True)
class Tie:
    """What one measure says of two papers: a score from 0 to 1, and the reason in words.

    `shared` are the entities, the citing papers or the references that both have; of a citation, the paper that cites.
    It is empty where two papers speak of the same things by words alone.
    """

    measure: Measure
    score: float
    shared: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Related:
    """A paper (local id) that is near another one: a score from 0 to 1, and what it rests on, in order of `Measure`."""

    paper: str
    score: float
    ties: tuple[Tie, ...]

    @property
    def because(self) -> str:
        """The reasons in words."""
        return "; ".join(tie.because for tie in self.ties)


class Quotes(NamedTuple):
    """A technique that two papers share, and the sentence of each that speaks of it."""

    label: str
    first: str
    second: str


class Relatedness:
    """Tells which papers of a graph are near one another. What it needs of the whole graph is counted once."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that tell of any two papers of this graph."""
        there = {
            Measure.TECHNIQUES: any(self._graph.facts_of(paper) for paper in self._graph.papers),
            Measure.CITATIONS: any(self._cites.values()),
            Measure.COCITATION: any(len(cited) > 1 for cited in self._cites.values()),
            Measure.COUPLING: any(len(papers) > 1 for papers in self._referring.values()),
        }
        return tuple(measure for measure in Measure if there[measure])

    def of(self, paper: str, *, by: str = ALL) -> list[Related]:
        """Return the papers near `paper` (a local id), the nearest first, equals in order of id.

        Raises `UsageError` where `by` is neither a measure nor "all".
        """
        if by != ALL and by not in list(Measure):
            raise UsageError(f"no measure {by!r} of relatedness", hint=f"choose from {', '.join([*Measure, ALL])}")
        used = self.measures if by == ALL else (Measure(by),)
        ties: dict[str, list[Tie]] = {}
        for measure in used:
            for other, tie in self._ties(measure, paper):
                ties.setdefault(other, []).append(tie)
        found = [
            Related(other, round(sum(tie.score for tie in mine) / len(used), 3), tuple(mine))
            for other, mine in ties.items()
        ]
        return sorted(found, key=lambda one: (-one.score, one.paper))

    def quotes(self, paper: str, other: str) -> list[Quotes]:
        """Return for each entity that two papers share the sentences that speak of it, the weightiest entity first."""
        first, second = ({fact.entity: fact for fact in self._graph.facts_of(one)} for one in (paper, other))
        return [
            Quotes(self._graph.entities[one].label, quote(self._graph, first[one]), quote(self._graph, second[one]))
            for one in self._profiles.between(paper, other).entities
        ]

    def _ties(self, measure: Measure, paper: str) -> Iterable[tuple[str, Tie]]:
        if measure is Measure.TECHNIQUES:
            return self._techniques(paper)
        if measure is Measure.CITATIONS:
            return self._citations(paper)
        if measure is Measure.COCITATION:
            return self._counted(measure, paper, self._cited_by, self._cites)
        return self._counted(measure, paper, self._references, self._referring)

    def _techniques(self, paper: str) -> Iterable[tuple[str, Tie]]:
        for near in self._profiles.near(paper):
            yield near.paper, Tie(Measure.TECHNIQUES, near.score, near.entities, self._spoken(near))

    def _spoken(self, near: Near) -> str:
        labels = ", ".join(self._graph.entities[entity].label for entity in near.entities)
        words = ", ".join(near.words[:_WORDS])
        return "; ".join(said for said in (labels and f"share {labels}", words and f"both speak of {words}") if said)

    def _citations(self, paper: str) -> Iterable[tuple[str, Tie]]:
        cites, cited_by = self._cites[paper], self._cited_by[paper]
        for other in sorted(cites | cited_by):
            both = len(self._cites[other] | self._cited_by[other]) * len(cites | cited_by)
            citing = tuple(one for one, there in ((other, other in cited_by), (paper, other in cites)) if there)
            words = "they cite each other" if len(citing) > 1 else "cites it" if other in cited_by else "cited by it"
            yield other, Tie(Measure.CITATIONS, 1 / sqrt(both), citing, words)

    def _counted(
        self, measure: Measure, paper: str, things: Mapping[str, frozenset[str]], holders: Mapping[str, frozenset[str]]
    ) -> Iterable[tuple[str, Tie]]:
        """Yield the papers that have things in common with `paper`: `things` by paper, and `holders` the other way round."""
        mine = things.get(paper, frozenset())
        others = {other for thing in mine for other in holders.get(thing, ())} - {paper}
        for other in sorted(others):
            shared = tuple(sorted(mine & things[other]))
            score = len(shared) / sqrt(len(mine) * len(things[other]))
            yield other, Tie(measure, score, shared, _words(measure, len(shared)))

    @cached_property
    def _profiles(self) -> Profiles:
        return Profiles(self._graph)

    @cached_property
    def _cites(self) -> _Sets:
        papers = self._graph.papers
        return {one: frozenset(cited for cited in node.cites if cited in papers) for one, node in papers.items()}

    @cached_property
    def _cited_by(self) -> _Sets:
        return dict.fromkeys(self._graph.papers, frozenset[str]()) | _turned(self._cites)

    @cached_property
    def _references(self) -> _Sets:
        """What each paper refers to: papers of the graph by their ids, others by a name that is the same everywhere."""
        known = names_of(self._graph.papers.values())
        return {one: _referred(node, known) for one, node in self._graph.papers.items()}

    @cached_property
    def _referring(self) -> _Sets:
        return _turned(self._references)


def _referred(node: PaperNode, known: Mapping[str, str]) -> frozenset[str]:
    said = node.paper.references or references(
        node.paper.csl
    )  # a graph that was read back has them in its records only
    return frozenset({named(one, known) or _name(one) for one in said} | set(node.cites)) - {node.id}


def _name(reference: str) -> str:
    return title_key(reference) if " " in reference else reference.lower()


def _turned(sets: Mapping[str, frozenset[str]]) -> _Sets:
    """Return which keys hold each member.

    >>> _turned({"a": frozenset("x"), "b": frozenset("x")})["x"] == frozenset("ab")
    True
    """
    holders: dict[str, set[str]] = {}
    for holder, members in sets.items():
        for member in members:
            holders.setdefault(member, set()).add(holder)
    return {member: frozenset(of) for member, of in holders.items()}


def _words(measure: Measure, count: int) -> str:
    if measure is Measure.COCITATION:
        return f"{count} papers cite both" if count > 1 else "1 paper cites both"
    return f"{count} shared references" if count > 1 else "1 shared reference"
