"""Where the forces of a map begin: every topic on an island of its own, tied topics beside one another.

Forces alone mix topics once there are many: each paper is pulled by several. Beginning with islands keeps a topic
together, so that its colour reads as a region. Called by `kg.view.layout`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import cos, hypot, log, pi, sin, sqrt

from kg.view.ties import Tie

Point = tuple[float, float]

_ROOM = 1.15
"""How much larger an island is than its papers need."""

_WORK = 2_000_000
"""Pairs of islands that are looked at while overlapping ones are pushed apart, in at most 300 rounds."""

Forces = Callable[[int, Sequence[Tie], Sequence[Point]], list[Point]]


def beginnings(names: Sequence[str], ties: Sequence[Tie], groups: Sequence[int], forces: Forces) -> list[Point]:
    """Return a starting place for each node, about one unit from the next; `groups` below 0 are no topic.

    `forces` places a few nodes that are tied: how many, their ties, where they begin. It places the islands, then the
    nodes of each. Nodes without a topic begin amid those they are tied to.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for node, group in enumerate(groups):
        if group >= 0:
            members[group].append(node)
    if len(members) < 2:
        return [scatter(name, sqrt(len(names))) for name in names]
    order = sorted(members)
    radii = [_ROOM * sqrt(len(members[group]) / pi) for group in order]
    centres = _islands(radii, _between(ties, groups, order), [min(names[n] for n in members[g]) for g in order], forces)
    inner: dict[int, list[Tie]] = defaultdict(list)
    near: dict[int, list[int]] = defaultdict(list)
    for tie in ties:
        if groups[tie.a] == groups[tie.b]:
            inner[groups[tie.a]].append(tie)
        near[tie.a].append(tie.b)
        near[tie.b].append(tie.a)
    spots: dict[int, Point] = {}
    for group, (x, y), radius in zip(order, centres, radii, strict=True):
        for node, (dx, dy) in zip(members[group], _inside(members[group], inner[group], names, forces), strict=True):
            spots[node] = (x + radius * dx, y + radius * dy)
    return [
        spots.get(n) or _amid(name, [spots[m] for m in near[n] if m in spots], len(names))
        for n, name in enumerate(names)
    ]


def drawn_in(spots: Sequence[Point]) -> list[Point]:
    """Return places around (0, 0) with the outermost fifth drawn nearer: a few stragglers must not shrink the rest."""
    x, y = sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)
    around = [(a - x, b - y) for a, b in spots]
    rim = sorted(hypot(*spot) for spot in around)[int(0.8 * len(around))] or 1.0
    factors = [rim * (1 + 0.6 * log(r / rim)) / r if (r := hypot(*spot)) > rim else 1.0 for spot in around]
    return [(a * factor, b * factor) for (a, b), factor in zip(around, factors, strict=True)]


def spread(spots: Sequence[Point]) -> float:
    """Return how far from (0, 0) places are, as a root of mean squares; 1 where all are there."""
    return sqrt(sum(hypot(*spot) ** 2 for spot in spots) / len(spots)) or 1.0


def scatter(name: str, width: float) -> Point:
    """Return a place in a square around (0, 0) that depends on the name alone."""
    digest = hashlib.sha256(name.encode("utf-8", "replace")).digest()
    x, y = (int.from_bytes(digest[at : at + 4], "big") / 2**32 for at in (0, 4))
    return ((x - 0.5) * width, (y - 0.5) * width)


def _inside(members: Sequence[int], ties: Sequence[Tie], names: Sequence[str], forces: Forces) -> list[Point]:
    """Return places of the members of one topic around (0, 0), spread like points of a disc of radius 1."""
    place = {node: n for n, node in enumerate(members)}
    start = [scatter(names[node], sqrt(len(members))) for node in members]
    inner = [tie._replace(a=place[tie.a], b=place[tie.b]) for tie in ties]
    spots = drawn_in(forces(len(members), inner, start) if inner else start)
    scale = 1 / (sqrt(2) * spread(spots))
    return [(scale * x, scale * y) for x, y in spots]


def _between(ties: Sequence[Tie], groups: Sequence[int], order: Sequence[int]) -> list[Tie]:
    """Return the ties between groups, by their place in `order`: all that ties their members, summed."""
    place = {group: n for n, group in enumerate(order)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for tie in ties:
        a, b = groups[tie.a], groups[tie.b]
        if a >= 0 and b >= 0 and a != b:
            weights[min(place[a], place[b]), max(place[a], place[b])] += tie.weight
    return [Tie(a, b, weight) for (a, b), weight in sorted(weights.items())]


def _islands(radii: Sequence[float], ties: Sequence[Tie], names: Sequence[str], forces: Forces) -> list[Point]:
    """Place circles so that tied ones are near and none covers another."""
    spots = forces(len(radii), ties, [scatter(name, sqrt(len(names))) for name in names])
    scale = sqrt(sum(radius * radius for radius in radii)) / (max(hypot(x, y) for x, y in spots) or 1.0)
    spots = [(scale * x, scale * y) for x, y in spots]
    for _ in range(min(300, _WORK // len(spots) ** 2)):
        if not _push_apart(spots, radii):
            break
        spots = [(0.985 * x, 0.985 * y) for x, y in spots]  # and draw all of them in again
    return spots


def _push_apart(spots: list[Point], radii: Sequence[float]) -> bool:
    """Move circles that overlap away from one another by the overlap; returns whether there were any."""
    moved = False
    for a in range(len(spots)):
        for b in range(a):
            (ax, ay), (bx, by) = spots[a], spots[b]
            apart, least = hypot(ax - bx, ay - by), radii[a] + radii[b]
            if apart >= 0.97 * least:
                continue
            moved = True
            # Circles on the very same place part along a line that their numbers give.
            dx, dy = ((ax - bx) / apart, (ay - by) / apart) if apart > 0 else (cos(a), sin(a))
            by_a = (least - apart) * radii[b] / least
            by_b = (least - apart) * radii[a] / least
            spots[a], spots[b] = (ax + dx * by_a, ay + dy * by_a), (bx - dx * by_b, by - dy * by_b)
    return moved


def _amid(name: str, near: Sequence[Point], size: int) -> Point:
    if not near:
        return scatter(name, sqrt(size))
    x, y = scatter(name, 1.0)
    return (x + sum(p for p, _ in near) / len(near), y + sum(q for _, q in near) / len(near))
