"""What each paper gave, kept beside the graph so that the next build reads only what has changed.

One SQLite file, `OUT/.kg/read.sqlite`: from a digest of a paper's words and of all that reads them (`kg.making.version`)
to the bytes of `kg.records`. SQLite commits whole transactions only, so a build that is killed keeps what it had
committed. It is a cache: a file that is damaged or not ours is thrown away with a word, and a record that does not fit its
own checksum is read again from the paper.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import OutputError

FILE = "read.sqlite"
_OURS = 0x6B677031  # "kgp1": tells our files, and their layout, from others
_CHECK = 8  # bytes of checksum before each record
_EVERY = 1.0  # seconds of work that a killed build may lose
_ASK = 500  # keys in one question
_NOT_DAMAGE = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_BUSY")
_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)  # the latter where a message quotes what stands in the file
_TABLE = "CREATE TABLE IF NOT EXISTS papers (key BLOB PRIMARY KEY, record BLOB NOT NULL)"


class Cache:
    """Records by key. Use it as a context manager; on the way out everything is committed.

    `say` is told what a user should know. Raises `OutputError` where the disk is full or cannot be written.
    """

    def __init__(self, path: Path, *, say: Callable[[str], None], fresh: bool = False) -> None:
        self._path = path
        self._say = say
        self._opened: sqlite3.Connection | None = None  # a build that fails at once leaves no file behind
        if fresh:
            self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._opened:
            return
        try:
            self._opened.commit()
        except sqlite3.Error as failed:
            if error is None:
                raise self._unwritable(failed) from failed
        finally:
            self._opened.close()

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the records that there are under some keys; one that is damaged counts as not there."""
        found: dict[bytes, bytes] = {}
        if not self._opened and not self._path.exists():
            return found
        try:
            for some in _groups(keys, _ASK):
                marks = ",".join("?" * len(some))
                rows = self._db.execute(f"SELECT key, record FROM papers WHERE key IN ({marks})", some)  # noqa: S608 - question marks
                found.update((key, record[_CHECK:]) for key, record in rows if _is_whole(key, record))
        except _DAMAGE as error:
            self._start_anew(error)
            return {}
        return found

    def put(self, key: bytes, record: bytes) -> None:
        """Keep a record; it is safe from a kill within a second or so."""
        try:
            self._insert(key, record)
            if time.monotonic() - self._committed > _EVERY:
                self.commit()
        except _DAMAGE as error:
            self._start_anew(error)
            self._insert(key, record)

    def commit(self) -> None:
        """Make what was put last."""
        self._db.commit()
        self._committed = time.monotonic()

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Forget every record but those under `keys`, and give back the room when there was much to forget."""
        if not self._opened and not self._path.exists():
            return
        try:
            self._db.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            self._db.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in keys))
            self._db.execute("DELETE FROM papers WHERE key NOT IN (SELECT key FROM used)")
            self._db.execute("DROP TABLE used")
            self.commit()
            free, pages = (
                self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
            )
            if free > pages // 2:
                self._db.execute("VACUUM")
        except _DAMAGE as error:
            self._start_anew(error)

    @property
    def _db(self) -> sqlite3.Connection:
        if self._opened:
            return self._opened
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._committed = time.monotonic()
        opened = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
        try:
            (mark,) = opened.execute("PRAGMA application_id").fetchone()
            (tables,) = opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if mark != _OURS and (mark or tables):
                raise sqlite3.DatabaseError("it is not a file of kg")
            opened.execute(f"PRAGMA application_id = {_OURS}")
            opened.execute("PRAGMA synchronous = NORMAL")
            opened.execute("PRAGMA temp_store = MEMORY")
            opened.execute(_TABLE)
            opened.commit()
        except _DAMAGE:
            opened.close()
            raise
        self._opened = opened
        return opened

    def _insert(self, key: bytes, record: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO papers VALUES (?, ?)", (key, _checksum(key, record) + record))

    def _start_anew(self, error: Exception) -> None:
        """Throw a damaged file away and go on with an empty one; raises `OutputError` where that cannot help."""
        if getattr(error, "sqlite_errorname", "") in _NOT_DAMAGE:
            raise self._unwritable(error) from error
        self._say(f"{self._path} is damaged or not of kg ({error}); every paper is read again")
        self._remove()
        try:
            self.commit()
        except sqlite3.Error as again:
            raise self._unwritable(again) from again

    def _unwritable(self, error: Exception) -> OutputError:
        hint = "is the disk full? What was read so far is kept: run the same command again"
        return OutputError(f"cannot be written: {error}", where=str(self._path), hint=hint)

    def _remove(self) -> None:
        if self._opened:
            self._opened.close()
            self._opened = None
        try:
            for path in (self._path, self._path.with_name(self._path.name + "-journal")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError("cannot be removed", where=str(self._path), hint=error.strerror or "") from error


def _checksum(key: bytes, record: bytes) -> bytes:
    return blake2b(record, key=key, digest_size=_CHECK).digest()


def _is_whole(key: bytes, record: object) -> bool:
    return isinstance(record, bytes) and record[:_CHECK] == _checksum(key, record[_CHECK:])


def _groups(keys: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some
