"""Whose voice a sentence has: the paper's own ("we", "this work"), or the field's. Words: `evaluation.toml`."""

from __future__ import annotations

from functools import cache

from kg.cues.read import cues
from kg.text.document import Sentence

_OURS = frozenset({"this", "our", "present", "current", "the"})


def speaks_of_paper(sentence: Sentence) -> bool:
    """Tell whether a sentence says what the paper does: "we", "our", "this work", or a section of a structured abstract."""
    words = sentence.lowers
    if words[1:2] == (":",) and words[0] in cues("evaluation")["own_sections"]:
        return True
    found = _own() & sentence.bag
    if not found:
        return False
    nouns = _nouns()
    if not found <= nouns:
        return True
    return any(word in nouns and (k == 0 or words[k - 1] in _OURS) for k, word in enumerate(words))


@cache
def _own() -> frozenset[str]:
    return frozenset(cues("evaluation")["own"]) | _nouns()


@cache
def _nouns() -> frozenset[str]:
    return frozenset(cues("evaluation")["own_nouns"])
