from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.broader import Above, basis

TREES = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6)


@given(TREES)
def test_above_is_closed_and_rings_do_no_harm(broader: dict[str, list[str]]) -> None:
    above = Above[str](lambda one: broader.get(one, ()))
    for one in "abcdef":
        found = above(one)
        assert len(set(found)) == len(found) and one not in found
        assert all(over in found for over in broader.get(one, ()) if over != one)
        assert all(over in found for middle in found for over in above(middle) if over != one)


def test_a_paper_has_a_thing_by_itself_or_by_what_counts_most() -> None:
    above = Above[str](lambda one: {"vit": ["transformer"], "swin": ["vit"]}.get(one, ()))
    assert basis("transformer", [("swin", 0.3), ("vit", 1.0)], above) == "vit"
    assert basis("transformer", [("swin", 0.3), ("transformer", 0.2), ("vit", 1.0)], above) == "transformer"
    assert basis("cnn", [("swin", 0.3)], above) is None
