"""The interactive page: one self-contained HTML file to explore a graph with.

The room is a small pipeline of its own, each step in a module:

    ties         which papers and techniques are joined by a line, and how strongly
    communities  topics: groups of papers, named by the techniques that set them apart
    islands      where each topic begins on the map
    rows         components of the map beside one another
    layout       whole-number positions, computed here so that the page has nothing to compute
    details      what the panel shows of each paper and entity, every sentence kept once as a span
    data         all of it put together as plain JSON-able values
    network      the pyvis network (the only module that knows pyvis)
    pack         numbers as short text
    assemble     template, style sheets and scripts of `page/` made one file under a strict content policy
    place        what leads from a page to the others, where it takes several
    split        a graph too large for one page cut into communities, each with a page of its own

Stands after `kg.graph`; used by `kg.export` and the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


MOST = 5000
"""How many papers one page serves."""

FOLDER = "kg-pages"
"""Where the pages are, beside the index, when it takes several."""


def page(graph: KnowledgeGraph) -> bytes:
    """Return the page of a graph as UTF-8 HTML: no network request, the same bytes for the same graph."""
    from kg.view.assemble import assemble
    from kg.view.data import collect

    return assemble(collect(graph))


def pages(graph: KnowledgeGraph, *, most: int | None = None) -> dict[str, bytes]:
    """Return the files that show a graph, by name: `kg.html` alone, or as an index of pages by community.

    A page holds at most `most` papers, by default `MOST`. Beyond that `kg.html` leads to pages in a folder of `kg-pages`
    that is named by what they hold, so that pages of another build are never mixed with them.
    """
    if len(graph.papers) <= (most or MOST):
        return {"kg.html": page(graph)}
    from hashlib import sha256

    from kg.view.assemble import assemble
    from kg.view.data import collect
    from kg.view.split import cuts, index, parts

    found = parts(graph, most or MOST)
    made = {
        part.file: assemble(collect(own, place)) for part, (own, place) in zip(found, cuts(graph, found), strict=True)
    }
    digest = sha256(b"".join(sha256(content).digest() for content in made.values())).hexdigest()
    folder = f"{FOLDER}/{digest[:12]}"
    return {"kg.html": index(found, graph, folder), **{f"{folder}/{name}": content for name, content in made.items()}}
