"""Readers: files of any supported format in, papers and problems out. The first stage of the flow.

One format is one module of this folder, and its file name is the format's name; modules that start with an underscore
serve them all. `read` opens, recognises and reads whatever the user named.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import plugins
from kg.errors import InputError
from kg.model import Paper, Problem, Where
from kg.readers._detect import PACKAGE, detect, load
from kg.readers._open import Opened, open_text
from kg.readers._protocol import Reader
from kg.readers._sources import sources

__all__ = ["Reader", "formats", "read", "sources"]


def formats() -> list[str]:
    """Return the names of the formats that can be read."""
    return plugins.names(PACKAGE)


def read(source: str, *, format: str = "auto") -> Iterator[Paper | Problem]:
    """Yield the records of `source`: a file, a folder with all below it, a glob, or ``-`` for standard input.

    A broken record, and a file of no known format, is a `Problem`; the rest is read. Raises `InputError` when nothing
    is there or the one file named cannot be opened, `UsageError` for a format that does not exist.
    """
    if format != "auto":
        load(format)
    files = sources(source)
    return _read_all(files, format, lone=files == [source])


def _read_all(files: list[str], format: str, *, lone: bool) -> Iterator[Paper | Problem]:
    """Read file after file. Of several, one that cannot be opened is a problem; a lone one is an error."""
    for file in files:
        try:
            yield from _read_file(file, format)
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            if lone:
                raise InputError(reason, where=file, hint="check its permissions") from error
            yield Problem(Where(file), reason)


def _read_file(file: str, format: str) -> Iterator[Paper | Problem]:
    """Read one file in the given or else the recognised format."""
    with open_text(file) as opened:
        if opened.binary:
            yield Problem(Where(file), "not text but binary data")
        elif opened.head.strip("\ufeff \t\n"):
            yield from _read_text(file, format, opened)
        if opened.damage:
            yield Problem(Where(file), f"the compressed data is damaged: {opened.damage[0]}")


def _read_text(file: str, format: str, opened: Opened) -> Iterator[Paper | Problem]:
    name = detect(opened.head) if format == "auto" else format
    if not name:
        known = ", ".join(formats())
        yield Problem(Where(file), f"not a format kg knows ({known}); name it with --format if it is one of them")
        return
    yield from load(name).read(opened.stream, file)
