"""Names of the vocabulary in the text: the longest match at each place. The kind is the vocabulary's.

A name that is an ordinary word too needs more than its letters: a common noun such as ``attention`` must stand in a phrase
that says more ("linear attention", not "much attention"), and a capitalised one means nothing in a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues.heads import core, is_empty_modifier, is_generic
from kg.lexicon import Hit, Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.vocab import Kind

STAGE = "names"
_CONFIDENCE = 0.9
_ORDINARY = 0.75


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for each name of the vocabulary."""
    for sentence in doc.sentences:
        for hit in lexicon.scan(sentence.tokens, sentence.forms):
            if hit.end == hit.begin + 1 and not _stands(sentence, hit):
                continue
            span = sentence.span(hit.begin, hit.end)
            sure = _ORDINARY if hit.concept.ordinary else _CONFIDENCE
            yield Candidate(span.field, span.start, span.end, hit.concept.kind, None, "lexicon", sure, hit.concept.id)


def _stands(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a single word is the name and not the verb or the ordinary word."""
    at = hit.begin
    text = sentence.tokens[at].text
    lower = text == text.lower()
    if lower and sentence.tags[at] in "VRF":
        return False
    if lower and hit.concept.kind in (Kind.CONCEPT, Kind.TASK) and _is_part(sentence, at):
        return False
    if not hit.concept.ordinary:
        return True
    if hit.concept.kind is Kind.METRIC and lower:
        return "M" in sentence.tags or _says_more(sentence, at)
    if text[1:] != text[1:].lower():
        return True  # inner capitals are never ordinary
    if sentence.field == "title" and not lower:
        return any(w == sentence.lowers[at] for w in hit.concept.label.split()) and hit.concept.label.islower()
    return not lower or _says_more(sentence, at)


def _is_part(sentence: Sentence, at: int) -> bool:
    """Tell whether a common word is only a part of a longer phrase: "graph" of "graph anomaly detection"."""
    phrase = sentence.phrase_at(at)
    span = core(sentence, *phrase) if phrase else None
    if span is None or not span[0] <= at < span[1]:
        return False
    after = [w for w in sentence.lowers[at + 1 : span[1]] if w[0].isalnum()]
    return at > span[0] if not after else not all(is_generic(w) for w in after)


def _says_more(sentence: Sentence, at: int) -> bool:
    phrase = sentence.phrase_at(at)
    if phrase is None:
        return False
    others = [k for k in range(*phrase) if k != at and sentence.lowers[k][0].isalnum()]
    return any(not is_empty_modifier(sentence.lowers[k]) for k in others)
