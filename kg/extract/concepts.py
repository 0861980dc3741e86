"""Central notions: noun phrases that the title or several sentences repeat, and long forms of abbreviations.

Only a paper's own stress makes a phrase a node here: it stands in the title, or at least twice in the text. The score
follows C-value (Frantzi, Ananiadou & Mima 2000): longer phrases count more, phrases inside longer ones less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.cues.heads import core, is_name, kind_of_head
from kg.extract.phrases import peel
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.forms import key
from kg.vocab import Kind

STAGE = "names"
_LONGEST = 5


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield phrases of two words or more that the paper stresses; the kind is left open where the head noun tells none."""
    found = [(s, span) for s in doc.sentences for phrase in s.phrases if (span := _notion(s, *phrase))]
    forms = [key(_text(doc, s, *span)) for s, span in found]
    count = Counter(forms)
    in_title = {form for (s, _), form in zip(found, forms, strict=True) if s.field == "title"}
    for (sentence, span), form in zip(found, forms, strict=True):
        if count[form] < 2 and form not in in_title:
            continue
        chars = sentence.span(*span)
        kind = kind_of_head(sentence.lowers[span[1] - 1]) or Kind.CONCEPT
        if kind is Kind.DATASET:
            continue  # data without a name is no entity
        stressed = 0.5 + 0.1 * (form in in_title) + 0.05 * min(count[form] - 1, 3)
        yield Candidate(chars.field, chars.start, chars.end, kind, None, "concepts", round(stressed, 2))
    for abbreviation in doc.abbreviations:
        head = abbreviation.long.split()[-1]
        kind = kind_of_head(head.rstrip("s")) or kind_of_head(head) or Kind.CONCEPT
        yield Candidate(
            abbreviation.field, abbreviation.long_start, abbreviation.long_end, kind, None, "abbreviations", 0.7
        )


def _notion(sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    span = core(sentence, begin, end) if end - begin > 1 else None
    if span is None:
        return None
    span = (span[0], peel(sentence, *span))
    if not 2 <= sentence.count_words(*span) <= _LONGEST:
        return None
    bears_name = is_name(sentence, span[0]) and kind_of_head(sentence.lowers[span[1] - 1]) in (Kind.DATASET, None)
    return None if bears_name else span


def _text(doc: Document, sentence: Sentence, begin: int, end: int) -> str:
    return doc.paper.text(sentence.field)[sentence.tokens[begin].start : sentence.tokens[end - 1].end]
