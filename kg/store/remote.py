"""A graph on another server, asked over the SPARQL 1.1 Protocol. No answer that may be cut short is passed on as whole.

Servers cut answers: some give the first 10,000 rows and say so in a header or not at all, some break off with a status of
200. So answers are asked for in JSON and XML, whose end is marked (a table of text that was cut is still a table), and
whenever the number of rows is a round one it is counted again by the server; what is missing is asked for in pages. Of many
triples nothing tells whether they are all: they are made here, of solutions that can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.answers import Answer
from kg.errors import UsageError
from kg.rdf.parse import light
from kg.rdf.terms import Blank, Term
from kg.sparql import constructing, counting, form, names_graphs, page, solutions, with_prefixes
from kg.store.dump import as_text
from kg.store.guard import check
from kg.store.http import WHICH_URL, Client, EndpointError, Reply, Server

if TYPE_CHECKING:
    from typing import Self

_JSON = "application/sparql-results+json"
_XML = "application/rdf+xml"
_ROUND = 1000  # every limit of rows that a server has is a multiple of it
_TOGETHER = 10_000  # solutions that triples are made of at once
_HINT = "ask for less, or in pages (ORDER BY, LIMIT, OFFSET)"

Triples = set[tuple[Term, Term, Term]]


class Endpoint:
    """A graph on a server. Use it as a context manager, or close it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._client = Client(server)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    @property
    def where(self) -> str:
        """The URL that is asked, without user and password."""
        return self._client.url

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg need not be declared.

        Raises `UsageError` when it asks for SERVICE, says FROM although a graph of the server was named, or the server calls
        it malformed; `EndpointError` when the server cannot be reached, does not let us in, stays too busy, or gives an
        answer that is cut short.
        """
        check(sparql)
        if self.server.graph and names_graphs(sparql):  # of the two, servers would forget about FROM
            raise UsageError("FROM and --named-graph both say which graph is asked", hint="leave out one of them")
        text, _ = with_prefixes(sparql)
        kind = form(text)
        reply = self._ask(text, _XML if kind in ("CONSTRUCT", "DESCRIBE") else _JSON)
        if kind in ("CONSTRUCT", "DESCRIBE"):
            return self._triples(kind, text, reply)
        answer = self._table(reply)
        if kind == "ASK":
            return answer if answer.kind == "ask" else _truth(answer)
        return self._whole(text, answer, reply) if answer.kind == "select" else answer

    def count(self) -> int:
        """Return how many triples the graph has."""
        return self._number("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")

    def pages(self, sparql: str, names: tuple[str, ...], size: int) -> Iterator[tuple[tuple[Term | None, ...], ...]]:
        """Yield the rows of a SELECT query for some variables, `size` at a time or as many as the server gives.

        The query must not have FROM. Raises as `query` does.
        """
        check(sparql)
        text, _ = with_prefixes(sparql)
        total = self._number(counting(text))
        yield from self._pages(text, names, size, total)

    def says(self) -> str:
        """Return the name that the server gives itself; empty when it gives none."""
        return self._ask("ASK { ?s ?p ?o }", _JSON).headers.get("server", "")

    def _ask(self, text: str, accept: str) -> Reply:
        form = {"query": text}
        if self.server.graph:
            form["default-graph-uri"] = self.server.graph
        reply = self._client.send("POST", self.where, form=form, headers={"Accept": accept})
        if reply.status == 206 or reply.headers.get("x-sql-state") == "S1TAT":
            raise self._cut("the server ran out of time and gave a part of the answer")
        return reply

    def _table(self, reply: Reply) -> Answer:
        from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

        self._media(reply, "json")
        try:
            found = parse_query_results(reply.body, QueryResultsFormat.JSON)
            if isinstance(found, QueryBoolean):
                return Answer("ask", truth=bool(found))
            names = tuple(variable.value for variable in found.variables)
            rows = tuple(tuple(None if term is None else light(term) for term in row) for row in found)
        except (SyntaxError, ValueError) as error:
            raise self._cut(f"the answer is cut off or garbled: {error}") from error
        return Answer("select", names, rows)

    def _whole(self, text: str, answer: Answer, reply: Reply) -> Answer:
        """Return all rows of an answer whose number is suspiciously round, after counting them on the server."""
        have = len(answer.rows)
        if not have or have < _limit(reply, have):
            return answer
        asked = counting(text)
        total = self._number(asked) if asked else -1
        if total == have:
            return answer
        if total < have:
            raise self._cut(
                f"the answer has {have:,} rows, as many as the server may give, and more cannot be asked for"
            )
        rows: list[tuple[Term | None, ...]] = []
        for some in self._pages(text, answer.variables, have, total):
            rows += some
        return Answer("select", answer.variables, tuple(rows))

    def _pages(
        self, text: str, names: tuple[str, ...], size: int, total: int
    ) -> Iterator[tuple[tuple[Term | None, ...], ...]]:
        """Yield the rows of a query some at a time; raises `EndpointError` when there are not as many as there should be."""
        got = 0
        while got < total:
            rows = self._table(self._ask(page(text, names, size, got), _JSON)).rows
            if not rows:
                raise self._cut(f"the server gives {got:,} of {total:,} rows")
            yield rows
            got += len(rows)
        if got != total:
            raise self._cut(
                f"the server gave {got:,} rows where {total:,} were counted: did the graph change meanwhile?"
            )

    def _triples(self, kind: str, text: str, reply: Reply) -> Answer:
        from pyoxigraph import RdfFormat, parse

        self._media(reply, "xml")
        try:
            found: Triples = {
                (light(t.subject), light(t.predicate), light(t.object)) for t in parse(reply.body, RdfFormat.RDF_XML)
            }
        except (SyntaxError, ValueError) as error:
            raise self._cut(f"the answer is cut off or garbled: {error}") from error
        if kind == "DESCRIBE":
            if len(found) >= _ROUND and len(found) % _ROUND < 2:  # Virtuoso stops at 10,001 triples
                raise self._cut(f"the answer has {len(found):,} triples, which may not be all")
        elif self._solutions(text, found) >= _limit(reply, _ROUND):
            found = self._constructed(text)
        return Answer("construct", triples=tuple(sorted(found, key=lambda t: [(type(x).__name__, x) for x in t])))

    def _solutions(self, text: str, found: Triples) -> int:
        """Return how many solutions a CONSTRUCT query has: no server cuts at so few that they are counted in vain."""
        asked = counting(text)
        if asked:
            return self._number(asked)
        if len(found) < _ROUND:
            return len(found)
        raise self._cut(f"the answer has {len(found):,} triples, which may not be all")

    def _constructed(self, text: str) -> Triples:
        """Return the triples of a CONSTRUCT query, made here of all its solutions."""
        from pyoxigraph import QueryTriples, Store

        answer = self.query(solutions(text))
        if any(isinstance(term, Blank) for row in answer.rows for term in row):
            raise self._cut(f"the answer is made of {len(answer.rows):,} solutions, and may not be whole")
        made: Triples = set()
        for at in range(0, len(answer.rows), _TOGETHER):
            rows = "\n".join(f"({' '.join(map(_value, row))})" for row in answer.rows[at : at + _TOGETHER])
            triples = Store().query(constructing(text, answer.variables, rows))
            assert isinstance(triples, QueryTriples)  # noqa: S101 - for the types
            made.update((light(t.subject), light(t.predicate), light(t.object)) for t in triples)
        return made

    def _number(self, text: str) -> int:
        rows = self._table(self._ask(text, _JSON)).rows
        return int(rows[0][0].value) if rows and rows[0][0] else -1

    def _media(self, reply: Reply, wanted: str) -> None:
        got = reply.headers.get("content-type", "").partition(";")[0].strip()
        if wanted not in got:
            said = f"the answer is {got or 'of no type'}, not {wanted.upper()}"
            raise EndpointError(said, where=self.where, hint=WHICH_URL)

    def _cut(self, why: str) -> EndpointError:
        return EndpointError(why, where=self.where, hint=_HINT)


def _value(term: Term | None) -> str:
    return as_text(term) if term else "UNDEF"


def _truth(answer: Answer) -> Answer:
    """Return the truth that Virtuoso gives as a row with a number in it."""
    return Answer("ask", truth=any(term and term.value not in ("0", "false") for row in answer.rows for term in row))


def _limit(reply: Reply, have: int) -> int:
    """Return the number of rows from which on an answer may have been cut, in view of how many it has."""
    said = reply.headers.get("x-sparql-maxrows", "").strip()
    return int(said) if said.isdigit() else have if have % _ROUND == 0 else have + 1
