"""Reader of the XML of PubMed: articles, and books of its bookshelf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _ids, _record, _xml

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_ROOTS = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", *_RECORDS)


def sniff(head: str) -> float:
    """Tell how surely `head` begins XML of PubMed: by its root element."""
    name, _ = _xml.root(head)
    return 0.95 if name in _ROOTS or (name and "<PubmedArticle" in head) else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the articles of a set."""
    return _xml.papers(stream, file, _RECORDS, _paper)


def _paper(where: Where, element: _xml.Element) -> Iterator[Paper | Problem]:
    inner = _xml.find(element, "MedlineCitation", "BookDocument")
    citation = element if inner is None else inner
    found = _xml.find(citation, "Article")
    article = citation if found is None else found
    pmid = _xml.text(citation, "PMID")
    ids = _ids_of(element)
    fields: dict[str, Any] = {
        "id": pmid,
        "PMID": pmid,
        "PMCID": ids.get("pmc", ""),
        "DOI": ids.get("doi", "") or _doi(article),
        "title": _xml.text(article, "ArticleTitle", "Book/BookTitle", "VernacularTitle"),
        "abstract": _abstract(article, citation),
        "author": [name for one in _authors(article) if (name := _name(one))],
        "issued": _date(article),
        "container-title": _xml.text(article, "Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle"),
        "container-title-short": _xml.text(article, "Journal/ISOAbbreviation"),
        "ISSN": _xml.text(article, "Journal/ISSN"),
        "volume": _xml.text(article, "Journal/JournalIssue/Volume"),
        "issue": _xml.text(article, "Journal/JournalIssue/Issue"),
        "page": _xml.text(article, "Pagination/MedlinePgn"),
        "publisher": _xml.text(article, "Book/Publisher/PublisherName"),
        "language": _xml.text(article, "Language"),
        "keyword": keywords(citation),
        "references": [
            cited for one in _xml.every(element, ".//ReferenceList/Reference") if (cited := _reference(one))
        ],
        "type": "article-journal",
    }
    rest = {
        "publication types": _xml.texts(article, "PublicationTypeList/PublicationType"),
        "mesh": _xml.texts(citation, "MeshHeadingList/MeshHeading/DescriptorName"),
    }
    yield _record.build(where, fields, rest)


def keywords(citation: _xml.Element) -> list[str]:
    """Return the authors' keywords of an article, else its subject headings."""
    own = _xml.texts(citation, "KeywordList/Keyword")
    return own or _xml.texts(citation, "MeshHeadingList/MeshHeading/DescriptorName")


def _ids_of(element: _xml.Element) -> dict[str, str]:
    """Return the identifiers of the article itself; those of its references stand elsewhere."""
    paths = (
        "PubmedData/ArticleIdList/ArticleId",
        "PubmedBookData/ArticleIdList/ArticleId",
        "BookDocument/ArticleIdList/ArticleId",
    )
    found: dict[str, str] = {}
    for one in (one for path in paths for one in _xml.every(element, path)):
        found.setdefault(str(one.get("IdType")), _xml.words(one))
    return found


def _doi(article: _xml.Element) -> str:
    places = _xml.every(article, "ELocationID")
    return next((_xml.words(one) for one in places if one.get("EIdType") == "doi" and one.get("ValidYN") != "N"), "")


def _abstract(article: _xml.Element, citation: _xml.Element) -> str:
    """Return the abstract, each part after its label; one in another place or language where there is no other."""
    for parts in (_xml.every(article, "Abstract/AbstractText"), _xml.every(citation, "OtherAbstract/AbstractText")):
        if text := " ".join(piece for part in parts if (piece := _labelled(part))):
            return text
    return ""


def _labelled(part: _xml.Element) -> str:
    text, label = _xml.words(part), str(part.get("Label") or "")
    return f"{label}: {text}" if text and label and label.upper() != "UNLABELLED" else text


def _authors(article: _xml.Element) -> list[_xml.Element]:
    lists = _xml.every(article, "AuthorList")
    lists = [one for one in lists if one.get("Type") != "editors"] or lists
    return [author for one in lists for author in _xml.every(one, "Author")]


def _name(author: _xml.Element) -> dict[str, str]:
    if group := _xml.text(author, "CollectiveName"):
        return {"literal": group}
    parts = {
        "family": _xml.text(author, "LastName"),
        "given": _xml.text(author, "ForeName", "FirstName", "Initials"),
        "suffix": _xml.text(author, "Suffix"),
    }
    return {key: part for key, part in parts.items() if part}


def _date(article: _xml.Element) -> str:
    """Return the date of the issue, or of the electronic article."""
    for path in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate", "ContributionDate"):
        date = _xml.find(article, path)
        if date is None:
            continue
        if parts := [part for name in ("Year", "Month", "Day") if (part := _xml.text(date, name))]:
            numbers = all(part.isdigit() for part in parts)
            return "-".join(parts) if numbers else " ".join(reversed(parts))
        if said := _xml.text(date, "MedlineDate"):
            return said
    return ""


def _reference(element: _xml.Element) -> str:
    """Return DOI, PubMed number or text of a reference."""
    ids = {str(one.get("IdType")): _xml.words(one) for one in _xml.every(element, "ArticleIdList/ArticleId")}
    if doi := _ids.doi(ids.get("doi", "")):
        return doi
    return f"pmid:{ids['pubmed']}" if ids.get("pubmed") else _xml.text(element, "Citation")
