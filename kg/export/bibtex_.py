"""BibTeX, for LaTeX: an entry for each paper, made of its CSL-JSON record."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from kg.export.csl import item
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
    "publisher": "publisher",
    "keyword": "keywords",
    "abstract": "abstract",
}
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
        out.write(_entry(key, node).encode("utf-8", "replace"))


def _entry(key: str, node: PaperNode) -> str:
    record = item(node)
    kind = _TYPES.get(str(record.get("type")), "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(kind, record, node) if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


def _fields(kind: str, record: dict[str, Any], node: PaperNode) -> list[tuple[str, str]]:
    paper = node.paper
    authors = " and ".join(_author(author) for author in record.get("author", ()) if isinstance(author, dict))
    fields = [("title", f"{{{_tex(paper.title)}}}"), ("author", authors), ("year", str(paper.year or ""))]
    fields.append((_HOLDERS.get(kind, "howpublished"), _tex(paper.venue)))
    fields += ((name, _tex(str(record.get(variable, "")))) for variable, name in _PLAIN.items())
    fields += [("doi", paper.doi), ("eprint", paper.arxiv), ("archiveprefix", "arXiv" if paper.arxiv else "")]
    fields.append(("url", re.sub(r"[{}\\]", "", str(record.get("URL", "")))))
    return fields


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
