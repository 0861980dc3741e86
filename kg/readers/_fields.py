"""Know a field under the names that formats give it. Readers hand over their fields; `_record` makes a paper of them.

The names are data: `fields.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_PREFIX = re.compile(r"^(?:dc|dcterms|prism|bibo|schema):")
NAMES_OF_PAPERS = ("name", "paper", "papername")  # titles only where an abstract stands beside them
EMPTY: tuple[object, ...] = (None, "", [], {})
"""Values that say nothing."""


@cache
def _data() -> dict[str, Any]:
    text = resources.files("kg.readers").joinpath("fields.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """Return a field name in lower case without anything but letters and digits, nor the name of a vocabulary before it.

    >>> plain("Article Title"), plain("container-title"), plain("_id"), plain("dc:title")
    ('articletitle', 'containertitle', 'id', 'title')
    """
    return "".join(c for c in _PREFIX.sub("", name.casefold()) if c.isalnum())


@cache
def _table(format: str) -> dict[str, tuple[str, int]]:
    """Return plain name -> (CSL variable, rank) of one format; rank 0 is the preferred name of a variable."""
    table: dict[str, tuple[str, int]] = {}
    if format != "ris":
        for variable, names in _data()["generic"].items():
            table.update({name: (variable, rank) for rank, name in enumerate(names)})
    if format != "generic":
        for variable, names in _data()[format].items():
            table.update({name: (variable, rank + 100 * (format == "bibtex")) for rank, name in enumerate(names)})
    return table


@cache
def _csl_variables() -> frozenset[str]:
    return frozenset(_data()["csl"]["variables"])


@lru_cache(maxsize=1 << 14)
def variable(name: str, *, format: str = "generic") -> tuple[str, int]:
    """Return the CSL variable that a field becomes and the rank of this name for it; ("", 0) where there is none.

    >>> variable("Article Title"), variable("meeting-name"), variable("colour")
    (('title', 1), ('event-title', 0), ('', 0))
    """
    found = _table(format).get(plain(name))
    if found:
        return found
    return (name, 0) if name in _csl_variables() else ("", 0)


def assign(items: Iterable[tuple[str, Any]], *, format: str = "generic") -> tuple[dict[str, Any], dict[str, Any]]:
    """Divide the fields of a record into those that CSL knows, under its names, and the rest under their own.

    Of several fields for one variable the preferred name wins; the others stay in the rest, so that nothing is lost.
    """
    known: dict[str, tuple[int, str, Any]] = {}
    rest: dict[str, Any] = {}
    for name, value in items:
        if not value and value in EMPTY:
            continue
        target, rank = variable(name, format=format)
        if not target:
            _keep(rest, name, value)
        elif target not in known:
            known[target] = (rank, name, value)
        elif rank < known[target][0]:
            _, other, lost = known[target]
            _keep(rest, other, lost)
            known[target] = (rank, name, value)
        else:
            _keep(rest, name, value)
    return {target: value for target, (_, _, value) in known.items()}, rest


def unnamed_title(names: Iterable[str]) -> str:
    """Return the field that holds the titles where none is called so but one says abstract: the sites of NeurIPS do that.

    >>> unnamed_title(["Name", "Abstract"]), unnamed_title(["name", "year"]), unnamed_title(["name", "title", "abstract"])
    ('Name', '', '')
    """
    given = list(names)
    known = {variable(name)[0] for name in given}
    if "abstract" not in known or "title" in known:
        return ""
    return next((name for wanted in NAMES_OF_PAPERS for name in given if plain(name) == wanted), "")


def _keep(rest: dict[str, Any], name: str, value: Any) -> None:
    """Keep a field in the rest; one that is there with another value becomes a list of both."""
    if name not in rest:
        rest[name] = value
    elif rest[name] != value:
        rest[name] = [*(rest[name] if isinstance(rest[name], list) else [rest[name]]), value]


def is_text_field(name: str, *, loose: bool = False) -> bool:
    """Tell whether a field of this name holds a title or an abstract; `loose` lets vague names pass."""
    target = variable(name)[0]
    return target in ("title", "abstract") and (
        loose or plain(name) not in ("description", "displayname", "ti", "ab", "t1", "n2")
    )


def csl_type(value: object, *, fallback: str = "article") -> str:
    """Return the CSL type for what a record calls its kind.

    >>> csl_type("Journal Article"), csl_type("@inproceedings"), csl_type("song"), csl_type("article-journal")
    ('article-journal', 'paper-conference', 'article', 'article-journal')
    """
    types: Mapping[str, str] = _data()["types"]
    if isinstance(value, str):
        if value in types.values():
            return value
        return types.get(plain(value), fallback)
    return fallback
