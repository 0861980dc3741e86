"""Works of OpenAlex: API pages, snapshot lines, tables. One of `_providers`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.readers import _ids

_DERIVED = (
    "abstract_inverted_index",
    "abstract_inverted_index_v3",
    "related_works",
    "counts_by_year",
    "cited_by_api_url",
)
_TAKEN = (
    "display_name",
    "authorships",
    "ids",
    "biblio",
    "keywords",
    "referenced_works",
    "publication_year",
    "publication_date",
)
_MOST_WORDS = 200_000


def claims(record: Mapping[str, Any]) -> bool:
    """Tell a work of OpenAlex by its identifier or its way to write abstracts."""
    ident = record.get("id")
    return "abstract_inverted_index" in record or (isinstance(ident, str) and _ids.other(ident).startswith("openalex:"))


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a work under common names."""
    rest = {
        name: value
        for name, value in record.items()
        if name not in _DERIVED + _TAKEN and value not in (None, [], {}, "")
    }
    ids, biblio = _mapping(record.get("ids")), _mapping(record.get("biblio"))
    places = [_mapping(place) for place in [record.get("primary_location"), *_list(record.get("locations"))]]
    own = {
        "title": record.get("title") or record.get("display_name"),
        "abstract": record.get("abstract") or abstract(record.get("abstract_inverted_index")),
        "author": record.get("authorships"),
        "issued": record.get("publication_date") or record.get("publication_year"),
        "container-title": _venue(record, places),
        "DOI": record.get("doi") or ids.get("doi"),
        "PMID": ids.get("pmid"),
        "PMCID": ids.get("pmcid"),
        "arxiv": next(
            (arxiv for place in places if (arxiv := _ids.arxiv(str(place.get("landing_page_url") or "")))), ""
        ),
        "URL": next((url for place in places if (url := place.get("landing_page_url"))), None),
        "keyword": _names(record.get("keywords")) or _names(record.get("concepts")),
        "references": [
            _ids.other(work) or work for work in _list(record.get("referenced_works")) if isinstance(work, str)
        ],
        "volume": biblio.get("volume"),
        "issue": biblio.get("issue"),
        "page-first": biblio.get("first_page"),
        "page-last": biblio.get("last_page"),
        "type": record.get("type_crossref") or record.get("type"),
    }
    return rest | {name: value for name, value in own.items() if value not in (None, [], {}, "")}


def abstract(index: object) -> str:
    """Return the text of an inverted index: each word with the places it stands at. The index may be JSON text.

    >>> abstract({"foxes": [0, 2], "eat": [1]}), abstract('{"IndexLength": 1, "InvertedIndex": {"a": [0]}}'), abstract(7)
    ('foxes eat foxes', 'a', '')
    """
    if isinstance(index, str):
        try:
            index = json.loads(index)
        except (ValueError, RecursionError):
            return ""
    if not isinstance(index, Mapping):
        return ""
    inner = index.get("InvertedIndex")
    words = inner if isinstance(inner, Mapping) else index
    placed = [
        (place, str(word))
        for word, places in words.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int) and not isinstance(place, bool)
    ]
    return " ".join(word for _, word in sorted(placed)[:_MOST_WORDS])


def _venue(record: Mapping[str, Any], places: list[Mapping[str, Any]]) -> str:
    """Return the name of the journal or conference, from the first place that is one."""
    sources = [_mapping(place.get("source")) for place in places]
    names = [
        *(source.get("display_name") for source in sources),
        _mapping(record.get("host_venue")).get("display_name"),
    ]
    return next((str(name) for name in names if name), "")


def _names(value: object) -> list[str]:
    items = (_mapping(item) for item in _list(value))
    return [str(name) for item in items if (name := item.get("display_name") or item.get("keyword"))]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
