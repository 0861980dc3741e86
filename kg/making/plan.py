"""Tell beforehand what a build will take: from the input's size, and from a sample that is built on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.model import Paper
from kg.workers import SMALL, load_lexicon, processes, read_each

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_SAMPLE = 60  # papers that are read and made a graph of
_START = 0.6  # seconds that importing and writing files takes besides the vocabulary
_PAGE = 1.6  # making the page takes so many times as long as writing Turtle
_LINKED = 1.25  # a paper of a large library has more links than one of a sample: more text
_SECOND_PASS = 2.0  # a stream works out what a paper states twice
_STORE = 3.0  # loading the store takes so many times as long as writing Turtle, whatever the cores
_STORE_BYTES = 2.3  # and with the work files so many times its room, while it is compacted
_BASE_MB, _EACH_MB = 110, 0.085  # memory of a build that holds everything
_STREAM_MB, _STREAM_EACH_MB = 250, 0.006  # and of one in a stream
_CACHE = 1_100  # bytes of what a paper gave, and of where it was read


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build will take, estimated from the input's size and this machine's measured speed."""

    files: int
    bytes: int
    papers: int
    seconds: float
    memory_mb: float
    disk_mb: float


def estimate(
    papers: Iterable[Paper],
    files: Sequence[Path],
    vocabularies: Sequence[str],
    *,
    workers: int | None,
    tagger: bool,
    most_in_memory: int,
    assemble: Callable[[Sequence[Paper]], KnowledgeGraph],
) -> Plan:
    """Estimate what a build of `papers` takes; `assemble` makes a graph of some. Raises what reading them raises."""
    from kg.rdf.turtle import to_turtle

    every, reading = _timed(lambda: list(papers))
    lexicon, start = _timed(lambda: load_lexicon(vocabularies))
    sample = every[:: max(1, len(every) // _SAMPLE)][:_SAMPLE]
    some = max(1, len(sample))
    _, extracting = _timed(lambda: list(read_each(sample, lexicon, vocabularies, 1, tagger=tagger)))
    graph, both = _timed(lambda: assemble(sample))
    turtle, writing = _timed(lambda: to_turtle(graph))
    count, size = len(every), len(turtle) / some * _LINKED + _CACHE
    cores = processes(workers)
    seconds = _START + start + reading + count * extracting / some / (cores if count >= SMALL else 1)
    assembling = max(0.0, both - start - extracting)
    if count > most_in_memory:
        seconds += count * (assembling + writing) * _LINKED * _SECOND_PASS / some / cores
        seconds += count * writing * _STORE * _LINKED / some
        memory, disk = _STREAM_MB + count * _STREAM_EACH_MB, (1 + _STORE_BYTES) * count * size
    else:
        seconds += count * (assembling + writing * (1 + _PAGE)) * _LINKED / some
        memory, disk = _BASE_MB + count * _EACH_MB, count * size * 1.15
    return Plan(len(files), sum(path.stat().st_size for path in files), count, seconds, memory, disk / 1e6)


def _timed(action: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    return action(), time.perf_counter() - begin
