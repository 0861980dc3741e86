"""CSL-JSON: the bibliography as the records gave it, for Zotero, pandoc and other reference managers."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from kg.graph import KnowledgeGraph
from kg.model import PaperNode
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the records of all papers as a CSL-JSON array, an item a line."""
    items = (json.dumps(item(node), ensure_ascii=False, sort_keys=True) for node in graph.papers.values())
    out.write(("[\n" + ",\n".join(items) + "\n]\n").encode("utf-8", "replace"))


def item(node: PaperNode) -> dict[str, Any]:
    """Return the CSL-JSON item of a paper: its own record, and what is known besides where the record is silent."""
    paper = node.paper
    known: dict[str, Any] = {"id": paper.id, "type": "article", "title": paper.title, "abstract": paper.abstract}
    known["author"] = [{"literal": name} for name in paper.authors]
    known["issued"] = {"date-parts": [[paper.year]]} if paper.year is not None else None
    known |= {"container-title": paper.venue, "DOI": paper.doi, "URL": paper.url}
    return {name: value for name, value in known.items() if value} | _record(paper.csl)


def _record(csl: str) -> dict[str, Any]:
    try:
        record = json.loads(csl) if csl else {}
    except ValueError:  # a graph edited by hand
        return {}
    return record if isinstance(record, dict) else {}


FILES = {"kg.csl.json": write}
