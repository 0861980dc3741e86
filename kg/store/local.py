"""A graph on this machine that answers SPARQL: in memory when it is small, from disk when it is large.

Nothing that is asked can change the graph, read a file or reach the network.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers import Answer
from kg.errors import InputError, UsageError
from kg.rdf.parse import graph_file, light
from kg.sparql import check, with_prefixes
from kg.store import disk

if TYPE_CHECKING:
    import sqlite3

    import pyoxigraph

_POSITION = re.compile(r"error at (\d+):(\d+)")
_LONG = 300  # characters of the parser's message: it lists every token that it would have taken


class Store:
    """A graph that answers SPARQL. Make one with `Store.from_turtle` or `Store.open`."""

    def __init__(self, store: pyoxigraph.Store, kept: disk.Disk | None = None, file: Path | None = None) -> None:
        self._store = store
        self._kept = kept
        self._file = file

    @classmethod
    def from_turtle(cls, turtle: bytes) -> Store:
        """Make a store of Turtle; raises `InputError` when it is malformed."""
        return cls(_load(turtle, ""))

    @classmethod
    def open(cls, path: str | Path) -> Store:
        """Open the graph in a folder or Turtle file; raises `InputError` when there is none.

        A large graph is asked from the store on disk beside it, which is made first when there is none: that takes a
        minute for each million triples. Where it cannot be written the graph is loaded into memory.
        """
        file = graph_file(path)
        if disk.is_large(file):
            try:
                kept = disk.open_disk(file)
                return cls(kept.triples, kept, file)
            except OSError:
                pass  # a folder that cannot be written to, a full disk: memory is what is left
        try:
            turtle = file.read_bytes()
        except OSError as error:
            raise InputError("the graph cannot be read", where=str(file), hint=str(error)) from error
        return cls(_load(turtle, str(file)))

    def __len__(self) -> int:
        return self._kept.count if self._kept else len(self._store)

    @property
    def index(self) -> sqlite3.Connection | None:
        """The index of names and counts that a store on disk has; None in memory."""
        return self._kept.index if self._kept else None

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg need not be declared.

        Raises `UsageError` when it is malformed, is an update, or asks for SERVICE.
        """
        check(sparql)
        text, before = with_prefixes(sparql)
        try:
            return self._answer(text)
        except (SyntaxError, ValueError) as error:
            raise _usage_error(error, before) from error
        except disk.DAMAGED:
            if self._file is None:
                raise
        self.restore()
        return self._answer(text)

    def restore(self) -> None:
        """Make the store on disk again, because it turned out to be damaged; raises `OSError` as `make` does."""
        if self._file is not None:
            disk.distrust(self._file)
            self._kept = disk.open_disk(self._file)
            self._store = self._kept.triples

    def _answer(self, text: str) -> Answer:
        from pyoxigraph import QueryBoolean, QuerySolutions

        result = self._store.query(text)
        if isinstance(result, QueryBoolean):
            return Answer("ask", truth=bool(result))
        if isinstance(result, QuerySolutions):
            names = tuple(variable.value for variable in result.variables)
            rows = tuple(tuple(None if term is None else light(term) for term in row) for row in result)
            return Answer("select", names, rows)
        triples = {(light(t.subject), light(t.predicate), light(t.object)) for t in result}
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
