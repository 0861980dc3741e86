"""A vault for Obsidian, zipped: a note for each paper and each entity, linked with one another.

Unzip it and open the folder as a vault. It is one file so that it is replaced whole or not at all; nothing in it is
compressed and no clock is read, for the same graph must give the same bytes with any version of zlib.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from kg.export._notes import Notes
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions

_ROOT = "kg"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the notes of a graph as a zip file."""
    notes = Notes(graph)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in _files(graph, notes):
            entry = zipfile.ZipInfo(f"{_ROOT}/{name}.md", _LONG_AGO)
            entry.create_system = 3  # as on Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8", "replace"))


def _files(graph: KnowledgeGraph, notes: Notes) -> Iterator[tuple[str, str]]:
    makers: Iterable[tuple[Iterable[str], Callable[[str], str]]] = (
        (graph.papers, notes.paper),
        (graph.entities, notes.entity),
    )
    for ids, make in makers:
        yield from ((notes.places[ident], make(ident)) for ident in ids)


FILES = {"kg-obsidian.zip": write}
