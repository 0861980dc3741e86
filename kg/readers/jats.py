"""Reader of JATS, the XML of PubMed Central and of many publishers: the front of each article, and its references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _ids, _record, _xml

_OTHER_ABSTRACTS = ("graphical", "toc", "teaser", "key-points", "author-highlights", "highlights", "executive-summary")
_DATES = ("epub", "epub-ppub", "ppub", "pub", "collection", "")
_HEADINGS = ("abstract", "summary")


def sniff(head: str) -> float:
    """Tell how surely `head` begins JATS: by an article with its front."""
    name, _ = _xml.root(head)
    if not name:
        return 0.0
    inside = "<article-meta" in head or ":article-meta" in head or "<journal-meta" in head
    if name in ("article", "pmc-articleset", "articles"):
        return 0.95 if inside or "JATS" in head[:1000] or "<front" in head else 0.2
    return 0.9 if inside and "<article" in head else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the articles of a file; replies and reviews within an article are no records."""
    return _xml.papers(stream, file, ("article",), _paper)


def _paper(where: Where, article: _xml.Element) -> Iterator[Paper | Problem]:
    found = _xml.find(article, "front/article-meta", "front", "front-stub")
    meta = article if found is None else found
    ids = {str(one.get("pub-id-type")): _xml.words(one) for one in reversed(_xml.every(meta, "article-id"))}
    pmcid = ids.get("pmc") or ids.get("pmcid") or ids.get("pmc-id") or ids.get("pmcaid") or ""
    pmcid = f"PMC{pmcid}" if pmcid.isdigit() else pmcid
    fields: dict[str, Any] = {
        "id": pmcid or ids.get("doi") or ids.get("pmid") or "",
        "PMCID": pmcid,
        "PMID": ids.get("pmid", ""),
        "DOI": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "title": _title(meta),
        "abstract": _abstract(meta),
        "author": [name for one in _authors(meta) if (name := _name(one))],
        "issued": _date(meta),
        "container-title": _xml.text(article, "front/journal-meta//journal-title", "front/journal-meta/journal-id"),
        "publisher": _xml.text(article, "front/journal-meta/publisher/publisher-name"),
        "ISSN": _xml.text(article, "front/journal-meta/issn"),
        "volume": _xml.text(meta, "volume"),
        "issue": _xml.text(meta, "issue"),
        "page-first": _xml.text(meta, "fpage"),
        "page-last": _xml.text(meta, "lpage"),
        "number": _xml.text(meta, "elocation-id"),
        "keyword": list(dict.fromkeys(_xml.texts(meta, "kwd-group//kwd"))),
        "references": [cited for one in _xml.every(article, "back//ref-list/ref") if (cited := _reference(one))],
        "type": "article-journal",
    }
    yield _record.build(where, fields, {"article type": str(article.get("article-type") or "")})


def _title(meta: _xml.Element) -> str:
    """Return title and subtitle, without the marks of footnotes."""
    group = _xml.find(meta, "title-group")
    if group is None:
        return _xml.text(meta, "article-title")
    for note in [*_xml.every(group, ".//fn"), *_xml.every(group, ".//xref")]:
        if note.get("ref-type", "fn") == "fn":
            note.text = ""
            for child in list(note):
                note.remove(child)
    title, subtitle = _xml.text(group, "article-title"), _xml.text(group, "subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title or _xml.text(group, "trans-title-group/trans-title")


def _abstract(meta: _xml.Element) -> str:
    """Return the abstract proper; a short or translated one only where there is no other."""
    own = _xml.every(meta, "abstract")
    proper = [one for one in own if one.get("abstract-type") not in _OTHER_ABSTRACTS]
    for one in [*proper, *_xml.every(meta, "trans-abstract"), *own]:
        heading = _xml.find(one, "title")
        if heading is not None and _xml.words(heading).lower().strip(" .:") in _HEADINGS:
            heading.text = ""  # the name of the field, no part of it
        if text := _xml.words(one):
            return text
    return ""


def _authors(meta: _xml.Element) -> list[_xml.Element]:
    people = _xml.every(meta, "contrib-group/contrib")
    return [one for one in people if one.get("contrib-type", "author") == "author"]


def _name(contributor: _xml.Element) -> dict[str, str]:
    inner = _xml.find(contributor, "name", "name-alternatives/name")
    if inner is None:
        group = _xml.text(contributor, "collab/institution", "collab", "string-name", "on-behalf-of")
        return {"literal": group} if group else {}
    parts = {
        "family": _xml.text(inner, "surname"),
        "given": _xml.text(inner, "given-names"),
        "suffix": _xml.text(inner, "suffix"),
    }
    return {key: part for key, part in parts.items() if part}


def _date(meta: _xml.Element) -> str:
    """Return the date of publication; of several the electronic one."""
    dates = {
        str(one.get("pub-type") or one.get("date-type") or ""): one for one in reversed(_xml.every(meta, "pub-date"))
    }
    for kind in (*_DATES, *dates):
        if kind in dates and (parts := _parts(dates[kind])):
            return parts
    return ""


def _parts(date: _xml.Element) -> str:
    parts = [part for name in ("year", "month", "day") if (part := _xml.text(date, name))]
    return "-".join(parts) if parts and all(part.isdigit() for part in parts) else " ".join(reversed(parts))


def _reference(element: _xml.Element) -> str:
    """Return DOI, arXiv number, PubMed number, title or text of a reference."""
    ids = {str(one.get("pub-id-type")): _xml.words(one) for one in _xml.every(element, ".//pub-id")}
    links = [
        str(value) for one in _xml.every(element, ".//ext-link") for key, value in one.attrib.items() if "href" in key
    ]
    if doi := _ids.doi(ids.get("doi", "")) or next((doi for link in links if (doi := _ids.doi_of_url(link))), ""):
        return doi
    if arxiv := _ids.arxiv(ids.get("arxiv", "")):
        return arxiv
    if ids.get("pmid"):
        return f"pmid:{ids['pmid']}"
    return _xml.text(element, ".//article-title", ".//chapter-title", ".//source", "*")
