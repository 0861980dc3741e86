"""The interactive page: one self-contained HTML file to explore a graph with.

The room is a small pipeline of its own, each step in a module:

    ties         which papers and techniques are joined by a line, and how strongly
    communities  topics: groups of papers, named by the techniques that set them apart
    layout       whole-number positions, computed here so that the page has nothing to compute
    details      what the panel shows of each paper and entity, every sentence kept once as a span
    data         all of it put together as plain JSON-able values
    network      the pyvis network (the only module that knows pyvis)
    assemble     template, style sheets and scripts of `page/` made one file under a strict content policy

Stands after `kg.graph`; used by `kg.export` and the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def page(graph: KnowledgeGraph) -> bytes:
    """Return the page of a graph as UTF-8 HTML: no network request, the same bytes for the same graph."""
    from kg.view.assemble import assemble
    from kg.view.data import collect

    return assemble(collect(graph))
