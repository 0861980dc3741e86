"""Make a `Paper` of the fields of one record: the last step of every reader.

A reader names the fields as CSL-JSON does (`_fields.assign`); here they are cleaned, identifiers are found, and the
whole record is kept as canonical CSL-JSON text, what CSL has no name for under ``custom``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from kg.model import Paper, Problem, Where
from kg.readers import _dates, _fields, _ids, _names
from kg.text.clean import clean, strip_markup
from kg.text.forms import digest

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CATEGORY = re.compile(r"^(?:[a-z]+-[a-z]+|[a-z-]+\.[A-Za-z-]{2,})$")  # hep-ph, cs.LG: arXiv divides them by spaces
_SCHEME = re.compile(r"^[a-z0-9]+:[\w.:/-]+$")
_READABLE = ("container-title", "publisher", "note", "event-title", "collection-title", "title-short")
_TEXT_KEYS = ("text", "value", "content", "name", "title", "display_name", "#text", "en", "tag", "term")
_DATES = frozenset({"accessed", "available-date", "event-date", "original-date", "submitted"})
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_PIECES = re.compile(r"[;|\n]")
_TITLES_OF_REFERENCES = ("article-title", "volume-title", "series-title", "journal-title", "unstructured")
NEITHER = "neither title nor abstract"


def build(
    where: Where,
    fields: Mapping[str, Any],
    rest: Mapping[str, Any],
    *,
    key: str = "",
    decode: Callable[[str], str] = strip_markup,
    fallback_type: str = "article",
) -> Paper | Problem:
    """Return the paper that `fields` (by CSL name) describe, or the problem that it has no text.

    `rest` are the fields without CSL name, `key` is an identifier from around the record (the key of a JSON object),
    `decode` removes the format's markup from text.
    """
    title = clean(decode(text_of(fields.get("title"))))
    abstract = clean(decode(text_of(fields.get("abstract"))))
    if not title and not abstract:
        return Problem(where, NEITHER)
    doc: dict[str, Any] = {}
    for name, value in fields.items():
        kept = _readable(value, decode) if name in _READABLE else value
        if kept not in _fields.EMPTY:
            doc[name] = kept
    authors = _names.people(fields.get("author"), decode)
    if "editor" in fields:
        doc["editor"] = _names.people(fields["editor"], decode) or fields["editor"]
    for name in _DATES & fields.keys():
        doc[name] = _dates.issued(fields[name]) or fields[name]
    issued = _dates.issued(fields.get("issued"))
    if isinstance(fields.get("issued"), list):  # arXiv's list of versions says more than a date
        rest = {**rest, "versions": fields["issued"]}
    doi, arxiv = _identifiers(fields)
    keywords = _keywords(fields.get("keyword"), decode)
    own = clean(text_of(fields.get("id"))) or clean(key)
    ident = own or arxiv or doi or digest(f"{title}\n{abstract}", 16)
    kind = _fields.csl_type(fields.get("type"), fallback=fallback_type)
    if isinstance(fields.get("type"), str) and fields["type"] != kind:
        rest = {**rest, "type": fields["type"]}
    url = next(iter(clean(_first(fields.get("URL"))).split()), "")
    doc |= {"id": ident, "type": kind, "title": title, "abstract": abstract, "author": authors, "issued": issued}
    doc |= {"DOI": doi or clean(text_of(fields.get("DOI"))), "URL": url, "keyword": ", ".join(keywords)}
    return Paper(
        id=ident,
        title=title,
        abstract=abstract,
        authors=tuple(name for author in authors if (name := _names.display(author))),
        year=_dates.year(issued),
        venue=clean(_first(doc.get("container-title"))),
        doi=doi,
        arxiv=arxiv,
        identifiers=_others(fields),
        keywords=keywords,
        references=_references(fields.get("references")),
        url=url,
        csl=csl_text(doc, rest),
        where=where,
    )


def text_of(value: object) -> str:
    """Return the words of a value of whatever shape: text, number, list of texts or object around a text.

    >>> text_of(["A", "title"]), text_of({"text": "words"}), text_of(12), text_of(None)
    ('A title', 'words', '12', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return " ".join(text for item in value if (text := text_of(item)))
    if isinstance(value, Mapping):
        return next((text_of(value[key]) for key in _TEXT_KEYS if key in value), "")
    return ""


def csl_text(doc: Mapping[str, Any], rest: Mapping[str, Any]) -> str:
    """Return a record as canonical CSL-JSON text, without empty values; `rest` goes under ``custom``."""
    full = {name: value for name, value in doc.items() if value not in _fields.EMPTY}
    pages = [text_of(full.pop(name, "")) for name in ("page-first", "page-last")]
    if any(pages):
        full.setdefault("page", "–".join(page for page in pages if page))
    custom: dict[str, Any] = {name: full.pop(name) for name in ("arxiv", "identifiers", "references") if name in full}
    custom |= {str(name): value for name, value in rest.items() if value not in _fields.EMPTY}
    if custom:
        full["custom"] = {**_mapping(full.get("custom")), **custom}
    text = _ENCODER.encode(full)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _readable(value: object, decode: Callable[[str], str]) -> str:
    """Return the words of a bibliographic field, such as a venue; of several the first."""
    return clean(decode(_first(value)))


def _first(value: object) -> str:
    """Return the first text of a value that may be a list."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item).strip())), "")
    return text_of(value)


def _identifiers(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return DOI and arXiv identifier, from their own fields or else from address, identifier and venue."""
    url, own = _first(fields.get("URL")), text_of(fields.get("id"))
    doi = _ids.doi(text_of(fields.get("DOI"))) or _ids.doi_of_url(url) or _ids.doi_of_url(own)
    if not doi and own.startswith("10."):
        doi = _ids.doi(own)
    noted = _noted(fields)
    doi = doi or next((found for line in noted if (found := _ids.doi(line))), "")
    for text in (text_of(fields.get("arxiv")), own, url, doi, _first(fields.get("container-title")), *noted):
        if text and (arxiv := _ids.arxiv(text)):
            return clean(doi), arxiv
    return clean(doi), ""


def _noted(fields: Mapping[str, Any]) -> list[str]:
    """Return the lines of a note that are nothing but an identifier ("arXiv:1706.03762 [cs]"), as Zotero keeps them."""
    lines = [line.strip() for line in text_of(fields.get("note")).splitlines()]
    return [line for line in lines if len(line) < 80 and line.lower().startswith(("arxiv:", "doi:"))]


def _others(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the identifiers besides DOI and arXiv, each with the name of its scheme."""
    found = ((scheme, _ids.bare(clean(text_of(fields.get(scheme))))) for scheme in ("PMID", "PMCID"))
    named = [f"{scheme.lower()}:{value}" for scheme, value in found if value]
    given = fields.get("identifiers")
    named += (
        [item for item in given if isinstance(item, str) and _SCHEME.match(item)] if isinstance(given, list) else []
    )
    own = _ids.other(text_of(fields.get("id")))
    return tuple(dict.fromkeys(name for name in [*named, own] if name))


def _keywords(value: object, decode: Callable[[str], str]) -> tuple[str, ...]:
    """Return the keywords of a list, or of a text divided by ``|``, ``;`` or ``,`` (arXiv's categories: by spaces)."""
    if isinstance(value, Mapping):
        value = next((inner for inner in value.values() if isinstance(inner, list)), None)
    if isinstance(value, list):
        words = [clean(decode(text_of(item))) for item in value]
    elif isinstance(value, str):
        text = clean(decode(value))
        mark = next((mark for mark in "|;," if mark in text), None)
        words = text.split(mark) if mark else [text]
        if not mark and all(_CATEGORY.match(word) for word in text.split()):
            words = text.split()
    else:
        return ()
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _references(value: object) -> tuple[str, ...]:
    """Return what a record cites: the DOI or arXiv identifier of each reference, else its title or text.

    A text that lists references cannot be cut reliably (Scopus divides authors as it divides references): of it only
    identifiers and addresses are taken.
    """
    if isinstance(value, str):
        pieces = (piece.strip() for piece in _PIECES.split(value))
        value = [p for p in pieces if _ids.doi(p) or _ids.arxiv(p) or p.startswith(("http://", "https://"))]
    if not isinstance(value, list):
        return ()
    return tuple(dict.fromkeys(name for item in value if (name := clean(_reference(item)))))


def _reference(item: object) -> str:
    """Return the best name of one reference: DOI, arXiv identifier, identifier of a catalogue, title or text."""
    if isinstance(item, Mapping):
        known, _ = _fields.assign((str(key), value) for key, value in item.items())
        doi, arxiv = _identifiers(known)
        names = (text_of(known.get("title")), *(text_of(item.get(key)) for key in _TITLES_OF_REFERENCES))
        text = next((name for name in names if name), "")
        return doi or arxiv or clean(strip_markup(text)) or next(iter(_others(known)), "")
    text = text_of(item)
    return _ids.doi(text) or _ids.arxiv(text) or _ids.other(text) or clean(strip_markup(text))
