"""The SPARQL store: a graph in memory, asked in SPARQL 1.1. A cache; the Turtle is the truth.

Stands after `kg.rdf`; named questions (`kg.query`) and the command line ask through it. Nothing that is asked can
change the graph, read a file or reach the network.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers import Answer as Answer
from kg.errors import InputError, UsageError
from kg.rdf.parse import graph_file, light
from kg.sparql import check, with_prefixes

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph import KnowledgeGraph

_POSITION = re.compile(r"error at (\d+):(\d+)")
_LONG = 300  # characters of the parser's message: it lists every token that it would have taken


class Store:
    """A graph that answers SPARQL. Make one with `Store.from_turtle` or `Store.open`."""

    def __init__(self, store: pyoxigraph.Store, source: bytes | Path) -> None:
        self._store = store
        self._source = source  # Turtle or its file, for `graph`

    @classmethod
    def from_turtle(cls, turtle: bytes) -> Store:
        """Make a store of Turtle; raises `InputError` when it is malformed."""
        return cls(_load(turtle, ""), turtle)

    @classmethod
    def open(cls, path: str | Path) -> Store:
        """Make a store of the graph in a folder or Turtle file; raises `InputError` when there is none."""
        file = graph_file(path)
        try:
            turtle = file.read_bytes()
        except OSError as error:
            raise InputError("the graph cannot be read", where=str(file), hint=str(error)) from error
        return cls(_load(turtle, str(file)), file)

    def __len__(self) -> int:
        return len(self._store)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The same graph as a `KnowledgeGraph`, which knows the names of things."""
        from kg.rdf.load import load, loads

        return loads(self._source) if isinstance(self._source, bytes) else load(self._source)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg need not be declared.

        Raises `UsageError` when it is malformed, is an update, or asks for SERVICE.
        """
        from pyoxigraph import QueryBoolean, QuerySolutions

        check(sparql)
        text, before = with_prefixes(sparql)
        try:
            result = self._store.query(text)
            if isinstance(result, QueryBoolean):
                return Answer("ask", truth=bool(result))
            if isinstance(result, QuerySolutions):
                names = tuple(variable.value for variable in result.variables)
                rows = tuple(tuple(None if term is None else light(term) for term in row) for row in result)
                return Answer("select", names, rows)
            triples = {(light(t.subject), light(t.predicate), light(t.object)) for t in result}
        except (SyntaxError, ValueError) as error:
            raise _usage_error(error, before) from error
        return Answer("construct", triples=tuple(sorted(triples, key=lambda t: [(type(x).__name__, x) for x in t])))


def _load(turtle: bytes, where: str) -> pyoxigraph.Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    try:
        store.bulk_load(turtle, RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"not valid Turtle: {error}", where=where, hint="make it anew with `kg build`") from error
    return store


def _usage_error(error: Exception, before: int) -> UsageError:
    """Return the parser's complaint with the line as the user counts it."""
    message = str(error)
    found = _POSITION.search(message)
    where = f"line {int(found[1]) - before}, column {found[2]}" if found else ""
    message = _POSITION.sub("", message).removeprefix(":").strip()
    hint = "only SELECT, ASK, CONSTRUCT and DESCRIBE can be asked; `kg query --list` shows ready questions"
    return UsageError(f"not a SPARQL query: {message[:_LONG]}", where=where, hint=hint)
