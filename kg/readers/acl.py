"""Reader of the XML of the ACL Anthology: one collection, its volumes and their papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _record, _xml


def sniff(head: str) -> float:
    """Tell how surely `head` begins XML of the Anthology: by its root and what is in it."""
    name, attributes = _xml.root(head)
    inner = "<volume" in head or "<paper" in head or "<event" in head
    return 0.95 if name in ("collection", "volume") and "id=" in attributes and inner else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the papers of a collection; front matter is none."""
    volume: dict[str, Any] = {}
    for element in _xml.elements(stream, "meta", "paper"):
        if isinstance(element, _xml.Broken):
            yield Problem(Where(file, element.line), element.reason)
        elif _xml.local(element[1]) == "meta":
            volume = _volume(element[1])
        else:
            yield _paper(Where(file, element[0]), element[1], volume)


def _volume(meta: _xml.Element) -> dict[str, Any]:
    """Return what all papers of a volume have in common."""
    return {
        "container-title": _xml.text(meta, "booktitle"),
        "editor": [name for one in _xml.every(meta, "editor") if (name := _name(one))],
        "publisher": _xml.text(meta, "publisher"),
        "publisher-place": _xml.text(meta, "address"),
        "volume": _xml.text(meta, "journal-volume"),
        "issue": _xml.text(meta, "journal-issue"),
        "issued": " ".join(part for part in (_xml.text(meta, "month"), _xml.text(meta, "year")) if part),
    }


def _paper(where: Where, element: _xml.Element, volume: dict[str, Any]) -> Paper | Problem:
    ident = _ident(element)
    address = _xml.text(element, "url")
    own = {
        "id": ident or _xml.text(element, "bibkey"),
        "type": "article-journal" if volume.get("volume") else "paper-conference",
        "title": _xml.text(element, "title"),
        "abstract": _xml.text(element, "abstract"),
        "author": [name for one in _xml.every(element, "author") if (name := _name(one))],
        "issued": _xml.text(element, "year"),
        "DOI": _xml.text(element, "doi"),
        "container-title": _xml.text(element, "booktitle", "journal"),
        "page": _xml.text(element, "pages"),
        "keyword": _xml.texts(element, "keywords/keyword") or _xml.text(element, "keywords"),
        "URL": address if "://" in address else f"https://aclanthology.org/{ident}/" if ident else "",
        "identifiers": [f"acl:{ident}"] if ident else [],
    }
    rest = {"bibkey": _xml.text(element, "bibkey"), "award": _xml.texts(element, "award")}
    return _record.build(where, volume | {name: value for name, value in own.items() if value}, rest)


def _ident(element: _xml.Element) -> str:
    """Return the Anthology's identifier (``2022.naloma-1.1``, ``P18-1001``), from the address or the numbers around."""
    address = _xml.text(element, "url").rstrip("/")
    if address:
        return address.rsplit("/", 1)[-1].removesuffix(".pdf")
    above = [str(one.get("id") or "") for one in element.iterancestors()][::-1]
    number = str(element.get("id") or "")
    if len(above) == 1 and all(above) and number:  # as the Anthology was kept before 2019
        return f"{above[0]}-{number}"
    if len(above) == 2 and all(above) and number:
        return f"{above[0]}-{above[1]}.{number}" if above[0][0].isdigit() else f"{above[0]}-{above[1]}{number.zfill(3)}"
    return ""


def _name(element: _xml.Element) -> dict[str, str]:
    """Return the name of an author or editor; variants of it in other scripts are left out."""
    family, given = _xml.text(element, "last"), _xml.text(element, "first")
    if family and given:
        return {"family": family, "given": given}
    single = family or given or _xml.words(element)
    return {"literal": single} if single else {}
