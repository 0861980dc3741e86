"""Whole papers as PDF, Markdown and plain text."""

from __future__ import annotations

import sys

import pytest

from kg.readers import _fulltext
from kg.readers._detect import detect
from tests.readers.texts import MARKDOWN, PDF, PROSE, TEXT, papers, problems


@pytest.mark.parametrize(("name", "text"), [("pdf", PDF), ("text", TEXT), ("markdown", MARKDOWN)])
def test_title_and_abstract(name: str, text: str) -> None:
    if name == "pdf":
        pytest.importorskip("pypdf")
    (paper,) = papers(name, text)
    assert paper.title.startswith("Counting Foxes at Dusk") and paper.abstract == PROSE
    assert paper.keywords == (() if name == "pdf" else ("foxes", "dusk"))


def test_the_fields_on_top_of_markdown() -> None:
    (paper,) = papers("markdown", MARKDOWN)
    assert (paper.authors, paper.year, paper.doi) == (("Vos Reineke", "Ludwig van der Heide"), 2024, "10.1234/fox.1")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("markdown", f"# A Fox\n\nVos Reineke\n\n## Abstract\n\n{PROSE}\n\n## 1. Introduction\n\nText.\n"),
        ("markdown", f"---\ntitle: A Fox\n---\n\n## Abstract\n\n{PROSE}\n\n## Introduction\n"),
        (
            "text",
            f"arXiv:2401.00001v1 [cs.CV] 1 Jan 2024\nA Fox\nV. Reineke\nAbstract—{PROSE}\nIndex Terms—foxes\nI. INTRODUCTION\nText",
        ),
        ("text", f"A Fox\n\nVos Reineke\n\nAbstract\n\n{PROSE}\n"),
    ],
)
def test_shapes(name: str, text: str) -> None:
    assert detect(text) == name
    (paper,) = papers(name, text)
    assert (paper.title, paper.abstract) == ("A Fox", PROSE)
    assert "arXiv" not in text or (paper.arxiv, paper.year, paper.keywords) == ("2401.00001", 2024, ("foxes",))


def test_words_cut_by_the_end_of_a_line() -> None:
    assert _fulltext.unwrap(["a net-", "work, a 3-", "D ﬁeld"]) == "a network, a 3-D field"
    assert _fulltext.unwrap(["state-of-the-", "art self-", "taught pre- and post-", "Training"]) == (
        "state-of-the-art self-taught pre- and post-Training"
    )
    assert _fulltext.unwrap(["at https://x.org/a/", "b. See soft\u00adware"]) == "at https://x.org/a/b. See soft-ware"


_FOXES = ["Foxes cross meadows at dusk, and the cameras see little of it. We pro-", "pose a network that counts them."]


@pytest.mark.parametrize(
    ("tool", "lines"),
    [
        ("ACM", ["Counting Foxes", "V. Reineke", "v@x.org", "ABSTRACT", *_FOXES, "CCS CONCEPTS", "• Foxes."]),
        ("IEEE", ["IEEE TRANSACTIONS ON FOXES, VOL. 3", "Counting Foxes", "Abstract—" + _FOXES[0], _FOXES[1], "I. INTRODUCTION"]),
        ("Elsevier", ["Contents lists available at X", "Counting Foxes", "A B S T R A C T", *_FOXES, "1. Introduction"]),
        ("Springer", ["Counting Foxes", "V. Reineke", "Abstract. " + _FOXES[0], _FOXES[1], "Keywords: Foxes · Dusk"]),
        ("PLOS", ["RESEARCH ARTICLE", "Counting Foxes", "Abstract", *_FOXES, "Author summary", "We wrote this."]),
    ],
)  # fmt: skip
def test_headings_of_publishers(tool: str, lines: list[str]) -> None:
    fields = _fulltext.fields(lines, title="Counting Foxes" if tool in ("IEEE", "PLOS") else "")
    assert fields["title"] == "Counting Foxes"
    assert fields["abstract"] == " ".join(_FOXES).replace("pro- pose", "propose")


def test_the_first_paragraph_of_a_letter_stands_for_its_abstract() -> None:
    prose = ["Foxes cross the meadows at dusk, and the cameras of hunters see but little of it in the dark."] * 5
    lines = [
        "Article",
        "Counting Foxes",
        "Vos Reineke & Anne Elk",
        *prose,
        "So there.",
        "The first foxes of the year ...",
    ]
    assert _fulltext.opening(lines) == " ".join([*prose, "So there."])
    assert _fulltext.opening(["Counting Foxes", "Vos Reineke", "Meadow 1", "Short."]) == ""


def test_a_title_that_a_page_draws_in_pieces() -> None:
    (paper,) = papers(
        "pdf", PDF.replace("(Counting Foxes) Tj T* (at Dusk) Tj", "(Counting Fo) Tj (-) Tj T* (xes at) Tj ( Dusk) Tj")
    )
    assert paper.title == "Counting Foxes at Dusk"


def test_a_pdf_that_cannot_be_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(problems("pdf", "%PDF-1.4\n" + "x" * 100)) == 1
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (problem,) = problems("pdf", PDF)
    assert "papers-kg[pdf]" in problem.reason
