"""What each of many papers gives: from the cache where it is there, else read anew, by several processes. For `kg.pipeline`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.lexicon import Lexicon
from kg.making.records import decode, encode
from kg.making.version import paper_key, reading_version
from kg.model import Extraction, Paper
from kg.workers import extract_all

if TYPE_CHECKING:
    from kg.making.cache import Cache

Progress = Callable[[str, int, int], None]
"""Told of a stage, what is done of it and what there is to do (0: nobody knows)."""


def gather(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str],
    *,
    workers: int | None,
    cache: Cache | None,
    progress: Progress | None = None,
) -> list[Extraction]:
    """Return what each paper says, in their order; afterwards the cache holds that and nothing else."""
    if cache is None:
        found = []
        for done, extraction in enumerate(extract_all(papers, lexicon, vocabularies, workers), 1):
            found.append(extraction)
            tell(progress, "extracting", done, len(papers))
        return found
    version = reading_version(lexicon)
    keys = [paper_key(version, paper) for paper in papers]
    known = {key: decode(record) for key, record in cache.find(keys).items()}
    missing = {key: paper for key, paper in zip(keys, papers, strict=True) if key not in known}
    for key, extraction in zip(
        missing, extract_all(list(missing.values()), lexicon, vocabularies, workers), strict=True
    ):
        known[key] = extraction
        cache.put(key, encode(extraction))
        tell(progress, "extracting", len(known), len(papers))
    cache.keep_only(keys)
    return [known[key] for key in keys]


def tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell whoever listens how far a stage is."""
    if progress:
        progress(stage, done, total)
