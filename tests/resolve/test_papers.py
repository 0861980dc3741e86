from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper, Where
from kg.resolve.papers import citations, merge_papers, paper_id

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
    assert [(m.id, m.paper) for m in merge_papers(m.paper for m in once)] == [(m.id, m.paper) for m in once]


def test_duplicates_by_doi_arxiv_or_title_become_one() -> None:
    records = [
        Paper("1", "Foxes", "Short.", doi="10.1/a"),
        Paper("2", "Foxes, again", "A longer abstract.", doi="10.1/a", arxiv="2401.1"),
        Paper("3", "FOXES", "x", year=2020),
    ]
    (one,) = merge_papers(records)
    merged = one.paper
    assert one.id == "paper/2401.1"
    assert (merged.title, merged.abstract, merged.year) == ("Foxes, again", "A longer abstract.", 2020)


def test_empty_keys_never_match() -> None:
    assert len(merge_papers([Paper("1", "", "One text."), Paper("2", "", "Another text.")])) == 2


def test_title_slugs_are_short() -> None:
    name = paper_id(Paper("x", "An " + "extremely " * 30 + "long title", ""))
    assert len(name.removeprefix("paper/")) <= 69


def test_every_place_of_a_paper_is_kept() -> None:
    records = [Paper("1", "Foxes", "x", where=Where("a.csv", 3)), Paper("2", "Foxes", "", where=Where("b.csv", 9))]
    (one,) = merge_papers(records)
    assert one.origins == (Where("a.csv", 3), Where("b.csv", 9))


def test_references_to_papers_that_are_present_become_citations() -> None:
    papers = merge_papers([
        Paper("1", "Foxes", "x", doi="10.1/a", references=("10.1/B", "Deer and Hares", "10.9/absent", "10.1/a")),
        Paper("2", "Hares", "y", doi="10.1/b"),
        Paper("3", "Deer and hares", "z", arxiv="2401.1"),
    ])  # fmt: skip
    assert citations(papers) == {"paper/10.1/a": ("paper/10.1/b", "paper/2401.1")}
