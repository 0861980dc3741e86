from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.accept import CSV, GRAPHS, HTML, JSON, TABLES, TSV, TURTLE, XML, best, ranges

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", XML),
        ("text/*", CSV),
        ("text/*;q=0.5, text/tab-separated-values", TSV),
        ("*/*;q=0.1, application/sparql-results+json;q=0", XML),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        ('text/csv; header="a,b;c"; q=0.9, application/json;q=0.8', CSV),
        ("application/json", "application/json"),
        ("nonsense, text/csv", CSV),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_most_welcome_table_is_given(header: str, media: str | None) -> None:
    assert best(header, TABLES) == media


def test_a_browser_gets_a_page_and_a_program_data() -> None:
    assert best(BROWSER, [TURTLE, HTML]) == HTML
    assert best("text/turtle, */*;q=0.1", [HTML, *GRAPHS]) == TURTLE


@given(st.text(max_size=60))
def test_any_header_is_read(header: str) -> None:
    assert all(0 <= one.quality <= 1 for one in ranges(header))
    assert best(header, TABLES) in (*TABLES, None)
