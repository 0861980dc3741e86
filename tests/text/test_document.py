from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper
from kg.text.document import analyse
from kg.text.words import word_classes
from tests.papers import document


def phrases(text: str) -> list[str]:
    doc = document(text)
    return [doc.text(s.span(*p)) for s in doc.abstract for p in s.phrases]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We train a deep residual network.", ["deep residual network"]),
        ("It allows the model to use masked image modeling for speed.", ["model", "masked image modeling", "speed"]),
        ("The results show that foxes run.", ["results", "foxes"]),
        ("Kernel $k$-means clustering is hard.", ["Kernel $k$-means clustering"]),
        ("Using Llama 3 improves scene understanding.", ["Llama 3", "scene understanding"]),
    ],
)
def test_noun_phrases(text: str, found: list[str]) -> None:
    assert phrases(text) == found


def test_the_title_is_the_first_sentence_even_with_full_stops() -> None:
    doc = document("An abstract.", title="Foxes. And Hares?")
    assert [s.field for s in doc.sentences] == ["title", "abstract"]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_can_be_analysed(abstract: str, title: str) -> None:
    doc = analyse(Paper("x", title, abstract))
    for s in doc.sentences:
        assert len(s.tags) == len(s.tokens) == len(s.lowers)
        for begin, end in s.phrases:
            assert 0 <= begin < end <= len(s.tokens)


def test_the_word_list_holds_known_letters_only() -> None:
    assert set(word_classes().values()) <= set("FVAGDJRN")
