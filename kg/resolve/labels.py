"""Choose the label of an entity that the vocabulary does not know, among the names its papers use."""

from __future__ import annotations

from collections import Counter

from kg.text.forms import singular


def choose_label(names: Counter[str]) -> str:
    """Return the fullest, most used name: long forms before short ones, singular before plural, lower case before title case.

    >>> choose_label(Counter({"graph signals": 3, "Graph Signal": 1, "graph signal": 1}))
    'graph signal'
    >>> choose_label(Counter({"FoxNet": 2, "foxnet": 1}))
    'FoxNet'
    """
    return min(
        names,
        key=lambda name: (
            "(" in name,
            _is_short(name, names),
            _is_plural(name),
            _capitals(name, names),
            -names[name],
            name,
        ),
    )


def plain_name(text: str) -> str:
    """Return a mention's text without the short form in brackets behind it.

    >>> plain_name("optic nerve head (ONH)"), plain_name("LR(1)")
    ('optic nerve head', 'LR(1)')
    """
    name, bracket, _ = text.rstrip(")").rpartition(" (")
    return name if bracket and text.endswith(")") else text


def _is_short(name: str, names: Counter[str]) -> bool:
    """Tell whether a name is an acronym beside names that are spelled out."""
    return " " not in name and sum(map(str.isupper, name)) >= 2 and any(" " in other for other in names)


def _is_plural(name: str) -> bool:
    last = name.split()[-1] if name.split() else name
    return singular(last.casefold()) != last.casefold()


def _capitals(name: str, names: Counter[str]) -> int:
    """Prefer lower case for common nouns, and for single words the form with inner capitals."""
    words = name.split()
    if len(words) == 1:
        return -sum(map(str.isupper, name[1:]))
    lower = any(other == other.lower() for other in names)
    return sum(w[0].isupper() and w[1:] == w[1:].lower() for w in words) if lower else 0
