"""RIS, for EndNote, Mendeley, Zotero and other reference managers: a record for each paper, its terms as keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.export._record import item
from kg.graph import KnowledgeGraph
from kg.model import PaperNode
from kg.rdf.statements import Mentions

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "paper-conference": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "webpage": "ELEC",
    "software": "COMP",
}
_PLAIN = {
    "volume": "VL",
    "issue": "IS",
    "edition": "ET",
    "publisher": "PB",
    "publisher-place": "CY",
    "ISSN": "SN",
    "ISBN": "SN",
    "language": "LA",
    "note": "N1",
    "collection-title": "T3",
}


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the records of all papers as RIS in UTF-8, with the line ends that RIS asks for."""
    for node in graph.papers.values():
        lines = (f"{tag}  - {_line(value)}\r\n" for tag, value in _fields(node, item(graph, node)) if _line(value))
        out.write(("".join(lines) + "ER  - \r\n\r\n").encode("utf-8", "replace"))


def _fields(node: PaperNode, record: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield tags with their values, the type first."""
    paper = node.paper
    yield "TY", _TYPES.get(str(record.get("type")), "GEN")
    yield from (("TI", paper.title), ("T2", paper.venue))
    yield from (("AU", name) for name in _people(record.get("author")))
    yield from (("A2", name) for name in _people(record.get("editor")))
    yield from (("PY", paper.year), ("DA", _date(record.get("issued"))), ("DO", paper.doi))
    if paper.arxiv:
        yield "AN", f"arXiv:{paper.arxiv}"
    yield from (("ID", record.get("id")), ("UR", record.get("URL")))
    yield from ((tag, record.get(variable)) for variable, tag in _PLAIN.items())
    first, _, last = _line(record.get("page")).replace("--", "-").replace("–", "-").partition("-")
    yield from (("SP", first), ("EP", last))
    yield from (("KW", word) for word in str(record.get("keyword", "")).split(", "))
    yield "AB", paper.abstract


def _people(names: object) -> Iterator[str]:
    """Yield names as RIS has them: ``Lovelace, Ada, Jr.``."""
    for name in names if isinstance(names, list) else ():
        if isinstance(name, dict):
            family = " ".join(str(name[part]) for part in ("non-dropping-particle", "family") if name.get(part))
            parts = (family, name.get("given"), name.get("suffix"))
            yield str(name.get("literal") or ", ".join(str(part) for part in parts if part))


def _date(issued: object) -> str:
    """Return a date as RIS has it, ``2024/03/09/``, where more than the year is known."""
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else []
    numbers = [str(part).zfill(2) for part in first[:3]] if isinstance(first, list) else []
    return "/".join((*numbers, "", "")[:3]) + "/" if len(numbers) > 1 else ""


def _line(value: object) -> str:
    """Return a value on one line: a line of its own could look like a tag."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", str(value)).strip() if isinstance(value, str | int | float) else ""


FILES = {"kg.ris": write}
