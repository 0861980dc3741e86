"""A graph on another server, asked over the SPARQL 1.1 Protocol. No answer that may be cut short is passed on as whole.

Servers cut answers: some give the first 10,000 rows and say so in a header or not at all, some break off with a status of
200. So answers are asked for in JSON and XML, whose end is marked (a table of text that was cut is still a table), and
whenever the number of rows is a round one it is counted again by the server; what is missing is asked for in pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.answers import Answer
from kg.rdf.parse import light
from kg.rdf.terms import Term
from kg.sparql import check, counting, form, page, with_prefixes
from kg.store.http import Client, EndpointError, Reply, Server

if TYPE_CHECKING:
    from typing import Self

_JSON = "application/sparql-results+json"
_XML = "application/rdf+xml"
_ROUND = 1000  # every limit of rows that a server has is a multiple of it
_HINT = "ask for less, or in pages (ORDER BY, LIMIT, OFFSET)"


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

        Raises `UsageError` when it asks for SERVICE or the server calls it malformed, `EndpointError` when the server
        cannot be reached, does not let us in, stays too busy, or gives an answer that is cut short.
        """
        check(sparql)
        text, _ = with_prefixes(sparql)
        kind = form(text)
        reply = self._ask(text, _XML if kind in ("CONSTRUCT", "DESCRIBE") else _JSON)
        if kind in ("CONSTRUCT", "DESCRIBE"):
            return self._triples(text, reply)
        answer = self._table(reply)
        if kind == "ASK":
            return answer if answer.kind == "ask" else _truth(answer)
        return self._whole(text, answer, reply) if answer.kind == "select" else answer

    def count(self) -> int:
        """Return how many triples the graph has."""
        return self._number("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")

    def pages(self, sparql: str, size: int) -> Iterator[tuple[tuple[Term | None, ...], ...]]:
        """Yield the rows of a SELECT query `size` at a time, or as many as the server gives; raises as `query` does.

        The query should say in which order, and must not have FROM.
        """
        check(sparql)
        text, _ = with_prefixes(sparql)
        total = self._number(counting(text))
        names = self._table(self._ask(page(text, (), 1, 0), _JSON)).variables
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

    def _triples(self, text: str, reply: Reply) -> Answer:
        from pyoxigraph import RdfFormat, parse

        self._media(reply, "xml")
        try:
            found = {
                (light(t.subject), light(t.predicate), light(t.object)) for t in parse(reply.body, RdfFormat.RDF_XML)
            }
        except (SyntaxError, ValueError) as error:
            raise self._cut(f"the answer is cut off or garbled: {error}") from error
        limit = _limit(reply, len(found))
        asked = counting(text)
        if "x-sparql-maxrows" in reply.headers or (found and len(found) >= limit):
            solutions = self._number(asked) if asked else -1
            if not 0 <= solutions < max(limit, _ROUND):
                raise self._cut(f"the answer has {len(found):,} triples, which may not be all")
        return Answer("construct", triples=tuple(sorted(found, key=lambda t: [(type(x).__name__, x) for x in t])))

    def _number(self, text: str) -> int:
        rows = self._table(self._ask(text, _JSON)).rows
        return int(rows[0][0].value) if rows and rows[0][0] else -1

    def _media(self, reply: Reply, wanted: str) -> None:
        got = reply.headers.get("content-type", "").partition(";")[0].strip()
        if wanted not in got:
            hint = "is it the URL of a SPARQL endpoint? Oxigraph's ends in /query, Virtuoso's in /sparql"
            raise EndpointError(
                f"the answer is {got or 'of no type'}, not {wanted.upper()}", where=self.where, hint=hint
            )

    def _cut(self, why: str) -> EndpointError:
        return EndpointError(why, where=self.where, hint=_HINT)


def _truth(answer: Answer) -> Answer:
    """Return the truth that Virtuoso gives as a row with a number in it."""
    return Answer("ask", truth=any(term and term.value not in ("0", "false") for row in answer.rows for term in row))


def _limit(reply: Reply, have: int) -> int:
    """Return the number of rows from which on an answer may have been cut, in view of how many it has."""
    said = reply.headers.get("x-sparql-maxrows", "").strip()
    return int(said) if said.isdigit() else have if have % _ROUND == 0 else have + 1
