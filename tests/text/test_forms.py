from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.forms import key, slug, tight_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vision Transformer", "vision-transformers"),
        ("CNN", "CNNs"),
        ("normalisation layer", "Normalization Layers"),
        ("modelling", "modeling"),
        ("naïve Bayes", "naive bayes"),
        ("graph neural network’s", "graph neural network's"),
    ],
)
def test_names_of_one_thing_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GPT-3", "GPT-4"), ("C", "C++"), ("loss", "los"), ("statistics", "statistic model"), ("BERT", "ALBERT")],
)
def test_names_of_different_things_do_not(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(key(key(name)))
    assert " " not in tight_key(name)


@given(st.text())
def test_slugs_are_plain_ascii(name: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c in "-.+") and not c.isupper() for c in slug(name))
