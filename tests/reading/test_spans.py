from __future__ import annotations

import dataclasses

import pytest

from kg.model import Abbreviation, Candidate, Span
from kg.reading.spans import mend
from kg.vocab import Kind
from tests.papers import document


@pytest.mark.parametrize(
    ("words", "kind", "left"),
    [
        ("fox encoder (red", Kind.METHOD, "fox encoder"),
        ("and fox encoder", Kind.METHOD, "fox encoder"),
        ("fox encoder using tail pooling", Kind.METHOD, "fox encoder"),
        ("fox tracking over long ranges", Kind.TASK, "fox tracking over long ranges"),
        ("fox encoder (HareNet)", Kind.METHOD, "fox encoder"),
        ("den's fox encoder", Kind.METHOD, "fox encoder"),
        ("fox encoder based", Kind.METHOD, "fox encoder"),
        ("fox encoder)", Kind.METHOD, "fox encoder"),
    ],
)
def test_free_spans_end_where_the_name_ends(words: str, kind: Kind, left: str) -> None:
    doc = document(f"We study {words} here.")
    (mended,) = mend(doc, [candidate(words, kind)])
    assert doc.text(Span(mended.field, mended.start, mended.end)) == left


def test_an_adjective_names_nothing() -> None:
    assert not list(mend(document("We study context-based here."), [candidate("context-based", Kind.TASK)]))


def test_what_a_list_found_is_left_alone() -> None:
    doc = document("We study and foxes here.")
    found = Candidate("abstract", 9, 18, Kind.METHOD, None, "lexicon", 0.9)
    assert list(mend(doc, [found])) == [found]


def candidate(words: str, kind: Kind) -> Candidate:
    return Candidate("abstract", 9, 9 + len(words), kind, None, "tagger", 0.7)


def test_a_short_form_in_brackets_stays_with_its_long_form() -> None:
    doc = document("We study fox encoder (FE) here.")
    defined = Abbreviation("FE", "fox encoder", "abstract", 22, 24, 9, 20)
    (mended,) = mend(dataclasses.replace(doc, abbreviations=(defined,)), [candidate("fox encoder (FE)", Kind.METHOD)])
    assert doc.text(Span(mended.field, mended.start, mended.end)) == "fox encoder (FE)"
