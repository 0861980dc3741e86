"""What every store is to those who ask: something that answers SPARQL. Memory, disk and remote servers all are one."""

from __future__ import annotations

from typing import Protocol

from kg.answers import Answer


class Source(Protocol):
    """A graph that answers SPARQL, wherever it is kept."""

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of kg need not be declared.

        Raises `UsageError` when it is malformed, is an update, or asks for SERVICE; `KgError` when the answer cannot be
        had whole.
        """
