"""Names of the vocabulary in the text: the longest match at each place. The kind is the vocabulary's."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document

STAGE = "names"
_CONFIDENCE = 0.9
_ORDINARY = 0.75


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for each name of the vocabulary."""
    for sentence in doc.sentences:
        for hit in lexicon.scan(sentence.tokens):
            span = sentence.span(hit.begin, hit.end)
            sure = _ORDINARY if hit.concept.ordinary else _CONFIDENCE
            yield Candidate(span.field, span.start, span.end, hit.concept.kind, None, "lexicon", sure, hit.concept.id)
