"""Writes a graph in any number of formats, all or none of them: a failed or killed run leaves the old files whole.

One format is one module of this folder, whose name is its public name. It says which files it writes in `FILES`: file name
-> function of a graph and a binary file. It may have a function `finish` that gets the folder once all files are in place.
Stands last before the command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg import plugins
from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]

    from kg.graph import KnowledgeGraph
    from kg.rdf.statements import Mentions


class Writer(Protocol):
    """Writes one file. `mentions` says which mentions an RDF format holds; others may ignore it."""

    def __call__(self, graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
        """Write `graph` to `out`."""


def files_of(name: str) -> Mapping[str, Writer]:
    """Return the files that a format writes and what writes each; raises `UsageError` for an unknown format."""
    return cast(Mapping[str, Writer], plugins.load("kg.export", name).FILES)


def data_frames(graph: KnowledgeGraph) -> dict[str, pandas.DataFrame]:
    """Return the tables of the CSV format as pandas data frames; raises `KgError` when pandas is not installed."""
    from kg.export._frames import frames

    return frames(graph)


def write_all(
    graph: KnowledgeGraph, folder: Path, formats: Sequence[str], *, mentions: Mentions = "best"
) -> list[Path]:
    """Write a graph into a folder, which is made when it is not there, and return the paths of the files.

    Nothing is replaced before everything is written. Raises `UsageError` for an unknown format and for two that
    write a file of one name, `OutputError` when a file cannot be written.
    """
    writers = {folder / file: write for file, write in _all_files(formats).items()}
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in writers}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, write in writers.items():
            _write(parts[path], lambda out, write=write: write(graph, out, mentions=mentions))  # type: ignore[misc]
        for path, part in parts.items():
            os.replace(part, path)
        _sync_folder(folder)
        for name in formats:
            _finish(name, folder)
    except OSError as error:
        raise OutputError("the graph cannot be written", where=str(folder), hint=str(error)) from error
    finally:
        for part in parts.values():
            with suppress(OSError):  # what cannot be removed was never made, or the error above says why
                part.unlink()
    return list(writers)


def _finish(name: str, folder: Path) -> None:
    finish = getattr(plugins.load("kg.export", name), "finish", None)
    if finish:
        finish(folder)


def _all_files(formats: Sequence[str]) -> dict[str, Writer]:
    """Return what writes each file of some formats."""
    writers: dict[str, Writer] = {}
    owners: dict[str, str] = {}
    for name in formats:
        for file, write in files_of(name).items():
            if owners.setdefault(file, name) != name:
                raise UsageError(f"{owners[file]!r} and {name!r} both write {file}", hint="ask for one of them")
            writers[file] = write
    return writers


def _write(part: Path, write: Callable[[BinaryIO], None]) -> None:
    with part.open("wb") as out:
        write(out)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
