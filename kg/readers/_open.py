"""Open a file as text, whatever its compression, encoding and line ends. The first step of reading, before detection.

gzip, bzip2, xz, Zstandard and zip are recognised by their first bytes; of a zip archive every file is opened. Text is
UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252 where the bytes that are not UTF-8 make sense as that;
a byte that makes no sense becomes U+FFFD. A PDF is no text: it is handed on byte by byte, as Latin-1, for its reader to
turn back.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import IO, TYPE_CHECKING, TextIO, cast
from zipfile import BadZipFile

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEAD = 1 << 16
_CHUNK = 1 << 20
_FEW = 4  # control characters that a text may hold however short it is
_SAMPLE = 4096  # bytes that tell whether a text is UTF-16
_IN_MEMORY = 1 << 26  # standard input beyond 64 MB waits in a temporary file
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP = b"PK\x03\x04"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PDF = b"%PDF-"
_BINARY_MAGIC = (
    _ZIP,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"SQLite format 3",
    b"\x7fELF",
    b"7z\xbc\xaf",
)
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_NEVER_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d\xfe\xff")  # not assigned, or no letter of running text
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error, BadZipFile)
_BINARY = "not text but binary data"
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")  # Word and Excel, OpenDocument and EPUB, Java
_ARCHIVES_IN_ARCHIVES = 3


@dataclass
class Opened:
    """A file open as text: its name, beginning, the whole as a stream, and what turned out wrong with it.

    `refused` says why it is not to be read, where it is not.
    """

    name: str
    stream: TextIO
    head: str = ""
    refused: str = ""
    damage: list[str] = field(default_factory=list)


def open_texts(name: str) -> Iterator[Opened]:
    """Open the file `name`, or standard input for ``-``; of a zip archive, each file in it, in order of name.

    Each is open until the next is asked for. Raises `OSError` when `name` cannot be opened.
    """
    with _raw(name) as raw:
        yield from _texts(name, raw)


def _texts(name: str, raw: IO[bytes], *, depth: int = 0) -> Iterator[Opened]:
    """Open what stands in `raw`."""
    magic = raw.read(4)
    if magic == _ZIP and depth < _ARCHIVES_IN_ARCHIVES:
        yield from _zipped(name, raw, depth)
    elif magic == _ZSTD and not _zstandard():
        yield Opened(name, io.StringIO(), refused="compressed by Zstandard; to read it, pip install 'papers-kg[zstd]'")
    else:
        yield from _text(name, raw)


def _text(name: str, raw: IO[bytes]) -> Iterator[Opened]:
    """Open one file, uncompressed and decoded."""
    damage: list[str] = []
    first = _layer(raw, []).read(HEAD)
    if first.startswith(_PDF):
        stream = io.TextIOWrapper(_layer(raw, damage), encoding="latin-1", newline="")
        yield Opened(name, stream, first.decode("latin-1"), damage=damage)
    else:
        marked = next((encoding for mark, encoding in _MARKS if first.startswith(mark)), "")
        encoding = marked or _utf16(first[:_SAMPLE]) or _encoding(_layer(raw, []))
        head = codecs.getincrementaldecoder(encoding)("replace").decode(first)
        stream = io.TextIOWrapper(_layer(raw, damage), encoding=encoding, errors="replace")
        yield Opened(name, stream, _with_newlines(head), _BINARY if _is_binary(first, encoding) else "", damage)
    stream.detach()


def _zipped(name: str, raw: IO[bytes], depth: int) -> Iterator[Opened]:
    """Open the files of a zip archive, but for what systems hide in it; a document that is an archive is no text."""
    try:
        archive = zipfile.ZipFile(raw)
        files = sorted(archive.infolist(), key=lambda info: info.filename)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error) as error:
        yield Opened(name, io.StringIO(), refused=_BINARY, damage=[str(error)] if depth else [])
        return
    if any(info.filename in _DOCUMENTS for info in files):
        yield Opened(name, io.StringIO(), refused=_BINARY)
        return
    for info in files:
        parts = info.filename.split("/")
        if info.is_dir() or "__MACOSX" in parts or any(part.startswith(".") for part in parts):
            continue
        inner = f"{name}/{info.filename}"
        try:
            with archive.open(info) as member:
                yield from _texts(inner, member, depth=depth + 1)
        except (RuntimeError, zipfile.BadZipFile, zlib.error) as error:  # a password is needed; no such compression
            yield Opened(inner, io.StringIO(), refused=f"cannot be taken out of the archive: {error}")


def _zstandard() -> ModuleType | None:
    """Return the library of Zstandard, where it is installed."""
    try:
        return import_module("zstandard")
    except ImportError:
        return None


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
    if magic.startswith(_ZSTD) and (zstandard := _zstandard()):
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
        return io.BufferedReader(_Forgiving(_raising_os_error(reader.read, zstandard.ZstdError), damage))
    return io.BufferedReader(_Forgiving(raw.read, damage), buffer_size=_CHUNK)


def _raising_os_error(read: Callable[[int], bytes], kind: type[Exception]) -> Callable[[int], bytes]:
    """Return `read` with the errors of a library as those of the system."""

    def reading(size: int) -> bytes:
        try:
            return read(size)
        except kind as error:
            raise OSError(str(error)) from error

    return reading


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


def _utf16(first: bytes) -> str:
    """Return which UTF-16 a text without a mark is in, if any: in most texts every other byte is nothing."""
    half = len(first) // 2
    zeros = [first[side::2].count(0) for side in (0, 1)]
    if half and max(zeros) * 10 > half * 7 and min(zeros) * 10 < half:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    return ""


def _is_binary(first: bytes, encoding: str) -> bool:
    """Tell whether a file is no text at all."""
    if first.startswith(_BINARY_MAGIC):
        return True
    if encoding.startswith(("utf-16", "utf-32")):
        return False
    controls = len(first) - len(first.translate(None, _CONTROL))
    return controls * 50 > len(first) and (controls > _FEW or b"\0" in first)
