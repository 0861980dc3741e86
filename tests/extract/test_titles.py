from __future__ import annotations

import pytest

from kg.extract.titles import extract
from tests.papers import document, lexicon, words


def proposed(text: str, title: str) -> list[tuple[str, str]]:
    doc = document(text, title)
    return [(words(doc, c), c.role.value if c.role else "") for c in extract(doc, lexicon())]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("FoxNet: Detecting Foxes", [("FoxNet", "proposes")]),
        ("FoxBench: A Benchmark for Foxes", [("FoxBench", "introduces")]),
        ("FoxNet: A Survey", []),
        ("Show or Tell? How Foxes Talk: A View", []),
        ("Old Foxes: New Tricks", []),
    ],
)
def test_titles(title: str, found: list[tuple[str, str]]) -> None:
    assert proposed("Nothing else.", title) == found


def test_a_data_set_without_colon_needs_an_abstract_that_introduces_data() -> None:
    title = "The FOXY Datasets for Fox Counting"
    assert proposed("In this paper, we introduce benchmark datasets for foxes.", title) == [("FOXY", "introduces")]
    assert proposed("We count foxes.", title) == []
