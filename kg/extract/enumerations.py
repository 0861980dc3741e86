"""Lists of examples: "metrics such as A, B and C", "tasks, including A and B". The noun before tells the kind of each.

The patterns are those of Hearst, "Automatic acquisition of hyponyms from large text corpora" (COLING 1992).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import core, is_generic, is_name, kind_of_head
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.forms import form
from kg.vocab import Kind

STAGE = "names"
_CONFIDENCE = 0.6
_STARTS = frozenset({"such", "including", "like", "namely", ":", "(", ","})


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield each item of a list of examples, with the kind of the noun that the list is of."""
    for sentence in doc.sentences:
        for at, word in enumerate(sentence.lowers):
            begin = _list_start(sentence, at) if at and word in _STARTS else None
            if begin is None:
                continue
            before = max((p for p in sentence.phrases if p[1] <= at), default=None)
            if before is None or at - before[1] > 1:
                continue
            kind = _kind(sentence.lowers[before[1] - 1])
            if kind:
                yield from _items(sentence, begin, kind)


def _list_start(sentence: Sentence, at: int) -> int | None:
    words = sentence.lowers
    if words[at] == "such" and words[at + 1 : at + 2] == ("as",):
        return at + 2
    if words[at] in ("including", "like", "namely"):
        return at + 1
    if words[at] == ":" and words[at - 1].endswith("s") and kind_of_head(words[at - 1]):
        return at + 1  # "three tasks: A, B and C"
    if words[at] == "(" and words[at + 1 : at + 5] == ("e", ".", "g", "."):
        return at + 5 + (words[at + 5 : at + 6] == (",",))
    if words[at] == "," and words[at + 1 : at + 5] == ("e", ".", "g", "."):
        return at + 5 + (words[at + 5 : at + 6] == (",",))
    return None


def _kind(noun: str) -> Kind | None:
    if form(noun) in cues("evaluation")["dataset_nouns"]:
        return Kind.DATASET
    listed = cues("heads")["lists"]
    return next((kind for kind in Kind if noun in listed.get(kind.value, ())), None) or kind_of_head(noun)


def _items(sentence: Sentence, at: int, kind: Kind) -> Iterator[Candidate]:
    while at < len(sentence.tokens):
        phrase = next(
            (p for p in sentence.phrases if p[0] <= at < p[1] or (at < p[0] <= at + 2 and sentence.tags[at] in "FR")),
            None,
        )
        if phrase is None:
            return
        span = core(sentence, *phrase)
        if span and not (span[1] - span[0] == 1 and is_generic(sentence.lowers[span[0]])):
            told = kind_of_head(sentence.lowers[span[1] - 1])
            chars = sentence.span(*span)
            fits = told in (None, kind) or kind is Kind.METHOD
            if kind is Kind.TASK and told is None and is_name(sentence, span[1] - 1):
                kind = Kind.CONCEPT  # "applications, including YAML and APIs": a problem does not bear such a name
            yield Candidate(
                chars.field, chars.start, chars.end, kind if fits else told, None, "enumerations", _CONFIDENCE
            )
        at = _after(sentence, phrase[1])
        if at < 0:
            return


def _after(sentence: Sentence, at: int) -> int:
    words = sentence.lowers
    if at < len(words) and words[at] == "(":
        at = next((k + 1 for k in range(at, len(words)) if words[k] == ")"), len(words))
    started = at
    while at < len(words) and words[at] in (",", "and", "or", "&"):
        at += 1
    return at if started < at < len(words) else -1
