"""What two Turtle files of our own layout differ in, found at the speed of reading. Used by `kg.store.renewing`.

Our files hold a node a block, in order of IRI, and a library that grew by a few papers gives nearly the same file. Equal
stretches are passed over a megabyte at a time; only where two stretches differ are they looked at block by block.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_END = b"\n\n"  # of a block
_MOST, _LEAST = 1 << 20, 1 << 12  # bytes that are compared at once
_PIECE = 1 << 24  # bytes of difference after which some is given


class Difference(NamedTuple):
    """Blocks that only the old and only the new file has, each after its file's own prefixes."""

    gone: bytes
    come: bytes


class OutOfOrderError(ValueError):
    """The nodes of a file are not in order of IRI."""


class _Reader:
    """A file with a look ahead. `only` holds what was found in it alone."""

    def __init__(self, file: BinaryIO, header: int) -> None:
        self._file, self._data, self._at = file, b"", 0
        self._header = self.take(header)
        self._last = b""
        self.only = bytearray()

    def keep(self, block: bytes) -> None:
        """Take a block that the other file does not have."""
        subject = _subject(block)
        if subject <= self._last:
            raise OutOfOrderError(f"{subject.decode(errors='replace')} stands behind what it should stand before")
        self._last = subject
        self.only += self.take(len(block))

    def found(self) -> bytes:
        """Return what was found in this file alone since this was asked last."""
        found = self._header + bytes(self.only)
        self.only.clear()
        return found

    def ahead(self, size: int) -> bytes:
        """Return the next bytes without taking them: so many, or fewer at the end."""
        if len(self._data) - self._at < size:
            self._data = self._data[self._at :] + self._file.read(max(size, _MOST))
            self._at = 0
        return self._data[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        found = self.ahead(size)
        self._at += size
        return found

    def block(self) -> bytes:
        """Return the next block without taking it, nothing at the end."""
        size = _LEAST
        while True:
            found = self.ahead(size)
            end = found.find(_END)
            if end >= 0:
                return found[: end + len(_END)]
            if len(found) < size:
                return found
            size *= 2


def differences(old: Path, old_header: int, new: Path, new_header: int) -> Iterator[Difference]:
    """Yield what two files differ in, some megabytes at a time; what both say of a node comes together.

    The headers are so many bytes long. Linear in the length of the files. Raises `OutOfOrderError`, and `OSError`.
    """
    with old.open("rb") as one, new.open("rb") as other:
        a, b = _Reader(one, old_header), _Reader(other, new_header)
        size = _MOST
        while True:
            passed = _equal_blocks(a.ahead(size), b.ahead(size))
            if passed:
                a.take(passed)
                b.take(passed)
                size = min(_MOST, 2 * size)
            elif size > _LEAST:
                size //= 16
            elif not _step(a, b):
                break
            if len(a.only) + len(b.only) > _PIECE:
                yield Difference(a.found(), b.found())
        if a.only or b.only:
            yield Difference(a.found(), b.found())


def _step(a: _Reader, b: _Reader) -> bool:
    """Pass over the next block of one file, or of both where it is the same node's; tell whether there was one."""
    mine, theirs = a.block(), b.block()
    if mine.rstrip() == theirs.rstrip():  # the last block of a file has no blank line behind it
        a.take(len(mine))
        b.take(len(theirs))
        return bool(mine)
    if mine and (not theirs or _subject(mine) <= _subject(theirs)):
        a.keep(mine)
    if theirs and (not mine or _subject(theirs) <= _subject(mine)):
        b.keep(theirs)
    return True


def _equal_blocks(a: bytes, b: bytes) -> int:
    """Return how many bytes of whole blocks two stretches begin with alike, when one begins as all of the other."""
    size = min(len(a), len(b))
    return a.rfind(_END, 0, size) + len(_END) if a[:size] == b[:size] and _END in a[:size] else 0


def _subject(block: bytes) -> bytes:
    return block[1 : block.find(b">")]
