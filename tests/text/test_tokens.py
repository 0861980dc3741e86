from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import collector
from kg.text.tokens import sentences, tokens


@given(st.text())
def test_tokens_are_the_text_at_their_offsets_in_order(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        last = token.end


@given(st.text())
def test_sentences_cover_all_but_space(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("We beat X et al. (2020) by 3.5 points. Code is out.", 2),
        ("It fails.Then it works.", 2),
        ("See e.g. the fox, i.e. the red one.", 1),
        ("Is it so? Yes! Good.", 3),
        ("no full stop", 1),
    ],
)
def test_sentence_counts(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("piece", ["a.", "(", "$a", "...", "A.B", "é\u0301", "--"])
def test_splitting_is_linear_on_pathological_text(piece: str) -> None:
    def seconds(n: int) -> float:
        text = piece * n
        best = 1e9
        with collector.resting():  # it would look through all that the tests before have left
            for _ in range(5):
                begin = time.process_time()
                sentences(text)
                tokens(text)
                best = min(best, time.process_time() - begin)
        return best

    assert seconds(40_000) < 50 * max(
        seconds(4_000), 0.002
    )  # ten times the text; a quadratic pattern would take a hundred times
