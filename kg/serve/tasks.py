"""What a worker can be asked for, each task by its name in `TASKS`. Every task ends in a reply, errors too.

Runs in a worker. The text of a query is looked at nowhere else: whatever it does, it does to this process alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.answers import Answer
from kg.errors import KgError
from kg.rdf.iris import base_iri, encode
from kg.rdf.load import derive_base
from kg.serve import accept, described, formats
from kg.serve.frames import Reply, text
from kg.serve.limits import Limits
from kg.sparql import names_graphs
from kg.store import Store
from kg.store.local import TooManyError

Row = dict[str, Any]

_OUTLINES = """SELECT ?class (COUNT(?thing) AS ?count) (SAMPLE(?thing) AS ?sample) WHERE {
  VALUES ?class { kg:Paper kg:Entity } ?thing a ?class
} GROUP BY ?class"""
_DATA = """CONSTRUCT { <{0}> ?p ?o . ?s ?q <{0}> . ?part ?r ?t } WHERE {
  { <{0}> ?p ?o } UNION { ?s ?q <{0}> }
  UNION { <{0}> dcterms:creator|kg:hasResult|kg:shared ?part . ?part ?r ?t }
}"""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker works with: the open graph, where it lies, and the base of its IRIs."""

    store: Store
    graph: Path
    limits: Limits
    base: str

    @classmethod
    def open(cls, graph: Path, limits: Limits) -> Desk:
        """Open a graph; raises `InputError` when there is none."""
        store = Store.open(graph)
        samples = {row["class"]: [row["sample"]] for row in store.query(_OUTLINES).python() if row["sample"]}
        papers, entities = (
            [str(iri) for name, found in samples.items() if str(name).endswith(kind) for iri in found]
            for kind in ("#Paper", "#Entity")
        )
        return cls(store, graph, limits, base_iri(derive_base(papers, entities)))

    def rows(self, sparql: str) -> list[Row]:
        """Return the rows of a query of ours."""
        return list(self.store.query(sparql).python())

    def iri(self, local: str) -> str:
        """Return the IRI of a local id; whatever the id is, nothing in it can end the IRI."""
        return self.base + encode(local)

    def outlines(self) -> Row:
        """Return what the server has to know of the graph: how large it is, and where the pages of its IRIs are."""
        counts = {str(row["class"]).rsplit("#", 1)[-1]: row["count"] for row in self.rows(_OUTLINES) if row["class"]}
        return {
            "base": self.base,
            "mount": mount(self.base),
            "triples": len(self.store),
            "papers": counts.get("Paper", 0),
            "entities": counts.get("Entity", 0),
        }


def mount(base: str) -> str:
    """Return the path that stands for a base: its own, so that IRIs work as soon as their host leads here.

    >>> mount("https://w3id.org/papers-kg/id/"), mount("https://example.org/kg#")
    ('/papers-kg/id/', '/id/')
    """
    path = urlsplit(base).path
    return path if path.endswith("/") and not base.endswith("#") else "/id/"


def query(desk: Desk, *, sparql: str, tables: str | None, graph: str | None) -> Reply:
    """Answer a query in the one of two media types that fits: that for rows or that for triples."""
    if names_graphs(sparql):
        return text(400, "This endpoint has one graph, which every query is asked of: leave out FROM and FROM NAMED.")
    try:
        answer = desk.store.query(sparql, most=desk.limits.rows)
    except TooManyError:
        return _too_many(desk.limits)
    except KgError as error:
        return text(400, f"{error.where}: {error.message}" if error.where else error.message)
    return written(answer, graph if answer.kind == "construct" else tables)


def data(desk: Desk, *, local: str, media: str) -> Reply:
    """Return what the graph says of a node, to it, and of the parts that are its own."""
    iri = desk.iri(local)
    if not desk.store.query(f"ASK {{ <{iri}> ?p ?o }}").truth:
        return text(404, f"The graph holds nothing called <{iri}>.")
    try:
        answer = desk.store.query(_DATA.replace("{0}", iri), most=desk.limits.rows)
    except TooManyError:
        return _too_many(desk.limits)
    return written(answer, media)


def page(desk: Desk, *, local: str) -> Reply:
    """Return the HTML page of a node, or one that says that there is none and what is near."""
    from kg.serve import near, pages

    found = pages.of(desk, local)
    if found is not None:
        return Reply(200, accept.HTML, found)
    return Reply(404, accept.HTML, pages.missing(desk, local, near.names(desk, local)))


def describe(desk: Desk, *, endpoint: str, media: str) -> Reply:
    """Return the description of the endpoint as RDF."""
    return written(described.service(endpoint, desk.base, len(desk.store)), media)


def examples(desk: Desk) -> Reply:
    """Return the named questions, each with something of this graph in the place of its parameters."""
    from kg.serve.examples import filled

    return Reply(200, "application/json", json.dumps(filled(desk)).encode("ascii"))


def written(answer: Answer, media: str | None) -> Reply:
    """Return an answer in a media type."""
    if media is None or not formats.fits(answer, media):
        offered = accept.GRAPHS[:4] if answer.kind == "construct" else accept.TABLES[:4]
        return text(406, f"This answer can be had as {', '.join(offered)}.")
    try:
        return Reply(200, media, formats.write(answer, media))
    except ValueError as error:
        return text(406, str(error))


def _too_many(limits: Limits) -> Reply:
    return text(
        500,
        f"The answer has more than the {limits.rows:,} rows or triples that this server gives. Nothing was cut off: "
        "ask again with LIMIT (and ORDER BY and OFFSET for the rest).",
        limit="rows",
    )


TASKS: dict[str, Callable[..., Reply]] = {
    "query": query,
    "data": data,
    "page": page,
    "describe": describe,
    "examples": examples,
}
