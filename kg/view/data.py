"""Everything the page knows, as plain values: the nodes and edges that pyvis is given, and the details beside them.

Nodes are numbered, papers first, then entities, each in order of id; edges and details speak of nodes by number. The
middle of the room: calls `ties`, `communities`, `layout` and `details`, feeds `kg.view.assemble`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from kg.model import Fact
from kg.view.communities import NO_TOPIC, find_topics, name_topics, topic_of
from kg.view.details import ROLES, Json, entity_details, paper_details
from kg.view.islands import Point
from kg.view.layout import arrange, middle, settle, spread_out, whole
from kg.view.pack import pack
from kg.view.place import ALONE, Place
from kg.view.ties import Tie, co_use, paper_ties
from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PAPER_GAP = 84
_ENTITY_GAP = 24
_TECHNIQUE_GAP = 48
_SPREAD = 1.5
"""How much further apart papers stand where entities are drawn among them."""

_OUTWARD = 1.4
"""How much further out entities of one paper are wished than what their paper shares: the middle is full."""

_BERTH = 30
"""Distance, in pixels at full zoom, that entities keep from papers."""


_AFAR = 1.75
"""How much larger nodes are drawn where a library of the usual size is seen as a whole."""


_NOT_SLUG = re.compile("[^a-z0-9]+")

_KINDS = list(Kind)

_TYPES = ("link", "together", "broader", *ROLES)
"""What an edge can be; edges carry the place in this list."""


@dataclass(frozen=True, slots=True)
class PageData:
    """What the page shows: `nodes` and `edges` as pyvis draws them, `outline` for the first look at them, and `details`.

    The page draws before it has read `details`, by far the largest part.
    """

    nodes: list[Json]
    edges: list[Json]
    outline: Json
    details: Json


def collect(graph: KnowledgeGraph, place: Place = ALONE) -> PageData:
    """Return everything the page needs of a graph, in an order that depends on nothing but the graph and its place."""
    number = {node: n for n, node in enumerate([*graph.papers, *graph.entities])}
    facts_of = _facts_by_paper(graph)
    entities_of = [[number[fact.entity] for fact in facts_of[paper]] for paper in graph.papers]
    ties = paper_ties(graph.links, number)
    counts = {number[entity.id]: max(entity.paper_count, 1) for entity in graph.entities.values()}
    named = {number[entity.id]: entity for entity in graph.entities.values()}
    topics = name_topics(find_topics(len(graph.papers), ties), entities_of, named)
    topic = topic_of(len(graph.papers), topics)
    companions = co_use(entities_of, counts)
    kinship = [Tie(min(a, b), max(a, b), 1) for a, b in _broader(graph, number)]
    papers = arrange(list(graph.papers), ties, topic, gap=_PAPER_GAP)
    return PageData(
        nodes=[
            *_paper_nodes(graph, papers, topic, ties),
            *_entity_nodes(graph, entities_of, papers, topic, [*companions, *kinship], counts),
        ],
        edges=_edges(graph, number, ties, companions),
        outline={
            "base": graph.base,
            "spread": _SPREAD,
            "types": list(_TYPES),
            "roles": list(ROLES),
            "kinds": [kind.value for kind in _KINDS],
            "topics": [{"terms": list(t.terms), "size": len(t.papers)} for t in topics],
            **({"place": {"name": place.name, "index": place.index, "pages": place.pages}} if place.pages else {}),
        },
        details={
            "papers": [paper_details(node, facts_of[node.id], number, place) for node in graph.papers.values()],
            "entities": {
                str(n): told
                for n, entity in enumerate(graph.entities.values())
                if (told := entity_details(entity, place))
            },
            "shared": pack(_shared(ties)),
        },
    )


def _shared(ties: Sequence[Tie]) -> Iterator[int]:
    """Yield what each tie shares: how many entities, then each entity and its weight in thousandths."""
    for tie in ties:
        yield len(tie.shared)
        for entity, weight in tie.shared:
            yield from (entity, round(1000 * weight))


def _facts_by_paper(graph: KnowledgeGraph) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        found[fact.paper].append(fact)
    return found


def _paper_nodes(
    graph: KnowledgeGraph, spots: Sequence[Point], topic: Sequence[int], ties: Sequence[Tie]
) -> list[Json]:
    strength: dict[int, float] = defaultdict(float)
    for tie in ties:
        strength[tie.a] += tie.weight
        strength[tie.b] += tie.weight
    most = max(strength.values(), default=1.0) or 1.0
    return [
        {"id": n, "label": node.paper.title or node.id, "group": 0, **_key(node.id, "Paper", node.paper.title),
         "size": round(9 + 13 * sqrt(strength[n] / most)), "x": x, "y": y, "topic": topic[n],
         "year": node.paper.year or 0}
        for n, (node, (x, y)) in enumerate(zip(graph.papers.values(), whole(spots), strict=True))
    ]  # fmt: skip


def _entity_nodes(
    graph: KnowledgeGraph,
    entities_of: Sequence[Sequence[int]],
    papers: Sequence[Point],
    topic: Sequence[int],
    companions: Sequence[Tie],
    counts: Mapping[int, int],
) -> list[Json]:
    """Return the nodes of the entities, with two places: `x`, `y` among the papers, `tx`, `ty` among themselves."""
    papers_of: dict[int, list[int]] = defaultdict(list)
    for paper, entities in enumerate(entities_of):
        for entity in entities:
            papers_of[entity].append(paper)
    first = len(papers)
    names = list(graph.entities)
    order = sorted(counts, key=lambda e: (-counts[e], e))
    spread = [(_SPREAD * x, _SPREAD * y) for x, y in papers]
    wishes = [middle([spread[p] for p in _at_home(papers_of[entity], topic)]) for entity in order]
    rooms = [_room_among_papers(counts[entity]) for entity in order]
    beside = settle(wishes, spread, gap=_ENTITY_GAP, berth=_BERTH, rooms=rooms)
    among = _technique_map(names, first, order, entities_of, papers_of, companions, counts)
    nodes: list[Json] = [{} for _ in names]
    for entity, (x, y), (tx, ty) in zip(order, whole(beside), whole(among), strict=True):
        known = graph.entities[names[entity - first]]
        nodes[entity - first] = {
            "id": entity, "label": known.label, "group": 1 + _KINDS.index(known.kind),
            **_key(known.id, known.kind.value, known.label), "n": known.paper_count,
            "size": _size(counts[entity]), "x": x, "y": y, "tx": tx, "ty": ty,
        }  # fmt: skip
    return nodes


def _size(papers: int) -> int:
    """Return the radius of an entity: its area follows its papers at first, and slowly from 25 on."""
    return round(6 + 3.4 * sqrt(min(papers, 25)) + 4 * log(max(papers, 25) / 25))


def _room(papers: int) -> float:
    """Return how much more room an entity wants than one of a single paper, for itself and for its name."""
    return 1.25 * (_size(papers) - _size(1))


def _room_among_papers(papers: int) -> float:
    """Return the same where entities stand among papers: those of one paper are never drawn all at once, from afar."""
    return 0 if papers < 2 else _AFAR * _size(papers) - 9


def _at_home(papers: Sequence[int], topic: Sequence[int]) -> list[int]:
    """Return those of an entity's papers that are of the topic most of them are of: the middle of all is nowhere."""
    counts = Counter(topic[paper] for paper in papers)
    home = min(counts, key=lambda number: (-counts[number], number), default=NO_TOPIC)
    return [paper for paper in papers if topic[paper] == home]


def _technique_map(
    names: Sequence[str],
    first: int,
    order: Sequence[int],
    entities_of: Sequence[Sequence[int]],
    papers_of: Mapping[int, list[int]],
    companions: Sequence[Tie],
    counts: Mapping[int, int],
) -> list[Point]:
    """Place the entities of several papers by their ties, and those of one paper beside what that paper shares."""
    shared = sorted(e for e in order if counts[e] > 1)
    place = {entity: n for n, entity in enumerate(shared)}
    ties = [tie._replace(a=place[tie.a], b=place[tie.b]) for tie in companions if tie.a in place and tie.b in place]
    rooms = [_room(counts[e]) for e in shared]
    spots = arrange([names[e - first] for e in shared], ties, [0] * len(shared), gap=_TECHNIQUE_GAP, rooms=rooms)
    by_entity = dict(zip(shared, spots, strict=True))
    below = (0.0, max((y for _, y in spots), default=0.0) + 4 * _TECHNIQUE_GAP)
    single = [e for e in order if e not in place]
    wishes = []
    for entity in single:
        near = [by_entity[other] for paper in papers_of[entity] for other in entities_of[paper] if other in by_entity]
        x, y = middle(near)
        wishes.append((_OUTWARD * x, _OUTWARD * y) if near else below)
    # Room for those of one paper, and for the others they stand among.
    room = 1.9 * sqrt((len(single) * _ENTITY_GAP**2 + len(spots) * _TECHNIQUE_GAP**2) / max(1, len(single)))
    by_entity.update(
        zip(single, settle(spread_out(wishes, gap=room), spots, gap=_ENTITY_GAP, berth=_BERTH), strict=True)
    )
    return [by_entity[entity] for entity in order]


def _edges(graph: KnowledgeGraph, number: dict[str, int], ties: Sequence[Tie], companions: Sequence[Tie]) -> list[Json]:
    """Return every line of every view: links in the order of `shared`, statements in that of the papers' `facts`."""
    links = [_edge(tie.a, tie.b, "link", weight=_short(tie.weight)) for tie in ties]
    facts = [_edge(number[fact.paper], number[fact.entity], fact.role.value) for fact in graph.facts]
    used = [_edge(tie.a, tie.b, "together", weight=tie.weight) for tie in companions]
    broader = [_edge(a, b, "broader") for a, b in _broader(graph, number)]
    return [*links, *facts, *used, *broader]


def _edge(a: int, b: int, type: str, **more: float) -> Json:
    return {"from": a, "to": b, "type": _TYPES.index(type), **more}


def _broader(graph: KnowledgeGraph, number: dict[str, int]) -> list[tuple[int, int]]:
    known = graph.entities.values()
    return [(number[entity.id], number[parent]) for entity in known for parent in entity.broader if parent in number]


def _key(node: str, group: str, label: str) -> Json:
    """Return the name that addresses call a node by; nothing where the page can make it of the label."""
    made = f"{group.lower()}/{_NOT_SLUG.sub('-', label.lower()).strip('-')}"
    return {} if label.isascii() and made == node else {"key": node}


def _short(weight: float) -> float:
    """Return a weight with the three digits that matter to the eye."""
    return round(weight, 3)
