"""Mentions and entities to facts: one role a paper and entity, the strongest, with every mention as its evidence."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator

from kg.model import Extraction, Fact, Mention, Paper, PaperNode, Result
from kg.resolve.entities import Resolution
from kg.vocab import role_for, strength


def facts(paper: str, extraction: Extraction, resolution: Resolution) -> Iterator[Fact]:
    """Yield a paper's facts in order of entity. A statement's confidence is its best mention's."""
    by_entity: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        entity = resolution.ids.get(mention.entity)
        if entity:
            kind = resolution.entities[entity].kind
            by_entity[entity].append(
                dataclasses.replace(mention, kind=kind, role=role_for(kind, mention.role), entity=entity)
            )
    for entity, mentions in sorted(by_entity.items()):
        kind = resolution.entities[entity].kind
        mentions.sort(key=lambda m: (strength(kind, m.role), -m.confidence, m.field != "abstract", m.start, m.end))
        yield Fact(paper, entity, mentions[0].role, mentions[0].confidence, tuple(mentions))


def paper_node(
    paper_id: str, paper: Paper, extraction: Extraction, resolution: Resolution, cites: tuple[str, ...] = ()
) -> PaperNode:
    """Return a paper with its results and URLs, keys replaced by entity ids."""
    results = tuple(_resolved(result, resolution) for result in extraction.results)
    return PaperNode(paper_id, paper, results, extraction.urls, cites)


def _resolved(result: Result, resolution: Resolution) -> Result:
    def entity(name: str, kind: str) -> str:
        found = resolution.ids.get(name, "")
        return found if found.startswith(kind + "/") else ""

    return dataclasses.replace(
        result,
        metric=entity(result.metric, "metric"),
        dataset=entity(result.dataset, "dataset"),
        method=entity(result.method, "method"),
    )
