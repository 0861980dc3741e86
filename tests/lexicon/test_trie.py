"""The scan finds what a plain look at every place and every name would find."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import LexicalConcept, Lexicon
from kg.text.forms import form
from kg.text.tokens import tokens
from kg.vocab import Kind

WORDS = ["fox", "hare", "den", "pre"]


def lexicon(names: list[str]) -> Lexicon:
    return Lexicon(LexicalConcept(f"method/{i}", Kind.METHOD, name) for i, name in enumerate(names))


def longest(words: list[str], names: list[str]) -> list[tuple[int, int]]:
    """Return the longest names at each place, left to right, the slow way."""
    found, at = [], 0
    while at < len(words):
        ends = [at + len(n.split()) for n in names if words[at : at + len(n.split())] == n.split()]
        if ends:
            found.append((at, max(ends)))
        at = max(ends, default=at + 1)
    return found


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), max_size=5),
    st.lists(st.sampled_from([*WORDS, "and"]), max_size=12),
)
def test_the_longest_names_are_found(names: list[str], words: list[str]) -> None:
    text = tokens(" ".join(words))
    assert [(h.begin, h.end) for h in lexicon(names).scan(text)] == longest(words, names)


@given(st.lists(st.sampled_from(["fox", "hare", "-", "pre", "training", "/"]), max_size=10), st.booleans())
def test_forms_may_be_given_or_not_and_joiners_change_nothing_twice(pieces: list[str], spaced: bool) -> None:
    known = lexicon(["fox hare", "pretraining", "hare-training", "fox"])
    text = tuple(tokens((" " if spaced else "").join(pieces)))
    hits = known.scan(text)
    assert hits == known.scan(list(text), [form(t.text) for t in text])
    assert all(a.end <= b.begin for a, b in pairwise(hits))


def test_a_hyphen_may_stand_for_a_space_or_for_nothing() -> None:
    known = lexicon(["pretraining", "fox-hunt"])
    for text in ("pre-training", "fox hunt", "foxhunt", "fox-hunts", "Pretraining"):
        assert len(known.scan(tokens(text))) == 1, text
    assert known.scan(tokens("pre - training")) == []
