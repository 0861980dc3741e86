from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.clean import clean, strip_markup


@given(st.text())
def test_clean_text_has_single_spaces_no_controls_and_is_nfc(text: str) -> None:
    out = clean(text)
    assert out == out.strip()
    assert "  " not in out
    assert unicodedata.is_normalized("NFC", out)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in out)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_lone_surrogates_and_controls_become_replacement_characters() -> None:
    assert clean("a\ud800b\x1cc\x00d") == "a\ufffdb\ufffdc\ufffdd"


def test_latex_remnants_are_left_alone() -> None:
    assert clean("texttt{D}ual Z{cdotZ{cdot}W} pm 3") == "texttt{D}ual Z{cdotZ{cdot}W} pm 3"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("a<sup>2</sup> &lt; b", "a2 < b"),
        ("if x < y and y > z", "if x < y and y > z"),
        ("<jats:title>Aim</jats:title><jats:p>To see.</jats:p>", "Aim To see."),
        ("vector<int> stays", "vector<int> stays"),
    ],
)
def test_only_known_markup_is_removed(raw: str, text: str) -> None:
    assert clean(strip_markup(raw)) == text
