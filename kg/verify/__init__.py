"""Checks that a graph keeps its promises: every statement has its words, and all words stand where the graph says.

    nodes     one node after another, and all nodes of one paper, from the Turtle itself
    rules     what the ontology and the SHACL shapes ask of a node, as one pattern for each class
    papers    a paper against its mentions, results and authors
    links     links against their parts, the mentions these point to, and the papers they tie

It reads the Turtle, not what a `KnowledgeGraph` makes of it, as a stream: papers, mentions, results and authors side by
side, then the links. What it keeps grows by some dozen bytes a paper and mention, and by the name of each entity. A node
that fits its pattern is right in itself; only one that does not is looked at closely, to say what is wrong with it.
`kg verify` prints its report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.rdf.parse import graph_file
from kg.verify.links import check_links
from kg.verify.nodes import open_nodes
from kg.verify.papers import check_papers
from kg.verify.state import State


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what is wrong: a line for each problem, naming the node."""

    mentions: int
    statements: int
    results: int
    urls: int
    problems: list[str]


def verify(path: str | Path) -> Report:
    """Check the graph in a folder or Turtle file; raises `InputError` when there is none or it is no Turtle."""
    with open_nodes(graph_file(path)) as nodes:
        state = State(nodes)
        state.read_names()
        check_papers(state)
        check_links(state)
        state.check_counts()
        state.check_others()
        counts = state.counts
        return Report(counts["Mention"], counts["statement"], counts["Result"], counts["url"], state.problems)
