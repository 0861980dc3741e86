"""Small hand-made graphs that tests of several rooms share. No text of anybody else's in here."""

from __future__ import annotations

import dataclasses

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Mention, Paper, PaperNode, Result, Shared, Url
from kg.vocab import Kind, Role

_KIND_OF = {
    "method/fox-transformer": Kind.METHOD,
    "method/vision-transformer": Kind.METHOD,
    "method/rare-trick": Kind.METHOD,
    "dataset/meadow-net": Kind.DATASET,
    "task/object-detection": Kind.TASK,
    "metric/accuracy": Kind.METRIC,
    "concept/inductive-bias": Kind.CONCEPT,
}

_ONE = Paper(
    id="2401.00001",
    title="Fox Transformer: Quick Detection",
    abstract=(
        "We propose the Fox Transformer, a vision transformer (ViT) with the rare trick for object detection. "
        "On MeadowNet it reaches an accuracy of 91.5%. Code: https://github.com/fox/fox."
    ),
    authors=("Ada Lovelace", "Grace Hopper"),
    year=2024,
    venue="Journal of Foxes",
    arxiv="2401.00001",
    csl='{"id":"2401.00001","title":"Fox Transformer: Quick Detection","type":"article"}',
)
_TWO = Paper(
    id="b",
    title='Hostile <img src=x onerror=alert(1)> & "quotes" \\ </script>',
    abstract="The rare trick and vision transformers are compared. We study inductive bias on MeadowNet. Größe 𝔘 日本語.",
    year=2023,
    doi="10.1234/hostile",
)
_THREE = Paper(id="c", title="Nothing in Common", abstract="")


def _mention(
    paper: Paper, words: str, entity: str, role: Role, *, field: str = "abstract", confidence: float = 0.9
) -> Mention:
    text = paper.title if field == "title" else paper.abstract
    start = text.index(words)
    begin = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    stop = text.find(". ", start) + 1 or len(text)
    return Mention(
        kind=_KIND_OF[entity],
        text=words,
        field="title" if field == "title" else "abstract",
        start=start,
        end=start + len(words),
        role=role,
        entity=entity,
        extractor="lexicon",
        confidence=confidence,
        sentence=(begin, stop),
    )


def _fact(paper_id: str, entity: str, role: Role, *mentions: Mention) -> Fact:
    return Fact(paper_id, entity, role, mentions[0].confidence, mentions)


def small_graph() -> KnowledgeGraph:
    """Three papers, two of them linked, every kind of entity, every role but one, a result, a code URL, hostile text."""
    one, two, three = "paper/2401.00001", "paper/10.1234/hostile", "paper/nothing-in-common-0a1b2c3d"
    at = _ONE.abstract.index("91.5")
    result = Result(
        value="91.5", value_to="", error="", lexical="91.5%", unit="%", metric="metric/accuracy", dataset="dataset/meadow-net",
        method="method/fox-transformer", field="abstract", start=at, end=at + 5, extractor="results", confidence=0.8,
        sentence=(_ONE.abstract.index("On Meadow"), at + 6),
    )  # fmt: skip
    url_at = _ONE.abstract.index("https")
    url = Url("https://github.com/fox/fox", "https://github.com/fox/fox", "abstract", url_at, url_at + 26, code=True)
    papers = [
        PaperNode(one, _ONE, (result,), (url,), cites=(two,)),
        PaperNode(two, _TWO),
        PaperNode(three, _THREE),
    ]
    counts = dict.fromkeys(_KIND_OF, 1) | dict.fromkeys(
        ("method/vision-transformer", "method/rare-trick", "dataset/meadow-net"), 2
    )
    labels = {
        "method/fox-transformer": "Fox Transformer",
        "method/vision-transformer": "vision transformer",
        "method/rare-trick": "rare trick",
        "dataset/meadow-net": "MeadowNet",
        "task/object-detection": "object detection",
        "metric/accuracy": "accuracy",
        "concept/inductive-bias": "inductive bias",
    }
    entities = [Entity(i, i, k, labels[i], paper_count=counts[i]) for i, k in _KIND_OF.items()]
    entities[0] = dataclasses.replace(entities[0], broader=("method/vision-transformer",))
    entities[1] = dataclasses.replace(
        entities[1],
        aliases=("ViT",),
        definition="A transformer over image patches.",
        matches=("http://www.wikidata.org/entity/Q1",),
    )
    facts = [
        _fact(one, "method/fox-transformer", Role.PROPOSES,
              _mention(_ONE, "Fox Transformer", "method/fox-transformer", Role.PROPOSES),
              _mention(_ONE, "Fox Transformer", "method/fox-transformer", Role.MENTIONS, field="title", confidence=0.6)),
        _fact(one, "method/vision-transformer", Role.USES, _mention(_ONE, "vision transformer", "method/vision-transformer", Role.USES)),
        _fact(one, "method/rare-trick", Role.USES, _mention(_ONE, "rare trick", "method/rare-trick", Role.USES)),
        _fact(one, "task/object-detection", Role.ADDRESSES, _mention(_ONE, "object detection", "task/object-detection", Role.ADDRESSES)),
        _fact(one, "dataset/meadow-net", Role.EVALUATES_ON, _mention(_ONE, "MeadowNet", "dataset/meadow-net", Role.EVALUATES_ON)),
        _fact(one, "metric/accuracy", Role.REPORTS, _mention(_ONE, "accuracy", "metric/accuracy", Role.REPORTS)),
        _fact(two, "method/rare-trick", Role.COMPARES_WITH, _mention(_TWO, "rare trick", "method/rare-trick", Role.COMPARES_WITH)),
        _fact(two, "method/vision-transformer", Role.MENTIONS,
              _mention(_TWO, "vision transformers", "method/vision-transformer", Role.MENTIONS, confidence=0.55)),
        _fact(two, "dataset/meadow-net", Role.EVALUATES_ON, _mention(_TWO, "MeadowNet", "dataset/meadow-net", Role.EVALUATES_ON)),
        _fact(two, "concept/inductive-bias", Role.ABOUT, _mention(_TWO, "inductive bias", "concept/inductive-bias", Role.ABOUT)),
    ]  # fmt: skip
    shared = (Shared("method/rare-trick", 0.32), Shared("dataset/meadow-net", 0.25))
    links = [Link(two, one, 0.57, shared)]
    return KnowledgeGraph(papers, entities, facts, links)
