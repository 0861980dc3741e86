"""Let Python's collector of cyclic garbage rest where many objects are made that stay. Used by `kg.lexicon` and `kg.workers`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 10, 10)


def rest() -> None:
    """Make the collector run seldom, and pass over what there is now, for as long as this process lives."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextmanager
def resting() -> Iterator[None]:
    """Make the collector run seldom for a while: it takes a tenth of the time of reading, and a third of loading a lexicon.

    Neither makes cycles; what else runs in the meantime may, and so the collector is not switched off.
    """
    before = gc.get_threshold()
    rest()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
