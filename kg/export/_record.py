"""The bibliographic record of a paper as a CSL-JSON item, with what was read from its text as keywords.

The formats of reference managers are made of this: the terms come back to Zotero as tags.
"""

from __future__ import annotations

import json
from typing import Any

from kg.graph import KnowledgeGraph
from kg.model import PaperNode
from kg.vocab import Kind, Role

_KINDS = (Kind.METHOD, Kind.DATASET, Kind.TASK, Kind.CONCEPT)  # a metric says little of what a paper is about


def item(graph: KnowledgeGraph, node: PaperNode) -> dict[str, Any]:
    """Return the CSL-JSON item of a paper: its own record, what is known where that is silent, and its keywords."""
    paper = node.paper
    known: dict[str, Any] = {"id": paper.id, "type": "article", "title": paper.title, "abstract": paper.abstract}
    known["author"] = [{"literal": name} for name in paper.authors]
    known["issued"] = {"date-parts": [[paper.year]]} if paper.year is not None else None
    known |= {"container-title": paper.venue, "DOI": paper.doi, "URL": paper.url}
    made = {name: value for name, value in known.items() if value} | _own(paper.csl)
    own = made.get("keyword")
    words = keywords(own if isinstance(own, str) else ", ".join(paper.keywords), terms(graph, node.id))
    return made | ({"keyword": ", ".join(words)} if words else {})


def terms(graph: KnowledgeGraph, paper: str) -> list[str]:
    """Return the labels of the methods, data sets, tasks and concepts that a paper has a role for, in that order.

    What it only mentions is left out.
    """
    facts = (fact for fact in graph.facts_of(paper) if fact.role is not Role.MENTIONS)
    found = (graph.entities[fact.entity] for fact in facts)
    kept = sorted((_KINDS.index(entity.kind), entity.label) for entity in found if entity.kind in _KINDS)
    return [label for _, label in kept]


def keywords(own: str, found: list[str]) -> list[str]:
    """Return the keywords of a record and then the terms that are not among them. Commas divide keywords: none has one.

    >>> keywords("LoRA, foxes", ["lora", "Fox Net", "1,2-fox"])
    ['LoRA', 'foxes', 'Fox Net', '1 2-fox']
    """
    given = (word.strip() for word in own.split(","))
    extracted = (" ".join(word.replace(",", " ").replace(";", " ").split()) for word in found)
    unique: dict[str, str] = {}
    for word in (*given, *extracted):
        unique.setdefault(word.casefold(), word)
    return [word for word in unique.values() if word]


def _own(csl: str) -> dict[str, Any]:
    try:
        record = json.loads(csl) if csl else {}
    except ValueError:  # a graph edited by hand
        return {}
    return record if isinstance(record, dict) else {}
