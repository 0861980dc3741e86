"""Precision and recall of a graph against papers that people annotated.

Entities of the graph and of the gold file are paired one to one in each paper, by shared names. Counts are small values
that add up, over papers and over files. Stands beside the flow: it reads a finished graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.score.gold import normal, read_gold
from kg.score.judge import score_paper
from kg.score.tally import Scores, Tally

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["Scores", "Tally", "read_gold", "score"]


def score(graph: KnowledgeGraph, gold: Iterable[Mapping[str, Any]]) -> Scores:
    """Compare a graph with annotated papers, which are found in it by title."""
    papers = {normal(node.paper.title): node for node in graph.papers.values()}
    total = Scores()
    for record in gold:
        total += score_paper(graph, papers.get(normal(record["title"])), record)
    return total
