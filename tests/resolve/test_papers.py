from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper
from kg.resolve.papers import merge_papers, paper_id

RECORDS = st.builds(
    Paper,
    id=st.sampled_from("abc"),
    title=st.sampled_from(["", "Foxes", "foxes", "Hares!", "?"]),
    abstract=st.sampled_from(["", "Short.", "A longer abstract.", "Another longer one"]),
    doi=st.sampled_from(["", "10.1/a", "10.1/b"]),
    arxiv=st.sampled_from(["", "2401.00001"]),
    year=st.sampled_from([None, 2020, 2021]),
)


@given(st.lists(RECORDS, max_size=8), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_order(records: list[Paper], rng: random.Random) -> None:
    shuffled = records[:]
    rng.shuffle(shuffled)
    assert merge_papers(shuffled) == merge_papers(records)


@given(st.lists(RECORDS, max_size=8))
def test_merging_twice_changes_nothing(records: list[Paper]) -> None:
    once = merge_papers(records)
    assert merge_papers(p for _, p in once) == once


def test_duplicates_by_doi_arxiv_or_title_become_one() -> None:
    records = [
        Paper("1", "Foxes", "Short.", doi="10.1/a"),
        Paper("2", "Foxes, again", "A longer abstract.", doi="10.1/a", arxiv="2401.1"),
        Paper("3", "FOXES", "x", year=2020),
    ]
    ((identifier, merged),) = merge_papers(records)
    assert identifier == "paper/2401.1"
    assert (merged.title, merged.abstract, merged.year) == ("Foxes, again", "A longer abstract.", 2020)


def test_empty_keys_never_match() -> None:
    assert len(merge_papers([Paper("1", "", "One text."), Paper("2", "", "Another text.")])) == 2


def test_title_slugs_are_short() -> None:
    name = paper_id(Paper("x", "An " + "extremely " * 30 + "long title", ""))
    assert len(name.removeprefix("paper/")) <= 69
