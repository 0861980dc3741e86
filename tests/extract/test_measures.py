"""Measures that a number tells."""

from __future__ import annotations

import pytest

from kg.extract import measures
from kg.vocab import Kind
from tests.papers import document, lexicon


def found(text: str) -> list[str]:
    doc = document(text)
    candidates = list(measures.extract(doc, lexicon()))
    assert all(c.kind is Kind.METRIC for c in candidates)
    return [doc.text(c) for c in candidates]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We reach a den score of 0.52.", ["den score"]),
        ("The average error of our fox tracker is 1.2 mm.", ["average error"]),
        ("It has a maximum burrow error less than 2.0 mm.", ["maximum burrow error"]),
        ("It needs 3.5x fewer burrow visits than before.", ["burrow visits"]),
        (r"We see up to 1.6$\times$ reduction in burrow time.", ["burrow time"]),
        ("It reduces the fox visit rate by up to 4.1 points.", ["fox visit rate"]),
        ("It reduces the number of fox visits to 12%.", ["fox visits"]),
    ],
)
def test_a_number_beside_it_tells_a_measure(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "We improve FoxNet-50 by 3%.",  # a name is no measure
        "We reduce fox detection by 4%.",  # nor a task
        "An improvement of 4 points is seen.",
        "The den error is discussed in Section 4.",
        "Density maps of 4 dens are shown.",
        "The accuracy is 0.9.",  # the vocabulary knows it
        "A score of 4 is seen.",
        "It reduces fox visits.",
    ],
)
def test_what_is_not_measured_is_no_measure(text: str) -> None:
    assert found(text) == []
