"""The graph as RDF statements, a node at a time, in order of IRI. The one place that says what kg.ttl holds.

Every RDF output (Turtle, N-Triples, JSON-LD, rdflib) is written from this stream. It makes one paper's mentions at a
time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from kg.model import Entity, Fact, Link, Mention, PaperNode, Result
from kg.rdf.iris import bare, base_iri, encode, link_iri, mention_iri, person_iri, result_iri, safe_iri, shared_iri
from kg.rdf.terms import Iri, Literal, Pair, decimal, integer, year
from kg.vocab import ALIGNED_CLASSES, PREDICATES, Kind, Role, expand

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Mentions = OneOf["best", "all"]
"""Which mentions are written: the best of each paper, entity and role, or every one."""

Node = tuple[Iri, list[Pair]]
"""A subject and all that is said of it."""

_Make = Callable[[], Iterable[Node]]

Because = Callable[[str, str], Mention | None]
"""Finds the mention that speaks for what a paper says of an entity, both given by local id."""

_REMEMBERED = 1 << 18  # IRIs that are kept in their written form

TYPE = Iri(expand("rdf:type"))
P = {predicate.name: Iri(expand(predicate.name)) for predicate in PREDICATES}
"""The predicates of the graph by prefixed name."""


def _types(*names: str) -> list[Pair]:
    return [(TYPE, Iri(expand(name))) for name in names]


def _own_types(name: str) -> list[Pair]:
    return _types(f"kg:{name}", *ALIGNED_CLASSES.get(name, ()))


_ENTITY_TYPES = {kind: [*_own_types(kind.value), *_types("kg:Entity", "skos:Concept")] for kind in Kind}
_PAPER, _MENTION, _RESULT, _LINK, _SHARED = map(_own_types, ("Paper", "Mention", "Result", "Link", "SharedTechnique"))
_PERSON = _types("foaf:Person")
_ROLES = {role: P[f"kg:{role.value}"] for role in Role}


def statements(graph: KnowledgeGraph, *, mentions: Mentions = "best") -> Iterator[Node]:
    """Yield each node of the graph with its statements, in order of IRI, every node once.

    With mentions "best" the best mention of each (paper, entity, role) is a node; with "all" every one.
    """
    return _in_order(_blocks(graph, mentions))


def best_mentions(fact: Fact) -> list[Mention]:
    """Return the best mention of each role that the fact's mentions have, in the order of the fact."""
    best: dict[Role, Mention] = {}
    for mention in fact.mentions:
        best.setdefault(mention.role, mention)
    return list(best.values())


def evidence(fact: Fact) -> Mention | None:
    """Return the mention that speaks for the fact: the best one of the fact's own role."""
    same = (mention for mention in fact.mentions if mention.role is fact.role)
    return next(same, fact.mentions[0] if fact.mentions else None)


def _in_order(blocks: list[tuple[str, _Make]]) -> Iterator[Node]:
    """Yield the nodes of all blocks in order of IRI. A block is a prefix of IRIs and what makes the nodes under it.

    Blocks can interleave only where one's prefix begins the other's (papers ``10.1/x`` and ``10.1/x/y``); those few are
    sorted together.
    """
    blocks.sort(key=lambda block: block[0])
    at = 0
    while at < len(blocks):
        prefix = blocks[at][0]
        nodes: list[Node] = []
        while at < len(blocks) and blocks[at][0].startswith(prefix):
            nodes.extend(blocks[at][1]())
            at += 1
        nodes.sort(key=lambda node: node[0])
        yield from nodes


class Nodes:
    """Makes the nodes of papers, entities and links, under a base IRI that ends in ``/`` or ``#``."""

    def __init__(self, base: str, mentions: Mentions) -> None:
        self.base = base
        self.all = mentions == "all"
        self.iris: dict[str, Iri] = {}

    def iri(self, local: str) -> Iri:
        """Return the IRI of a local id, the same object each time."""
        found = self.iris.get(local)
        if found is None:
            if len(self.iris) >= _REMEMBERED:
                self.iris.clear()
            found = self.iris[local] = Iri(self.base + encode(local))
        return found

    def entity(self, entity: Entity) -> Iterator[Node]:
        """Make the node of an entity."""
        pairs = [*_ENTITY_TYPES[entity.kind], (P["skos:prefLabel"], Literal(entity.label))]
        pairs += ((P["skos:altLabel"], Literal(alias)) for alias in entity.aliases)
        pairs += ((P["skos:broader"], self.iri(parent)) for parent in entity.broader)
        pairs += ((P["skos:exactMatch"], Iri(safe_iri(match))) for match in entity.matches)
        if entity.definition:
            pairs.append((P["skos:definition"], Literal(entity.definition)))
        pairs.append((P["kg:paperCount"], integer(entity.paper_count)))
        yield self.iri(entity.id), pairs

    def paper(self, node: PaperNode, facts: Iterable[Fact], linked: Iterable[str]) -> Iterator[Node]:
        """Make the node of a paper, with what it states and the papers it is linked with."""
        pairs = [*_PAPER, *_record(node)]
        authors = range(1, len(node.paper.authors) + 1)
        pairs += ((P["dcterms:creator"], Iri(person_iri(self.base, node.id, position))) for position in authors)
        for fact in facts:
            entity = self.iri(fact.entity)
            pairs.append((P["kg:mentions"], entity))
            if fact.role is not Role.MENTIONS:
                pairs.append((_ROLES[fact.role], entity))
        pairs += ((P["kg:hasResult"], Iri(result_iri(self.base, node.id, result))) for result in node.results)
        pairs += ((P["kg:sharesTechniqueWith"], self.iri(other)) for other in linked)
        pairs += ((P["cito:cites"], self.iri(cited)) for cited in node.cites)
        yield self.iri(node.id), pairs

    def persons(self, node: PaperNode) -> Iterator[Node]:
        """Make the nodes of the authors of a paper."""
        for position, name in enumerate(node.paper.authors, start=1):
            pairs: list[Pair] = [*_PERSON, (P["foaf:name"], Literal(name)), (P["kg:position"], integer(position))]
            yield Iri(person_iri(self.base, node.id, position)), pairs

    def mentions(self, paper: str, facts: Iterable[Fact]) -> Iterator[Node]:
        """Make the nodes of the mentions of a paper."""
        in_paper = self.iri(paper)
        for fact in facts:
            entity = self.iri(fact.entity)
            seen: set[str] = set()
            for mention in fact.mentions if self.all else best_mentions(fact):
                subject = mention_iri(self.base, paper, fact.entity, mention)
                if subject not in seen:  # two extractors that read the same words: the better one comes first
                    seen.add(subject)
                    about = [
                        (P["kg:inPaper"], in_paper),
                        (P["kg:entity"], entity),
                        (P["kg:role"], _ROLES[mention.role]),
                    ]
                    yield Iri(subject), [*_MENTION, *about, *_evidence(mention, mention.text)]

    def results(self, node: PaperNode) -> Iterator[Node]:
        """Make the nodes of the results of a paper. Two readings of one number are one node, with all they name."""
        by_iri: dict[str, list[Result]] = {}
        for result in node.results:
            by_iri.setdefault(result_iri(self.base, node.id, result), []).append(result)
        for subject, same in by_iri.items():
            first = same[0]
            quote = node.paper.text(first.field)[first.start : first.end]
            pairs = [*_RESULT, (P["kg:value"], decimal(first.value)), (P["kg:lexicalValue"], Literal(first.lexical))]
            for name, text in (("kg:valueTo", first.value_to), ("kg:error", first.error)):
                if text:
                    pairs.append((P[name], decimal(text)))
            if first.unit:
                pairs.append((P["kg:unit"], Literal(first.unit)))
            for result in same:
                named = (("kg:metric", result.metric), ("kg:dataset", result.dataset), ("kg:method", result.method))
                pairs += ((P[name], self.iri(entity)) for name, entity in named if entity)
            yield Iri(subject), [*pairs, *_evidence(first, quote)]

    def links(self, links: Iterable[Link], because: Because) -> Iterator[Node]:
        """Make the nodes of links and of what each shared entity contributes; `because` finds its mention in a paper."""
        for link in links:
            pairs = [*_LINK, (P["kg:paper"], self.iri(link.a)), (P["kg:paper"], self.iri(link.b))]
            pairs.append((P["kg:weight"], weight(link.weight)))
            for shared in link.shared:
                subject = Iri(shared_iri(self.base, link.a, link.b, shared.entity))
                pairs.append((P["kg:shared"], subject))
                about: list[Pair] = [
                    (P["kg:sharedEntity"], self.iri(shared.entity)),
                    (P["kg:weight"], weight(shared.weight)),
                ]
                for paper in (link.a, link.b):
                    mention = because(paper, shared.entity)
                    if mention:
                        about.append((P["kg:evidence"], Iri(mention_iri(self.base, paper, mention.entity, mention))))
                yield subject, [*_SHARED, *about]
            yield Iri(link_iri(self.base, link.a, link.b)), pairs


def _blocks(graph: KnowledgeGraph, mentions: Mentions) -> list[tuple[str, _Make]]:
    """Return the parts of a graph with the prefix that the IRIs of each begin with."""
    nodes = Nodes(base_iri(graph.base), mentions)
    linked: dict[str, list[str]] = {}
    by_first: dict[str, list[Link]] = {}
    for link in graph.links:
        linked.setdefault(link.a, []).append(link.b)
        linked.setdefault(link.b, []).append(link.a)
        by_first.setdefault(min(link.a, link.b), []).append(link)
    facts: dict[str, list[Fact]] = {}
    for fact in graph.facts:
        facts.setdefault(fact.paper, []).append(fact)

    def because(paper: str, entity: str) -> Mention | None:
        fact = graph.basis(paper, entity)
        return evidence(fact) if fact else None

    made: list[tuple[str, _Make]] = []
    for entity in graph.entities.values():
        made.append((encode(entity.id), partial(nodes.entity, entity)))
    for node in graph.papers.values():
        name, own = bare(node.id), facts.get(node.id, [])
        made.append((encode(node.id), partial(nodes.paper, node, own, linked.get(node.id, ()))))
        made.append((f"mention/{name}/", partial(nodes.mentions, node.id, own)))
        if node.paper.authors:
            made.append((f"person/{name}/", partial(nodes.persons, node)))
        if node.results:
            made.append((f"result/{name}/", partial(nodes.results, node)))
    made.extend((f"link/{bare(first)}--", partial(nodes.links, some, because)) for first, some in by_first.items())
    return made


def weight(number: float) -> Literal:
    """Return a weight as the graph writes it: a decimal of at most six places."""
    return decimal(round(number, 6))


def _record(node: PaperNode) -> Iterator[Pair]:
    """Make the statements of a paper that come from its record and the URLs in its text."""
    paper = node.paper
    texts = (("dcterms:title", paper.title), ("dcterms:abstract", paper.abstract), ("dcterms:source", paper.venue),
             ("bibo:doi", paper.doi), ("fabio:hasArXivId", paper.arxiv), ("kg:cslJson", paper.csl))  # fmt: skip
    yield from ((P[name], Literal(text)) for name, text in texts if text)
    if paper.year is not None:
        yield P["fabio:hasPublicationYear"], year(paper.year)
    yield from ((P["dcterms:identifier"], Literal(text)) for text in paper.identifiers if text)
    for url in node.urls:
        yield P["schema:codeRepository" if url.code else "kg:url"], Iri(safe_iri(url.iri))


def _evidence(read: Mention | Result, quote: str) -> list[Pair]:
    """Make the statements that say where something was read, by what, and how sure it is."""
    begin, stop = read.sentence
    return [
        (P["kg:field"], Literal(read.field)),
        (P["kg:start"], integer(read.start)),
        (P["kg:end"], integer(read.end)),
        (P["kg:quote"], Literal(quote)),
        (P["kg:sentenceStart"], integer(begin)),
        (P["kg:sentenceEnd"], integer(stop)),
        (P["kg:extractor"], Literal(read.extractor)),
        (P["kg:confidence"], decimal(round(read.confidence, 2))),
    ]
