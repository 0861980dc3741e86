"""Noun phrases, found from the part each word plays. Extractors take their spans from these.

A phrase is a run of adjectives, nouns, names and hyphenated parts that ends in a noun or name; determiners, verbs,
prepositions and signs end it. ``of`` does not continue a phrase: who needs ``mixture of experts`` joins phrases itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.tokens import Token

_INNER = frozenset("-–‐‑/+'’")


def noun_phrases(tokens: Sequence[Token], tags: str) -> list[tuple[int, int]]:
    """Return the noun phrases as token ranges, left to right, never overlapping.

    >>> from kg.text.tokens import tokens
    >>> from kg.text.words import tag
    >>> t = tokens("We use a low-rank vision model for fast 3D detection.")
    >>> [" ".join(x.text for x in t[a:b]) for a, b in noun_phrases(t, tag(t))]
    ['low - rank vision model', 'fast 3D detection']
    """
    found = []
    begin = None
    for i in range(len(tokens) + 1):
        if i < len(tokens) and _continues(tokens, tags, i, open_=begin is not None):
            begin = i if begin is None else begin
        elif begin is not None:
            span = _trim(tokens, tags, begin, i)
            if span:
                found.append(span)
            begin = None
    return found


def _continues(tokens: Sequence[Token], tags: str, i: int, *, open_: bool) -> bool:
    letter = tags[i]
    if letter in "NXJ":
        return True
    glued_left = i > 0 and tokens[i - 1].end == tokens[i].start
    glued_right = i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start
    if letter == "P":
        inner = tokens[i].text in _INNER and glued_left and glued_right
        return open_ and inner and tags[i + 1] not in "P"
    hyphen_left = glued_left and tokens[i - 1].text in _INNER and tags[i - 1] == "P" and open_
    hyphen_right = (
        glued_right
        and tokens[i + 1].text in "-–‐‑"
        and i + 2 < len(tokens)
        and tokens[i + 1].end == tokens[i + 2].start
    )
    if letter == "M":
        version = open_ and tags[i - 1] == "X" and tokens[i].text[0] != "$"  # Llama 3
        return hyphen_left or hyphen_right or version or (open_ and glued_left and tokens[i].text[0] == "$")
    if letter == "F":
        return hyphen_left or (hyphen_right and tags[i + 2] != "P" and tokens[i].text.lower() not in ("a", "the"))
    return hyphen_left or hyphen_right


def _trim(tokens: Sequence[Token], tags: str, begin: int, end: int) -> tuple[int, int] | None:
    """Drop what cannot end or begin a phrase: trailing adjectives and signs, leading signs."""
    while end > begin and (tags[end - 1] in "PJRF" and not _hyphenated(tokens, end - 1)):
        end -= 1
    while begin < end and tags[begin] == "P":
        begin += 1
    return (begin, end) if begin < end and any(tags[k] in "NX" for k in range(begin, end)) else None


def _hyphenated(tokens: Sequence[Token], i: int) -> bool:
    return (
        i > 0 and tokens[i - 1].text in "-–‐‑" and tokens[i - 1].end == tokens[i].start and tokens[i].text not in _INNER
    )
