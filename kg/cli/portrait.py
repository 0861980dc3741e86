"""A paper or an entity in lines of text, with the words each statement was read from. What `kg show` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kg.cli.output import paragraph
from kg.cli.related import ranking
from kg.paths import quote
from kg.vocab import Kind, Role, strength

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Fact, Paper, PaperNode, Result, Where

_ROLES = list(Role)


def paper_lines(graph: KnowledgeGraph, node: str, origins: Sequence[Where], top: int = 5) -> Iterator[str]:
    """Yield what the graph holds of a paper: record, statements by role, results, URLs, related papers."""
    paper = graph.papers[node].paper
    yield paper.title or "(no title)"
    yield from _record(paper)
    yield from (f"read from {where}" for where in origins)
    facts = sorted(graph.facts_of(node), key=lambda fact: (_ROLES.index(fact.role), -fact.confidence, fact.entity))
    for role, group in groupby(facts, key=lambda fact: fact.role):
        yield f"\n{role}"
        for fact in group:
            entity = graph.entities[fact.entity]
            yield f"  {entity.label} ({entity.kind}, confidence {fact.confidence})"
            yield from _quoted(quote(graph, fact))
    yield from _results(graph, graph.papers[node])
    yield from _urls(graph.papers[node])
    rows = ranking(graph, node)[:top]
    if rows:
        yield "\nrelated papers"
    for weight, local, title, _, shared in rows:
        yield f"  {weight}  {title} [{local}]"
        yield paragraph(f"because of {shared}", "      ")


def entity_lines(
    graph: KnowledgeGraph, node: str, reasons: Sequence[str], *, counts: Mapping[Role, int]
) -> Iterator[str]:
    """Yield what there is to say of an entity: names and why they are one, neighbours, papers with their sentences.

    `counts` says how many papers have each role for it, more perhaps than there are in this part of the graph.
    """
    entity = graph.entities[node]
    yield f"{entity.label} ({entity.kind}) in {entity.paper_count} paper{'s' * (entity.paper_count != 1)}"
    if entity.definition:
        yield paragraph(entity.definition, "  ")
    if entity.aliases:
        yield f"also called: {', '.join(entity.aliases)}"
    for title, others in (("kind of", entity.broader), ("kinds of it", graph.narrower(node))):
        if others:
            yield f"{title}: {', '.join(graph.entities[other].label for other in others)}"
    yield from (f"same as: {match}" for match in entity.matches)
    if reasons:
        yield "why these names are one"
        yield from (paragraph(reason, "  ") for reason in reasons)
    facts = sorted(graph.facts_of(node), key=lambda fact: (_rank(entity.kind, fact), -fact.confidence, fact.paper))
    for role, group in groupby(facts, key=lambda fact: fact.role):
        yield f"\n{role} it"
        members = list(group)
        for fact in members:
            yield f"  {graph.papers[fact.paper].paper.title} [{fact.paper.removeprefix('paper/')}]"
            yield from _quoted(quote(graph, fact))
        if counts.get(role, 0) > len(members):
            yield f"  ... and {counts[role] - len(members)} more (`kg show --all`)"


def _rank(kind: Kind, fact: Fact) -> int:
    return strength(kind, fact.role)


def _record(paper: Paper) -> Iterator[str]:
    names = paper.authors if len(paper.authors) <= 6 else (*paper.authors[:5], f"and {len(paper.authors) - 5} more")
    identifiers = (f"arXiv {paper.arxiv}" if paper.arxiv else "", f"doi {paper.doi}" if paper.doi else "")
    parts = [", ".join(names), str(paper.year or ""), paper.venue, *identifiers]
    line = " · ".join(part for part in parts if part)
    if line:
        yield line


def _quoted(sentence: str) -> Iterator[str]:
    if sentence:
        yield paragraph(f"“{sentence}”", "    ")


def _results(graph: KnowledgeGraph, node: PaperNode) -> Iterator[str]:
    if node.results:
        yield "\nresults"
    for result in node.results:
        yield f"  {_value(graph, result)}"
        start, end = result.sentence
        yield from _quoted(node.paper.text(result.field)[start:end].strip())


def _value(graph: KnowledgeGraph, result: Result) -> str:
    def name(entity: str) -> str:
        return graph.entities[entity].label if entity in graph.entities else ""

    metric, dataset, method = name(result.metric), name(result.dataset), name(result.method)
    parts = [metric, result.lexical, f"on {dataset}" if dataset else "", f"by {method}" if method else ""]
    return " ".join(part for part in parts if part)


def _urls(node: PaperNode) -> Iterator[str]:
    if node.urls:
        yield "\nlinks in the text"
    for url in node.urls:
        yield f"  {url.iri}{' (code)' if url.code else ''}"
