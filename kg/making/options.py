"""How a graph is built, beside its papers. For `kg.pipeline` and whoever calls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import decisions as decisions_file
from kg.making.gather import Progress
from kg.vocab import BASE
from kg.workers import PATIENCE

if TYPE_CHECKING:
    from kg.making.cache import Cache

LEAST_CONFIDENCE = 0.5
"""What is less sure is extracted, but left out of a graph unless asked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a graph is built, beside its papers.

    `vocabularies` and `decisions` are files, `min_confidence` drops mentions below it. Without `tagger` the statistical
    part of reading is left out. A paper that takes more than
    `patience` seconds to read is in the graph with its record only. What is in the `cache` is not read again; afterwards
    it holds what these papers gave, and no more. With a `scheduler`, an address, the build runs on its Dask cluster, without
    `workers` and `cache`.
    """

    vocabularies: Sequence[str] = ()
    decisions: str | None = None
    workers: int | None = None
    tagger: bool = True
    base_iri: str | None = None
    min_confidence: float = LEAST_CONFIDENCE
    patience: float = PATIENCE
    cache: Cache | None = None
    progress: Progress | None = None
    scheduler: str | None = None

    @property
    def base(self) -> str:
        """The IRI that local ids are appended to."""
        from kg.rdf.iris import base_iri

        return base_iri(self.base_iri or BASE)

    def said(self) -> list[decisions_file.Decision]:
        """Return the user's decisions; raises `InputError` when they cannot be read."""
        return decisions_file.read(Path(self.decisions)) if self.decisions else []
