"""Comparison tables, methods x data sets x results, as Markdown and as one HTML page that asks for nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import BinaryIO

from kg.export._compare import Cell, Sheet, sheets
from kg.export._markdown import escaped
from kg.graph import KnowledgeGraph
from kg.rdf.iris import safe_iri
from kg.rdf.statements import Mentions

_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
table { border-collapse: collapse; margin-bottom: 2.5rem; }
th, td { border: 1px solid #ccc; padding: .35rem .6rem; text-align: left; vertical-align: top; max-width: 28rem; }
thead th { position: sticky; top: 0; background: #eef1f5; }
tbody th { font-weight: 600; background: #fafafa; }
td ul { margin: 0; padding-left: 1.1rem; }
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Comparison</title>
<style>{style}</style>
</head>
<body>
<h1>Comparison</h1>
"""


def markdown(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the tables as Markdown with pipes."""
    out.write(b"# Comparison\n")
    for sheet in sheets(graph):
        rows = [map(escaped, sheet.columns), ["---"] * len(sheet.columns), *(map(_md, row) for row in sheet.rows)]
        lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        out.write(f"\n## {escaped(sheet.title)}\n\n{lines}".encode("utf-8", "replace"))


def html(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the tables as a page. The words that a value was read from show when the pointer rests on it."""
    out.write(_PAGE.replace("{style}", _STYLE).replace("{hash}", _HASH).encode())
    for sheet in sheets(graph):
        out.write(_table(sheet).encode("utf-8", "replace"))
    out.write(b"</body>\n</html>\n")


def _md(cell: Cell) -> str:
    text = "; ".join(map(escaped, cell.texts))
    return f"[{text}](<{safe_iri(cell.address)}>)" if cell.address and text else text


def _table(sheet: Sheet) -> str:
    head = "".join(f'<th scope="col">{_safe(column)}</th>' for column in sheet.columns)
    rows = "".join(f"<tr>{_row(row)}</tr>\n" for row in sheet.rows)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    return f"<h2>{_safe(sheet.title)}</h2>\n{table}"


def _row(row: Iterable[Cell]) -> str:
    first, *rest = map(_html, row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest)


def _html(cell: Cell) -> str:
    words = [_safe(text) for text in cell.texts]
    text = words[0] if len(words) == 1 else f"<ul>{''.join(f'<li>{word}</li>' for word in words)}</ul>" if words else ""
    if cell.address:
        return f'<a href="{_safe(safe_iri(cell.address))}" rel="noreferrer">{text}</a>'
    return f'<span title="{_safe(cell.quote)}">{text}</span>' if cell.quote else text


def _safe(text: str) -> str:
    return escape(_NOT_HTML.sub("\ufffd", text))


FILES = {"kg-comparison.md": markdown, "kg-comparison.html": html}
