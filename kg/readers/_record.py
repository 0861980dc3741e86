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
from kg.readers import _cited, _dates, _fields, _known, _names
from kg.readers._values import first, text_of
from kg.text.clean import clean, strip_markup
from kg.text.forms import digest

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CATEGORY = re.compile(r"^(?:[a-z]+-[a-z]+|[a-z-]+\.[A-Za-z-]{2,})$")  # hep-ph, cs.LG: arXiv divides them by spaces
_READABLE = frozenset({"container-title", "publisher", "note", "event-title", "collection-title", "title-short"})
_TEXTS = frozenset({"title", "abstract"})
_DATES = frozenset({"accessed", "available-date", "event-date", "original-date", "submitted"})
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
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
    # Files of millions of small records spend their time here, so nothing is done about a field that is not there.
    title = clean(decode(text_of(fields["title"]))) if "title" in fields else ""
    abstract = clean(decode(text_of(fields["abstract"]))) if "abstract" in fields else ""
    if not title and not abstract:
        return Problem(where, NEITHER)
    if not key and fields.keys() <= _TEXTS:
        return _of_texts(where, title, abstract, rest, fallback_type)
    doc: dict[str, Any] = {}
    for name, value in fields.items():
        kept = _readable(value, decode) if name in _READABLE else value
        if kept or kept not in _fields.EMPTY:
            doc[name] = kept
    authors = _names.people(fields["author"], decode) if "author" in fields else []
    if "editor" in fields:
        doc["editor"] = _names.people(fields["editor"], decode) or fields["editor"]
    if not _DATES.isdisjoint(fields):
        for name in _DATES & fields.keys():
            doc[name] = _dates.issued(fields[name]) or fields[name]
    issued = _dates.issued(fields["issued"]) if "issued" in fields else {}
    if isinstance(fields.get("issued"), list):  # arXiv's list of versions says more than a date
        rest = {**rest, "versions": fields["issued"]}
    doi, arxiv = _known.doi_and_arxiv(fields)
    keywords = _keywords(fields["keyword"], decode) if "keyword" in fields else ()
    own = _plain(fields.get("id")) or _plain(key)
    ident = own or arxiv or doi or _digest(title, abstract)
    kind = _fields.csl_type(fields.get("type"), fallback=fallback_type)
    if isinstance(fields.get("type"), str) and fields["type"] != kind:
        rest = {**rest, "type": fields["type"]}
    url = next(iter(clean(first(fields["URL"])).split()), "") if "URL" in fields else ""
    doc |= {"id": ident, "type": kind, "title": title, "abstract": abstract, "author": authors, "issued": issued}
    doc |= {"DOI": doi or _plain(fields.get("DOI")), "URL": url, "keyword": ", ".join(keywords)}
    return Paper(
        id=ident,
        title=title,
        abstract=abstract,
        authors=tuple(filter(None, map(_names.display, authors))),
        year=_dates.year(issued) if issued else None,
        venue=clean(first(doc["container-title"])) if "container-title" in doc else "",
        doi=doi,
        arxiv=arxiv,
        identifiers=_known.others(fields),
        keywords=keywords,
        references=_cited.names(fields["references"]) if "references" in fields else (),
        url=url,
        csl=csl_text(doc, rest),
        where=where,
    )


def _of_texts(where: Where, title: str, abstract: str, rest: Mapping[str, Any], kind: str) -> Paper:
    """Return the paper of a record of which no more is known than its texts, as `build` would."""
    ident = _digest(title, abstract)
    doc = {"abstract": abstract, "id": ident, "title": title, "type": kind}
    if rest:
        csl = csl_text(doc, rest)
    else:  # texts in order of their names: to encode them one by one is three times as fast
        csl = "{" + ",".join([f'"{name}":{_ENCODER.encode(text)}' for name, text in doc.items() if text]) + "}"
    return Paper(id=ident, title=title, abstract=abstract, csl=csl, where=where)


def _digest(title: str, abstract: str) -> str:
    """Return the identifier of a record that has none of its own."""
    return digest(f"{title}\n{abstract}", 16)


def csl_text(doc: Mapping[str, Any], rest: Mapping[str, Any]) -> str:
    """Return a record as canonical CSL-JSON text, without empty values; `rest` goes under ``custom``."""
    full = {name: value for name, value in doc.items() if value or value not in _fields.EMPTY}
    pages = [text_of(full.pop(name)) for name in ("page-first", "page-last") if name in full]
    if any(pages):
        full.setdefault("page", "–".join(page for page in pages if page))
    custom: dict[str, Any] = {name: full.pop(name) for name in ("arxiv", "identifiers", "references") if name in full}
    custom |= {str(name): value for name, value in rest.items() if value or value not in _fields.EMPTY}
    if custom:
        full["custom"] = {**_mapping(full.get("custom")), **custom}
    text = _ENCODER.encode(full)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _plain(value: object) -> str:
    """Return the words of a field that has no markup."""
    return clean(text_of(value)) if value is not None and value != "" else ""


def _mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _readable(value: object, decode: Callable[[str], str]) -> str:
    """Return the words of a bibliographic field, such as a venue; of several the first."""
    return clean(decode(first(value)))


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
