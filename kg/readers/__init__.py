"""Readers: files of any supported format in, papers and problems out. The first stage of the flow.

One format is one module of this folder, and its file name is the format's name; modules that start with an underscore
serve them all. `read` opens, recognises and reads whatever the user named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from kg import plugins
from kg.errors import InputError
from kg.model import Paper, Problem, Where
from kg.readers import _mapping
from kg.readers._cited import of_csl as references
from kg.readers._detect import PACKAGE, detect, load
from kg.readers._open import BLANK, Opened, open_texts
from kg.readers._protocol import MappedReader, Reader
from kg.readers._sources import sources

__all__ = ["Reader", "formats", "read", "references", "sources"]


_MOST_DAMAGE = 10  # things wrong with one file as a whole
_MOST_PROBLEMS = 1000  # of one file; there are no more to be learned from the others


@dataclass(frozen=True)
class _Asked:
    """What the user says of the files: their format, and the names of their fields."""

    format: str
    mapping: Mapping[str, str]


def formats() -> list[str]:
    """Return the names of the formats that can be read."""
    return plugins.names(PACKAGE)


def read(source: str, *, format: str = "auto", mapping: Mapping[str, str] | None = None) -> Iterator[Paper | Problem]:
    """Yield the records of `source`: a file, a folder with all below it, a glob, or ``-`` for standard input.

    `mapping` names the columns of tables and the keys of JSON by field (``{"title": "Name"}``); other formats have names of
    their own. A broken record, and a file of no known format, is a `Problem`; the rest is read. Raises `InputError` when
    nothing is there or the one file named cannot be opened, `UsageError` for a format or field that does not exist.
    """
    if format != "auto":
        load(format)
    _mapping.check(mapping or {})
    files = sources(source)
    return _read_all(files, _Asked(format, mapping or {}), lone=files == [source])


def _read_all(files: list[str], asked: _Asked, *, lone: bool) -> Iterator[Paper | Problem]:
    """Read file after file. Of several, one that cannot be opened is a problem; a lone one is an error."""
    for file in files:
        try:
            yield from _summed(_read_file(file, asked))
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            if lone:
                hint = "check its permissions" if isinstance(error, PermissionError) else ""
                raise InputError(reason, where=file, hint=hint) from error
            yield Problem(Where(file), reason)


def _summed(items: Iterable[Paper | Problem]) -> Iterator[Paper | Problem]:
    """Yield what was read of a file; of more problems than anybody looks at, the number and the last."""
    problems = 0
    last = None
    for item in items:
        if isinstance(item, Problem):
            problems += 1
            last = item
            if problems > _MOST_PROBLEMS:
                continue
        yield item
    if last and problems > _MOST_PROBLEMS:
        yield Problem(last.where, f"the last of {problems - _MOST_PROBLEMS:,} more problems: {last.reason}")


def _read_file(file: str, asked: _Asked) -> Iterator[Paper | Problem]:
    """Read one file, or all that an archive holds, in the given or else the recognised format."""
    for opened in open_texts(file):
        if opened.refused:
            yield Problem(Where(opened.name), opened.refused)
        elif opened.head.strip(BLANK):
            yield from _read_text(opened, asked)
        yield from (Problem(Where(opened.name), reason) for reason in opened.damage[:_MOST_DAMAGE])


def _read_text(opened: Opened, asked: _Asked) -> Iterator[Paper | Problem]:
    name = detect(opened.head) if asked.format == "auto" else asked.format
    if not name and asked.mapping:
        name = "csv"  # columns of any name can only be told by the user
    if not name:
        known = ", ".join(formats())
        reason = f"not a format kg knows ({known}); name it with --format if it is one of them"
        yield Problem(Where(opened.name), reason)
    elif asked.mapping and name in _mapping.FORMATS:
        reader = cast(MappedReader, load(name))
        yield from reader.read(opened.stream, opened.name, mapping=asked.mapping)
    else:
        yield from load(name).read(opened.stream, opened.name)
