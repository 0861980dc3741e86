"""Open a file as text, whatever its compression, encoding and line ends. The first step of reading, before detection.

gzip, bzip2 and xz are recognised by their first bytes. Text is UTF-8 or UTF-16 by its byte order mark, else UTF-8, else
Windows-1252 where the bytes that are not UTF-8 make sense as that; a byte that makes no sense becomes U+FFFD.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD = 1 << 16
_CHUNK = 1 << 20
_IN_MEMORY = 1 << 26  # standard input beyond 64 MB waits in a temporary file
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"SQLite format 3",
    b"\x7fELF",
    b"7z\xbc\xaf",
)
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_NEVER_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d\xfe\xff")  # not assigned, or no letter of running text
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error)


@dataclass
class Opened:
    """A file open as text: its beginning, the whole as a stream, and what turned out wrong with it."""

    stream: TextIO
    head: str
    binary: bool = False
    damage: list[str] = field(default_factory=list)


@contextmanager
def open_text(name: str) -> Iterator[Opened]:
    """Open the file `name`, or standard input for ``-``. Raises `OSError` when it cannot be opened."""
    with _raw(name) as raw:
        damage: list[str] = []
        first = _layer(raw, []).read(HEAD)
        encoding = next((encoding for mark, encoding in _MARKS if first.startswith(mark)), "") or _encoding(
            _layer(raw, [])
        )
        head = codecs.getincrementaldecoder(encoding)("replace").decode(first)
        stream = io.TextIOWrapper(_layer(raw, damage), encoding=encoding, errors="replace")
        yield Opened(stream, _with_newlines(head), _is_binary(first, encoding), damage)
        stream.detach()


def _with_newlines(text: str) -> str:
    """Return `text` with the line ends that the stream shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def _raw(name: str) -> Iterator[IO[bytes]]:
    """Open the bytes; standard input is copied, because it is read twice."""
    if name != "-":
        with open(name, "rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while chunk := sys.stdin.buffer.read(_CHUNK):
            copy.write(chunk)
        yield copy


class _Forgiving(io.RawIOBase):
    """Bytes that end early instead of raising where compressed data is damaged, and note why."""

    def __init__(self, read: Callable[[int], bytes], damage: list[str]) -> None:
        super().__init__()
        self._read = read
        self._damage = damage

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill `buffer` as far as the data goes."""
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._read(len(view))
        except _DAMAGE as error:
            self._damage.append(str(error) or type(error).__name__)
            return 0
        view[: len(data)] = data
        return len(data)


def _layer(raw: IO[bytes], damage: list[str]) -> io.BufferedReader:
    """Return the uncompressed bytes from the start. `read1` gives what precedes the damage before it raises."""
    raw.seek(0)
    magic = raw.read(6)
    raw.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return io.BufferedReader(_Forgiving(gzip.GzipFile(fileobj=raw, mode="rb").read1, damage))
    if magic.startswith(b"BZh"):
        return io.BufferedReader(_Forgiving(bz2.BZ2File(raw).read1, damage))
    if magic == b"\xfd7zXZ\x00":
        return io.BufferedReader(_Forgiving(lzma.LZMAFile(raw).read1, damage))
    return io.BufferedReader(_Forgiving(raw.read, damage), buffer_size=_CHUNK)


def _encoding(data: io.BufferedReader) -> str:
    """Choose between UTF-8 and Windows-1252 by the first place that is not UTF-8, and all that came before it."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    foreign = False
    pending = b""
    while chunk := data.read(_CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            return _of_broken(pending + chunk, foreign)
        pending = decoder.getstate()[0]
        foreign = foreign or not text.isascii()
    return "utf-8"


def _of_broken(chunk: bytes, foreign: bool) -> str:
    """Choose for a chunk that is not valid UTF-8; `foreign` tells that other letters were valid before."""
    text = chunk.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    if foreign or good >= bad:
        return "utf-8"
    odd = {byte for byte in chunk if byte > 127}
    return "utf-8" if odd & _NEVER_1252 else "cp1252"


def _is_binary(first: bytes, encoding: str) -> bool:
    """Tell whether a file is no text at all."""
    if first.startswith(_BINARY_MAGIC):
        return True
    if encoding.startswith(("utf-16", "utf-32")):
        return False
    controls = len(first) - len(first.translate(None, _CONTROL))
    return controls * 50 > len(first)
