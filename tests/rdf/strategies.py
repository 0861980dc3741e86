"""Hypothesis strategies: graphs full of hostile names and texts."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Mention, Paper, PaperNode, Result, Shared, Url
from kg.vocab import ROLES_BY_KIND, Kind

NASTY = "\"'\\<>{}|^`%#?/:;,.@ \t\n\r\b\f\x00\x01\x1f\x7f\x85\u2028\ufffd\ufeff\ufffe\U0001d518é日a"
texts = st.text(st.sampled_from(NASTY) | st.characters(exclude_categories=["Cs"]), max_size=30)
names = texts.filter(lambda text: text != "")
numbers = st.sampled_from(["0", "91.5", "-3.25", "100", "0.0001"])
confidences = st.integers(0, 100).map(lambda n: n / 100)
bases = st.sampled_from(["https://w3id.org/papers-kg/id/", "http://example.org/kg#", "https://example.org/paper/"])


@st.composite
def mentions(draw: st.DrawFn, paper: Paper, entity: Entity) -> Mention:
    """A mention whose span is right or wrong: the writer does not care."""
    start = draw(st.integers(0, 9))
    return Mention(
        kind=entity.kind,
        text=draw(names),
        field=draw(st.sampled_from(["title", "abstract"])),
        start=start,
        end=start + draw(st.integers(1, 9)),
        role=draw(st.sampled_from(ROLES_BY_KIND[entity.kind])),
        entity=entity.id,
        extractor=draw(st.sampled_from(["lexicon", "cues"])),
        confidence=draw(confidences),
        sentence=(0, 20),
    )


@st.composite
def papers(draw: st.DrawFn, name: str) -> PaperNode:
    """A paper with everything a record may have."""
    paper = Paper(
        id=name,
        title=draw(names),
        abstract=draw(texts),
        authors=tuple(draw(st.lists(names, max_size=2))),
        year=draw(st.none() | st.integers(-50, 12000)),
        venue=draw(texts),
        doi=draw(texts),
        arxiv=draw(texts),
        identifiers=tuple(draw(st.lists(names, max_size=2))),
        csl=draw(texts),
    )
    urls = [Url(draw(names), "", "abstract", 0, 0, draw(st.booleans())) for _ in range(draw(st.integers(0, 2)))]
    return PaperNode(f"paper/{name}", paper, urls=tuple(urls))


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """A graph of up to three papers and three entities."""
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=3))
    slugs = draw(st.lists(names, min_size=len(kinds), max_size=len(kinds), unique=True))
    entities: list[Entity] = []
    for kind, slug in zip(kinds, slugs, strict=True):
        parents = tuple(draw(st.lists(st.sampled_from([e.id for e in entities]), max_size=1))) if entities else ()
        entity = Entity(
            f"{kind.lower()}/{slug}", slug, kind, draw(names), tuple(draw(st.lists(names, max_size=2))), parents
        )
        entities.append(entity)
    nodes = [draw(papers(name)) for name in draw(st.lists(names, max_size=3, unique=True))]
    facts = []
    for node in nodes:
        for entity in draw(st.lists(st.sampled_from(entities), unique=True, max_size=3)):
            found = tuple(draw(st.lists(mentions(node.paper, entity), min_size=1, max_size=3)))
            best = min(found, key=lambda m: (ROLES_BY_KIND[m.kind].index(m.role), -m.confidence))
            facts.append(
                Fact(node.id, entity.id, best.role, best.confidence, (best, *(m for m in found if m is not best)))
            )
    nodes = [_with_results(draw, node, entities) for node in nodes]
    links = []
    if len(nodes) > 1 and draw(st.booleans()):
        a, b = sorted((nodes[0].id, nodes[1].id))
        links.append(Link(a, b, 0.25, (Shared(entities[0].id, 0.25),)))
    return KnowledgeGraph(nodes, entities, facts, links, base=draw(bases))


def _with_results(draw: st.DrawFn, node: PaperNode, entities: list[Entity]) -> PaperNode:
    if not node.paper.abstract or not draw(st.booleans()):
        return node
    named = {kind: next((e.id for e in entities if e.kind is kind), "") for kind in Kind}
    result = Result(
        value=draw(numbers), value_to=draw(st.just("") | numbers), error="", lexical=draw(names), unit=draw(texts),
        metric=named[Kind.METRIC], dataset=named[Kind.DATASET], method=named[Kind.METHOD], field="abstract", start=0, end=1,
        extractor="results", confidence=draw(confidences), sentence=(0, 1),
    )  # fmt: skip
    return PaperNode(node.id, node.paper, (result,), node.urls, node.cites)
