"""Reader of refer, the tagged text of EndNote (.enw): ``%T`` title, ``%A`` author, ``%X`` abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _record, _tagged

_TAG = re.compile(r"^%([0-9A-Z@!#$&()*+?<>\[\]=~^_,:;'\"-])(?:[ \t]+(.*))?()$")
_ONE_A_LINE = frozenset({"A", "E", "K", "Y", "U", "H"})
_FIELDS = {
    "J": "container-title", "B": "container-title", "S": "collection-title", "V": "volume", "N": "issue", "P": "page",
    "I": "publisher", "C": "publisher-place", "R": "DOI", "G": "language", "7": "edition", "Z": "note", "!": "title-short",
    "L": "call-number", "&": "section", "W": "source",
}  # fmt: skip
_KNOWN = frozenset({*_FIELDS, "0", "A", "E", "T", "Q", "X", "D", "8", "K", "U", "@", "M", "F"})


def sniff(head: str) -> float:
    """Tell how surely `head` begins refer: by tags at the beginning of lines, among them one of a title."""
    first = next((line for line in head.split("\n") if line.strip("\ufeff \t")), "").lstrip("\ufeff")
    if not _TAG.match(first) or not re.search(r"^%T[ \t]+\S", head, re.MULTILINE):
        return 0.0
    return 0.95 if _tagged.share(head, _TAG) > 0.6 else 0.2


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the records: each begins with ``%0``, or where there is none after a blank line."""
    for record in _tagged.records(stream, _TAG, begins=_begins, one_a_line=_ONE_A_LINE):
        yield _paper(Where(file, record.line), record)


def _begins(tag: str, record: _tagged.Tagged | None) -> bool:
    if record is None or tag == "0":
        return True
    return record.blank and not record.first("0")


def _paper(where: Where, record: _tagged.Tagged) -> Paper | Problem:
    fields: dict[str, Any] = {
        "id": record.first("F", "M"),
        "type": _fields.csl_type(record.first("0"), fallback="document"),
        "title": record.joined("T", "Q"),
        "abstract": record.joined("X"),
        "author": record.all("A"),
        "editor": record.all("E"),
        "issued": record.first("D", "8"),
        "keyword": _keywords(record.all("K")),
        "URL": record.first("U"),
        "ISSN": record.first("@"),
    }
    fields |= {name: value for tag, name in reversed(_FIELDS.items()) if (value := record.first(tag))}
    return _record.build(where, fields, record.rest(_KNOWN), fallback_type="document")


def _keywords(lines: list[str]) -> list[str]:
    """Return the keywords: one a line, or several divided by signs."""
    mark = next((mark for mark in ";," if any(mark in line for line in lines)), "\n")
    return [word.strip() for line in lines for word in line.split(mark) if word.strip()]
