"""Open a file as text, whatever its compression, encoding and line ends. The first step of reading, before detection.

gzip, bzip2, xz, Zstandard and zip are recognised by their first bytes; of a zip archive every file is opened. Text is
UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252 where the bytes that are not UTF-8 make sense as that;
a byte that makes no sense becomes U+FFFD. A PDF is no text: it is handed on byte by byte, as Latin-1, for its reader to
turn back.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import stat
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TextIO, cast

from kg.readers._layers import BOMB, ZSTD, Budget, is_compressed, layer, zstandard
from kg.readers._lines import Lines

HEAD = 1 << 16
BLANK = "\ufeff \t\n"
"""Signs that are no text."""
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
_BINARY = "not text but binary data"
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")  # Word and Excel, OpenDocument and EPUB, Java
_ARCHIVES_IN_ARCHIVES = 3
_UNZIPPING = (RuntimeError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, struct.error)
"""What may come of a zip archive that breaks the rules: passwords, unknown compression, damage."""
_NO_FILES = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass
class Opened:
    """A file open as text: its name, beginning, the whole as a stream, and what turned out wrong with it.

    `refused` says why it is not to be read, where it is not; `damage` is filled while the stream is read.
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
        size = raw.seek(0, io.SEEK_END)
        raw.seek(0)
        yield from _texts(_shown(name), raw, Budget.of(size))


def _shown(name: str) -> str:
    """Return a name as it can be written anywhere: without line ends, signs that steer a terminal, and what is no text."""
    return name if name.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in name)


def _texts(name: str, raw: IO[bytes], budget: Budget, *, depth: int = 0) -> Iterator[Opened]:
    """Open what stands in `raw`."""
    magic = raw.read(4)
    if magic == _ZIP and depth < _ARCHIVES_IN_ARCHIVES:
        yield from _zipped(name, raw, budget, depth)
    elif magic == _ZIP:
        yield _refused(name, "an archive in an archive in an archive in an archive")
    elif magic == ZSTD and not zstandard():
        yield _refused(name, "compressed by Zstandard; to read it, pip install 'papers-kg[zstd]'")
    else:
        yield from _text(name, raw, budget if depth or is_compressed(magic) else None)


def _refused(name: str, reason: str) -> Opened:
    return Opened(name, io.StringIO(), refused=reason)


def _text(name: str, raw: IO[bytes], budget: Budget | None) -> Iterator[Opened]:
    """Open one file, uncompressed and decoded."""
    damage: list[str] = []
    first = layer(raw, [], budget).read(HEAD)
    marked = next((encoding for mark, encoding in _MARKS if first.startswith(mark)), "") or _utf16(first[:_SAMPLE])
    if first.startswith(_PDF):
        stream = io.TextIOWrapper(layer(raw, damage, budget), encoding="latin-1", newline="")
        yield Opened(name, stream, first.decode("latin-1"), damage=damage)
        stream.detach()
    elif is_compressed(first):
        yield _refused(name, "compressed more than once")
    elif _is_binary(first, marked):
        yield _refused(name, _BINARY)
    else:
        encoding = marked or _encoding(layer(raw, [], budget))
        head = _with_newlines(codecs.getincrementaldecoder(encoding)("replace").decode(first))
        if len(first) == HEAD and not head.strip(BLANK):
            head = _late(layer(raw, [], budget), encoding)
        lines = Lines(layer(raw, damage, budget), encoding=encoding, damage=damage)
        yield Opened(name, lines, head, damage=damage)
        lines.detach()


def _late(data: io.BufferedReader, encoding: str) -> str:
    """Return where the text of a file begins that begins with more white space than is looked at, or nothing."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while chunk := data.read(_CHUNK):
        if begun := _with_newlines(decoder.decode(chunk)).lstrip(BLANK):
            return (begun + _with_newlines(decoder.decode(data.read(HEAD))))[:HEAD]
    return ""


def _zipped(name: str, raw: IO[bytes], budget: Budget, depth: int) -> Iterator[Opened]:
    """Open the files of a zip archive, but for what systems hide in it; a document that is an archive is no text."""
    try:
        archive = zipfile.ZipFile(raw)
        files = sorted(archive.infolist(), key=lambda info: info.filename)
    except (
        *_UNZIPPING,
        NotImplementedError,
    ) as error:  # the last is what zipfile raises for a newer version of the format
        yield Opened(name, io.StringIO(), refused=_BINARY, damage=[f"a damaged archive: {error}"] if depth else [])
        return
    if any(info.filename in _DOCUMENTS for info in files):
        yield _refused(name, _BINARY)
        return
    for info in files:
        parts = info.filename.split("/")
        if info.is_dir() or "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts):
            continue
        inner = f"{name}/{_shown(info.filename)}"
        if budget.left < 0:
            yield _refused(inner, BOMB)
            return
        try:
            with archive.open(info) as member, _seekable(member, budget) as seekable:
                yield from _texts(inner, seekable, budget, depth=depth + 1)
        except _UNZIPPING as error:
            yield _refused(inner, f"cannot be taken out of the archive: {error}")


@contextmanager
def _seekable(member: IO[bytes], budget: Budget) -> Iterator[IO[bytes]]:
    """Yield a file of an archive; if it is an archive, a copy, in which one can go back without reading all again."""
    magic = member.read(4)
    member.seek(0)
    if magic != _ZIP:
        yield member
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while budget.left >= 0 and (chunk := member.read(_CHUNK)):
            copy.write(chunk)
            budget.left -= len(chunk)
        copy.seek(0)
        yield cast(IO[bytes], copy)


def _with_newlines(text: str) -> str:
    """Return `text` with the line ends that the stream shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def _raw(name: str) -> Iterator[IO[bytes]]:
    """Open the bytes; standard input is copied, because it is read twice."""
    if name != "-":
        _check_kind(name)
        with open(name, "rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while chunk := sys.stdin.buffer.read(_CHUNK):
            copy.write(chunk)
        yield copy


def _check_kind(name: str) -> None:
    """Raise `OSError` for what is no file: it may never end, or wait for ever for somebody who writes to it."""
    kind = _NO_FILES.get(stat.S_IFMT(os.stat(name).st_mode))
    if kind:
        raise OSError(
            errno.ESPIPE, f"it is {kind}, not a file; kg reads what comes out of it from standard input: - < {name}"
        )


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
