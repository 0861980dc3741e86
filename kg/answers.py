"""Answers to SPARQL queries as plain values, and their standard forms: SPARQL 1.1 results as JSON, CSV and TSV; Turtle.

Stands after `kg.rdf.terms`; made by `kg.store` and `kg.query`, printed by the command line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import UsageError
from kg.rdf.terms import STRING, Blank, Iri, Term
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    pass

Kind = Literal["select", "ask", "construct"]
Format = Literal["json", "csv", "tsv", "turtle"]
FORMATS: tuple[Format, ...] = ("csv", "json", "tsv", "turtle")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    SELECT gives `variables` and `rows` (None where a variable is unbound), ASK gives `truth`, CONSTRUCT and DESCRIBE
    give `triples`, sorted.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool = False
    triples: tuple[tuple[Term, Term, Term], ...] = ()

    def python(self) -> list[dict[str, str | int | float | bool | None]]:
        """Return the rows as dictionaries of plain Python values."""
        return [
            {name: None if term is None else term.python() for name, term in zip(self.variables, row, strict=True)}
            for row in self.rows
        ]

    def serialize(self, form: Format) -> bytes:
        """Return the answer in a standard form; raises `UsageError` when it has none of that name."""
        if form == "turtle":
            return self._turtle()
        if form not in FORMATS:
            raise UsageError(f"no answer format called {form!r}", hint="choose from " + ", ".join(FORMATS))
        if self.kind == "construct":
            raise UsageError(f"triples cannot be written as {form}", hint="ask for turtle")
        text = json.dumps(self._json(), ensure_ascii=False).encode("utf-8")
        return text + b"\n" if form == "json" else self._table(form, text)

    def _table(self, form: Format, text: bytes) -> bytes:
        from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

        if self.kind == "ask":
            return b"true\n" if self.truth else b"false\n"
        rows = parse_query_results(text, QueryResultsFormat.JSON)
        assert isinstance(rows, QuerySolutions)  # noqa: S101 - for the types: what we wrote is a SELECT result
        written = rows.serialize(format=QueryResultsFormat.CSV if form == "csv" else QueryResultsFormat.TSV)
        return written or b""

    def _json(self) -> dict[str, Any]:
        if self.kind == "ask":
            return {"head": {}, "boolean": self.truth}
        bindings = [
            {name: _json_term(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}

    def _turtle(self) -> bytes:
        if self.kind != "construct":
            raise UsageError("only triples can be written as Turtle", hint="ask with CONSTRUCT, or for csv")
        from pyoxigraph import RdfFormat, Triple, serialize

        triples = [Triple(*map(_heavy, triple)) for triple in self.triples]
        names = {term.value for triple in self.triples for term in triple if isinstance(term, Iri)}
        used = {p: iri for p, iri in PREFIXES.items() if any(name.startswith(iri) for name in names)}
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b""


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype}


def _heavy(term: Term) -> Any:
    import pyoxigraph

    if isinstance(term, Iri):
        return pyoxigraph.NamedNode(term.value)
    if isinstance(term, Blank):
        return pyoxigraph.BlankNode(term.value)
    if term.language:
        return pyoxigraph.Literal(term.value, language=term.language)
    return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))
