"""Finds where in a text a URL of the graph was read: its IRI says it, percent-encoding apart. For load and verify."""

from __future__ import annotations

from urllib.parse import unquote

from kg.model import Field, Paper, Span


def locate(iri: str, paper: Paper) -> Span | None:
    """Return the first place of a URL in the title or abstract, with or without its scheme; None when it is not there.

    >>> locate("https://x.org/%C3%A4", Paper("1", "See x.org/ä", ""))
    Span(field='title', start=4, end=11)
    """
    fields: tuple[Field, ...] = ("title", "abstract")
    bare = iri.split("://", 1)[-1]
    for form in dict.fromkeys((iri, unquote(iri), bare, unquote(bare))):
        for field in fields:
            at = paper.text(field).find(form)
            if at >= 0 and form:
                return Span(field, at, at + len(form))
    return None
