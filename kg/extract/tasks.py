"""Task phrases: "the task of X", "X tasks", and what a title says the paper is for. Cue phrases: `cues/tasks.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import core, is_generic, kind_of_head
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.vocab import Kind, Role

STAGE = "names"


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield phrases that the words around them make a task."""
    nouns = cues("tasks")["before"] | cues("tasks")["shown"]
    for sentence in doc.sentences:
        for begin, end in sentence.phrases:
            if sentence.lowers[end - 1] in nouns:
                yield from _before_noun(sentence, begin, end)
            if _after_cue(sentence, begin):
                yield from _candidate(sentence, begin, end, 0.6)
            elif sentence.field == "title" and begin and sentence.lowers[begin - 1] in cues("tasks")["title"]:
                head = kind_of_head(sentence.lowers[end - 1])
                if head is Kind.TASK:
                    yield from _candidate(sentence, begin, end, 0.7)


def _before_noun(sentence: Sentence, begin: int, end: int) -> Iterator[Candidate]:
    """X of "X task", when X is more than a vague word."""
    noun = sentence.lowers[end - 1]
    if noun in cues("tasks")["shown"] and end - 1 > begin and kind_of_head(sentence.lowers[end - 2]) is Kind.TASK:
        yield from _candidate(sentence, begin, end - 1, 0.6)
    if noun in cues("tasks")["before"] and end - 1 > begin:
        stop = end - 1
        span = core(sentence, begin, stop)
        if (
            span
            and sentence.tags[stop - 1] in "NX"
            and (kind_of_head(sentence.lowers[stop - 1]) is Kind.TASK or stop - span[0] >= 2)
        ):
            if kind_of_head(sentence.lowers[stop - 1]) not in (Kind.DATASET, Kind.METRIC):
                yield from _candidate(sentence, *span, 0.6)


def _after_cue(sentence: Sentence, begin: int) -> bool:
    if begin < 2:
        return False
    return " ".join(sentence.lowers[begin - 2 : begin]) in cues("tasks")["after"]


def _candidate(sentence: Sentence, begin: int, end: int, confidence: float) -> Iterator[Candidate]:
    span = core(sentence, begin, end)
    if span is None or (span[1] - span[0] == 1 and is_generic(sentence.lowers[span[0]])):
        return
    while span[1] - span[0] > 1 and sentence.lowers[span[1] - 1] in cues("tasks")["before"]:
        span = (span[0], span[1] - 1)
    chars = sentence.span(*span)
    yield Candidate(chars.field, chars.start, chars.end, Kind.TASK, Role.ADDRESSES, "tasks", confidence)
