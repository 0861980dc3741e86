"""Items of Zotero: its Web API, and JSON of Better BibTeX. One of `_providers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ATTACHED = ("attachment", "note", "annotation")
_NOT_AUTHORS = frozenset(
    "editor seriesEditor translator contributor reviewedAuthor bookAuthor counsel recipient commenter cosponsor castMember".split()
)
_TITLES = ("title", "caseName", "nameOfAct", "subject")
_AROUND = (
    "publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle", "dictionaryTitle", "websiteTitle", "blogTitle",
    "forumTitle", "programTitle", "conferenceName", "university", "institution", "repository", "seriesTitle",
)  # fmt: skip
_SIGNS = (
    "creators",
    "dateAdded",
    "itemID",
    "citationKey",
    "itemKey",
    "abstractNote",
    "dateModified",
    "version",
    "parentItem",
)
_NOT_KEPT = (
    "creators",
    "tags",
    "attachments",
    "notes",
    "collections",
    "relations",
    "itemType",
    "abstractNote",
    "date",
    "key",
)


def _data(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the item itself, which the Web API wraps."""
    inner = record.get("data")
    return inner if inner is not None and isinstance(inner, Mapping) and "itemType" in inner else record


def claims(record: Mapping[str, Any]) -> bool:
    """Tell an item of Zotero by its kind and what else only Zotero writes."""
    data = _data(record)
    return isinstance(data.get("itemType"), str) and any(sign in data for sign in _SIGNS)


def is_attached(record: Mapping[str, Any]) -> bool:
    """Tell an attachment, note or annotation."""
    return claims(record) and _data(record)["itemType"] in _ATTACHED


def fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an item under common names."""
    data = _data(record)
    creators = [one for one in _list(data.get("creators")) if isinstance(one, Mapping)]
    found = {
        name: value for name, value in data.items() if name not in _NOT_KEPT and not isinstance(value, Mapping | list)
    }
    own = {
        "id": data.get("citationKey")
        or data.get("citekey")
        or data.get("key")
        or record.get("key")
        or data.get("itemKey"),
        "type": data["itemType"],
        "title": next((data[name] for name in _TITLES if data.get(name)), None),
        "abstract": data.get("abstractNote"),
        "author": [one for one in creators if one.get("creatorType") not in _NOT_AUTHORS],
        "editor": [one for one in creators if one.get("creatorType") == "editor"],
        "issued": data.get("date"),
        "container-title": next((data[name] for name in _AROUND if data.get(name)), None),
        "arxiv": data.get("archiveID"),
        "keyword": [_tag(tag) for tag in _list(data.get("tags"))],
        "URL": data.get("url"),
    }
    for name in ("url", *_TITLES, *_AROUND):
        found.pop(name, None)
    return found | {name: value for name, value in own.items() if value not in (None, [], "")}


def _tag(tag: object) -> object:
    return tag.get("tag") if isinstance(tag, Mapping) else tag


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
