from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.lexicon.concepts import JOINERS, name_forms
from kg.text.forms import form, key
from kg.text.tokens import tokens


@given(st.text("abisZAS019 -", min_size=1, max_size=14))
@example("CNNs")
@example("A1s")
@example("12ab")
def test_the_short_cut_for_plain_names_changes_nothing(name: str) -> None:
    assert name_forms(name) == (tuple(form(t.text) for t in tokens(name) if t.text not in JOINERS), key(name))
