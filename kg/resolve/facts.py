"""Mentions and entities to facts: one role a paper and entity, the strongest, with every mention as its evidence."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.model import Extraction, Fact, Mention, Paper, PaperNode, Result
from kg.vocab import Kind, role_for, strength

_KINDS = {kind.value.lower(): kind for kind in Kind}


def facts(paper: str, extraction: Extraction, ids: Mapping[str, str]) -> Iterator[Fact]:
    """Yield a paper's facts in order of entity. A statement's confidence is its best mention's.

    `ids` gives the entity of each resolution key; a key that is no entity is missing.
    """
    by_entity: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        entity = ids.get(mention.entity)
        if entity:
            by_entity[entity].append(_as_said_of(entity, kind_of(entity), mention))
    for entity, mentions in sorted(by_entity.items()):
        kind = kind_of(entity)
        mentions.sort(key=lambda m: (strength(kind, m.role), -m.confidence, m.field != "abstract", m.start, m.end))
        yield Fact(paper, entity, mentions[0].role, mentions[0].confidence, tuple(mentions))


def paper_node(
    paper_id: str, paper: Paper, extraction: Extraction, ids: Mapping[str, str], cites: tuple[str, ...] = ()
) -> PaperNode:
    """Return a paper with its results and URLs, keys replaced by entity ids."""
    results = tuple(_resolved(result, ids) for result in extraction.results)
    return PaperNode(paper_id, paper, results, extraction.urls, cites)


def kind_of(entity: str) -> Kind:
    """Return the kind of an entity, which its id begins with.

    >>> kind_of("method/vision-transformer")
    <Kind.METHOD: 'Method'>
    """
    return _KINDS[entity.partition("/")[0]]


def _as_said_of(entity: str, kind: Kind, m: Mention) -> Mention:
    """Return a mention with the id and kind of its entity, and the role that such an entity can have."""
    role = role_for(kind, m.role)
    return Mention(kind, m.text, m.field, m.start, m.end, role, entity, m.extractor, m.confidence, m.sentence)


def _resolved(result: Result, ids: Mapping[str, str]) -> Result:
    def entity(name: str, kind: str) -> str:
        found = ids.get(name, "")
        return found if found.startswith(kind + "/") else ""

    return dataclasses.replace(
        result,
        metric=entity(result.metric, "metric"),
        dataset=entity(result.dataset, "dataset"),
        method=entity(result.method, "method"),
    )
