"""One self-contained interactive page: kg.html. Beyond what a page can show, an index of pages by community.

The pages of an index stand in a folder of `kg-pages` that is named by what they hold: they are written beside those of an
earlier build, the index takes its place in one step, and only then the old ones go. Files that are not ours stay: a list
of what was written, as `sha256sum` makes them, says which are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions
from kg.view import FOLDER, pages

INDEX = "kg.html"
LIST = "SHA256SUMS"
"""The list in `kg-pages`: a sum and a path within the folder on each line."""

_HEAD = 4096
_NAMED = re.compile(rb'<meta name="kg-pages" content="([^"]*)">')


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the page of a graph; where it takes several pages, the others go beside `out`, which must be a file on disk.

    The index is what `out` gets, so it appears only when all pages it leads to are there. Raises `OutputError` when the
    pages have no folder to go to.
    """
    files = pages(graph)
    index = files.pop(INDEX)
    if files:
        _write_beside(_folder_of(out), files)
    out.write(index)


def finish(folder: Path) -> None:
    """Remove the pages that an earlier build wrote and that the index now in `folder` does not lead to."""
    listed = _listed(folder)
    current = _current(folder)
    stale = {name: digest for name, digest in listed.items() if not current or not name.startswith(f"{current}/")}
    for name, digest in stale.items():
        path = folder / FOLDER / name
        with suppress(FileNotFoundError):
            if sha256(path.read_bytes()).hexdigest() == digest:
                path.unlink()
        for part in path.parent.glob(f".{path.name}.*.part"):  # of a build that was killed
            part.unlink()
        _remove_if_empty(path.parent)
    if stale:
        _write_list(folder, {name: digest for name, digest in listed.items() if name not in stale})


def beside(folder: Path) -> list[Path]:
    """Return the pages that the index in a folder leads to; none where `kg.html` is all there is."""
    current = _current(folder)
    return sorted(folder / FOLDER / name for name in _listed(folder) if current and name.startswith(f"{current}/"))


def _write_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write pages, having noted them in the list: what a killed build leaves is found by the next."""
    sums = {name.removeprefix(f"{FOLDER}/"): sha256(content).hexdigest() for name, content in files.items()}
    _write_list(folder, {**_listed(folder), **sums})
    for name, content in files.items():
        _put(folder / name, content)


def _folder_of(out: BinaryIO) -> Path:
    name = getattr(out, "name", None)
    if not isinstance(name, str):
        raise OutputError("a graph of several pages needs a folder", hint="write it with kg.write or kg build")
    return Path(name).parent


def _current(folder: Path) -> str:
    """Return the folder within `kg-pages` that the index leads to; nothing where there is no index."""
    with suppress(FileNotFoundError), (folder / INDEX).open("rb") as page:
        found = _NAMED.search(page.read(_HEAD))
        return found[1].decode("utf-8").removeprefix(f"{FOLDER}/") if found else ""
    return ""


def _listed(folder: Path) -> dict[str, str]:
    """Return the files of the list with their sums; a line that leads out of the folder is not ours."""
    try:
        lines = (folder / FOLDER / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = (re.fullmatch(r"([0-9a-f]{64})  ([0-9a-f]+/[a-z0-9-]+\.html)", line) for line in lines)
    return {match[2]: match[1] for match in found if match}


def _write_list(folder: Path, sums: Mapping[str, str]) -> None:
    path = folder / FOLDER / LIST
    if sums:
        _put(path, "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode())
    else:
        path.unlink(missing_ok=True)
        _remove_if_empty(path.parent)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # not empty, or not there
        folder.rmdir()


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


FILES = {INDEX: write}
