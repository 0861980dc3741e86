"""One build at a time in a folder, and nothing left behind by builds that were killed. For `kg.cli.build`.

The lock is the system's own on `OUT/.kg/lock`, so it ends with the process that holds it, however that ends; the file says
who that is. What was written under a temporary name by a process that is no more is removed by the next build.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kg.errors import OutputError

BESIDE = ".kg"
"""The folder beside a graph that keeps what builds need."""

WORK = "work"
"""The folder in there for what a build needs only while it runs."""

PAGES = "kg-pages"
"""The folder beside a graph for pages that an index leads to; `kg.view.split` names it."""

_LEFT = re.compile(r"\..+\.(\d+)\.(?:part|draft)")
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
_held: set[int] = set()


@contextmanager
def hold(out: Path) -> Iterator[None]:
    """Have a folder for this process alone, free of what killed builds left; it is made when it is not there.

    Raises `OutputError` when another process holds it, with that process's name, or when it cannot be written.
    """
    new = not out.exists()
    beside = out / BESIDE
    lock = beside / "lock"
    try:
        beside.mkdir(parents=True, exist_ok=True)
        handle = _lock(lock, out)
    except OSError as error:
        raise OutputError("the folder cannot be written to", where=str(out), hint=error.strerror or "") from error
    _held.add(handle)
    try:
        sweep(out)
        yield
    finally:
        shutil.rmtree(beside / WORK, ignore_errors=True)
        with suppress(OSError):
            lock.unlink()  # while it is held: who waits for it sees that its file is gone, and tries again
        _held.discard(handle)
        os.close(handle)
        with suppress(OSError):  # not empty: there is something to keep
            beside.rmdir()
            if new:
                out.rmdir()


def sweep(out: Path) -> None:
    """Remove what builds that are no more had begun to write in a folder."""
    shutil.rmtree(out / BESIDE / WORK, ignore_errors=True)
    for folder in (out, out / BESIDE, out / PAGES):
        for path in folder.iterdir() if folder.is_dir() else ():
            left = _LEFT.fullmatch(path.name)
            if left and not _runs(int(left[1])):
                path.unlink(missing_ok=True)


def work_folder(out: Path) -> Path:
    """Return an empty folder for what a build needs while it runs; whoever holds `out` removes it in the end."""
    folder = out / BESIDE / WORK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def forget_page(out: Path) -> None:
    """Remove the page of an earlier graph, which is no page of this one."""
    (out / "kg.html").unlink(missing_ok=True)
    sweep_pages(out)


def sweep_pages(out: Path) -> None:
    """Remove pages of an earlier build that the index of this one does not lead to."""
    folder, index = out / PAGES, out / "kg.html"
    if folder.is_dir():
        leads = index.read_text(encoding="utf-8") if index.is_file() else ""
        for page in sorted(folder.glob("*.html")):
            if page.name not in leads:
                page.unlink()
        with suppress(OSError):
            folder.rmdir()


def _lock(path: Path, out: Path) -> int:
    """Return the handle of a lock file that is ours; raises `OutputError` when it is another's."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _take(handle):
                who = _holder(handle)
                raise OutputError("another build is at work here", where=str(out), hint=f"{who}; wait until it is done")
            if _is_at(handle, path):
                me = {"pid": os.getpid(), "host": socket.gethostname()}
                os.ftruncate(handle, 0)
                os.lseek(handle, 0, os.SEEK_SET)
                os.write(handle, json.dumps(me).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its holder removed it just before we had it


def _take(handle: int) -> bool:
    """Lock an open file, or tell that somebody else has."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, so that others can read who holds it
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        said = _said(handle)  # a file system without locks: believe what the file says
        return not (said.get("host") == socket.gethostname() and _runs(said.get("pid", 0)))
    return True


def _holder(handle: int) -> str:
    said = _said(handle)
    return f"process {said['pid']} on {said['host']} holds it" if {"pid", "host"} <= said.keys() else "it is locked"


def _said(handle: int) -> dict[str, Any]:
    """Return what the file of a lock says of its holder; nothing when it says nothing yet."""
    os.lseek(handle, 0, os.SEEK_SET)
    with suppress(ValueError):
        said = json.loads(os.read(handle, 1000))
        return said if isinstance(said, dict) else {}
    return {}


def _is_at(handle: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _runs(pid: int) -> bool:
    """Tell whether there is another process of that number."""
    if pid == os.getpid() or pid <= 0:
        return False
    if sys.platform == "win32":  # there os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is there, and somebody else's
    return True


def _let_go() -> None:
    """Close in a forked worker what only its parent holds, so that the lock ends with the parent."""
    for handle in _held:
        with suppress(OSError):
            os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
