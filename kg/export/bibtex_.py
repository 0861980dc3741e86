"""BibTeX, for LaTeX and Zotero: an entry for each paper, made of its CSL-JSON record, the terms of its text as keywords."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from kg.export._record import item
from kg.graph import KnowledgeGraph
from kg.model import PaperNode
from kg.rdf.statements import Mentions
from kg.text.forms import ascii_fold, digest

_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
_HOLDERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_PLAIN = {
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "edition": "edition",
    "collection-title": "series",
    "event-title": "eventtitle",
    "publisher": "publisher",
    "publisher-place": "address",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "language": "language",
    "note": "note",
    "keyword": "keywords",
    "abstract": "abstract",
}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_NOT_KEY = re.compile(r"[^A-Za-z0-9:./+-]+")


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the records of all papers as BibTeX in UTF-8."""
    used: set[str] = set()
    for node in graph.papers.values():
        key = _NOT_KEY.sub("-", ascii_fold(node.id.removeprefix("paper/"))).strip("-") or digest(node.id)
        if key in used:
            key = f"{key}-{digest(node.id)}"
        used.add(key)
        out.write(_entry(key, node, item(graph, node)).encode("utf-8", "replace"))


def _entry(key: str, node: PaperNode, record: dict[str, Any]) -> str:
    kind = _TYPES.get(str(record.get("type")), "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(kind, record, node).items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


def _fields(kind: str, record: dict[str, Any], node: PaperNode) -> dict[str, str]:
    """Return the fields of an entry, in order; those of the record that BibTeX has no name for come last."""
    paper = node.paper
    fields = {
        "title": f"{{{_tex(paper.title)}}}",
        "author": _people(record.get("author")),
        "year": str(paper.year or ""),
    }
    fields |= {"month": _month(record.get("issued")), "editor": _people(record.get("editor"))}
    fields[_HOLDERS.get(kind, "howpublished")] = _tex(paper.venue)
    fields |= {name: _tex(_text(record.get(variable))) for variable, name in _PLAIN.items()}
    fields |= {"doi": _bare(paper.doi), "eprint": _bare(paper.arxiv), "archiveprefix": "arXiv" if paper.arxiv else ""}
    fields["url"] = _bare(str(record.get("URL", "")))
    custom = record.get("custom")
    for name, value in custom.items() if isinstance(custom, dict) else ():
        if _NAME.fullmatch(name) and name not in ("arxiv", "type"):
            fields.setdefault(name, _tex(_text(value)))
    return fields


def _bare(text: str) -> str:
    """Return an address or identifier, which LaTeX takes as it stands, without what could end the field."""
    return re.sub(r"[{}\\]", "", text)


def _text(value: object) -> str:
    """Return a text or number, or several, as one line; what has more structure stays in CSL-JSON."""
    if isinstance(value, list):
        return "; ".join(text for text in map(_text, value) if text)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _month(issued: object) -> str:
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    return str(first[1]) if isinstance(first, list) and len(first) > 1 else ""


def _people(names: object) -> str:
    found = names if isinstance(names, list) else []
    return " and ".join(_author(name) for name in found if isinstance(name, dict))


def _author(name: dict[str, Any]) -> str:
    if "literal" in name:
        return f"{{{_tex(str(name['literal']))}}}"
    parts = (name.get("non-dropping-particle"), name.get("family"))
    family = " ".join(str(part) for part in parts if part)
    rest = [str(name[part]) for part in ("suffix", "given") if name.get(part)]
    return ", ".join(_tex(part) for part in [family, *rest] if part)


def _tex(text: str) -> str:
    """Escape what LaTeX takes for its own. BibTeX counts even escaped braces, so unequal ones are spelled out."""
    escapes = _ESCAPES if _balanced(text) else _ESCAPES | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    return _SPECIAL.sub(lambda m: escapes.get(m.group(), "\\" + m.group()), text)


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


FILES = {"kg.bib": write}
