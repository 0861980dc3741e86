"""Checks that a graph keeps its promises: every statement has its words, and all words stand where the graph says.

    nodes     one node after another, and all nodes of one paper, from the Turtle itself
    rules     what the ontology and the SHACL shapes ask of a node, as one pattern for each class
    papers    a paper against its mentions, results and authors
    links     links against their parts, the mentions these point to, and the papers they tie
    beside    has the links checked by a second process meanwhile

It reads the Turtle, not what a `KnowledgeGraph` makes of it, as a stream: papers, mentions, results and authors side by
side, and the links. What it keeps grows by some dozen bytes a paper and mention, and by the name of each entity. A node
that fits its pattern is right in itself; only one that does not is looked at closely, to say what is wrong with it.
`kg verify` prints its report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.rdf.parse import graph_file
from kg.verify.beside import beside
from kg.verify.links import check_links, compare
from kg.verify.nodes import open_nodes
from kg.verify.papers import check_papers
from kg.verify.state import State

WORTH = 5_000_000
"""Bytes of Turtle from which on a second process is worth its start."""


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
    file = graph_file(path)
    with open_nodes(file) as nodes:
        state = State(nodes)
        state.read_names()
        with beside(check_links, state, worth=file.stat().st_size > WORTH) as links:
            check_papers(state)
            ties, problems = links()
        state.problems += problems
        compare(state, ties)
        state.check_counts()
        state.check_others()
        counts = state.counts
        return Report(counts["Mention"], counts["statement"], counts["Result"], counts["url"], state.problems)
