"""Makes the store of a graph from that of an earlier one that differs little. Used by `kg.store.disk`.

A store keeps the Turtle that it was made of as a second name of the same file, which takes no room until `kg build` replaces
the first. What the two graphs differ in is taken out of, or put into, a copy of the store whose data files are second names too:
the library never writes to them again, and a reader of the old store is not disturbed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.store.difference import OutOfOrderError, differences
from kg.store.survey import Survey, survey

if TYPE_CHECKING:
    from pyoxigraph import Quad

SOURCE = "source.ttl"
_PART = 2  # a difference of more than one part in so many is not worth it; of a node that differs, both texts count


def keep_source(file: Path, folder: Path) -> None:
    """Keep the Turtle that a store was made of in its folder, where the file system has second names."""
    with suppress(OSError):
        os.link(file, folder / SOURCE)


def renew(old: Path, triples: str, stamp: dict[str, Any], draft: Path, file: Path, seen: Survey) -> int | None:
    """Make the triples of a store in the folder `draft` from those of the store in `old`; return how many it has.

    Returns None, with nothing made, where that cannot be done or would not be faster: the old Turtle is gone or another, is not laid
    out as ours, or differs by more than half. `stamp` is the old store's. Raises `OSError`, and what the library raises.
    """
    from pyoxigraph import Store

    source = old / SOURCE
    try:
        before = survey(source)
    except OSError:
        return None
    if before.digest != stamp["digest"] or not (before.ours and before.sections and seen.ours and seen.sections):
        return None
    files = source, before.sections[0][1], file, seen.sections[0][1]
    try:
        if sum(len(some.gone) + len(some.come) for some in differences(*files)) > file.stat().st_size // _PART:
            return None
    except OutOfOrderError:
        return None
    _copy(old / triples, draft / triples)
    store = Store(str(draft / triples))
    count = int(stamp["triples"])
    for some in differences(*files):
        gone, come = set(_triples(some.gone)), set(_triples(some.come))
        count += len(come) - len(gone)
        for triple in gone - come:
            store.remove(triple)
        store.bulk_extend(come - gone)
    store.flush()
    return count


def _triples(turtle: bytes) -> Iterator[Quad]:
    from pyoxigraph import RdfFormat, parse

    return iter(parse(input=turtle, format=RdfFormat.TURTLE))


def _copy(old: Path, new: Path) -> None:
    """Copy a database: its data files, which are never written to again, as second names."""
    new.mkdir()
    for file in old.iterdir():
        if file.suffix == ".sst":
            os.link(file, new / file.name)
        elif file.name != "LOCK":
            shutil.copy2(file, new / file.name)
