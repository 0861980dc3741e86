"""What each of many papers gives: from the cache where it is there, else read anew, by several processes. For `kg.pipeline`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from kg.lexicon import Lexicon
from kg.making.version import paper_key, reading_version
from kg.model import Extraction, Paper
from kg.pool import Answer
from kg.records import decode, encode
from kg.workers import PATIENCE, read_each

if TYPE_CHECKING:
    from kg.making.cache import Cache
    from kg.making.spool import Spool

Progress = Callable[[str, int, int], None]
"""Told of a stage, what is done of it and what there is to do (0: nobody knows)."""

_ASK = 500  # papers that the cache is asked for at once


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
    tagger: bool = True,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Return what each paper says; afterwards the cache holds that and nothing else.

    A paper that takes longer than `patience` seconds, or that an extractor fails on, says nothing.
    """
    found = [Extraction()] * len(papers)
    failed: dict[int, str] = {}
    for number, answer in _answers(papers, lexicon, vocabularies, workers, tagger, patience, cache, progress):
        if isinstance(answer, str):
            failed[number] = answer
        else:
            found[number] = decode(answer)
    return Gathered(found, failed)


def gather_into(
    records: Spool,
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str] = (),
    *,
    workers: int | None = None,
    tagger: bool = True,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> dict[int, str]:
    """Do the same for papers that need not be in memory: put the record of each under its number, return what failed."""
    failed: dict[int, str] = {}
    for number, answer in _answers(papers, lexicon, vocabularies, workers, tagger, patience, cache, progress):
        if isinstance(answer, str):
            failed[number] = answer
        records.put(number, encode(Extraction()) if isinstance(answer, str) else answer)
    records.seal()
    return failed


def above(extraction: Extraction, least: float) -> Extraction:
    """Return an extraction without what is less sure."""
    mentions = tuple(m for m in extraction.mentions if m.confidence >= least)
    results = tuple(r for r in extraction.results if r.confidence >= least)
    return Extraction(mentions, extraction.abbreviations, results, extraction.urls)


def tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell whoever listens how far a stage is."""
    if progress:
        progress(stage, done, total)


def _answers(
    papers: Sequence[Paper],
    lexicon: Lexicon,
    vocabularies: Sequence[str],
    workers: int | None,
    tagger: bool,
    patience: float,
    cache: Cache | None,
    progress: Progress | None,
) -> Iterator[tuple[int, Answer]]:
    """Yield the number of each paper with its record or the reason why it has none; what is cached comes first."""
    missing: Sequence[int] = range(len(papers))
    keys: list[bytes] = []
    if cache is not None:
        version = reading_version(lexicon, tagger)
        keys = [paper_key(version, paper) for paper in papers]
        missing = []
        for begin in range(0, len(keys), _ASK):
            known = cache.find(keys[begin : begin + _ASK])
            for number, key in enumerate(keys[begin : begin + _ASK], begin):
                if key in known:
                    yield number, known[key]
                else:
                    missing.append(number)
    done = len(papers) - len(missing)
    chosen = _Chosen(papers, missing)
    for at, answer in read_each(chosen, lexicon, vocabularies, workers, tagger=tagger, patience=patience):
        if cache is not None and isinstance(answer, bytes):
            cache.put(keys[missing[at]], answer)
        yield missing[at], answer
        done += 1
        tell(progress, "extracting", done, len(papers))
    if cache is not None:
        cache.keep_only(keys)


class _Chosen(Sequence[Paper]):
    """Some of the papers, each fetched when it is asked for."""

    def __init__(self, papers: Sequence[Paper], numbers: Sequence[int]) -> None:
        self._papers, self._numbers = papers, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Paper: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Paper]: ...
    def __getitem__(self, at: int | slice) -> Paper | Sequence[Paper]:
        if isinstance(at, slice):
            return _Chosen(self._papers, self._numbers[at])
        return self._papers[self._numbers[at]]
