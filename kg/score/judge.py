"""Compare one paper of a graph with its annotation: pair the entities one to one, then judge each side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.score.gold import GOLD_ROLES, Gold, gold_entity, normal, normal_forms
from kg.score.tally import Pairing, Scores, Tally, said, wanted
from kg.vocab import Kind, Role

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import PaperNode

_CLAIMS = (Role.PROPOSES, Role.INTRODUCES)
_NUMBER_WORDS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)}
_NO_METRIC = {"", "performance", "improvement", "absoluteimprovement", "gain", "speedup"}


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the graph as one paper has it: its role there, and its names in normal form."""

    id: str
    kind: str
    role: Role
    label: str
    forms: frozenset[str]


def score_paper(graph: KnowledgeGraph, paper: PaperNode | None, record: Mapping[str, Any]) -> Scores:
    """Compare one paper of the graph (None: the graph lacks it) with its annotation."""
    golds = [gold_entity(entry) for entry in record["entities"]]
    nodes = _nodes(graph, paper) if paper else []
    partner = pair(nodes, golds)
    urls, wrong = _judge_urls(paper, record.get("urls", []))
    sides = _judge_nodes(record["id"], nodes, golds, partner) + _judge_golds(record["id"], nodes, golds, partner)
    wrong = [text for _, texts in sides.complaints for text in texts] + wrong
    checked = bool(record.get("urls")) or any(
        gold.core and (gold.role in ("proposes", "introduces") or gold.kind == Kind.DATASET) for gold in golds
    )
    return Scores(
        {**sides.tallies, "results": _judge_results(graph, paper, record.get("results", []), golds)},
        urls=urls,
        rows=wanted(not wrong) if checked or wrong else Tally(),
        split=sides.split,
        pairings=sides.pairings,
        complaints=((record["id"], tuple(wrong)),) if wrong else (),
        missed=sides.missed,
        spurious=sides.spurious,
        unmatched=() if paper else (record["id"],),
    )


def pair(nodes: Sequence[Node], golds: Sequence[Gold]) -> dict[int, int]:
    """Pair nodes with gold entities one to one, as many as possible, those of the same kind first.

    Kuhn's algorithm, run over the pairs of the same kind, then over all that share a name.
    """
    alike = [[j for j, gold in enumerate(golds) if gold.forms & node.forms] for node in nodes]
    strict = [[j for j in js if golds[j].kind == node.kind] for js, node in zip(alike, nodes, strict=True)]
    loose = [first + [j for j in js if j not in first] for first, js in zip(strict, alike, strict=True)]
    holder: dict[int, int] = {}

    def place(i: int, options: list[list[int]], tried: set[int]) -> bool:
        for j in options[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in holder or place(holder[j], options, tried):
                holder[j] = i
                return True
        return False

    for options in (strict, loose):
        for i in range(len(nodes)):
            if i not in holder.values():
                place(i, options, set())
    return {i: j for j, i in holder.items()}


def _nodes(graph: KnowledgeGraph, paper: PaperNode) -> list[Node]:
    found = []
    for fact in graph.facts_of(paper.id):
        entity = graph.entities[fact.entity]
        names = (entity.label, *entity.aliases)
        found.append(Node(entity.id, entity.kind, fact.role, min(names), normal_forms(names)))
    return found


def _judge_nodes(record: str, nodes: Sequence[Node], golds: Sequence[Gold], partner: Mapping[int, int]) -> Scores:
    """Precision: judge what the graph says."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    split, wrong, spurious, pairings = 0, [], [], []
    for i, node in enumerate(nodes):
        gold = golds[partner[i]] if i in partner else None
        if gold is None and any(other.forms & node.forms for other in golds):
            split += 1  # a second node for a thing that is already paired counts for neither side
            continue
        tallies["all"] += said(gold is not None)
        tallies[node.kind] += said(gold is not None and gold.kind == node.kind)
        good = gold is not None and gold.role == GOLD_ROLES.get(node.role)
        if node.role in GOLD_ROLES and (good or not _excused(node, gold)):
            tallies[node.role] += said(good)
            if not good and node.role in _CLAIMS:
                wrong.append(f"{node.role} {node.label!r} is wrong")
        if gold is None:
            spurious.append((record, node.label, node.kind))
        else:
            pairings.append(Pairing(record, gold, normal(gold.name), node.id))
    complaints = ((record, tuple(wrong)),)
    return Scores(tallies, split=split, complaints=complaints, spurious=tuple(spurious), pairings=tuple(pairings))


def _excused(node: Node, gold: Gold | None) -> bool:
    """Say whether a wrong role does not count: on an optional entity, or testing on the dataset that is introduced."""
    if gold is None:
        return False
    return not gold.core or (node.role is Role.EVALUATES_ON and gold.role == "introduces")


def _judge_golds(record: str, nodes: Sequence[Node], golds: Sequence[Gold], partner: Mapping[int, int]) -> Scores:
    """Recall: judge what the graph should say."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    found = {j: nodes[i] for i, j in partner.items()}
    role_of = {name: role for role, name in GOLD_ROLES.items()}
    wrong, missed = [], []
    for j, gold in enumerate(golds):
        if not gold.core:
            continue
        node, role = found.get(j), role_of.get(gold.role)
        typed = node is not None and node.kind == gold.kind
        tallies["all"] += wanted(node is not None)
        tallies[gold.kind] += wanted(typed)
        if node is None:
            missed.append((record, gold.name, gold.kind))
        if role:
            good = typed and node is not None and node.role is role
            tallies[role] += wanted(good)
            if role in _CLAIMS and not good:
                wrong.append(f"misses {role} {gold.name!r}")
        if gold.kind == Kind.DATASET and not typed:
            wrong.append(f"misses dataset {gold.name!r}")
    return Scores(tallies, complaints=((record, tuple(wrong)),), missed=tuple(missed))


def _judge_urls(paper: PaperNode | None, urls: Iterable[str]) -> tuple[Tally, list[str]]:
    have = {_bare(url.iri) for url in paper.urls} if paper else set()
    tally, absent = Tally(), []
    for url in urls:
        tally += wanted(_bare(url) in have)
        if _bare(url) not in have:
            absent.append(f"misses {url}")
    return tally, absent


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip().lower()).rstrip("/.")


def _judge_results(
    graph: KnowledgeGraph, paper: PaperNode | None, results: Iterable[Mapping[str, Any]], golds: Sequence[Gold]
) -> Tally:
    """Compare reported values: the number has to agree, and the metric where the annotation names one."""
    have = [(_number(r.value), _metric_names(graph, r.metric)) for r in (paper.results if paper else ())]
    want = []
    for result in results:
        name = normal(result.get("metric") or "")
        same = (gold.forms for gold in golds if gold.kind == Kind.METRIC and name in gold.forms)
        forms = frozenset() if name in _NO_METRIC else frozenset({name}).union(*same)
        want.append((_number(result["value"]), forms, result.get("core", True)))
    tally = Tally()
    for value, names in have:
        tally += said(any(value is not None and value == v and (not names or _agree(names, f)) for v, f, _ in want))
    for value, forms, core in want:
        if core:
            tally += wanted(any(v is not None and v == value and _agree(names, forms) for v, names in have))
    return tally


def _metric_names(graph: KnowledgeGraph, metric: str) -> frozenset[str]:
    entity = graph.entities.get(metric)
    return frozenset(normal(name) for name in (entity.label, *entity.aliases)) if entity else frozenset()


def _agree(names: frozenset[str], forms: frozenset[str]) -> bool:
    return not forms or any(a in b or b in a for a in names for b in forms)


def _number(value: object) -> float | None:
    """Return the first number of a value as printed, without its sign; None when there is none."""
    text = str(value).strip().casefold()
    if text in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[text])
    found = re.search(r"\d[\d,]*(?:\.\d+)?|\.\d+", text)
    return float(found.group().replace(",", "")) if found else None
