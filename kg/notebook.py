"""How a graph shows itself in a notebook: what it holds, and the things that most papers have. Used by `kg.graph`."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_TOP = 5  # names shown of each kind


def summary(graph: KnowledgeGraph) -> str:
    """Return a table in HTML, every text escaped: a row for each kind with its number and the names most papers have."""
    counts = Counter(entity.kind for entity in graph.entities.values())
    rows = [("Papers", len(graph.papers), "")]
    for kind in Kind:
        if counts[kind]:
            rows.append((f"{kind.value}s", counts[kind], _names(graph, kind)))
    rows.append(("Statements", len(graph.facts), ""))
    rows.append(("Links", len(graph.links), "between papers that share techniques"))
    body = "".join(f"<tr><th>{escape(what)}</th><td>{n:,}</td><td>{escape(words)}</td></tr>" for what, n, words in rows)
    return f"<table><caption>{escape(type(graph).__name__)}</caption><tbody>{body}</tbody></table>"


def _names(graph: KnowledgeGraph, kind: Kind) -> str:
    of_kind = (entity for entity in graph.entities.values() if entity.kind is kind)
    ranked = sorted(of_kind, key=lambda entity: (-entity.paper_count, entity.id))[:_TOP]
    return ", ".join(f"{entity.label} ({entity.paper_count})" for entity in ranked)
