"""CSL-JSON: the bibliography as the records gave it, with the terms read from the texts as keywords, for Zotero and pandoc."""

from __future__ import annotations

import json
from typing import BinaryIO

from kg.export._record import item
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the records of all papers as a CSL-JSON array, an item a line."""
    items = (json.dumps(item(graph, node), ensure_ascii=False, sort_keys=True) for node in graph.papers.values())
    out.write(("[\n" + ",\n".join(items) + "\n]\n").encode("utf-8", "replace"))


FILES = {"kg.csl.json": write}
