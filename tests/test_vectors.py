from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from kg.vectors import Rows

ROWS = st.lists(st.dictionaries(st.integers(0, 5), st.floats(0.125, 8, width=32), max_size=5), min_size=1, max_size=6)


def rows_of(rows: list[dict[int, float]]) -> Rows:
    made = Rows()
    for row in rows:
        made.add(sorted(row.items()))
    return made


@given(ROWS)
def test_turned_holds_the_same_numbers_by_term(rows: list[dict[int, float]]) -> None:
    first, papers, weights = rows_of(rows).turned(6)
    found = {(papers[at], term): weights[at] for term in range(6) for at in range(first[term], first[term + 1])}
    assert found == {(number, term): weight for number, row in enumerate(rows) for term, weight in row.items()}


@given(ROWS)
def test_products_are_the_same_from_both_sides(rows: list[dict[int, float]]) -> None:
    made = rows_of(rows)
    for a, mine in enumerate(rows):
        assert made.square(a) == made.dot(mine, a)
        for b, other in enumerate(rows):
            assert made.dot(mine, b) == made.dot(other, a)
            assert math.isclose(made.dot(mine, b), sum(mine[t] * other[t] for t in mine.keys() & other.keys()))


def test_rare_terms_weigh_more() -> None:
    made = rows_of([{0: 1.0, 1: 1.0}, {0: 1.0}])
    made.weigh([1.0, 0.5])
    once = 1 + math.log(3 / 2)
    assert [round(weight, 5) for _, weight in made.of(0)] == [1.0, round(once / 2, 5)]
    made.shorten(0, 2.0)
    assert [round(weight, 5) for _, weight in made.of(0)] == [0.5, round(once / 4, 5)]
