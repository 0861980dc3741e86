"""Tell beforehand what a build will take: from the input's size, and from a sample that is built on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Paper
from kg.workers import SMALL, extract_one, load_lexicon, processes

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_SAMPLE = 60
_MEMORY_MB, _MEMORY_EACH_MB = 130, 0.11
_DISK_EACH = 21_000


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
    workers: int | None,
    assemble: Callable[[Sequence[Paper]], KnowledgeGraph],
) -> Plan:
    """Estimate what a build of `papers` would take."""
    every = list(papers)
    begin = time.perf_counter()
    lexicon = load_lexicon(vocabularies)
    start = time.perf_counter() - begin
    sample = every[:: max(1, len(every) // _SAMPLE)][:_SAMPLE]
    begin = time.perf_counter()
    for paper in sample:
        extract_one(lexicon, paper)
    each = (time.perf_counter() - begin) / max(1, len(sample))
    count = processes(workers) if len(every) >= SMALL else 1
    seconds = start + 0.7 + len(every) * (each / count + 0.007)
    size = sum(path.stat().st_size for path in files)
    return Plan(
        len(files), size, len(every), seconds, _MEMORY_MB + len(every) * _MEMORY_EACH_MB, len(every) * _DISK_EACH / 1e6
    )
