"""Faint mentions: what the tagger sees and nothing else supports. They are in what is extracted, not in a graph by default.

Their confidence stays below `kg.pipeline.LEAST_CONFIDENCE`; `--min-confidence` lets them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Candidate, Mention
from kg.reading.confidence import calibrated
from kg.text.document import Document
from kg.text.forms import key
from kg.vocab import Role

_PROBABLE = 0.45  # candidates less sure than this are noise
_MOST = 0.45  # of the evidence


def faint_mentions(doc: Document, mentions: Sequence[Mention], candidates: Sequence[Candidate]) -> Iterator[Mention]:
    """Yield the tagger's spans that overlap no mention and no other faint one, with the role ``mentions``."""
    taken = [(m.field, m.start, m.end) for m in mentions]
    for c in candidates:
        if c.extractor != "tagger" or c.kind is None or c.confidence < _PROBABLE:
            continue
        if any(start < c.end and c.start < end and field == c.field for field, start, end in taken):
            continue
        text = doc.text(c)
        sentence = next(
            (s for s in doc.sentences if s.field == c.field and s.start <= c.start and c.end <= s.end), None
        )
        if key(text) and sentence:
            taken.append((c.field, c.start, c.end))
            sure = calibrated(min(_MOST, round(c.confidence / 2, 2)))
            yield Mention(
                c.kind,
                text,
                c.field,
                c.start,
                c.end,
                Role.MENTIONS,
                key(text),
                "tagger",
                sure,
                (sentence.start, sentence.end),
            )
