"""The HTML page of a node: what `kg show` shows, with links, and the words of each statement marked. Runs in a worker.

Templates escape everything; a link leads to another page of this server or to an address that the graph names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.rdf.iris import decode
from kg.rdf.turtle import short_name
from kg.serve import facts
from kg.serve.tasks import mount
from kg.vocab import KG, Kind, expand

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.serve.tasks import Desk

Row = dict[str, Any]


def of(desk: Desk, local: str) -> bytes | None:
    """Return the page of the node of a local id; None when the graph does not hold it."""
    iri = desk.iri(local)
    if not facts.holds(desk, iri):
        return None
    classes = facts.classes(desk, iri)
    kind = next((name for name in classes if name in _MAKERS), "")
    template, values = _MAKERS.get(kind, _other)(desk, iri)
    return _render(desk, template, iri=iri, local=local, kind=_kind(classes), **values)


def missing(desk: Desk, local: str, near: Sequence[tuple[str, str]]) -> bytes:
    """Return the page that says that the graph does not hold a node."""
    return _render(desk, "missing.html", iri=desk.iri(local), local=local, title="Not in this graph", near=near)


def editor(settings: Row) -> bytes:
    """Return the page of the query editor; `settings` is what its script has to know."""
    return (
        _environment(settings["base"]).get_template("editor.html").render(settings=settings).encode("utf-8", "replace")
    )


def start(outlines: Row) -> bytes:
    """Return the page that stands where the explorer would be."""
    values = {**outlines, "title": "Knowledge graph", "iri": outlines["base"], "kind": ""}
    return _environment(outlines["base"]).get_template("start.html").render(values).encode("utf-8", "replace")


def _paper(desk: Desk, iri: str) -> tuple[str, Row]:
    said = facts.said_of(desk, iri)
    title, abstract = _one(said, "dcterms:title"), _one(said, "dcterms:abstract")
    stated = facts.statements(desk, iri)
    results = facts.results(desk, iri)
    named = {row[name] for row in results for name in ("metric", "dataset", "method") if row.get(name)}
    cited = said.get(expand("cito:cites"), [])
    return "paper.html", {
        "title": title or "(no title)",
        "marked": [_marked(text, facts.mentions_in(desk, iri, field)) for field, text in _fields(title, abstract)],
        "authors": _authors(desk, said.get(expand("dcterms:creator"), [])),
        "year": _one(said, "fabio:hasPublicationYear"),
        "venue": _one(said, "dcterms:source"),
        "doi": _one(said, "bibo:doi"),
        "arxiv": _one(said, "fabio:hasArXivId"),
        "urls": [*said.get(expand("schema:codeRepository"), []), *said.get(expand("kg:url"), [])],
        "roles": [
            (role, [row | {"quote": facts.quote(row, title, abstract)} for row in group])
            for role, group in groupby(stated, key=lambda row: row["property"].removeprefix(KG))
        ],
        "results": [row | {"quote": facts.quote(row, title, abstract)} for row in results],
        "names": facts.names(desk, [*named, *cited]),
        "cited": cited,
        "related": facts.related(desk, iri),
    }


def _entity(desk: Desk, iri: str) -> tuple[str, Row]:
    said = facts.said_of(desk, iri)
    counted = facts.counts(desk, iri)
    broader, narrower = said.get(expand("skos:broader"), []), facts.narrower(desk, iri)
    return "entity.html", {
        "title": _one(said, "skos:prefLabel"),
        "count": _one(said, "kg:paperCount"),
        "definition": _one(said, "skos:definition"),
        "aliases": said.get(expand("skos:altLabel"), []),
        "matches": said.get(expand("skos:exactMatch"), []),
        "broader": broader,
        "narrower": narrower,
        "names": facts.names(desk, [*broader, *narrower]),
        "reasons": facts.reasons(desk, decode(iri.removeprefix(desk.base))),
        "roles": [(role, papers, _quoted(facts.papers_with(desk, iri, role))) for role, papers in counted.items()],
    }


def _evidence(desk: Desk, iri: str) -> tuple[str, Row]:
    """Make the page of a mention or a result: its sentence, and what it says in which paper."""
    said = facts.said_of(desk, iri)
    paper = _one(said, "kg:inPaper") or next(
        (row["paper"] for row in desk.rows(f"SELECT ?paper {{ ?paper kg:hasResult <{iri}> }}")), ""
    )
    there = facts.said_of(desk, paper) if paper else {}
    spans = {name: _one(said, f"kg:{term}") for name, term in _SPANS.items()}
    words, lexical = _one(said, "kg:quote"), _one(said, "kg:lexicalValue")
    return "evidence.html", {
        "title": lexical or words,
        "paper": paper,
        "quote": facts.quote(spans, _one(there, "dcterms:title"), _one(there, "dcterms:abstract")),
        "rows": _table(desk, said),
        "names": facts.names(desk, [paper] if paper else []),
    }


def _link(desk: Desk, iri: str) -> tuple[str, Row]:
    said = facts.said_of(desk, iri)
    papers = said.get(expand("kg:paper"), [])
    parts = facts.shared(desk, [iri])
    quoted = _quoted(facts.evidence(desk, [part["part"] for part in parts]))
    return "link.html", {
        "title": "Two papers that share techniques",
        "papers": papers,
        "weight": _one(said, "kg:weight"),
        "names": facts.names(desk, papers),
        "parts": [part | {"quotes": [row for row in quoted if row["part"] == part["part"]]} for part in parts],
    }


def _other(desk: Desk, iri: str) -> tuple[str, Row]:
    said = facts.said_of(desk, iri)
    title = _one(said, "foaf:name") or decode(iri.removeprefix(desk.base))
    return "other.html", {"title": title, "rows": _table(desk, said)}


_MAKERS: dict[str, Callable[[Desk, str], tuple[str, Row]]] = {
    "Paper": _paper,
    "Entity": _entity,
    "Mention": _evidence,
    "Result": _evidence,
    "Link": _link,
}
_SPANS = {"field": "field", "start": "start", "end": "end", "from": "sentenceStart", "to": "sentenceEnd"}


def _table(desk: Desk, said: dict[str, list[Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all that is said of a node as rows of property, and values with their names."""
    nodes = [value for values in said.values() for value in values if str(value).startswith(desk.base)]
    named = facts.names(desk, nodes) if nodes else {}
    return [
        (short_name(name).strip("<>"), [(str(value), named.get(str(value), "")) for value in values])
        for name, values in said.items()
    ]


def _marked(text: str, found: Sequence[Row]) -> list[tuple[str, Row | None]]:
    """Return a text in pieces, those that name an entity with what they name."""
    pieces: list[tuple[str, Row | None]] = []
    at = 0
    for row in found:
        pieces += [(text[at : row["start"]], None), (text[row["start"] : row["end"]], row)]
        at = row["end"]
    return [*pieces, (text[at:], None)]


def _fields(title: str, abstract: str) -> list[tuple[str, str]]:
    return [("title", title), ("abstract", abstract)]


def _quoted(rows: Sequence[Row]) -> list[Row]:
    return [row | {"quote": facts.quote(row, row["title"], row["abstract"])} for row in rows]


def _authors(desk: Desk, people: Sequence[str]) -> list[tuple[str, str]]:
    if not people:
        return []
    listed = " ".join(f"<{one}>" for one in people)
    rows = desk.rows(
        f"SELECT ?who ?name {{ VALUES ?who {{ {listed} }} ?who foaf:name ?name ; kg:position ?at }} ORDER BY ?at"
    )
    return [(row["who"], row["name"]) for row in rows]


def _one(said: dict[str, list[Any]], name: str) -> Any:
    return next(iter(said.get(expand(name), [])), "")


def _kind(classes: Sequence[str]) -> str:
    kinds = [kind.value for kind in Kind if kind.value in classes]
    return kinds[0] if kinds else next((name for name in classes if name != "Entity"), "Node")


def _render(desk: Desk, template: str, **values: Any) -> bytes:
    made = _environment(desk.base).get_template(template).render(values)
    return made.encode("utf-8", "replace")


@cache
def _environment(base: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    path = mount(base)

    def href(iri: str) -> str:
        """Return where a link to an IRI leads: a page of ours, or elsewhere on the web; nowhere for anything else."""
        if iri.startswith(base):
            return path + iri[len(base) :]
        return iri if iri.startswith(("https://", "http://")) else ""

    environment = Environment(
        loader=PackageLoader("kg.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(href=href, ask=lambda query: f"/sparql?query={quote(query, safe='')}")
    environment.globals.update(base=base)
    return environment
