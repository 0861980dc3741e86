"""The store of a large graph on disk, in ``.kg/store`` beside its Turtle: a cache that is never believed without proof.

`make` loads the Turtle into a folder of its own, compacts it, writes the index beside it, and last of all a stamp; only
then does the folder get its name. The stamp says of which bytes the store was made and how long each of its files is, so
that a store of another graph, a half-written or a damaged one is not read but made again. Readers open it read-only, any
number of them at once. `kill -9` while it is made leaves a folder that nobody reads, which the next `make` removes.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.rdf.layout import ForeignLayoutError
from kg.rdf.parse import gather, graph_file
from kg.store.renewing import keep_source, renew
from kg.store.survey import Survey, survey

if TYPE_CHECKING:
    import sqlite3

    import pyoxigraph

    from kg.rdf.layout import Values

LARGE = 20_000_000
"""Bytes of Turtle from which on a graph is asked from disk: loading so much takes longer than people wait."""

VERSION = 2
DAMAGED = (OSError, RuntimeError)
"""What the library raises for files that are not as it wrote them."""

_STAMP, _TRIPLES, _INDEX = "stamp.json", "triples", "index.sqlite"


@dataclass(frozen=True, slots=True)
class Disk:
    """A store on disk that is open for reading: its triples, their number, and the index."""

    triples: pyoxigraph.Store
    count: int
    index: sqlite3.Connection


def make(path: str | Path) -> Path | None:
    """Make the store of the graph in a folder or Turtle file, unless the one that is there fits; return its folder.

    A graph that is not `LARGE` needs none: then a store that is there is removed, and None returned. Raises `InputError`
    when there is no graph or it is no Turtle, `OSError` when the store cannot be written.
    """
    file = graph_file(path)
    folder = folder_of(file)
    if not is_large(file):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    if not _fits(folder, file):
        folder.parent.mkdir(exist_ok=True)
        with _alone(folder):
            if not _fits(folder, file):  # another process may have made it while this one waited
                _remove_leftovers(folder)
                _make(folder, file)
    return folder


def open_disk(file: Path) -> Disk:
    """Open the store of a large graph, which is made first unless one that fits is there; raises as `make` does."""
    folder = folder_of(file)
    for _ in range(2):
        make(file)
        with suppress(*DAMAGED, ValueError, KeyError):
            return open_disk_at(folder)
        distrust(file)
    make(file)
    return open_disk_at(folder)


def is_made(path: str | Path) -> bool:
    """Tell whether a graph can be opened at once: it is small, or its store is there and fits. Raises as `make` does."""
    file = graph_file(path)
    return not is_large(file) or _fits(folder_of(file), file)


def is_large_graph(path: str | Path) -> bool:
    """Tell whether the graph in a folder or Turtle file is asked from disk; raises `InputError` when there is none."""
    return is_large(graph_file(path))


def is_large(file: Path) -> bool:
    """Tell whether a Turtle file is asked from disk."""
    return file.stat().st_size > LARGE


def distrust(file: Path) -> None:
    """Take the stamp from the store of a graph, so that it is made again."""
    with suppress(OSError):
        (folder_of(file) / _STAMP).unlink()


def folder_of(file: Path) -> Path:
    """Return the folder of the store of a Turtle file."""
    name = "store" if file.name == "kg.ttl" else f"store-{file.name}"
    return file.parent / ".kg" / name


def open_disk_at(folder: Path) -> Disk:
    """Open the store in its folder, for reading only; the folder must hold a whole one."""
    from pyoxigraph import Store

    from kg.store import index

    count = int(_stamp(folder)["triples"])
    return Disk(Store.read_only(str(folder / _TRIPLES)), count, index.open_index(folder / _INDEX))


def _fits(folder: Path, file: Path) -> bool:
    """Tell whether the store was made of the file as it is, and has all of its own files."""
    try:
        stamp = _stamp(folder)
        if (stamp["version"], stamp["library"]) != (VERSION, _library()) or stamp["files"] != _sizes(folder):
            return False
        if stamp["made_of"] == _mark(file):
            return True
        same = bool(stamp["made_of"][0] == file.stat().st_size and stamp["digest"] == survey(file).digest)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if same:  # copied or touched: remember how it looks now, so that it need not be read through again
        with suppress(OSError):
            _write_stamp(folder, {**stamp, "made_of": _mark(file)})
    return same


def _make(folder: Path, file: Path) -> None:
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.draft")
    try:
        while True:
            before = _mark(file)
            draft.mkdir(parents=True)
            seen = survey(file)
            count = _fill(draft, file, seen, folder)
            if _mark(file) == before:
                break
            shutil.rmtree(draft)  # the graph was replaced meanwhile
        keep_source(file, draft)
        shutil.rmtree(folder, ignore_errors=True)  # before the mark is taken: it shows how many names a file has
        stamp = {"version": VERSION, "library": _library(), "triples": count, "digest": seen.digest}
        after = _mark(file)
        named = [after[0], after[1], before[2], after[3]] == before  # nothing but its number of names has changed
        _write_stamp(draft, {**stamp, "made_of": after if named else before, "files": _sizes(draft)})
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path, file: Path, seen: Survey, old: Path) -> int:
    """Load the triples, and write the index meanwhile: the library loads without holding up Python.

    Where the store in the folder `old` is of nearly the same graph, what has changed is all that is loaded.
    """
    from kg.store.loading import load

    counts: list[int] = []
    errors: list[Exception] = []

    def take() -> None:
        try:
            count = _renewed(old, draft, file, seen)
            counts.append(load(draft / _TRIPLES, file, seen) if count is None else count)
        except (OSError, SyntaxError, ValueError) as error:
            errors.append(error)

    thread = threading.Thread(target=take, daemon=True)  # a daemon, so that Ctrl-C need not wait for it
    thread.start()
    try:
        _write_index(draft / _INDEX, file, seen)
    except InputError:
        if not errors:
            raise
    finally:
        while thread.is_alive():
            thread.join(0.2)  # so that signals get through
    for error in errors:
        if isinstance(error, OSError):
            raise error
        raise InputError(f"not valid Turtle: {error}", where=str(file), hint="make it anew with `kg build`") from error
    return counts[0]


def _renewed(old: Path, draft: Path, file: Path, seen: Survey) -> int | None:
    """Return the number of triples of a store that was made from an old one, None where there is none that serves."""
    try:
        stamp = _stamp(old)
        if (stamp["version"], stamp["library"]) != (VERSION, _library()) or stamp["files"] != _sizes(old):
            return None
        return renew(old, _TRIPLES, stamp, draft, file, seen)
    except (*DAMAGED, SyntaxError, ValueError, KeyError, TypeError):
        shutil.rmtree(draft / _TRIPLES, ignore_errors=True)
        return None


def _write_index(path: Path, file: Path, seen: Survey) -> None:
    from kg.store import index

    if seen.ours:
        try:
            index.build(path, file, seen)
            return
        except ForeignLayoutError:
            path.unlink(missing_ok=True)
    with file.open("rb") as turtle:
        index.build_from(path, _gathered(turtle, str(file)))


def _gathered(turtle: Any, where: str) -> Iterator[tuple[str, Values]]:
    from kg.rdf.turtle import short_name

    for subject, pairs in gather(turtle, where=where):
        said: Values = {}
        for predicate, thing in pairs:
            said.setdefault(short_name(predicate), []).append(thing.value)
        yield subject, said


def _mark(file: Path) -> list[int]:
    """Return what tells that a file is another one, or was written to, without reading it."""
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _sizes(folder: Path) -> dict[str, int]:
    """Return the sizes of the files that hold data; the library may add to its logs when it reads."""
    files = [*(folder / _TRIPLES).glob("*.sst"), folder / _INDEX]
    return {file.name: file.stat().st_size for file in sorted(files)}


def _library() -> str:
    from pyoxigraph import __version__

    return str(__version__)


def _stamp(folder: Path) -> dict[str, Any]:
    stamp: dict[str, Any] = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    return stamp


def _write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    draft = folder / f".{_STAMP}.{os.getpid()}"
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(draft, folder / _STAMP)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed has left; only one process at a time makes a store."""
    for left in folder.parent.glob(f".{folder.name}.*.draft"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process makes this store. The lock goes with the process, however it ends."""
    with (folder.parent / f".{folder.name}.lock").open("w", encoding="utf-8") as lock:
        try:
            import fcntl
        except ImportError:  # not on Windows: there, two stores are made where one would do
            yield
            return
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
