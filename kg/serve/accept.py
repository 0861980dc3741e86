"""Content negotiation: which of the media types on offer a client prefers, by RFC 9110. Used by every answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
JSONLD = "application/ld+json"
RDFXML = "application/rdf+xml"
HTML = "text/html"

TABLES = (JSON, XML, CSV, TSV, "application/json", "application/xml", "text/xml")
"""Media types of rows and of truth values; the first is what a client gets that does not care."""

GRAPHS = (TURTLE, NTRIPLES, JSONLD, RDFXML, "application/x-turtle", "application/json", "application/xml", "text/plain")
"""Media types of triples."""

_PART = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;.*)?)", re.DOTALL)
_QUALITY = re.compile(r";\s*q\s*=\s*([0-9]*\.?[0-9]+)\s*(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """One part of an `Accept` header: a media type, maybe with wildcards, and how welcome it is (0 to 1)."""

    kind: str
    subtype: str
    quality: float

    def specificity(self, media: str) -> int:
        """Return how exactly this names `media`: 0 not at all, 3 in full."""
        kind, _, subtype = media.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if self.subtype != "*" or self.kind not in (kind, "*"):
            return 0
        return 1 if self.kind == "*" else 2


def ranges(header: str) -> list[Range]:
    """Read an `Accept` header; parts that make no sense are left out.

    >>> ranges("text/turtle;q=0.5, */*;q=0.1")
    [Range(kind='text', subtype='turtle', quality=0.5), Range(kind='*', subtype='*', quality=0.1)]
    """
    found = []
    for part in _PART.findall(header):
        match = _RANGE.fullmatch(part)
        if match:
            quality = _QUALITY.search(match[3])
            found.append(Range(match[1].lower(), match[2].lower(), min(1.0, float(quality[1])) if quality else 1.0))
    return found


def best(header: str, offers: Sequence[str]) -> str | None:
    """Return the offer that the client prefers, the earlier of two equals; None when it takes none of them.

    >>> best("application/json;q=0.5, text/csv", [JSON, CSV, "application/json"])
    'text/csv'
    >>> best("", [TURTLE, HTML]), best("image/png", [TURTLE, HTML])
    ('text/turtle', None)
    """
    said = ranges(header)
    if not said:
        return offers[0]
    rated = [(_quality(said, offer), -place, offer) for place, offer in enumerate(offers)]
    quality, _, offer = max(rated)
    return offer if quality > 0 else None


def _quality(said: Sequence[Range], media: str) -> float:
    """Return how welcome a media type is: what the most specific range says of it."""
    fits = [(one.specificity(media), one.quality) for one in said]
    specificity, quality = max(fits)
    return quality if specificity else 0.0
