"""What is measured, told by the number beside it: "a den error of 0.52", "3.5x fewer den visits", "reduces den time by 12%".

A noun that heads the names of measures needs a number right behind; of what a number says that it became more or less, any
described noun phrase is a measure. Words are data: `cues/measures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg.cues import cues
from kg.cues.heads import core, is_generic, kind_of_head
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.forms import form
from kg.text.words import DETERMINERS
from kg.vocab import Kind

STAGE = "names"
_NUMBER = r"[~≈]?\d[\d.,]*\d|[~≈]?\d"
_REACH = 100  # characters before and behind a phrase that are looked at
_LONGEST = 5  # tokens of a measure that only a change tells


class _Patterns(NamedTuple):
    """What stands before or behind a measure, up to it or from it."""

    changed: re.Pattern[str]
    stated: re.Pattern[str]
    by: re.Pattern[str]


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the measures of an abstract that have a number beside them and that the vocabulary does not know."""
    text = doc.paper.abstract
    for sentence in doc.abstract:
        if "M" not in sentence.tags and "X" not in sentence.tags:
            continue
        for phrase in sentence.phrases:
            span = _named(sentence, *phrase)
            sure = _sure(text, sentence, *span) if span else 0.0
            if span and sure and not _is_known(sentence, *span, lexicon):
                chars = sentence.span(*span)
                yield Candidate(chars.field, chars.start, chars.end, Kind.METRIC, None, "measures", sure)


def _named(sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return a phrase without what says only how much of it there is; a measure may have a plain name: "average error"."""
    while begin < end and (sentence.tags[begin] in "FPM" or sentence.lowers[begin] in cues("measures")["comparatives"]):
        begin += 1
    whole = (begin, end) if end - begin > 1 and kind_of_head(sentence.lowers[end - 1]) is Kind.METRIC else None
    return core(sentence, begin, end) or whole


def _sure(text: str, sentence: Sentence, begin: int, end: int) -> float:
    """Return how sure a phrase is what a number measures; 0 when none says so."""
    start, stop = sentence.tokens[begin].start, sentence.tokens[end - 1].end
    patterns = _patterns()
    head = sentence.lowers[end - 1]
    kind = kind_of_head(head)
    cue = cues("measures")
    if not (cue["none"] | cue["changes"]).isdisjoint((head, form(head))) or (
        end - begin == 1 and sentence.tags[begin] != "X"
    ):
        return 0.0
    if kind is Kind.METRIC and patterns.stated.match(text, stop, min(sentence.end, stop + _REACH)):
        return 0.65
    if not _is_described(sentence, begin, end) or kind not in (None, Kind.METRIC):
        return 0.0
    before = text[max(sentence.start, start - _REACH) : start]
    changes = _verb_before(sentence, begin) in cue["changing"]
    if patterns.changed.search(before) or (changes and patterns.by.match(text, stop, min(sentence.end, stop + _REACH))):
        return 0.65 if kind is Kind.METRIC else 0.55
    return 0.0


def _is_described(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a phrase is a described noun: a few words without a name among them."""
    named = any(
        sentence.tags[k] == "X" and any(c.isupper() for c in sentence.tokens[k].text) for k in range(begin, end)
    )
    head = sentence.lowers[end - 1]
    return 1 < end - begin <= _LONGEST and not named and (kind_of_head(head) is Kind.METRIC or not is_generic(head))


def _verb_before(sentence: Sentence, begin: int) -> str:
    """Return the word before a phrase, its determiners and "number of"."""
    words, at = sentence.lowers, begin - 1
    before = DETERMINERS | cues("measures")["counting"]
    while at > 0 and (words[at] in before or sentence.tags[at] == "J") and begin - at < 5:
        at -= 1
    return words[at] if at >= 0 else ""


def _is_known(sentence: Sentence, begin: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether the vocabulary knows a name at the phrase's end."""
    return any(hit.begin < end <= hit.end for hit in lexicon.scan(sentence.tokens, sentence.forms))


@cache
def _patterns() -> _Patterns:
    cue = cues("measures")
    unit, more, change = (_any(cue[name]) for name in ("units", "comparatives", "changes"))
    state, around, before = (_any(cue[name]) for name in ("stating", "around", "before"))
    number = rf"(?:{_NUMBER})"
    amount = rf"{number}\s?(?:{unit})"
    told = rf"(?:{more}|(?:{change})\s+(?:in|of|on))"
    changed = rf"{amount}[\s-]+(?:\w+\s+)?{told}(?:\s+(?:{before}))*\s+$"
    of_what = r"\s+(?:of|for|in|between)\s[^,;:()]{1,60}?\s(?:is|was|are|were)\s"
    stated = rf"(?:\s*(?:\(|\b(?:{state})\s|=)|{of_what})\s*(?:(?:{around})\s+)?{number}"
    by = rf"\s+(?:by|to)\s+(?:(?:{around})\s+)?{amount}"
    return _Patterns(re.compile(changed), re.compile(stated), re.compile(by))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
