from __future__ import annotations

import math
from array import array
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.vectors import Products, Rows, bring_to_length_one, rarity

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
    one = rows_of(rows)
    bring_to_length_one(one, Rows(array("Q", [0] * (len(rows) + 1))))
    products, squares = Products(one), list(one.squares())
    every = np.arange(len(rows))
    for a in range(len(rows)):
        found = products.of(a, every).tolist()
        assert found[a] == squares[a]
        assert found == [sum(exactly(one, a, b)) for b in every.tolist()]
        assert found == [products.of(b, np.array([a]))[0] for b in every.tolist()]
        assert products.of(a, every[::-1]).tolist() == found[::-1]


def exactly(rows: Rows, a: int, b: int) -> list[Fraction]:
    mine, other = dict(rows.of(a)), dict(rows.of(b))
    return [Fraction(mine[term]) * Fraction(other[term]) for term in mine.keys() & other.keys()]


def test_rare_terms_weigh_more() -> None:
    made = rows_of([{0: 1.0, 1: 1.0}, {0: 1.0}])
    made.multiply({term: rarity(2, n) * [1.0, 0.5][term] for term, n in made.counts().items()})
    once = 1 + math.log(3 / 2)
    assert [round(weight, 5) for _, weight in made.of(0)] == [1.0, round(once / 2, 5)]
    made.divide([2.0, 1.0])
    assert [round(weight, 5) for _, weight in made.of(0)] == [0.5, round(once / 4, 5)]


@given(ROWS)
def test_vectors_of_two_matrices_have_length_one_together(rows: list[dict[int, float]]) -> None:
    one, other = rows_of(rows), rows_of(rows[::-1])
    bring_to_length_one(one, other)
    for mine, more, square, rest in zip(rows, rows[::-1], one.squares(), other.squares(), strict=True):
        assert math.isclose(square + rest, 1.0 if mine or more else 0.0, abs_tol=1e-5)
