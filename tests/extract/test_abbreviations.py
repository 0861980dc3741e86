from __future__ import annotations

import pytest

from kg.extract.abbreviations import align, extract, is_short_form
from kg.lexicon import Lexicon
from tests.papers import document


def pairs(text: str, title: str = "A Study of Foxes") -> list[tuple[str, str]]:
    return [(a.short, a.long) for a in extract(document(text, title), Lexicon([]))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use convolutional neural networks (CNNs).", [("CNNs", "convolutional neural networks")]),
        ("the area under the ROC curve (AUC) is", [("AUC", "area under the ROC curve")]),
        (
            "our PODS (Policy Optimization with Down-Sampling) works",
            [("PODS", "Policy Optimization with Down-Sampling")],
        ),
        ("a Fox Gate (FG; see below) opens", [("FG", "Fox Gate")]),
        ("an autoencoder (AE) learns", [("AE", "autoencoder")]),
        ("HTML, short for hypertext markup language, is", [("HTML", "hypertext markup language")]),
        ("a graph of foxes, hares or GFH for short, is", []),
        ("We won (see Fig. 2) in Paris (2021) and elsewhere (n=3).", []),
        ("a big brown fox (CNN) ran", []),
        ("Mixture of Foxes (MoF) and Tree of Hares (ToH)", [("MoF", "Mixture of Foxes"), ("ToH", "Tree of Hares")]),
    ],
)
def test_definitions(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


def test_a_title_that_spells_its_name() -> None:
    assert pairs("x", "FUN: Fast Unsupervised Navigation for Foxes") == [("FUN", "Fast Unsupervised Navigation")]


def test_letters_at_word_starts_count_most() -> None:
    assert align("ABC", ["alpha", "beta", "course"]) == 1.0
    assert align("ABC", ["alpha", "beta", "course"]) > align("ABC", ["alpha", "beta", "big", "course"])
    assert align("ABC", ["beta", "course"]) == 0.0


@pytest.mark.parametrize("text", ["et al", "i.e.", "2020", "we", "a", "http://x.org", "Introduction"])
def test_what_is_no_short_form(text: str) -> None:
    assert not is_short_form(text)
