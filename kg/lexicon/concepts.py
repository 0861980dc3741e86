"""What a lexicon holds, and when the letters of a text are one of its names. Used by all modules of this room."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.text.forms import form, key
from kg.text.tokens import tokens
from kg.vocab import Kind

JOINERS = frozenset("-–‐‑/'’")
"""Signs between the words of one name."""

_PLAIN_WORD = r"(?>[A-Za-z]+(?![A-Za-z0-9])|[A-Za-z][A-Za-z0-9]*[A-Za-rt-z0-9]|[0-9]+)"  # each word in one way alone
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:[ -]{_PLAIN_WORD})*")


class LexicalConcept(NamedTuple):
    """A concept of a vocabulary. `id` is its local id (``method/adam``); `ordinary` marks names that are words too."""

    id: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    matches: tuple[str, ...] = ()
    ordinary: bool = False


class Hit(NamedTuple):
    """A name of the lexicon in a sequence of tokens: `begin` to `end` (exclusive)."""

    begin: int
    end: int
    concept: LexicalConcept


Named = tuple[str, tuple[str, ...], str]
"""A name with the forms of its words, and its key."""

Entry = tuple[LexicalConcept, list[Named]]
"""A concept and its names, ready to be found."""


def entry(concept: LexicalConcept) -> Entry:
    """Return a concept with its names; what has no words is no name."""
    named = [(name, *name_forms(name)) for name in (concept.label, *concept.aliases)]
    return concept, [name for name in named if name[1]]


@lru_cache(maxsize=1 << 15)
def name_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return the word forms of a name and its key; names of plain words, which are most, take a short cut."""
    if _PLAIN.fullmatch(name):  # each word is one token, and its form its part of the key
        words = tuple(map(form, name.replace("-", " ").split(" ")))
        return words, " ".join(words)
    return tuple(form(t.text) for t in tokens(name) if t.text not in JOINERS), key(name)


def exact_case(name: str) -> bool:
    """Tell whether a name is only meant in its own capitals: acronyms and names with inner capitals.

    >>> exact_case("SAM"), exact_case("ResNet"), exact_case("vision transformer"), exact_case("Adam")
    (True, True, False, False)
    """
    return " " not in name and len(name) <= 12 and any(c.isupper() for c in name[1:])


def capitals_fit(surface: str, name: str, concept: LexicalConcept, *, first: bool) -> bool:
    """Tell whether a word is written as the name asks.

    Acronyms and names with inner capitals want their own; a name that is an ordinary word too must not start the sentence,
    where its capital would tell nothing; any other name that starts with a capital wants one.
    """
    bare = surface[:-1] if surface.endswith("s") and not name.endswith("s") else surface
    same = bare.replace("-", "") == name.replace("-", "").replace(" ", "")
    if exact_case(name) or len(name) <= 2:
        return same or (not concept.ordinary and _louder(bare, name))
    if concept.ordinary:
        return same and not (first and name[:1].isupper())
    return bare[:1].isupper() or not name[:1].isupper()


def _louder(surface: str, name: str) -> bool:
    """Tell whether a surface writes a long mixed-case name otherwise (``Imagenet``, ``IMAGENET``), still with a capital."""
    return len(name) >= 6 and surface[:1].isupper() and surface.casefold() == name.casefold()
