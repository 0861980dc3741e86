"""Whole-number positions of the nodes, computed once so that the page draws at once and always the same.

Three maps share one way of working: `arrange` lets forces place nodes that are tied, component by component, each topic
on an island of its own (`kg.view.islands`), and sets the components out in rows (`kg.view.rows`); `settle` puts the rest
beside what they belong to. Forces start from places given by the hash of each node's name, so a new paper leaves the old
ones about where they were. One unit is one pixel at full zoom. Fed by `kg.view.ties`, feeds `kg.view.data`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import atan2, cos, dist, hypot, pi, sin, sqrt

from kg.view.islands import Point, beginnings, drawn_in, spread
from kg.view.rows import in_rows
from kg.view.ties import Tie, strongest

_BACKBONE = 5
"""Ties of each node that pull; more only clump everything together."""

_WORK = 80_000
"""Rounds of forces times nodes; small maps get at most 600 rounds, large ones at least 100."""

_LAST = 50
"""Rounds of forces between all nodes once topics have islands."""

_CAREFUL = 0.05
"""How far nodes may move in these, as a share of what they may else."""

_CROWD = 400
"""From so many on, wishes that crowd together are spread out before they settle."""

_BACK = 3.0
"""How far a search for a free place goes back behind where the last one ended, in turns of the spiral."""

_GOLDEN = pi * (3 - sqrt(5))


def arrange(
    names: Sequence[str],
    ties: Sequence[Tie],
    groups: Sequence[int],
    *,
    gap: float,
    rooms: Sequence[float] | None = None,
) -> list[Point]:
    """Place nodes so that tied ones are near and none is nearer than `gap` units to another.

    `names` give each node its starting place; ties within one group of `groups` pull harder than ties across; `rooms`
    are what large nodes want beyond the gap.
    """
    rooms = rooms or [0.0] * len(names)
    pulling = strongest(ties, _BACKBONE)
    pulls_of: dict[int, list[Tie]] = defaultdict(list)
    for tie in pulling:
        pulls_of[tie.a].append(tie)
    parts = []
    for members in _components(len(names), pulling):
        inner = [tie._replace(a=members[tie.a], b=members[tie.b]) for member in members for tie in pulls_of[member]]
        own = [rooms[m] for m in members]
        spots = _by_forces([names[m] for m in members], inner, [groups[m] for m in members], gap=gap, rooms=own)
        parts.append((list(members), spots))
    placed = dict(in_rows(parts, gap=1.6 * gap))
    return _centred([placed[n] for n in range(len(names))])


def settle(
    wishes: Sequence[Point],
    obstacles: Iterable[Point] = (),
    *,
    gap: float,
    berth: float = 0,
    rooms: Sequence[float] | None = None,
) -> list[Point]:
    """Give each wish, in turn, the nearest free place: `gap` units from the others, `berth` from the obstacles.

    `rooms` are what large ones want beyond that, towards all sides.
    """
    ground = _Ground(max(gap, berth, 1))
    for point in obstacles:
        ground.take(point, max(gap, berth))
    tried: dict[tuple[int, int, float], int] = {}
    found = []
    for wish, room in zip(wishes, rooms or [0.0] * len(wishes), strict=True):
        # Places stay taken: a wish goes on about where the last one of its size from there ended.
        about = (round(wish[0] / gap), round(wish[1] / gap), room) if gap else (0, 0, room)
        way = _spiral(wish, (gap + room) * 0.6, tried.get(about, 0))
        number, spot = next((n, p) for n, p in way if ground.free(p, room))
        tried[about] = max(0, int(number - _BACK * sqrt(number)))
        ground.take(spot, gap + room)
        found.append(spot)
    return found


def spread_out(points: Sequence[Point], *, gap: float) -> list[Point]:
    """Move a crowd of points along their rays so that they fill a disc evenly, about `gap` units from one another.

    Who was further out stays further out, in the same direction. A few points, which settle anyway, stay as they are.
    """
    if len(points) < _CROWD:
        return list(points)
    x, y = middle(points)
    rays = [(hypot(a - x, b - y), atan2(b - y, a - x)) for a, b in points]
    order = sorted(range(len(points)), key=lambda n: (rays[n][0], n))
    moved = list(points)
    for rank, n in enumerate(order):
        radius, angle = gap * sqrt((rank + 0.5) / pi), rays[n][1]
        moved[n] = (x + radius * cos(angle), y + radius * sin(angle))
    return moved


def middle(points: Sequence[Point]) -> Point:
    """Return the mean of some points; (0, 0) for none.

    >>> middle([(0, 0), (4, 2)])
    (2.0, 1.0)
    """
    if not points:
        return (0.0, 0.0)
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def whole(points: Iterable[Point]) -> list[tuple[int, int]]:
    """Round positions to integers."""
    return [(round(x), round(y)) for x, y in points]


class _Ground:
    """Discs that are taken, looked up by the grid cells they touch."""

    def __init__(self, cell: float) -> None:
        self.cell = cell
        self.cells: dict[tuple[int, int], list[tuple[Point, float]]] = {}

    def take(self, point: Point, radius: float) -> None:
        for cell in self._touched(point, radius):
            self.cells.setdefault(cell, []).append((point, radius))

    def free(self, point: Point, room: float) -> bool:
        """Tell whether a disc of a radius, 0 for a point, meets none that is taken."""
        touched = self._touched(point, room) if room else [(int(point[0] // self.cell), int(point[1] // self.cell))]
        for cell in touched:
            for other, radius in self.cells.get(cell, ()):
                if dist(point, other) < radius + room:
                    return False
        return True

    def _touched(self, point: Point, radius: float) -> Iterator[tuple[int, int]]:
        left, right = int((point[0] - radius) // self.cell), int((point[0] + radius) // self.cell)
        top, bottom = int((point[1] - radius) // self.cell), int((point[1] + radius) // self.cell)
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                yield (x, y)


def _spiral(centre: Point, step: float, first: int) -> Iterator[tuple[int, Point]]:
    """Yield numbered places further and further from a centre, without end; far out only some, or a crowd takes for ever."""
    number = first
    while True:
        radius, angle = step * sqrt(number), number * _GOLDEN
        yield number, (centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))
        number += 1 + number // 24


def _components(size: int, ties: Sequence[Tie]) -> list[dict[int, int]]:
    """Return the connected components, the largest first, each as a mapping of node to place within it."""
    import igraph

    graph = igraph.Graph(n=size, edges=[(tie.a, tie.b) for tie in ties])
    parts = sorted((sorted(part) for part in graph.connected_components()), key=lambda part: (-len(part), part))
    return [{node: place for place, node in enumerate(part)} for part in parts]


def _by_forces(
    names: Sequence[str], ties: Sequence[Tie], groups: Sequence[int], *, gap: float, rooms: Sequence[float]
) -> list[Point]:
    """Place one component: on islands by topic, then by forces, then pushed apart where nodes are too near."""
    if len(names) < 3:
        return [((1.4 * gap + sum(rooms)) * n, 0.0) for n in range(len(names))]
    start = beginnings(names, ties, groups, _forces)
    if len({group for group in groups if group >= 0}) < 2:
        drawn = _forces(len(names), ties, start)
    else:
        # A few careful rounds: papers that stand between topics move to the shores, the islands stay whole.
        pulls = [3.0 if groups[tie.a] == groups[tie.b] else 0.2 for tie in ties]
        drawn = _forces(len(names), ties, start, pulls=pulls, rounds=_LAST, heat=_CAREFUL)
    spots = drawn_in(drawn)
    # As wide as a disc of its nodes, evenly spread: what is nearer than that is pushed apart by settling.
    scale = 1.3 * sqrt(sum((gap + 2 * room) ** 2 for room in rooms) / (2 * pi)) / spread(spots)
    order = sorted(range(len(spots)), key=lambda n: (hypot(*spots[n]), n))
    wishes = [(scale * spots[n][0], scale * spots[n][1]) for n in order]
    settled = settle(wishes, gap=gap, rooms=[rooms[n] for n in order])
    return [spot for _, spot in sorted(zip(order, settled, strict=True))]


def _forces(
    size: int,
    ties: Sequence[Tie],
    start: Sequence[Point],
    *,
    pulls: Sequence[float] | None = None,
    rounds: int | None = None,
    heat: float = 1.0,
) -> list[Point]:
    """Place nodes by Fruchterman and Reingold's forces; ties pull by their weight, times their number in `pulls`."""
    import igraph

    graph = igraph.Graph(n=size, edges=[(tie.a, tie.b) for tie in ties])
    heaviest = max((tie.weight for tie in ties), default=1.0) or 1.0
    strengths = [0.25 + tie.weight / heaviest for tie in ties]
    igraph.set_random_number_generator(random.Random(0))  # noqa: S311  (a fixed seed is the point)
    try:
        drawn = graph.layout_fruchterman_reingold(
            weights=[strength * pull for strength, pull in zip(strengths, pulls or [1.0] * len(ties), strict=True)],
            seed=[list(spot) for spot in start],
            niter=rounds or min(600, max(100, _WORK // size)),
            start_temp=heat * sqrt(size) / 10,
            grid="auto",
        )
    finally:
        igraph.set_random_number_generator(random)
    return [(float(x), float(y)) for x, y in drawn]


def _centred(spots: list[Point]) -> list[Point]:
    if not spots:
        return spots
    x = (min(x for x, _ in spots) + max(x for x, _ in spots)) / 2
    y = (min(y for _, y in spots) + max(y for _, y in spots)) / 2
    return [(a - x, b - y) for a, b in spots]
