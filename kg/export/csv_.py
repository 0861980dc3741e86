"""CSV tables, for spreadsheets, pandas and R: papers, entities, statements and links, joined by their ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions, evidence

_JOIN = " | "  # between several values in one cell


def papers(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each paper."""
    header = ("id", "title", "abstract", "authors", "year", "venue", "doi", "arxiv", "code", "urls", "cites")
    rows = []
    for node in graph.papers.values():
        paper = node.paper
        code = dict.fromkeys(url.iri for url in node.urls if url.code)
        urls = dict.fromkeys(url.iri for url in node.urls if not url.code)
        record = (
            paper.title,
            paper.abstract,
            _JOIN.join(paper.authors),
            paper.year,
            paper.venue,
            paper.doi,
            paper.arxiv,
        )
        rows.append((node.id, *record, _JOIN.join(code), _JOIN.join(urls), _JOIN.join(node.cites)))
    _table(out, header, rows)


def entities(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each entity."""
    header = ("id", "type", "label", "aliases", "broader", "definition", "matches", "papers")
    rows = (
        (
            e.id,
            e.kind,
            e.label,
            _JOIN.join(e.aliases),
            _JOIN.join(e.broader),
            e.definition,
            _JOIN.join(e.matches),
            e.paper_count,
        )
        for e in graph.entities.values()
    )
    _table(out, header, rows)


def statements(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each statement of a paper about an entity, with the words that say it."""
    header = ("paper", "role", "entity", "confidence", "quote", "field", "start", "end")
    rows = []
    for fact in graph.facts:
        said = evidence(fact)
        place = (said.text, said.field, said.start, said.end) if said else ("", "", "", "")
        rows.append((fact.paper, fact.role, fact.entity, fact.confidence, *place))
    _table(out, header, rows)


def results(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each result that a paper reports."""
    header = (
        "paper",
        "value",
        "valueTo",
        "error",
        "unit",
        "printed",
        "metric",
        "dataset",
        "method",
        "field",
        "start",
        "end",
    )
    rows = (
        (
            node.id,
            r.value,
            r.value_to,
            r.error,
            r.unit,
            r.lexical,
            r.metric,
            r.dataset,
            r.method,
            r.field,
            r.start,
            r.end,
        )
        for node in graph.papers.values()
        for r in node.results
    )
    _table(out, header, rows)


def links(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a row for each entity that two linked papers share."""
    header = ("a", "b", "linkWeight", "entity", "weight")
    rows = ((link.a, link.b, link.weight, part.entity, part.weight) for link in graph.links for part in link.shared)
    _table(out, header, rows)


def _table(out: BinaryIO, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    text.flush()
    text.detach()  # closing it is not ours to do


FILES = {
    "kg-papers.csv": papers,
    "kg-entities.csv": entities,
    "kg-statements.csv": statements,
    "kg-results.csv": results,
    "kg-links.csv": links,
}
