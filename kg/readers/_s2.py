"""Papers of Semantic Scholar: its API, its data sets, S2ORC of every year (and CORD-19, which is like it).

One of `_providers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_SIGNS = ("paperId", "corpusId", "corpusid", "paperAbstract", "outCitations", "inCitations")
_OFFSET = re.compile(r"^[0-9]{1,9}$")
_PARSED = ("bib_entries", "body_text", "grobid_parse", "latex_parse", "pdf_parse", "ref_entries", "back_matter")
_TAKEN = (
    "metadata", "content", "paperAbstract", "externalIds", "externalids", "journal", "publicationVenue", "references",
    "outCitations", "outbound_citations", "citations", "inCitations", "inbound_citations", "s2FieldsOfStudy", "s2fieldsofstudy",
    "fieldsOfStudy", "publicationDate", "publicationdate", "journalName", "entities", "arxiv_id", "pubmed_id", "pmc_id",
    "citationStyles", "embedding", "tldr",
)  # fmt: skip


def claims(record: Mapping[str, Any]) -> bool:
    """Tell a paper of Semantic Scholar by identifiers that only it has, or by the parts of S2ORC."""
    if not record.keys().isdisjoint(_SIGNS):
        return any(name in record for name in ("title", "abstract", "paperAbstract", "content"))
    return "paper_id" in record and any(
        name in record for name in ("metadata", "outbound_citations", "mag_id", *_PARSED)
    )


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a paper under common names."""
    meta = {**_mapping(record.get("metadata")), **{k: v for k, v in record.items() if v not in (None, "", [], {})}}
    ids = {
        str(key).lower(): value
        for name in ("externalIds", "externalids")
        for key, value in _mapping(meta.get(name)).items()
    }
    journal = _mapping(meta.get("journal"))
    parts = dict(_annotated(_mapping(meta.get("content"))))
    rest = {key: value for key, value in meta.items() if key not in _TAKEN + _PARSED}
    abstract = meta.get("abstract")
    own = {
        "id": _first(meta, "paperId", "paper_id", "id", "corpusId", "corpusid"),
        "title": meta.get("title") or parts.get("title"),
        "abstract": _joined(abstract) or meta.get("paperAbstract") or parts.get("abstract"),
        "author": meta.get("authors"),
        "issued": _first(meta, "publicationDate", "publicationdate", "year", "publish_time"),
        "container-title": _venue(meta, journal),
        "volume": journal.get("volume"),
        "page": journal.get("pages"),
        "DOI": ids.get("doi") or meta.get("doi"),
        "arxiv": ids.get("arxiv") or meta.get("arxiv_id"),
        "PMID": ids.get("pubmed") or _first(meta, "pubmed_id", "pmid"),
        "PMCID": _pmcid(ids.get("pubmedcentral") or meta.get("pmc_id")),
        "keyword": _keywords(meta),
        "references": list(_references(meta)),
        "identifiers": [f"s2:{value}" for name in ("paperId", "corpusId", "corpusid") if (value := meta.get(name))]
        + ([f"s2:{meta['id']}"] if "outCitations" in record and meta.get("id") else []),
        "URL": _first(meta, "url", "s2Url"),
    }
    for name in (
        "paperId",
        "paper_id",
        "corpusId",
        "corpusid",
        "year",
        "authors",
        "venue",
        "doi",
        "pmid",
        "s2Url",
        "url",
    ):
        rest.pop(name, None)
    return rest | {name: value for name, value in own.items() if value not in (None, "", [], {})}


def _venue(meta: Mapping[str, Any], journal: Mapping[str, Any]) -> object:
    plain = meta.get("journal") if isinstance(meta.get("journal"), str) else None
    names = (
        meta.get("venue"),
        _mapping(meta.get("publicationVenue")).get("name"),
        journal.get("name"),
        meta.get("journalName"),
    )
    return next((name for name in (*names, plain) if name), None)


def _pmcid(value: object) -> str:
    text = str(value or "")
    return f"PMC{text}" if text.isdigit() else text


def _joined(value: object) -> str:
    """Return an abstract, which S2ORC gives as paragraphs."""
    if isinstance(value, str):
        return value
    texts = (_mapping(part).get("text") if isinstance(part, Mapping) else part for part in _list(value))
    return " ".join(text for text in texts if isinstance(text, str))


def _keywords(meta: Mapping[str, Any]) -> list[object]:
    own = _list(meta.get("fieldsOfStudy")) or _list(meta.get("entities"))
    fields = [
        _mapping(one).get("category")
        for name in ("s2FieldsOfStudy", "s2fieldsofstudy")
        for one in _list(meta.get(name))
    ]
    return own or list(dict.fromkeys(field for field in fields if isinstance(field, str)))


def _references(meta: Mapping[str, Any]) -> Iterator[object]:
    """Yield what a paper cites, as `_record` understands it."""
    for cited in _list(meta.get("references")):
        inner = _mapping(cited).get("citedPaper")
        yield _cited(inner if isinstance(inner, Mapping) else cited)
    for name in ("outCitations", "outbound_citations"):
        yield from (f"s2:{cited}" for cited in _list(meta.get(name)))
    entries = [meta, *(_mapping(meta.get(name)) for name in _PARSED)]
    for entry in (one for part in entries for one in _mapping(part.get("bib_entries")).values()):
        yield _cited(entry)


def _cited(entry: object) -> object:
    """Return a reference with its identifiers among its fields."""
    if not isinstance(entry, Mapping):
        return entry
    ids = {
        str(key).lower(): value
        for name in ("externalIds", "other_ids")
        for key, value in _mapping(entry.get(name)).items()
    }
    found = {name: _one(ids.get(name)) or _one(entry.get(name)) for name in ("doi", "arxiv")}
    found["title"] = _one(entry.get("title")) or _one(entry.get("raw_text"))
    found["id"] = f"s2:{entry['paperId']}" if entry.get("paperId") else ""
    return found


def _one(value: object) -> str:
    """Return the text of a value that may be a list of texts."""
    first = next(iter(value), "") if isinstance(value, list) else value
    return first if isinstance(first, str) else ""


def _annotated(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield title and abstract of a text that annotations cut out of it by their offsets."""
    text, marks = content.get("text"), _mapping(content.get("annotations"))
    if not isinstance(text, str):
        return
    for name in ("title", "abstract"):
        spans = marks.get(name)
        try:
            spans = json.loads(spans) if isinstance(spans, str) else spans
        except (ValueError, RecursionError):
            continue
        ends = [(_mapping(span).get("start"), _mapping(span).get("end")) for span in _list(spans)]
        pieces = [text[int(str(a)) : int(str(b))] for a, b in ends if _OFFSET.match(str(a)) and _OFFSET.match(str(b))]
        yield name, " ".join(pieces)


def _first(record: Mapping[str, Any], *names: str) -> object:
    return next((record[name] for name in names if record.get(name)), None)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
