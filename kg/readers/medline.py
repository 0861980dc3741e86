"""Reader of MEDLINE text (.nbib), as PubMed writes it; Ovid's Medlars format likewise, where ``UI`` begins a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _names, _record, _tagged

_TAG = re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$")
_NUMBER = re.compile(r"^<\d{1,9}>\s*$")  # Ovid counts the records
_KNOWN = frozenset("PMID UI PMC TI BTI AB OAB FAU AU CN DP DEP JT TA VI IP PG AID LID OT MH LA IS ISBN".split())


def sniff(head: str) -> float:
    """Tell how surely `head` begins MEDLINE text: by its first tag, and the share of lines with one."""
    first = head.lstrip("\ufeff \t\n")[:300]
    begins = re.match(r"(?:<\d+>\s*)?(?:PMID|OWN |STAT|UI )\s*- ", first) or re.search(
        r"^PMID ?- ?\d", head[:4000], re.MULTILINE
    )
    return (0.95 if _tagged.share(head, _TAG) > 0.7 else 0.1) if begins else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the records of an export: each begins with its PMID, or after a blank line."""
    lines = ("\n" if _NUMBER.match(line) else line for line in stream)
    for record in _tagged.records(lines, _TAG, begins=_begins):
        yield _paper(Where(file, record.line), record)


def _begins(tag: str, record: _tagged.Tagged | None) -> bool:
    """Tell whether a tag begins a record; blank lines within one happen, but not before these tags."""
    if record is None:
        return tag in ("PMID", "OWN", "STAT", "TI", "PT", "UI")
    if tag in ("PMID", "UI"):
        return tag in record or (record.blank and (tag == "PMID" or "PMID" not in record))
    return record.blank and tag in ("OWN", "STAT") and tag in record


def _paper(where: Where, record: _tagged.Tagged) -> Paper | Problem:
    fields: dict[str, Any] = {
        "id": record.first("PMID", "UI"),
        "PMID": record.first("PMID"),
        "PMCID": record.first("PMC"),
        "type": "book" if record.first("BTI") and not record.first("TI") else "article-journal",
        "title": record.joined("TI", "BTI", "TT"),
        "abstract": record.joined("AB", "OAB"),
        "author": [_name(name) for name in record.all("FAU", "AU")] + [{"literal": name} for name in record.all("CN")],
        "issued": record.first("DP", "DEP"),
        "container-title": record.first("JT", "TA", "BTI"),
        "container-title-short": record.first("TA"),
        "volume": record.first("VI"),
        "issue": record.first("IP"),
        "page": record.first("PG"),
        "DOI": _doi(record),
        "ISSN": record.first("IS").split(" (")[0],
        "ISBN": record.first("ISBN"),
        "language": record.first("LA"),
        "publisher-place": record.first("PL"),
        "keyword": [word.strip("*") for word in record.all("OT")] or [_heading(word) for word in record.all("MH")],
    }
    return _record.build(where, fields, record.rest(_KNOWN) | {"mesh": record.all("MH")})


def _name(text: str) -> dict[str, str]:
    """Read ``Casbon, James A`` or ``Casbon JA``."""
    family, comma, given = text.partition(",")
    if comma:
        return {"family": family.strip(), "given": given.strip()}
    return _names.parse(text)


def _doi(record: _tagged.Tagged) -> str:
    """Return the DOI among the identifiers of an article."""
    named = (value for value in [*record.all("LID"), *record.all("AID")] if value.endswith("[doi]"))
    return next((value.removesuffix("[doi]").strip() for value in named), "")


def _heading(text: str) -> str:
    """Return a subject heading without its qualifiers and the star of a main topic."""
    return text.split("/")[0].strip("*")
