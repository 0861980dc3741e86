"""Loads Turtle into a new store on disk, for `kg.store.disk`: our own layout in two pieces side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO, cast

from kg.store.survey import Survey

_CHUNK = 1 << 20


class Piece:
    """The bytes of a file from one place to another, after its prefixes. What the library asks of a file: `read`."""

    def __init__(self, file: Path, header: int, start: int, end: int) -> None:
        self._file = file.open("rb")
        self._head = self._file.read(header)
        self._left = end - start
        self._file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        size = size if size > 0 else _CHUNK
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        found = b"" if self._file.closed else self._file.read(min(self._left, size))
        self._left -= len(found)
        if not found:
            self._file.close()
        return found


def load(folder: Path, file: Path, seen: Survey) -> int:
    """Load a file into a store in a folder of its own, compact it, and return the number of its triples.

    Raises `SyntaxError` or `ValueError` where it is no Turtle, `OSError` when it cannot be read or the store not written.
    """
    from pyoxigraph import RdfFormat, Store

    store = Store(str(folder))
    errors: list[Exception] = []

    def take(piece: Piece) -> None:
        try:
            store.bulk_load(input=cast(IO[bytes], piece), format=RdfFormat.TURTLE)
        except (OSError, SyntaxError, ValueError) as error:
            errors.append(error)

    threads = [Thread(target=take, args=(piece,), daemon=True) for piece in pieces(file, seen)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        raise error
    store.optimize()  # without it look-ups take twenty times as long
    store.flush()
    return len(store)


def pieces(file: Path, seen: Survey) -> Iterator[Piece]:
    """Cut a file of our own layout in two between sorts of nodes, as evenly as that goes; another is one piece."""
    size = file.stat().st_size
    starts = [start for _, start, _ in seen.sections]
    middle = min(starts[1:], key=lambda start: abs(2 * start - size), default=0)
    if not middle:
        yield Piece(file, 0, 0, size)
        return
    yield Piece(file, 0, 0, middle)
    yield Piece(file, starts[0], middle, size)
