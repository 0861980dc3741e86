"""One contract for every extractor: spans lie in the text, the same input gives the same evidence, nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import plugins
from kg.lexicon import Lexicon
from kg.model import Abbreviation, Candidate, Paper, Result, Url
from kg.reading import read
from kg.text.document import analyse
from tests.papers import lexicon

NAMES = plugins.names("kg.extract")
TEXT = (
    "Recent work uses vision transformers (ViTs). In this paper, we propose FoxNet, a novel architecture for fox detection, "
    "and a benchmark called FoxBench. Using ViT and graph attention, FoxNet reaches 91.5% accuracy on ImageNet and outperforms HareNet "
    "by 2.1 points with a den error of 0.2. FoxNet introduces a tail-guided fusion module with our FoxGate method. "
    "It works on the task of hare counting, and on tasks such as fox detection and hare tracking. Code: https://github.com/fox/net."
)
WORDS = st.sampled_from([*TEXT.split(), "(", ")", "—", "3.5±0.1", "$x$", "é", "X-Y-Z", "such as", "\ufffd", "日本"])


def test_the_extractors_are() -> None:
    assert (
        NAMES
        == (
            "abbreviations components concepts enumerations evaluation lexicon measures names novelties phrases proposals results "
            "tagger tasks titles urls"
        ).split()
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_extractor_keeps_the_contract(name: str) -> None:
    module = plugins.load("kg.extract", name)
    assert module.STAGE in ("document", "names", "values")
    doc = analyse(Paper("x", "FoxNet: Detecting Foxes", TEXT))
    extraction = read(doc.paper, lexicon())
    import dataclasses

    doc = dataclasses.replace(doc, abbreviations=extraction.abbreviations, mentions=extraction.mentions)
    evidence = list(module.extract(doc, lexicon()))
    assert evidence, f"{name} finds nothing in a text made for it"
    assert evidence == list(module.extract(doc, lexicon()))
    for item in evidence:
        if isinstance(item, Abbreviation):
            text = doc.paper.text(item.field)
            assert text[item.short_start : item.short_end] == item.short
            assert text[item.long_start : item.long_end] == item.long
        else:
            assert isinstance(item, (Candidate, Result, Url))
            assert 0 <= item.start < item.end <= len(doc.paper.text(item.field))
            if not isinstance(item, Url):
                assert 0 < item.confidence <= 1
                assert item.extractor == name or (name, item.extractor) == ("concepts", "abbreviations")


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=12), st.booleans())
def test_reading_any_text_gives_sound_evidence(abstract: list[str], title: list[str], glued: bool) -> None:
    paper = Paper("x", " ".join(title), ("" if glued else " ").join(abstract))
    found = read(paper, lexicon())
    assert found == read(paper, lexicon())
    ends: dict[str, int] = {}
    for m in found.mentions:
        text = paper.text(m.field)
        assert text[m.start : m.end] == m.text
        assert m.sentence[0] <= m.start < m.end <= m.sentence[1] <= len(text)
        assert m.start >= ends.get(m.field, 0), "mentions overlap"
        ends[m.field] = m.end
        assert 0 < m.confidence <= 0.99
    for r in found.results:
        assert paper.abstract[r.start : r.end] == r.lexical
        float(r.value)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80))
def test_reading_survives_any_characters(abstract: str, title: str) -> None:
    read(Paper("x", title, abstract), Lexicon([]))
