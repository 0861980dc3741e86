"""Reader of TEI as GROBID writes it: the header of a document and what it cites; or a bare list of references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _ids, _record, _xml

_RECORDS = ("TEI", "TEI.2", "biblStruct")
_PIECES = (";", "•", "·", "|", ",")


def sniff(head: str) -> float:
    """Tell how surely `head` begins TEI: by its root element."""
    name, attributes = _xml.root(head)
    if name in ("TEI", "teiCorpus", "TEI.2"):
        return 0.95
    return 0.9 if name in ("biblStruct", "listBibl") or (name and "tei-c.org" in attributes) else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield one paper a document; of a document without title and abstract, the references it lists."""
    return _xml.papers(stream, file, _RECORDS, _papers)


def _papers(where: Where, element: _xml.Element) -> Iterator[Paper | Problem]:
    if _xml.local(element) == "biblStruct":
        yield _record.build(where, _cited(element), {})
        return
    fields = _document(element)
    listed = _xml.every(element, ".//listBibl/biblStruct")
    if not fields["title"] and not fields["abstract"] and listed:
        for one in listed:
            yield _record.build(Where(where.file, where.line + one.sourceline - element.sourceline), _cited(one), {})
    else:
        yield _record.build(where, fields, {})


def _document(element: _xml.Element) -> dict[str, Any]:
    """Return the fields of the document itself, from its header."""
    found = _xml.find(element, "teiHeader")
    header = element if found is None else found
    source = _xml.find(header, "fileDesc/sourceDesc/biblStruct", "fileDesc/sourceDesc/biblFull")
    fields: dict[str, Any] = _cited(source) if source is not None else {}
    titles = ("fileDesc/titleStmt/title[@type='main']", "fileDesc/titleStmt/title")
    fields["title"] = _xml.text(header, *titles) or fields.get("title", "")
    venue = _xml.text(source, "monogr/title") if source is not None else ""
    fields["container-title"] = venue if venue != fields["title"] else ""
    fields["abstract"] = " ".join(_xml.texts(header, "profileDesc/abstract"))
    fields["issued"] = _date(header, "fileDesc/publicationStmt/date") or fields.get("issued", "")
    fields["publisher"] = _xml.text(header, "fileDesc/publicationStmt/publisher") or fields.get("publisher", "")
    fields["keyword"] = _keywords(header)
    fields["references"] = [name for one in _xml.every(element, "text//listBibl/biblStruct") if (name := _name_of(one))]
    if not fields.get("author"):
        fields["author"] = _people(header, "fileDesc/titleStmt/author")
    fields.pop("id", None)
    return fields


def _cited(item: _xml.Element) -> dict[str, Any]:
    """Return the fields of a ``biblStruct``."""
    own = "analytic" if _xml.text(item, "analytic/title") else "monogr"
    ids = {str(one.get("type") or "").lower(): _xml.words(one) for one in _xml.every(item, ".//idno")}
    pages = _xml.find(item, ".//biblScope[@unit='page']")
    return {
        "id": str(item.get("{http://www.w3.org/XML/1998/namespace}id") or ""),
        "title": _xml.text(item, f"{own}/title[@type='main']", f"{own}/title"),
        "author": _people(item, "analytic/author") or _people(item, "monogr/author"),
        "container-title": _xml.text(item, "monogr/title") if own == "analytic" else "",
        "issued": _date(item, ".//imprint/date") or _date(item, ".//date"),
        "publisher": _xml.text(item, "monogr/imprint/publisher"),
        "DOI": ids.get("doi", ""),
        "arxiv": ids.get("arxiv", ""),
        "PMID": ids.get("pmid", ""),
        "PMCID": ids.get("pmcid", ""),
        "URL": next((str(one.get("target")) for one in _xml.every(item, ".//ptr") if one.get("target")), ""),
        "volume": _xml.text(item, ".//biblScope[@unit='volume']"),
        "issue": _xml.text(item, ".//biblScope[@unit='issue']"),
        "page": _pages(pages),
    }


def _pages(scope: _xml.Element | None) -> str:
    if scope is None:
        return ""
    return "–".join(str(scope.get(end)) for end in ("from", "to") if scope.get(end)) or _xml.words(scope)


def _people(element: _xml.Element, path: str) -> list[dict[str, str]]:
    """Return the names of people; GROBID puts affiliations it cannot place among them."""
    names = []
    for one in (one for author in _xml.every(element, path) for one in _xml.every(author, "persName")):
        parts = {
            "family": _xml.text(one, "surname"),
            "given": " ".join(_xml.texts(one, "forename")),
            "suffix": _xml.text(one, "genName"),
        }
        if name := {key: part for key, part in parts.items() if part}:
            names.append(name if "family" in name else {"literal": name.get("given") or _xml.words(one)})
    return names


def _date(element: _xml.Element, path: str) -> str:
    dates = sorted(_xml.every(element, path), key=lambda one: one.get("type") != "published")
    return next((said for one in dates if (said := str(one.get("when") or "") or _xml.words(one))), "")


def _keywords(header: _xml.Element) -> list[str]:
    """Return the keywords, as terms or else cut out of a text."""
    terms = _xml.texts(header, "profileDesc/textClass/keywords//term")
    if terms:
        return terms
    said = _xml.text(header, "profileDesc/textClass/keywords")
    mark = next((mark for mark in _PIECES if mark in said), "\n")
    return [word for piece in said.split(mark) if (word := piece.strip())]


def _name_of(item: _xml.Element) -> str:
    """Return DOI, arXiv number, title or text of a reference."""
    fields = _cited(item)
    doi, arxiv = _ids.doi(fields["DOI"]), _ids.arxiv(fields["arxiv"])
    return doi or arxiv or fields["title"] or _xml.text(item, "note[@type='raw_reference']")
