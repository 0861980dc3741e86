"""Noun phrases, found from the part each word plays. Extractors take their spans from these.

A phrase is a run of adjectives, nouns, names and hyphenated parts that ends in a noun or name; determiners, verbs,
prepositions and signs end it. ``of`` does not continue a phrase: who needs ``mixture of experts`` joins phrases itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.text.tokens import Token

_HYPHENS = frozenset("-–‐‑")
_INNER = _HYPHENS | frozenset("/+'’")
_ARTICLES = frozenset({"a", "the"})

# A phrase in the letters of the tags, with those of `_marked`: what can begin it, and what can go on with it.
_PHRASE = re.compile(
    r"(?:[NXJ]|[MmqVDRAG](?=[hH])|F(?=h))"  # a word, or anything before a hyphen: "low-rank", "2-step", "in-context"
    r"(?:[NXJ]|[hi].|[MmqVDRAG](?=[hH])|F(?=h)|(?<=X)M|m)*"  # likewise, what is joined by a sign, and "Llama 3"
)


def noun_phrases(tokens: Sequence[Token], tags: str) -> list[tuple[int, int]]:
    """Return the noun phrases as token ranges, left to right, never overlapping.

    >>> from kg.text.tokens import tokens
    >>> from kg.text.words import tag
    >>> t = tokens("We use a low-rank vision model for fast 3D detection.")
    >>> [" ".join(x.text for x in t[a:b]) for a, b in noun_phrases(t, tag(t))]
    ['low - rank vision model', 'fast 3D detection']
    """
    found = []
    for match in _PHRASE.finditer(_marked(tokens, tags)):
        begin, end = match.span()
        if tags[end - 1] not in "NX":
            end = _trim(tokens, tags, begin, end)
        if end > begin:
            found.append((begin, end))
    return found


def _marked(tokens: Sequence[Token], tags: str) -> str:
    """Return the tags with signs and numbers told apart by what they are glued to.

    h and i: a hyphen and another sign that join two words; H: a hyphen with a sign behind it; m and q: math that is and
    that is not glued to what stands before; f: an article before a hyphen.
    """
    marked = list(tags)
    last = len(tokens) - 1
    for k, letter in enumerate(tags):
        if letter == "P" and tokens[k].text in _INNER:
            if 0 < k < last and tokens[k - 1].end == tokens[k].start and tokens[k].end == tokens[k + 1].start:
                hyphen, sign_behind = tokens[k].text in _HYPHENS, tags[k + 1] == "P"
                marked[k] = ("H" if sign_behind else "h") if hyphen else ("P" if sign_behind else "i")
                if hyphen and tags[k - 1] == "F" and tokens[k - 1].text.lower() in _ARTICLES:
                    marked[k - 1] = "f"
        elif letter == "M" and tokens[k].text[0] == "$":
            marked[k] = "m" if k and tokens[k - 1].end == tokens[k].start else "q"
    return "".join(marked)


def _trim(tokens: Sequence[Token], tags: str, begin: int, end: int) -> int:
    """Return where a phrase ends without the adjectives and signs that cannot end it; `begin` when it holds no noun."""
    while end > begin and (tags[end - 1] in "PJRF" and not _hyphenated(tokens, end - 1)):
        end -= 1
    return end if any(tags[k] in "NX" for k in range(begin, end)) else begin


def _hyphenated(tokens: Sequence[Token], i: int) -> bool:
    return (
        i > 0
        and tokens[i - 1].text in _HYPHENS
        and tokens[i - 1].end == tokens[i].start
        and tokens[i].text not in _INNER
    )
