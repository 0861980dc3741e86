"""The layout: stable, whole, never two nodes too near, small components beside the main one."""

from __future__ import annotations

from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import arrange, settle, whole
from kg.view.ties import Tie

places = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@given(st.lists(places, max_size=40), st.lists(places, max_size=5))
@settings(max_examples=40, deadline=None)
def test_settled_places_keep_their_distance(
    wishes: list[tuple[float, float]], obstacles: list[tuple[float, float]]
) -> None:
    spots = settle(wishes, obstacles, gap=20, berth=30)
    assert all(dist(one, two) >= 20 for n, one in enumerate(spots) for two in spots[:n])
    assert all(dist(spot, obstacle) >= 30 for spot in spots for obstacle in obstacles)


@given(st.lists(st.tuples(places, st.floats(0, 40)), max_size=30), st.lists(places, max_size=5))
@settings(max_examples=40, deadline=None)
def test_large_ones_get_the_room_they_want(
    wanted: list[tuple[tuple[float, float], float]], obstacles: list[tuple[float, float]]
) -> None:
    rooms = [room for _, room in wanted]
    spots = settle([wish for wish, _ in wanted], obstacles, gap=20, berth=30, rooms=rooms)
    for n, one in enumerate(spots):
        assert all(
            dist(one, two) >= 20 + rooms[n] + room - 1e-9 for two, room in zip(spots[:n], rooms[:n], strict=True)
        )
        assert all(dist(one, obstacle) >= 30 + rooms[n] - 1e-9 for obstacle in obstacles)


@st.composite
def webs(draw: st.DrawFn) -> tuple[int, list[Tie]]:
    size = draw(st.integers(0, 25))
    pairs = st.tuples(st.integers(0, max(0, size - 1)), st.integers(0, max(0, size - 1))).filter(
        lambda pair: pair[0] < pair[1]
    )
    drawn = draw(st.lists(pairs, max_size=40, unique=True)) if size > 1 else []
    return size, [Tie(a, b, 0.5) for a, b in sorted(drawn)]


@given(webs())
@settings(max_examples=40, deadline=None)
def test_arranged_nodes_keep_their_distance_and_their_places(web: tuple[int, list[Tie]]) -> None:
    size, ties = web
    names = [f"paper/{n}" for n in range(size)]
    spots = arrange(names, ties, [0] * size, gap=50)
    assert len(spots) == size
    assert all(dist(one, two) > 49.9 for n, one in enumerate(spots) for two in spots[:n])
    assert whole(spots) == whole(arrange(names, ties, [0] * size, gap=50))


def test_tied_nodes_are_nearer_than_others() -> None:
    clusters = [range(0, 8), range(8, 16)]
    ties = [Tie(a, b, 1.0) for group in clusters for a in group for b in group if a < b] + [Tie(0, 8, 0.1)]
    groups = [0] * 8 + [1] * 8
    spots = arrange([f"paper/{n}" for n in range(16)], ties, groups, gap=50)
    inside = [dist(spots[a], spots[b]) for a in range(16) for b in range(a) if groups[a] == groups[b]]
    across = [dist(spots[a], spots[b]) for a in range(16) for b in range(a) if groups[a] != groups[b]]
    assert sum(inside) / len(inside) < 0.7 * sum(across) / len(across)


def test_loners_do_not_shrink_the_main_component() -> None:
    ties = [Tie(n, n + 1, 1.0) for n in range(29)]
    alone = arrange([f"paper/{n}" for n in range(30)], ties, [0] * 30, gap=50)
    beside = arrange([f"paper/{n}" for n in range(45)], ties, [0] * 45, gap=50)

    def wide(spots: list[tuple[float, float]]) -> float:
        return max(x for x, _ in spots) - min(x for x, _ in spots)

    assert wide(beside) <= max(1.5 * wide(alone), 15 * 50 * 1.6)
    assert wide(beside[:30]) == wide(alone)
