from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.abbreviations import align, extract, is_short_form
from kg.lexicon import LexicalConcept, Lexicon
from kg.vocab import Kind
from tests.papers import document

FOXES = Lexicon(
    [LexicalConcept("method/fox-evolution", Kind.METHOD, "fox evolution", ("FE",))],
)


def pairs(text: str, title: str = "A Study of Foxes", lexicon: Lexicon | None = None) -> list[tuple[str, str]]:
    return [(a.short, a.long) for a in extract(document(text, title), lexicon or Lexicon([]))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use convolutional neural networks (CNNs).", [("CNNs", "convolutional neural networks")]),
        ("the area under the ROC curve (AUC) is", [("AUC", "area under the ROC curve")]),
        ("an autoencoder (AE) learns", [("AE", "autoencoder")]),
        ("a Fox Gate (FG; see below) opens", [("FG", "Fox Gate")]),
        ("Mixture of Foxes (MoF) and Tree of Hares (ToH)", [("MoF", "Mixture of Foxes"), ("ToH", "Tree of Hares")]),
        ("with in-context learning (ICL) we", [("ICL", "in-context learning")]),
        ("Non-negative fox factorization (NFF) is", [("NFF", "Non-negative fox factorization")]),
        ("the phase-type (PH) foxes", [("PH", "phase-type")]),
        ("signals of electroencephalography (EEG) are", [("EEG", "electroencephalography")]),
        ("a fox decoder (FDv2) reads", [("FDv2", "fox decoder")]),
        ("Fox Planning and Interaction (FPI-Bench) is", [("FPI-Bench", "Fox Planning and Interaction")]),
        ("the end-to-end (E2E) fox", [("E2E", "end-to-end")]),
        ("the three-dimensional (3D) fox", [("3D", "three-dimensional")]),
        ("the probability density function (pdf) of foxes", [("pdf", "probability density function")]),
        ("the extensible fox language (XFL) is", [("XFL", "extensible fox language")]),
        ("3D Large Fox Models (3D LFMs) see", [("3D LFMs", "3D Large Fox Models")]),
        ("Foxes, Hares, and Ducks (FHD) run", [("FHD", "Foxes, Hares, and Ducks")]),
        ("in Coordinated Universal Fox (UCF) time", [("UCF", "Coordinated Universal Fox")]),
        ("a fox neural network [12] (FNN) runs", [("FNN", "fox neural network")]),
        ("red fox learning (hereafter RFL) is", [("RFL", "red fox learning")]),
        ("of one sort (Red-Fox-Hare, RFH) only", [("RFH", "Red-Fox-Hare")]),
        ("red fox nets and hare duck trees (RFN and HDT) grow", [("RFN", "red fox nets"), ("HDT", "hare duck trees")]),
    ],
)
def test_a_long_form_with_its_short_form_behind_in_brackets(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("our PODS (Policy Optimization with Down-Sampling) works", "Policy Optimization with Down-Sampling"),
        ("by FFS (foxes, ferrets, and stoats) in", "foxes, ferrets, and stoats"),
        ("our SOUND (Searching for Outstanding Underground Nocturnal Dens) is", None),
        ("HTML, short for hypertext markup language, is", "hypertext markup language"),
        (
            "WiFAX (acronym for Worldwide Interoperability for Fox Access) is",
            "Worldwide Interoperability for Fox Access",
        ),
        ("We have SPADE, short for State Space Augmented Transformer.", "State Space Augmented Transformer"),
        ("A mobile ad hoc network or MANET is", "mobile ad hoc network"),
        ("a quadratic unconstrained fox problem, or QUF, and", "quadratic unconstrained fox"),
        ("a foxy hierarchical network so-called FHNet, is", "foxy hierarchical network"),
        ("Differential fox evolution finds dens, though DFE is slow.", "Differential fox evolution"),
        ("The trees of CFM come from a cuddly fox model.", "cuddly fox model"),
    ],
)
def test_definitions_in_another_order_or_without_brackets(text: str, found: str | None) -> None:
    whole = "Searching for Outstanding Underground Nocturnal Dens"
    assert [long for _, long in pairs(text)] == [found or whole]


def test_a_pair_that_the_vocabulary_knows_needs_no_definition() -> None:
    assert pairs("Fox evolution is fast, but FE gets lost.", lexicon=FOXES) == [("FE", "Fox evolution")]
    assert pairs("Fox evolution is fast, but FE gets lost.") == []


@pytest.mark.parametrize(
    "text",
    [
        "a graph of foxes, hares or GFH for short, is",
        "We won (see Fig. 2) in Paris (2021) and elsewhere (n=3).",
        "a big brown fox (CNN) ran",
        "A fox (e.g., CNN or RNN) ran with the fox (i.e. itself).",
        "It was shown by Fox, Hare, and Duck [FHD98].",
        "Foxes are increasingly clever; AI agents are increasingly so.",
        "The FWN is what the fox was never told.",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert pairs(text) == []


def test_text_with_a_space_around_every_sign_is_read_alike() -> None:
    assert pairs("the multi - modal fox model ( MMFM ) and the R - FOX ( Region - Fox ) run") == [
        ("MMFM", "multi - modal fox model"),
        ("R - FOX", "Region - Fox"),
    ]


def test_a_title_that_spells_its_name() -> None:
    assert pairs("x", "FUN: Fast Unsupervised Navigation for Foxes") == [("FUN", "Fast Unsupervised Navigation")]


def test_letters_at_word_starts_count_most() -> None:
    assert align("ABC", ["alpha", "beta", "course"]) == 1.0
    assert align("ABC", ["alpha", "beta", "course"]) > align("ABC", ["alpha", "beta", "big", "course"])
    assert align("ABC", ["beta", "course"]) == 0.0


@pytest.mark.parametrize("text", ["et al", "i.e.", "2020", "we", "a", "http://x.org", "Introduction"])
def test_what_is_no_short_form(text: str) -> None:
    assert not is_short_form(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"()[],.-/'\"$&", "AB", "a", "b", "or", "short for", "(AB)", "e.g.", "é", "A2B", " "]),
        max_size=40,
    )
)
def test_any_text_gives_spans_that_lie_in_it(words: list[str]) -> None:
    doc = document(" ".join(words))
    for found in extract(doc, FOXES):
        text = doc.paper.text(found.field)
        assert text[found.short_start : found.short_end] == found.short
        assert text[found.long_start : found.long_end] == found.long
        assert found.long_end <= found.short_start or found.short_end <= found.long_start


@pytest.mark.parametrize(
    "piece",
    ["(", "a(b)", "X short for ", "or AB ", "a-", "a b c d (ABCD) ", "alpha, beta (AB, BA, B) ", "ABC AAB BAA a b c "],
)
def test_long_and_odd_texts_take_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        doc = document(piece * (length // len(piece)))
        begin = time.process_time()
        list(extract(doc, Lexicon([])))
        return time.process_time() - begin

    seconds(2_000)
    assert seconds(40_000) < 40 * seconds(4_000) + 0.5
