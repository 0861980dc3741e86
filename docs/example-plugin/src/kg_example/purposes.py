"""Extractor of what titles say a paper is for: "... for object detection"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document
from kg.vocab import Kind, Role

STAGE = "names"  # after "document" (abbreviations, URLs), before "values" (results)


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield each phrase of the title that follows "for". Which thing it names is settled by kg."""
    for sentence in doc.sentences:
        if sentence.field != "title":
            continue
        for begin, end in sentence.phrases:
            if begin and sentence.lowers[begin - 1] == "for":
                at = sentence.span(begin, end)
                yield Candidate(at.field, at.start, at.end, Kind.TASK, Role.ADDRESSES, "purposes", 0.6)
