"""Spread extraction over processes: a pure function of each paper. Used by `kg.pipeline` and `kg.making`.

On Linux the workers are forked and share the lexicon; elsewhere, and where other threads run, each loads its own. A paper
that takes too long, makes an extractor raise or kills its process gives a reason instead of an extraction.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg import collector
from kg.lexicon import Lexicon, load, own_files
from kg.model import Extraction, Paper
from kg.pool import CAN_FORK, Answer, Pool

if TYPE_CHECKING:
    from kg.text.document import Document

Work = Callable[[Iterable[Paper]], Iterator[Answer]]

SMALL = 200
"""Fewer papers than this are read faster by one process than several can be started."""

PATIENCE = 20.0
"""Seconds of processor time that reading one paper may take."""

_TOGETHER = 10  # papers that are looked at together before each is read
_WAIT = 5.0  # a process that is silent for so many times its patience hangs, however busy the machine is


class _TooLongError(BaseException):
    """Raised in the middle of a paper; no `Exception`, so that an extractor does not catch it by chance."""


def load_lexicon(vocabularies: Sequence[str] = ()) -> Lexicon:
    """Return the project's own vocabulary with the user's added, the user's first."""
    return load([*map(Path, vocabularies), *own_files()])


def extract_one(lexicon: Lexicon, paper: Paper, *, tagger: bool = True, doc: Document | None = None) -> Extraction:
    """Return what one paper says, by the statistical tagger too unless it is switched off."""
    from kg.reading import read

    return read(paper, lexicon, tagger=tagger, doc=doc)


def read_each(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str],
    workers: int | None,
    *,
    tagger: bool = True,
    patience: float = PATIENCE,
    apart: bool = False,
) -> Iterator[tuple[int, Answer]]:
    """Yield, as they get done, the number of each paper with its record (`kg.records`) or the reason why it has none.

    With `apart`, a single worker is a process of its own too, so that no paper can harm this one.
    """
    _check_extractors()
    count = processes(workers) if len(papers) >= SMALL else 1
    if count == 1 and not apart:
        work = _worker_of(lexicon, tagger, patience)
        with collector.resting():
            yield from enumerate(work(papers))
        return
    fork = CAN_FORK and threading.active_count() == 1
    given = (lexicon if fork else tuple(vocabularies), tagger, patience)
    with Pool[Paper](count, _prepare, given, fork=fork, patience=_WAIT * patience) as pool:
        yield from pool.run(papers)


def processes(workers: int | None) -> int:
    """Return how many processes to use: as asked, else one a core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, workers or cores)


def _check_extractors() -> None:
    """Import the extractors once for all processes; raises `UsageError` here for one that cannot be."""
    from kg.reading.read import extractors

    extractors("document")


def _prepare(given: Lexicon | Sequence[str], tagger: bool, patience: float) -> Work:
    """Make a worker ready: with the lexicon of the process it is a copy of, or one that it loads itself."""
    collector.rest()
    return _worker_of(given if isinstance(given, Lexicon) else load_lexicon(given), tagger, patience)


def _worker_of(lexicon: Lexicon, tagger: bool, patience: float) -> Work:
    """Return the function that reads papers, whatever comes of it."""
    from kg.reading import documents
    from kg.records import encode

    def look(papers: Sequence[Paper]) -> Sequence[Document | None]:
        try:
            with _at_most(patience):
                return documents(papers, lexicon, tagger=tagger)
        except (_TooLongError, Exception):  # whichever is to blame is found when each is read alone
            return [None] * len(papers)

    def read(paper: Paper, doc: Document | None) -> Answer:
        try:
            with _at_most(patience):
                return encode(extract_one(lexicon, paper, tagger=tagger, doc=doc))
        except _TooLongError:
            return f"reading it took more than {patience:g} seconds"
        except Exception as error:  # extractors are plugins: what one of them trips over must not end the build
            if os.environ.get("KG_DEBUG"):
                raise
            return f"reading it failed: {type(error).__name__}: {error}"

    def work(papers: Iterable[Paper]) -> Iterator[Answer]:
        rest = iter(papers)
        while some := list(islice(rest, _TOGETHER)):
            yield from map(read, some, look(some))

    return work


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `_TooLongError` inside when it takes more processor time than that; where the system cannot tell, wait.

    Processor time, so that it does not depend on what else the machine does.
    """
    if not hasattr(signal, "SIGPROF") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # and again each second, should somebody catch the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_long(signum: int, frame: object) -> None:
    raise _TooLongError
