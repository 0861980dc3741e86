from __future__ import annotations

from dataclasses import replace

import pytest

from kg import plugins
from kg.lexicon import LexicalConcept, Lexicon
from kg.making.version import paper_key, reading_version
from kg.model import Paper, Where
from kg.vocab import Kind

A, B = (
    LexicalConcept("method/a", Kind.METHOD, "fox net"),
    LexicalConcept("method/b", Kind.METHOD, "hare net", ("FoxNet",)),
)
PAPER = Paper("1", "On Foxes", "We propose FoxNet.", where=Where("papers.bib", 3))


def test_the_vocabulary_its_order_and_the_options_count() -> None:
    versions = [
        reading_version(Lexicon([A, B])),
        reading_version(Lexicon([B, A])),
        reading_version(Lexicon([A])),
        reading_version(Lexicon([A, B]), "no tagger"),
    ]
    assert len(set(versions)) == len(versions)
    assert reading_version(Lexicon([A, B])) == versions[0]


def test_the_words_of_a_paper_count_and_nothing_else() -> None:
    key = paper_key(b"v", PAPER)
    assert paper_key(b"v", replace(PAPER, id="2", year=2020, where=None)) == key
    others = {
        paper_key(b"w", PAPER),
        paper_key(b"v", replace(PAPER, title="On foxes")),
        paper_key(b"v", replace(PAPER, abstract="")),
        paper_key(b"v", replace(PAPER, title="On Foxes', ", abstract="e propose FoxNet.")),
    }
    assert len(others - {key}) == 4


def test_extractors_of_others_may_look_at_the_whole_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "others", lambda package: {"theirs": None})
    assert paper_key(b"v", replace(PAPER, year=2020)) != paper_key(b"v", PAPER)
    assert paper_key(b"v", replace(PAPER, where=None)) == paper_key(b"v", PAPER)
