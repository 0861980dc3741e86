"""Read the names of people as records write them and give them as CSL-JSON. Used by `_record` for every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kg.text.clean import clean

Name = dict[str, str]
"""A name in CSL-JSON: ``family`` and ``given``, or ``literal``."""

_INITIALS = re.compile(r"^(?:[^\W\d_]\.[ -]?)+$|^[A-Z]{1,2}$|^[A-Z](?:[ -][A-Z]\.?)+$")
_NUMBERS = re.compile(r" ?\(\d+\)")  # Scopus writes "Liu, Fengyuan (60410297700)"
_AND = re.compile(r",?\s(?:and|&)\s")
_SUFFIX = re.compile(r"^(?:Jr|Sr|[IVX]{1,4})\.?$", re.IGNORECASE)
_PARTICLE = re.compile(r"^(?:[a-z]|d['’])")
_KEYS_OF_ONE = ("literal", "name", "fullname", "displayname", "rawauthorname", "label", "text", "creator")
_KEYS_OF_LISTS = ("author", "authors", "value", "name")  # some services wrap the list of authors


def people(value: object, decode: Callable[[str], str]) -> list[Name]:
    """Return the names in `value`: a text that lists them, or a list of texts, of objects, or of [family, given] pairs.

    >>> [display(n) for n in people("Knuth, Donald E. and Ada Lovelace", str)]
    ['Donald E. Knuth', 'Ada Lovelace']
    >>> [display(n) for n in people(["Hopper, Grace", {"name": "van Dyck, A."}, ["Balázs", "C.", ""]], str)]
    ['Grace Hopper', 'A. van Dyck', 'C. Balázs']
    """
    if isinstance(value, str):
        texts = split(_NUMBERS.sub("", clean(decode(value))))
        return [name for text in texts if (name := parse(text))]
    if isinstance(value, Mapping):
        inner = (value[key] for key in _KEYS_OF_LISTS if isinstance(value.get(key), list))
        value = next(inner, [value])
    if not isinstance(value, list):
        return []
    names = (_person(item, decode) for item in value)
    return [name for name in names if name]


def display(name: Mapping[str, str]) -> str:
    """Return a CSL-JSON name in reading order: given names before the family name."""
    if name.get("literal"):
        return name["literal"]
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(name[key] for key in order if name.get(key))


def parse(text: str) -> Name:
    """Read one name, written "Given Family", "Family, Given", "Family, Jr., Given" or "Family G.", as CSL-JSON.

    >>> parse("Ludwig van Beethoven"), parse("Yang Z."), parse("DeepMind")
    ({'family': 'van Beethoven', 'given': 'Ludwig'}, {'family': 'Yang', 'given': 'Z.'}, {'literal': 'DeepMind'})
    """
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) == 2:
        return {"family": pieces[0], "given": pieces[1]}
    if len(pieces) == 3 and _SUFFIX.match(pieces[1]):
        return {"family": pieces[0], "given": pieces[2], "suffix": pieces[1]}
    words = " ".join(pieces).split()
    if len(words) < 2:
        return {"literal": words[0]} if words else {}
    if _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        first = next(i for i in range(1, len(words)) if all(_INITIALS.match(word) for word in words[i:]))
        return {"family": " ".join(words[:first]), "given": " ".join(words[first:])}
    cut = len(words) - 1
    while cut > 1 and _PARTICLE.match(words[cut - 1]):
        cut -= 1
    return {"family": " ".join(words[cut:]), "given": " ".join(words[:cut])}


def split(text: str) -> list[str]:
    """Cut a list of names into names, whichever of ``|``, ``;``, ``and`` and ``,`` divides it.

    >>> split("Yang, Z.; Li, B."), split("Yang, Z., Li, B."), split("Ada Lovelace, Alan Turing and Kurt Gödel")
    (['Yang, Z.', 'Li, B.'], ['Yang, Z.', 'Li, B.'], ['Ada Lovelace', 'Alan Turing', 'Kurt Gödel'])
    """
    for mark in ("|", ";"):
        if mark in text:
            return [piece.strip() for piece in text.split(mark) if piece.strip()]
    parts = [part for part in _AND.split(text) if part.strip()]
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        return [part.strip() for part in parts]
    return [name for part in parts for name in _split_commas(part)]


def _split_commas(text: str) -> list[str]:
    """Cut at commas, but for those between a family name and the given names or initials."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    pairs = [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=False)]
    if len(pieces) % 2 == 0 and all(_INITIALS.match(given) for given in pieces[1::2]):
        return pairs
    if len(pieces) == 2 and " " not in pieces[0]:
        return pairs
    if len(pieces) == 3 and _SUFFIX.match(pieces[1]):
        return [text]
    return pieces


def _person(item: object, decode: Callable[[str], str]) -> Name:
    """Read one element of a list of names."""
    if isinstance(item, str):
        return parse(_NUMBERS.sub("", clean(decode(item))))
    if isinstance(item, list):
        words = [clean(decode(word)) for word in item if isinstance(word, str)]
        named = zip(("family", "given", "suffix"), words, strict=False)
        return {key: word for key, word in named if word}
    return _of_mapping(item, decode) if isinstance(item, Mapping) else {}


def _of_mapping(item: Mapping[Any, Any], decode: Callable[[str], str]) -> Name:
    """Read a name from an object: CSL-JSON, first and last names, or one name under one of the usual keys."""
    lower = {"".join(c for c in str(key).lower() if c.isalnum()): value for key, value in item.items()}
    texts = {key: clean(decode(value)) for key, value in lower.items() if isinstance(value, str)}
    family = texts.get("family") or texts.get("lastname") or texts.get("last") or texts.get("surname") or ""
    given = texts.get("given") or texts.get("firstname") or texts.get("first") or texts.get("forename") or ""
    middle = lower.get("middle")
    if isinstance(middle, list):
        given = " ".join([given, *(clean(word) for word in middle if isinstance(word, str))]).strip()
    if family or given:
        parts = {"family": family, "given": given, "suffix": texts.get("suffix", "")}
        parts["non-dropping-particle"] = texts.get("nondroppingparticle", "")
        parts["dropping-particle"] = texts.get("droppingparticle", "")
        return {key: part for key, part in parts.items() if part}
    for key in _KEYS_OF_ONE:
        if texts.get(key):
            return {"literal": texts[key]} if key == "literal" else parse(texts[key])
    inner = lower.get("author")
    return _of_mapping(inner, decode) if isinstance(inner, Mapping) and inner is not item else {}
