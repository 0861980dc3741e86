"""Spread extraction over processes: a pure function of each paper, in the order of the papers. Used by `kg.pipeline`.

On Linux the workers are forked and share the lexicon; elsewhere, and where other threads run, each loads its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from kg import collector
from kg.lexicon import Lexicon, load, own_files
from kg.model import Extraction, Paper

SMALL = 200
"""Fewer papers than this are read faster by one process than several can be started."""

_CHUNK = 25
_lexicon: Lexicon | None = None
_tagger = True


def load_lexicon(vocabularies: Sequence[str] = ()) -> Lexicon:
    """Return the project's own vocabulary with the user's added, the user's first."""
    return load([*map(Path, vocabularies), *own_files()])


def extract_one(lexicon: Lexicon, paper: Paper, *, tagger: bool = True) -> Extraction:
    """Return what one paper says, by the statistical tagger too unless it is switched off."""
    from kg.reading import read

    return read(paper, lexicon, tagger=tagger)


def extract_all(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str],
    workers: int | None,
    *,
    tagger: bool = True,
) -> Iterator[Extraction]:
    """Yield the extractions in the order of the papers, from several processes when there are enough papers."""
    global _lexicon
    count = processes(workers) if len(papers) >= SMALL else 1
    if count == 1:
        with collector.resting():
            yield from (extract_one(lexicon, paper, tagger=tagger) for paper in papers)
        return
    forks = sys.platform == "linux" and threading.active_count() == 1
    _lexicon = lexicon if forks else None
    with _deaf_to_ctrl_c():
        context = get_context("fork" if forks else "spawn")
        pool = context.Pool(count, _start, (None if forks else tuple(vocabularies), tagger))
    with pool:
        yield from pool.imap(_extract, papers, chunksize=min(_CHUNK, len(papers) // count + 1))


def processes(workers: int | None) -> int:
    """Return how many processes to use: as asked, else one a core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, workers or cores)


def _start(vocabularies: Sequence[str] | None, tagger: bool) -> None:
    """Make a worker ready: it ends quietly when it is told to, has a lexicon, and knows whether to use the tagger."""
    global _lexicon, _tagger
    _tagger = tagger
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if vocabularies is not None:
        _lexicon = load_lexicon(vocabularies)
    collector.rest()


def _extract(paper: Paper) -> Extraction:
    return extract_one(_lexicon or load_lexicon(), paper, tagger=_tagger)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ignore Ctrl-C while workers are started: they inherit it, so that only this process answers and ends them."""
    if threading.current_thread() is not threading.main_thread():  # nobody else may set what a signal does
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
