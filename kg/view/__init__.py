"""The interactive page: one self-contained HTML file to explore a graph with.

The room is a small pipeline of its own, each step in a module:

    ties         which papers and techniques are joined by a line, and how strongly
    communities  topics: groups of papers, named by the techniques that set them apart
    layout       whole-number positions, computed here so that the page has nothing to compute
    details      what the panel shows of each paper and entity, every sentence kept once as a span
    data         all of it put together as plain JSON-able values
    network      the pyvis network (the only module that knows pyvis)
    pack         numbers as short text
    assemble     template, style sheets and scripts of `page/` made one file under a strict content policy
    split        a graph too large for one page cut into communities, each with a page of its own

Stands after `kg.graph`; used by `kg.export` and the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


MOST = 5000
"""How many papers one page serves."""


def page(graph: KnowledgeGraph) -> bytes:
    """Return the page of a graph as UTF-8 HTML: no network request, the same bytes for the same graph."""
    from kg.view.assemble import assemble
    from kg.view.data import collect

    return assemble(collect(graph))


def pages(graph: KnowledgeGraph, *, most: int = MOST) -> dict[str, bytes]:
    """Return the files that show a graph, by name: `kg.html` alone, or as an index of pages by community.

    A page holds at most `most` papers. Beyond that `kg.html` leads to pages in the folder `kg-pages`.
    """
    if len(graph.papers) <= most:
        return {"kg.html": page(graph)}
    from kg.view.split import cut, index, parts

    found = parts(graph, most)
    return {"kg.html": index(found, graph), **{part.file: page(cut(graph, part.papers)) for part in found}}
