"""What a user is told of a graph that was built: counts, names to try, warnings. The same of one in memory and of one on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Extraction, Paper
from kg.vocab import Kind, Role

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_FEW = 0.5  # of the papers: when fewer name something of the vocabulary, it is the wrong one
_MANY = 0.1  # of the papers: when more are not English, that is worth a word
_COMMON = frozenset(("the", "of", "and", "to", "in", "a", "is", "for", "we", "that", "with", "on", "are", "this"))


@dataclass(slots=True)
class Portrait:
    """What a graph holds. `related` is a name of a paper of the strongest link; `known` and `foreign` count papers."""

    papers: int
    duplicates: int
    entities: Mapping[str, int]
    statements: Mapping[str, int]
    links: int
    results: int
    most_used: str = ""
    related: str = ""
    known: int = 0
    foreign: int = 0

    def warnings(self) -> list[str]:
        """Say so where few papers hit the vocabulary or the text is not English."""
        if not self.papers:
            return ["no papers were read"]
        found = []
        if self.known < _FEW * self.papers:
            found.append(
                f"only {self.known} of {self.papers} papers name anything of the vocabulary; "
                "add your field's with --vocabulary FILE"
            )
        if self.foreign > _MANY * self.papers:
            found.append(f"{self.foreign} of {self.papers} papers do not look English; kg reads English")
        return found


def portrait_of(graph: KnowledgeGraph) -> Portrait:
    """Return what a graph in memory holds."""
    kinds = Counter(entity.kind for entity in graph.entities.values())
    roles = Counter(fact.role for fact in graph.facts)
    used = max(graph.entities.values(), key=lambda entity: (entity.paper_count, entity.id), default=None)
    best = max(graph.links, key=lambda link: (link.weight, link.a, link.b), default=None)
    return Portrait(
        papers=len(graph.papers),
        duplicates=0,
        entities={kind.value: kinds[kind] for kind in Kind},
        statements={role.value: roles[role] for role in Role},
        links=len(graph.links),
        results=sum(len(node.results) for node in graph.papers.values()),
        most_used=used.label if used else "",
        related=_short_name(graph, best.a) if best else "",
    )


def short_name(own: str, paper: Paper) -> str:
    """Return the shortest name of a paper that is sure to be its own: an identifier."""
    return paper.arxiv or paper.doi or f'"{own}"'


def names_known(extraction: Extraction) -> bool:
    """Tell whether a paper names anything of the vocabulary."""
    return any("/" in mention.entity for mention in extraction.mentions)


def is_foreign(paper: Paper) -> bool:
    """Tell whether an abstract does not look English."""
    words = paper.abstract.lower().split()
    return len(words) > 30 and sum(word in _COMMON for word in words) < 0.12 * len(words)


def _short_name(graph: KnowledgeGraph, node: str) -> str:
    """Return a name that is easily typed: an identifier, or else words that the title of this paper alone begins with."""
    paper = graph.papers[node].paper
    words = paper.title.replace('"', " ").split()
    starts = (" ".join(words[:count]) for count in range(2, 8))
    known = (start for start in starts if graph.find(start) == [node])
    return paper.arxiv or paper.doi or f'"{next(known, node)}"'
