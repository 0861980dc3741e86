"""Take compressed bytes apart, and keep harm away: damage ends the data early, and what grows without measure is cut off.

Used by `_open`. gzip, bzip2, xz and Zstandard are recognised by their first bytes. What goes wrong is noted in a list, in
words for the user.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import IO, TYPE_CHECKING, cast
from zipfile import BadZipFile

if TYPE_CHECKING:
    from typing_extensions import Buffer

ZSTD = b"\x28\xb5\x2f\xfd"
_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\x00"
_COMPRESSED = (_GZIP, b"BZh", _XZ, ZSTD)
_CHUNK = 1 << 20
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error, BadZipFile)
_ALWAYS = 1 << 27  # bytes that any file may grow to
_RATIO = 80  # a text is read twice, and shrinks to a fortieth at best
BOMB = "the compressed data grows to more than forty times its size; the rest is not read"


@dataclass
class Budget:
    """How many bytes may still come out of a file, over all files in it and all times they are read."""

    left: float

    @classmethod
    def of(cls, size: int) -> Budget:
        """Return the budget of a file of so many bytes."""
        return cls(_ALWAYS + _RATIO * size)


def is_compressed(first: bytes) -> bool:
    """Tell compressed data by its first bytes."""
    return first.startswith(_COMPRESSED)


def zstandard() -> ModuleType | None:
    """Return the library of Zstandard, where it is installed."""
    try:
        return import_module("zstandard")
    except ImportError:
        return None


def layer(raw: IO[bytes], damage: list[str], budget: Budget | None) -> io.BufferedReader:
    """Return the uncompressed bytes of `raw` from its start; nothing is counted where there is no budget.

    Plain bytes are counted too: they may come out of an archive.
    """
    raw.seek(0)
    magic = raw.read(6)
    raw.seek(0)
    if magic.startswith(_GZIP):
        return _forgiving(gzip.GzipFile(fileobj=raw, mode="rb").read1, damage, budget)
    if magic.startswith(b"BZh"):
        return _forgiving(bz2.BZ2File(raw).read1, damage, budget)
    if magic == _XZ:
        return _forgiving(lzma.LZMAFile(raw).read1, damage, budget)
    if magic.startswith(ZSTD) and (library := zstandard()):
        reader = library.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
            raw, read_across_frames=True, closefd=False
        )
        return _forgiving(_raising_os_error(reader.read, library.ZstdError), damage, budget)
    return io.BufferedReader(_Forgiving(raw.read, damage, budget), buffer_size=_CHUNK)


def _forgiving(read: Callable[[int], bytes], damage: list[str], budget: Budget | None) -> io.BufferedReader:
    return io.BufferedReader(_Forgiving(read, damage, budget))


class _Forgiving(io.RawIOBase):
    """Bytes that end early instead of raising where data is damaged or endless, and note why.

    It reads with `read1`, which gives what precedes the damage before it raises.
    """

    def __init__(self, read: Callable[[int], bytes], damage: list[str], budget: Budget | None) -> None:
        super().__init__()
        self._read = read
        self._damage = damage
        self._budget = budget

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill `buffer` as far as the data goes."""
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._read(len(view))
        except _DAMAGE as error:
            self._note(f"the compressed data is damaged: {str(error) or type(error).__name__}")
            return 0
        if self._budget:
            self._budget.left -= len(data)
            if self._budget.left < 0:
                self._note(BOMB)
                return 0
        view[: len(data)] = data
        return len(data)

    def _note(self, reason: str) -> None:
        if reason not in self._damage:
            self._damage.append(reason)


def _raising_os_error(read: Callable[[int], bytes], kind: type[Exception]) -> Callable[[int], bytes]:
    """Return `read` with the errors of a library as those of the system."""

    def reading(size: int) -> bytes:
        try:
            return read(size)
        except kind as error:
            raise OSError(str(error)) from error

    return reading
