"""Reader of EndNote's XML, that of today and that of its first versions (in capitals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _record, _xml

_NAME = re.compile(r"^[a-z][a-z0-9-]*$")
_FIELDS = {  # element -> CSL variable
    "accession-num": "accession",
    "secondary-title": "container-title",
    "tertiary-title": "collection-title",
    "short-title": "title-short",
    "abbr-1": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "edition": "edition",
    "publisher": "publisher",
    "pub-location": "publisher-place",
    "place-published": "publisher-place",
    "isbn": "ISSN",
    "issn": "ISSN",
    "electronic-resource-num": "DOI",
    "notes": "note",
    "label": "label",
    "language": "language",
    "call-num": "call-number",
    "section": "section",
    "remote-database-name": "source",
    "research-notes": "annote",
    "custom2": "PMCID",
}


def sniff(head: str) -> float:
    """Tell how surely `head` begins XML of EndNote: by its records."""
    name, _ = _xml.root(head)
    lower = head.lower()
    if name.lower() not in ("xml", "records") or "<record" not in lower:
        return 0.0
    return 0.95 if "ref-type" in lower or "reference_type" in lower or "<contributors" in lower else 0.7


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the records of a library."""
    return _xml.papers(stream, file, ("record", "RECORD"), _paper)


def _paper(where: Where, record: _xml.Element) -> Iterator[Paper | Problem]:
    for element in record.iter():
        name = _xml.local(element).lower().replace("_", "-")
        if _NAME.match(name):
            element.tag = name
    fields: dict[str, Any] = {
        "id": _xml.text(record, "rec-number", "refnum", "foreign-keys/key"),
        "type": _kind(record),
        "title": _xml.text(record, "titles/title", "title"),
        "abstract": _xml.text(record, "abstract"),
        "author": _xml.texts(record, "contributors/authors/author") or _xml.texts(record, "authors/author"),
        "editor": _xml.texts(record, "contributors/secondary-authors/author"),
        "issued": _xml.text(record, "dates/year", "year") or _xml.text(record, "dates/pub-dates/date", "dates/date"),
        "keyword": _xml.texts(record, "keywords/keyword"),
        "URL": next((url for url in _xml.texts(record, "urls//url") if "://" in url and "internal-pdf" not in url), ""),
    }
    rest: dict[str, Any] = {}
    for name, variable in _FIELDS.items():
        value = _xml.text(record, f"titles/{name}", name, f"periodical/{name}")
        if value and variable and not fields.get(variable):
            (fields if variable not in ("accession", "label") else rest)[variable] = value
    full = _xml.text(record, "periodical/full-title", "alt-periodical/full-title")
    fields["container-title"] = full or fields.get("container-title", "")
    if not str(fields.get("PMCID", "")).upper().startswith("PMC"):
        rest["custom2"] = fields.pop("PMCID", "")
    rest |= {name: _xml.text(record, name) for name in ("auth-address", "database", "custom1", "custom3", "work-type")}
    yield _record.build(where, fields, rest, fallback_type="document")


def _kind(record: _xml.Element) -> str:
    """Return the CSL type of a record."""
    found = _xml.find(record, "ref-type")
    named = str(found.get("name") or "") if found is not None else ""
    return _fields.csl_type(named, fallback="document")
