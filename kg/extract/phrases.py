"""Noun phrases whose last word tells what they name: ``dilated self-attention`` a method, ``lane detection`` a task.

The head nouns are in `cues/heads.toml`. Empty modifiers (``a novel efficient ...``) are dropped, generic ends are peeled off
(``contrastive learning framework`` names contrastive learning), and a phrase that says nothing is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import core, is_generic, kind_of_head
from kg.cues.voice import speaks_of_paper
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.vocab import Kind

STAGE = "names"
_CONFIDENCE = {Kind.METHOD: 0.55, Kind.TASK: 0.55, Kind.METRIC: 0.5}
_OWN = 0.07  # more in sentences that speak of the paper itself
_LONGEST = 6


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for each phrase of two words or more whose head noun tells a kind."""
    for sentence in doc.sentences:
        own = sentence.field == "title" or speaks_of_paper(sentence)
        for begin, end in sentence.phrases:
            yield from _read(sentence, begin, end, own=own)


def _read(sentence: Sentence, begin: int, end: int, *, own: bool) -> Iterator[Candidate]:
    span = core(sentence, begin, end) if end - begin > 1 else None
    if span is None or span[1] - span[0] < 2 or sentence.count_words(*span) > _LONGEST:
        return
    begin, end = span
    head = sentence.lowers[end - 1]
    kind = kind_of_head(head)
    peeled = peel(sentence, begin, end)
    if peeled < end:
        inner = kind_of_head(sentence.lowers[peeled - 1])
        if kind_of_head(head) is Kind.TASK or inner is not None:
            kind = Kind.TASK if head.startswith(("task", "problem")) else inner or kind
            end = peeled
    if kind is Kind.DATASET:
        return  # data without a name is no entity, and names are read by `evaluation`
    if (
        kind is None
        or end - begin < 2
        or (is_generic(sentence.lowers[end - 1]) and sentence.count_words(begin, end) < 3)
    ):
        return  # "competing techniques"; what is a term all the same ("kernel methods") is in the vocabulary
    chars = sentence.span(begin, end)
    sure = _CONFIDENCE.get(kind, 0.4) + (_OWN if own else 0.0)
    yield Candidate(chars.field, chars.start, chars.end, kind, None, "phrases", round(sure, 2))


def peel(sentence: Sentence, begin: int, end: int, nouns: frozenset[str] | None = None) -> int:
    """Return where a phrase ends without the generic nouns at its end (``... framework``), if two words remain.

    `nouns` are `peeled` of the heads unless told otherwise.
    """
    nouns = cues("heads")["generic"]["peeled"] if nouns is None else nouns
    if sentence.lowers[end - 1] not in nouns:
        return end
    stop = end
    while stop - begin > 2 and sentence.lowers[stop - 1] in nouns and sentence.lowers[stop - 2] not in "-–/":
        stop -= 1
    if stop < end and sentence.tags[stop - 1] in "JDF":
        return end
    return stop
