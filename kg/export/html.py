"""One self-contained interactive page: kg.html. Beyond what a page can show, an index of pages by community."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the page of a graph; where it takes several pages, the others go beside `out`, which must be a file on disk.

    The index is what `out` gets, so it appears only when all pages it leads to are there. Raises `OutputError` when the
    pages have no folder to go to.
    """
    from kg.view import pages

    files = pages(graph)
    index = files.pop("kg.html")
    if files:
        folder = _folder_of(out)
        for name, content in sorted(files.items()):
            _put(folder / name, content)
    out.write(index)


def _folder_of(out: BinaryIO) -> Path:
    name = getattr(out, "name", None)
    if not isinstance(name, str):
        raise OutputError("a graph of several pages needs a folder", hint="write it with kg.write or kg build")
    return Path(name).parent


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


FILES = {"kg.html": write}
