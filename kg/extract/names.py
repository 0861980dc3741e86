"""Proper names that no list knows: CamelCase, letters with digits, acronyms, capitalised words in a sentence.

The kind is told by the words beside the name ("the FoxNet model", "FoxNet, a corpus of ..."); without such words it stays
open, and `kg.reading` decides from the rest of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import apposed_kind, is_name, kind_of_head, kind_of_name, looks_like_name
from kg.cues.voice import speaks_of_paper
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.forms import form
from kg.vocab import Kind

STAGE = "names"


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield each run of name-like tokens."""
    for sentence in doc.sentences:
        names = any(map(looks_like_name, {token.text for token in sentence.tokens}))
        for begin, end in sentence.phrases if names else ():
            yield from _read(sentence, begin, end)


def _read(sentence: Sentence, begin: int, end: int) -> Iterator[Candidate]:
    at = begin
    while at < end:
        if not is_name(sentence, at) or _is_part(sentence, at):
            at += 1
            continue
        stop = at + 1
        while stop < end and _goes_on(sentence, stop, end):
            stop += 1
        yield _candidate(sentence, begin, at, stop, end)
        at = stop


def _is_part(sentence: Sentence, at: int) -> bool:
    """Tell whether a token is the number of something else: "2D" and "10K" name nothing."""
    text = sentence.tokens[at].text
    return text[0].isdigit() and len(text) <= 3


def _goes_on(sentence: Sentence, at: int, end: int) -> bool:
    text = sentence.tokens[at].text
    glued = sentence.tokens[at - 1].end == sentence.tokens[at].start
    if text in "-/+–":
        return (
            glued
            and at + 1 < end
            and sentence.lowers[at + 1] not in cues("heads")["generic"]["adjective_ends"]  # "FoxNet-Based"
            and (
                is_name(sentence, at + 1) or sentence.tags[at + 1] in "MX" or sentence.tokens[at + 1].text[0].isupper()
            )
        )
    if glued:
        return True
    if sentence.tags[at] == "M" and sentence.tokens[at].text[0].isdigit():
        return True
    return (
        sentence.field == "abstract" and sentence.tags[at] == "X" and text[0].isupper() and kind_of_head(text) is None
    )


def _candidate(sentence: Sentence, begin: int, at: int, stop: int, end: int) -> Candidate:
    kind = _kind(sentence, stop, end) or kind_of_name(sentence.tokens[stop - 1].text)
    span = sentence.span(at, stop)
    return Candidate(span.field, span.start, span.end, kind, None, "names", _confidence(sentence, at, kind))


def _confidence(sentence: Sentence, at: int, kind: Kind | None) -> float:
    """Trust a name with a telling noun, or in mixed case where the paper speaks of itself, more than bare capitals."""
    mixed = any(c.islower() for c in sentence.tokens[at].text)
    own = sentence.field == "title" or speaks_of_paper(sentence)
    return 0.6 if kind or (mixed and own) else 0.5


def _kind(sentence: Sentence, stop: int, end: int) -> Kind | None:
    """Return the kind that the nouns right behind a name, or the apposition after a comma, tell."""
    if stop < end:
        head = sentence.lowers[end - 1]
        if end - stop <= 2:
            return Kind.DATASET if form(head) in cues("evaluation")["dataset_nouns"] else kind_of_head(head)
        return None
    words = sentence.lowers
    if stop + 2 < len(words) and words[stop] == "," and words[stop + 1] in ("a", "an", "the"):
        return apposed_kind(sentence, stop + 1)
    return None
