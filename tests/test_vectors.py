from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from kg.vectors import Rows, bring_to_length_one, rarity

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
        assert made.length_squared(a) == made.dot(mine, a)
        for b, other in enumerate(rows):
            assert made.dot(mine, b) == made.dot(other, a)
            assert math.isclose(made.dot(mine, b), sum(mine[t] * other[t] for t in mine.keys() & other.keys()))


def test_rare_terms_weigh_more() -> None:
    made = rows_of([{0: 1.0, 1: 1.0}, {0: 1.0}])
    made.multiply({term: rarity(2, n) * [1.0, 0.5][term] for term, n in made.counts().items()})
    once = 1 + math.log(3 / 2)
    assert [round(weight, 5) for _, weight in made.of(0)] == [1.0, round(once / 2, 5)]
    made.divide(0, 2.0)
    assert [round(weight, 5) for _, weight in made.of(0)] == [0.5, round(once / 4, 5)]


@given(ROWS)
def test_vectors_of_two_matrices_have_length_one_together(rows: list[dict[int, float]]) -> None:
    one, other = rows_of(rows), rows_of(rows[::-1])
    bring_to_length_one(one, other)
    for row, (mine, more) in enumerate(zip(rows, rows[::-1], strict=True)):
        length = one.length_squared(row) + other.length_squared(row)
        assert math.isclose(length, 1.0 if mine or more else 0.0, abs_tol=1e-5)
