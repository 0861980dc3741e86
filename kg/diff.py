"""What changed between two graphs, in words: papers, entities, statements and links.

Stands after the graph; `kg diff` prints what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Entity, Fact, Link, PaperNode

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``+`` only the new graph has it, ``-`` only the old one has it, ``~`` both have it, not alike."""

    sign: str
    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.sign} {self.what}: {self.words}"


def diff(old: KnowledgeGraph, new: KnowledgeGraph) -> list[Change]:
    """Return what changed from `old` to `new`: papers first, then entities, statements and links, each by id.

    Statements and links of a paper that came or went are not told one by one: the line of the paper says it.
    """
    stayed = old.papers.keys() & new.papers.keys()

    def fact_words(graph: KnowledgeGraph) -> Callable[[Fact], str]:
        return lambda fact: f"{_title(graph, fact.paper)} {fact.role} {_label(graph, fact.entity)}"

    def link_words(graph: KnowledgeGraph) -> Callable[[Link], str]:
        return lambda link: f"{_title(graph, link.a)} and {_title(graph, link.b)} share {_shared(graph, link)}"

    return [
        *_compare("paper", old.papers, new.papers, _paper_words, _paper_words, _paper_change),
        *_compare("entity", old.entities, new.entities, _entity_words, _entity_words, _entity_change),
        *_compare(
            "statement", _facts(old, stayed), _facts(new, stayed), fact_words(old), fact_words(new), _fact_change
        ),
        *_compare("link", _links(old, stayed), _links(new, stayed), link_words(old), link_words(new), _link_change),
    ]


def counts(changes: list[Change]) -> str:
    """Return how many changes of each sort there are, in words.

    >>> counts([Change("+", "paper", "a"), Change("+", "paper", "b"), Change("~", "entity", "c")])
    '2 papers added, 1 entity changed'
    >>> counts([])
    'nothing changed'
    """
    verbs = {"+": "added", "-": "removed", "~": "changed"}
    numbers: dict[tuple[str, str], int] = {}
    for change in changes:
        numbers[change.what, change.sign] = numbers.get((change.what, change.sign), 0) + 1
    return (
        ", ".join(f"{n} {_plural(what, n)} {verbs[sign]}" for (what, sign), n in numbers.items()) or "nothing changed"
    )


def _plural(what: str, number: int) -> str:
    return what if number == 1 else f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"


def _compare(
    what: str,
    old: Mapping[str, Item],
    new: Mapping[str, Item],
    say_old: Callable[[Item], str],
    say_new: Callable[[Item], str],
    change: Callable[[Item, Item], str],
) -> Iterator[Change]:
    """Yield the changes of one sort of things, ordered by key; `change` is empty for two that are alike."""
    for key in sorted({*old, *new}):
        if key not in new:
            yield Change("-", what, say_old(old[key]))
        elif key not in old:
            yield Change("+", what, say_new(new[key]))
        elif words := change(old[key], new[key]):
            yield Change("~", what, f"{say_new(new[key])} ({words})")


def _paper_words(node: PaperNode) -> str:
    return f"{node.paper.title or '(no title)'} [{node.id.removeprefix('paper/')}]"


def _paper_change(old: PaperNode, new: PaperNode) -> str:
    fields = ("title", "abstract", "authors", "year", "venue", "doi", "arxiv", "identifiers")
    changed = [name for name in fields if getattr(old.paper, name) != getattr(new.paper, name)]
    changed += [name for name in ("results", "urls", "cites") if getattr(old, name) != getattr(new, name)]
    return f"changed: {', '.join(changed)}" if changed else ""


def _entity_words(entity: Entity) -> str:
    return f"{entity.label}, a {entity.kind} [{entity.id}]"


def _entity_change(old: Entity, new: Entity) -> str:
    words = []
    if old.label != new.label:
        words.append(f"was called {old.label}")
    if old.kind != new.kind:
        words.append(f"was a {old.kind}")
    words += [f"now also {alias}" for alias in new.aliases if alias not in old.aliases]
    words += [f"no longer {alias}" for alias in old.aliases if alias not in new.aliases]
    if old.broader != new.broader:
        words.append(f"now under {', '.join(new.broader) or 'nothing'}")
    if (old.definition, old.matches) != (new.definition, new.matches):
        words.append("described otherwise")
    if old.paper_count != new.paper_count:
        words.append(f"in {new.paper_count} papers, was {old.paper_count}")
    return "; ".join(words)


def _fact_change(old: Fact, new: Fact) -> str:
    if old.role != new.role:
        return f"was {old.role}"
    return f"confidence {new.confidence}, was {old.confidence}" if old.confidence != new.confidence else ""


def _link_change(old: Link, new: Link) -> str:
    if old.weight == new.weight and old.shared == new.shared:
        return ""
    return f"weight {new.weight}, was {old.weight}"


def _facts(graph: KnowledgeGraph, papers: set[str]) -> dict[str, Fact]:
    return {f"{fact.paper}\t{fact.entity}": fact for fact in graph.facts if fact.paper in papers}


def _links(graph: KnowledgeGraph, papers: set[str]) -> dict[str, Link]:
    return {f"{link.a}\t{link.b}": link for link in graph.links if link.a in papers and link.b in papers}


def _title(graph: KnowledgeGraph, paper: str) -> str:
    return f'"{graph.papers[paper].paper.title or paper}"'


def _label(graph: KnowledgeGraph, entity: str) -> str:
    return graph.entities[entity].label


def _shared(graph: KnowledgeGraph, link: Link) -> str:
    return ", ".join(_label(graph, shared.entity) for shared in link.shared)
