"""Papers side by side: what each does with which method and data set, and the values that they report.

Two sorts of table, as comparisons on paper have them: one with a row for each paper, and one for each data set with a row
for each method and paper and a column for each metric. Written as Markdown and HTML by `kg.export.comparison`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.graph import KnowledgeGraph
from kg.model import PaperNode, Result
from kg.vocab import Role

_COLUMNS = {
    "Proposes": (Role.PROPOSES, Role.INTRODUCES),
    "Uses": (Role.USES,),
    "Compares with": (Role.COMPARES_WITH,),
    "Data sets": (Role.EVALUATES_ON,),
    "Tasks": (Role.ADDRESSES,),
    "Metrics": (Role.REPORTS,),
}
_NO_DATASET = "no data set named"


class Cell(NamedTuple):
    """What stands in a cell: texts one after another, an address to look them up at, the words they were read from."""

    texts: tuple[str, ...] = ()
    address: str = ""
    quote: str = ""


class Sheet(NamedTuple):
    """One table with its title."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def sheets(graph: KnowledgeGraph) -> list[Sheet]:
    """Return the table of papers, then one for each data set that has results, those with most values first."""
    groups: dict[str, list[tuple[PaperNode, Result]]] = {}
    for node in graph.papers.values():
        for result in node.results:
            groups.setdefault(result.dataset, []).append((node, result))
    ordered = sorted(groups, key=lambda dataset: (not dataset, -len(groups[dataset]), dataset))
    return [_papers(graph), *(_values(graph, dataset, groups[dataset]) for dataset in ordered)]


def _papers(graph: KnowledgeGraph) -> Sheet:
    rows = []
    for node in graph.papers.values():
        facts = graph.facts_of(node.id)
        cells = [_title(node), Cell((str(node.paper.year),) if node.paper.year is not None else ())]
        for roles in _COLUMNS.values():
            cells.append(Cell(_labels(graph, (fact.entity for fact in facts if fact.role in roles))))
        printed = (_words(graph, result) for result in node.results)
        rows.append((*cells, Cell(tuple(dict.fromkeys(printed)))))
    return Sheet("Papers", ("Paper", "Year", *_COLUMNS, "Results"), rows)


def _values(graph: KnowledgeGraph, dataset: str, found: list[tuple[PaperNode, Result]]) -> Sheet:
    metrics = sorted({result.metric for _, result in found}, key=lambda metric: (not metric, metric))
    rows: dict[tuple[str, str], dict[str, list[tuple[PaperNode, Result]]]] = {}
    for node, result in found:
        rows.setdefault((result.method, node.id), {}).setdefault(result.metric, []).append((node, result))
    made = []
    for method, paper in sorted(rows, key=lambda row: (not row[0], row)):
        values = rows[method, paper]
        cells = (_value(values.get(metric, ())) for metric in metrics)
        made.append((Cell(_labels(graph, [method] if method else [])), _title(graph.papers[paper]), *cells))
    names = (_label(graph, metric) or "value" for metric in metrics)
    return Sheet(f"Results: {_label(graph, dataset) or _NO_DATASET}", ("Method", "Paper", *names), made)


def _value(found: Iterable[tuple[PaperNode, Result]]) -> Cell:
    printed = tuple(dict.fromkeys(result.lexical for _, result in found))
    sentences = dict.fromkeys(node.paper.text(r.field)[slice(*r.sentence)] for node, r in found)
    return Cell(printed, quote=" … ".join(sentences))


def _title(node: PaperNode) -> Cell:
    paper = node.paper
    address = (
        f"https://doi.org/{paper.doi}" if paper.doi else f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""
    )
    given = paper.url if paper.url.startswith(("https://", "http://")) else ""  # any other scheme could run a program
    return Cell((paper.title or node.id,), address=address or given)


def _words(graph: KnowledgeGraph, result: Result) -> str:
    """Return a result on one line: ``accuracy on MeadowNet: 91.5%``."""
    metric, dataset = _label(graph, result.metric), _label(graph, result.dataset)
    names = f"{metric} on {dataset}" if metric and dataset else metric or dataset
    return f"{names}: {result.lexical}" if names else result.lexical


def _labels(graph: KnowledgeGraph, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((_label(graph, ident) for ident in ids), key=lambda label: (label.casefold(), label)))


def _label(graph: KnowledgeGraph, ident: str) -> str:
    entity = graph.entities.get(ident)
    return entity.label if entity else ident
