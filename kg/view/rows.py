"""Components of a map set out in rows, so that small ones and loners do not shrink the main one.

Called by `kg.view.layout` once each component has its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from kg.view.islands import Point

_WIDE = 1.25
"""How wide the rows are, for a square of one would be the root of what stands in them."""

_FLAT = 2.2
"""The same for the rows under a component that holds most of the nodes: a low block takes the least from it."""


@dataclass(frozen=True, slots=True)
class _Box:
    members: list[int]
    spots: list[Point]
    width: float
    height: float


def in_rows(parts: Iterable[tuple[list[int], list[Point]]], *, gap: float) -> Iterator[tuple[int, Point]]:
    """Yield each node with its place; parts are nodes and their places among themselves, the largest part first."""
    boxes = [_Box(members, spots, *_size(spots)) for members, spots in parts]
    total = sum(len(box.members) for box in boxes)
    rows: list[list[_Box]] = []
    if boxes and 2 * len(boxes[0].members) > total:
        rows, rest, factor, most = [[boxes[0]]], boxes[1:], _FLAT, boxes[0].width
    else:
        rest, factor, most = boxes, _WIDE, float("inf")
    area = sum((box.width + gap) * (box.height + gap) for box in rest)
    widest = max([min(most, factor * sqrt(area)), *(box.width for box in rest)], default=0.0)
    top = 0.0
    for row in [*rows, *_filled(rest, widest, gap)]:
        height = max(box.height for box in row)
        left = -(sum(box.width for box in row) + gap * (len(row) - 1)) / 2
        for box in row:
            x, y = left - min(x for x, _ in box.spots), top + (height - box.height) / 2 - min(y for _, y in box.spots)
            yield from ((node, (x + a, y + b)) for node, (a, b) in zip(box.members, box.spots, strict=True))
            left += box.width + gap
        top += height + gap


def _filled(boxes: Sequence[_Box], widest: float, gap: float) -> list[list[_Box]]:
    rows: list[list[_Box]] = []
    left = 0.0
    for box in boxes:
        if not rows or left + box.width > widest:
            rows.append([])
            left = 0.0
        rows[-1].append(box)
        left += box.width + gap
    return rows


def _size(spots: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return (max(xs) - min(xs), max(ys) - min(ys))
