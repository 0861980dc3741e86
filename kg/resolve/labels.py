"""Choose the label of an entity that the vocabulary does not know, among the names its papers use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.text.forms import singular
from kg.text.latex import hidden

_DATA = re.compile(
    r"\s+(?:datasets?|corpus|corpora|benchmarks?|databases?|treebanks?|testbeds?|cohorts?|leaderboards?"
    r"|(?:data|test|testing|training|train|development|dev|evaluation|validation) sets?)$"
)


def choose_label(names: Mapping[str, int]) -> str:
    """Return the fullest, most used name: long forms before short ones, singular before plural, lower case before title case.

    >>> choose_label({"graph signals": 3, "Graph Signal": 1, "graph signal": 1})
    'graph signal'
    >>> choose_label({"FoxNet": 2, "foxnet": 1})
    'FoxNet'
    """
    if len(names) == 1:
        return next(iter(names))
    return min(
        names,
        key=lambda name: (
            "(" in name,
            _DATA.sub("", name) in names and _DATA.search(name) is not None,
            _is_short(name, names),
            _is_plural(name),
            _capitals(name, names),
            -names[name],
            name,
        ),
    )


def names_in(text: str) -> list[str]:
    """Return the names that a mention bears: without the short form in brackets and the noun of a data set behind.

    >>> names_in("optic nerve head (ONH)"), names_in("LR(1)"), names_in("FOX test set")
    (['optic nerve head'], ['LR(1)'], ['FOX', 'FOX test set'])
    """
    if "\\" in text:
        text = " ".join(hidden(text).split())
    name, bracket, _ = text.rstrip(")").rpartition(" (")
    plain = name if bracket and text.endswith(")") else text
    bare = _DATA.sub("", plain)
    return [plain] if bare == plain or not any(map(str.isupper, bare)) else [bare, plain]


def _is_short(name: str, names: Mapping[str, int]) -> bool:
    """Tell whether a name is an acronym beside names that are spelled out."""
    return " " not in name and sum(map(str.isupper, name)) >= 2 and any(" " in other for other in names)


def _is_plural(name: str) -> bool:
    last = name.split()[-1] if name.split() else name
    return singular(last.casefold()) != last.casefold()


def _capitals(name: str, names: Mapping[str, int]) -> int:
    """Prefer lower case for common nouns, and for single words the form with inner capitals."""
    words = name.split()
    if len(words) == 1:
        return -sum(map(str.isupper, name[1:]))
    lower = any(other == other.lower() for other in names)
    return sum(w[0].isupper() and w[1:] == w[1:].lower() for w in words) if lower else 0
