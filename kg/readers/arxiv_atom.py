"""Reader of Atom feeds, as the API of arXiv answers; RSS feeds of arXiv likewise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _ids, _record, _xml

_ANNOUNCED = re.compile(r"^arXiv:(\S+)(?: Announce Type: \S+)?\s+Abstract:\s*")


def sniff(head: str) -> float:
    """Tell how surely `head` begins a feed: by its root element, and whether it speaks of arXiv."""
    name, attributes = _xml.root(head)
    if name == "feed" and "Atom" in attributes + head[:2000]:
        return 0.95 if "arxiv" in head[:4000].lower() else 0.6
    return 0.9 if name in ("rss", "RDF") and "arxiv.org" in head and "<item" in head else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the entries of a feed."""
    return _xml.papers(stream, file, ("entry", "item"), _paper)


def _paper(where: Where, element: _xml.Element) -> Iterator[Paper | Problem]:
    if _xml.local(element) == "item":
        yield _of_item(where, element)
        return
    if _is_error(element):
        yield Problem(where, f"arXiv answered with an error: {_xml.text(element, 'summary')}"[:200])
        return
    address = _xml.text(element, "id")
    arxiv = _ids.arxiv(address)
    fields: dict[str, Any] = {
        "id": arxiv or address,
        "arxiv": arxiv,
        "title": _xml.text(element, "title"),
        "abstract": _xml.text(element, "summary", "content"),
        "author": [{"name": name} for name in _xml.texts(element, "author/name")],
        "issued": _xml.text(element, "published", "updated"),
        "DOI": _xml.text(element, "doi"),
        "container-title": _xml.text(element, "journal_ref"),
        "keyword": _terms(element),
        "note": _xml.text(element, "comment"),
        "URL": _link(element) or address,
    }
    rest = {
        "updated": _xml.text(element, "updated"),
        "primary_category": _attribute(element, "primary_category", "term"),
    }
    yield _record.build(where, fields, rest)


def _of_item(where: Where, element: _xml.Element) -> Paper | Problem:
    """Read an item of an RSS feed; arXiv puts the number and the kind of announcement before the abstract."""
    summary = _xml.text(element, "description")
    announced = _ANNOUNCED.match(summary)
    arxiv = announced.group(1) if announced else _xml.text(element, "link")
    fields = {
        "id": _ids.arxiv(arxiv),
        "arxiv": arxiv,
        "title": _xml.text(element, "title"),
        "abstract": summary[announced.end() :] if announced else summary,
        "author": [{"name": name} for name in _xml.text(element, "creator").split(", ")],
        "issued": _xml.text(element, "pubDate", "date"),
        "keyword": _xml.texts(element, "category"),
        "URL": _xml.text(element, "link"),
    }
    return _record.build(where, fields, {})


def _is_error(element: _xml.Element) -> bool:
    return _xml.text(element, "title") == "Error" and "api/errors" in _xml.text(element, "id")


def _terms(element: _xml.Element) -> list[str]:
    return [term for one in _xml.every(element, "category") if (term := one.get("term"))]


def _link(element: _xml.Element) -> str:
    """Return the address of the page of a paper."""
    links = _xml.every(element, "link")
    return next(
        (str(one.get("href")) for one in links if one.get("rel") in (None, "alternate") and one.get("href")), ""
    )


def _attribute(element: _xml.Element, name: str, key: str) -> str:
    found = _xml.find(element, name)
    return str(found.get(key) or "") if found is not None else ""
