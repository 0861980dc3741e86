"""A graph on this machine that answers SPARQL: in memory when it is small, from disk when it is large.

Nothing that is asked can change the graph, read a file or reach the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.answers import Answer
from kg.errors import InputError, KgError, UsageError
from kg.rdf.parse import graph_file, light
from kg.sparql import complaint, names_graphs, with_prefixes
from kg.store import disk
from kg.store.guard import check

if TYPE_CHECKING:
    import sqlite3

    import pyoxigraph

    from kg.rdf.terms import Term

T = TypeVar("T")


class TooManyError(KgError):
    """An answer has more rows or triples than were wanted at most."""


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

    def query(self, sparql: str, *, most: int | None = None) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg need not be declared.

        Raises `UsageError` when it is malformed, is an update, or asks for SERVICE or for other graphs (FROM); `TooManyError`
        as soon as there are more than `most` rows or triples.
        """
        check(sparql)
        if names_graphs(sparql):
            raise UsageError("FROM: there is one graph here, which every query is asked of", hint="leave out FROM")
        text, before = with_prefixes(sparql)
        try:
            return self._answer(text, most)
        except (SyntaxError, ValueError) as error:
            raise complaint(error, before) from error
        except disk.DAMAGED:
            if self._file is None:
                raise
        self.restore()
        return self._answer(text, most)

    def restore(self) -> None:
        """Make the store on disk again, because it turned out to be damaged; raises `OSError` as `make` does."""
        if self._file is not None:
            disk.distrust(self._file)
            self._kept = disk.open_disk(self._file)
            self._store = self._kept.triples

    def _answer(self, text: str, most: int | None) -> Answer:
        from pyoxigraph import QueryBoolean, QuerySolutions

        result = self._store.query(text)
        if isinstance(result, QueryBoolean):
            return Answer("ask", truth=bool(result))
        if isinstance(result, QuerySolutions):
            names = tuple(variable.value for variable in result.variables)
            found = (tuple(None if term is None else light(term) for term in row) for row in result)
            return Answer("select", names, tuple(_at_most(most, "rows", found)))
        triples = _at_most(most, "triples", _distinct(result))
        return Answer("construct", triples=tuple(sorted(triples, key=lambda t: [(type(x).__name__, x) for x in t])))


def _distinct(found: pyoxigraph.QueryTriples) -> Iterator[tuple[Term, Term, Term]]:
    """Yield each of some triples once: a query that constructs gives the same one again and again."""
    seen = set()
    for one in found:
        triple = (light(one.subject), light(one.predicate), light(one.object))
        if triple not in seen:
            seen.add(triple)
            yield triple


def _at_most(most: int | None, what: str, found: Iterator[T]) -> list[T]:
    """Return all there is to be had; raises `TooManyError` when there is more than `most`, without having the rest."""
    kept = list(islice(found, most))
    if most is not None and next(found, None) is not None:
        raise TooManyError(f"the answer has more than {most:,} {what}", hint="ask for less, with LIMIT")
    return kept


def _load(turtle: bytes, where: str) -> pyoxigraph.Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    try:
        store.bulk_load(turtle, RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"not valid Turtle: {error}", where=where, hint="make it anew with `kg build`") from error
    return store
