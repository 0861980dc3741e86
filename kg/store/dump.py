"""Writes the statements of a graph that is not in memory as N-Triples or N-Quads, some thousands at a time.

From a Turtle file of ours the bytes are those that `kg.export` writes of the graph in memory. Other formats need the whole
graph: `whole` fetches it from a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.rdf.parse import subjects
from kg.rdf.terms import STRING, Blank, Iri, Term
from kg.rdf.turtle import quoted
from kg.store.names import names_of
from kg.store.parts import graph_of
from kg.store.survey import survey

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store.remote import Endpoint

STREAMED = {"ntriples": "kg.nt", "nquads": "kg.nq"}
"""Formats that are written without the whole graph in memory, and the name of the file of each."""

PAGE = 20_000
"""Statements that are asked of a server at once."""

Node = tuple[str, list[tuple[str, Term]]]


def dump_file(turtle: Path, form: str, out: BinaryIO) -> None:
    """Write the statements of a Turtle file in one of the formats that are `STREAMED`; raises `InputError`."""
    _write(subjects(turtle), _end(form, survey(turtle).base), out)


def dump_endpoint(endpoint: Endpoint, form: str, out: BinaryIO) -> None:
    """Write the statements of a graph on a server; raises `EndpointError` when they cannot be had whole."""
    base = names_of(endpoint).base if form == "nquads" else ""
    _write(_asked(endpoint), _end(form, base), out)


def whole(endpoint: Endpoint) -> KnowledgeGraph:
    """Return a graph on a server as one in memory; raises `EndpointError` when it cannot be had whole."""
    rows = (row for page in endpoint.pages(_ALL, ("s", "p", "o"), PAGE) for row in page)
    return graph_of({(s, p, o) for s, p, o in rows if s and p and o})


def _asked(endpoint: Endpoint) -> Iterator[Node]:
    """Yield the nodes of a graph on a server, in the server's order."""
    rows = (row for page in endpoint.pages(_ALL, ("s", "p", "o"), PAGE) for row in page)
    for subject, said in groupby(rows, key=itemgetter(0)):
        yield (subject.value if subject else ""), [(p.value, o) for _, p, o in said if p and o]


def _write(nodes: Iterator[Node], end: str, out: BinaryIO) -> None:
    for subject, pairs in nodes:
        node = subject if subject.startswith("_:") else f"<{subject}>"
        lines = {f"{node} <{predicate}> {as_text(thing)} {end}" for predicate, thing in pairs}
        out.write("".join(sorted(lines)).encode("utf-8"))


def _end(form: str, base: str) -> str:
    return f"<{base}graph> .\n" if form == "nquads" else ".\n"


def as_text(thing: Term) -> str:
    """Return a term as N-Triples has it, and SPARQL."""
    if isinstance(thing, Iri):
        return f"<{thing.value}>"
    if isinstance(thing, Blank):
        return thing.python()
    text = quoted(thing.value)
    if thing.language:
        return f"{text}@{thing.language}"
    return text if thing.datatype == STRING else f"{text}^^<{thing.datatype}>"


_ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
