"""What each of many papers gives: from the cache where it is there, else read anew, by several processes. For `kg.pipeline`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.lexicon import Lexicon
from kg.making.version import paper_key, reading_version
from kg.model import Extraction, Paper
from kg.records import decode
from kg.workers import PATIENCE, read_each

if TYPE_CHECKING:
    from kg.making.cache import Cache

Progress = Callable[[str, int, int], None]
"""Told of a stage, what is done of it and what there is to do (0: nobody knows)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What each paper says, in their order, and for each that could not be read (by number) the reason."""

    extractions: list[Extraction]
    failed: dict[int, str] = field(default_factory=dict)


def gather(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str] = (),
    *,
    workers: int | None = None,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Return what each paper says; afterwards the cache holds that and nothing else.

    A paper that takes longer than `patience` seconds, or that an extractor fails on, says nothing.
    """
    found: dict[int, Extraction] = {}
    failed: dict[int, str] = {}
    keys: list[bytes] = []
    if cache is not None:
        version = reading_version(lexicon)
        keys = [paper_key(version, paper) for paper in papers]
        records = cache.find(keys)
        for number, key in enumerate(keys):
            if key in records:
                with suppress(ValueError):
                    found[number] = decode(records[key])
    missing = [number for number in range(len(papers)) if number not in found]
    answers = read_each([papers[number] for number in missing], lexicon, vocabularies, workers, patience=patience)
    for done, (at, answer) in enumerate(answers, len(found) + 1):
        number = missing[at]
        if isinstance(answer, str):
            failed[number] = answer
            found[number] = Extraction()
        else:
            found[number] = decode(answer)
            if cache is not None:
                cache.put(keys[number], answer)
        tell(progress, "extracting", done, len(papers))
    if cache is not None:
        cache.keep_only(keys)
    return Gathered([found[number] for number in range(len(papers))], failed)


def tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell whoever listens how far a stage is."""
    if progress:
        progress(stage, done, total)
