"""BibTeX: LaTeX, names, strings, and entries that are broken."""

from __future__ import annotations

import json

import pytest

from kg.readers import _latex
from tests.readers.texts import BIBTEX, papers, problems, records


def test_a_whole_entry() -> None:
    fox, hedgehog = papers("bibtex", BIBTEX)
    assert fox.id == "fox2024" and fox.title == "Counting Foxes at Dusk"
    assert fox.abstract == "Foxes cross meadows. We count them with 93.5% recall by Gödel's $x_{i}^{2}$."
    assert fox.authors == ("Vos Reineke", "The Meadow Group", "Ludwig van der Heide")
    assert (fox.year, fox.venue, fox.doi) == (2024, "Journal of Foxes", "10.1234/fox_1")
    assert fox.keywords == ("foxes", "dusk")
    assert fox.where is not None and fox.where.line == 4
    csl = json.loads(fox.csl)
    assert csl["author"][1] == {"literal": "The Meadow Group"}
    assert csl["issued"] == {"date-parts": [[2024, 5]]} and csl["type"] == "article-journal"
    assert (hedgehog.title, hedgehog.abstract, hedgehog.year, hedgehog.venue) == (
        "Is a Hedgehog Enough?", "", 2023, "Proc. of Meadows",
    )  # fmt: skip


def test_a_file_that_was_cut_off_loses_the_last_entry_only() -> None:
    text = BIBTEX + "\n@article{cut,\n  title = {Cut o"
    assert len(records("bibtex", text)) == 3
    (problem,) = problems("bibtex", text)
    assert problem.where.line == BIBTEX.count("\n") + 2 and "not closed" in problem.reason


def test_an_entry_without_its_brace_does_not_take_the_next_along() -> None:
    text = "@misc{a, title = {A},\n abstract = {open\n\n@misc{b, title = {B}}\n"
    assert [p.where.line for p in problems("bibtex", text)] == [1]
    assert [getattr(r, "id", "") for r in records("bibtex", text)] == ["", "b"]


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("@misc{a b c, title = {T}}", "T"),
        ("@misc{, title = {T}}", "T"),
        ("@misc(a, title = {T (one)})", "T (one)"),
        ("@misc{a, title = {T} year = 2020}", "T"),
        ('@misc{a, title = "T {"}q{"}"}', 'T "q"'),
        ('@misc{a, title = "T "q" t"}', 'T "q" t'),
        ("@misc{a, title = nostring # { and } # {T}}", "nostring and T"),
        ("@misc{a, title = 2001 A Title}", "2001 A Title"),
        ("@misc{a, funding text 1 = {x}, TITLE = {T},}", "T"),
        ("@misc{a, title = {set \\{1\\} {T}}}", "set {1} T"),
        ("  @Misc {a,title={T}}", "T"),
        ("@misc{a, title={T}}@misc{b, title={U}}", "T"),
    ],
)
def test_what_people_write(entry: str, title: str) -> None:
    assert papers("bibtex", entry)[0].title == title


def test_fields_that_repeat_are_all_kept() -> None:
    (paper,) = papers("bibtex", "@misc{a, title={T}, funding={x}, funding={y}}")
    assert json.loads(paper.csl)["custom"]["funding"] == ["x", "y"]


@pytest.mark.parametrize(
    "text",
    ["@misc{a, title}", "@misc{a, {x} = y}", "@misc{a, = {x}}", "@misc{a, title = {" + "{" * 5000 + "}" * 5001 + "}"],
)
def test_a_broken_entry_is_a_problem(text: str) -> None:
    assert len(problems("bibtex", text)) == 1


def test_comments_and_preambles_are_no_records() -> None:
    assert records("bibtex", "@comment{x, y}\n@preamble{ {z} }\nwords\n@string{a = {b}}\n@comment{open") == []


def test_arxiv_identifiers() -> None:
    one, two = papers(
        "bibtex",
        "@misc{a, title={A}, eprint={2401.00001v3}, archivePrefix={arXiv}}\n"
        "@article{b, title={B}, journal={arXiv preprint arXiv:1706.03762}, year={2017}}",
    )
    assert (one.arxiv, two.arxiv) == ("2401.00001", "1706.03762")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Erd\H{o}s, \v{C}ech, Fran\c{c}ois", "Erdős, Čech, François"),
        (r"\AA ngstr\"om, na\"{\i}ve, \'{\i}", "Ångström, naïve, í"),
        (r"\textbf{Bold} \emph{and {CNN}} {\em x}", "Bold and CNN x"),
        (r"$O(n^{2})$ \{a\} \unknown{b} 5\% \& \$3", r"$O(n^{2})$ {a} \unknownb 5% & $3"),
        (r"Figure~1 et al.~\cite{x}, ~5 ms, http://a.b/~c", r"Figure 1 et al. \citex, ~5 ms, http://a.b/~c"),
        (r"\href{http://x.y}{here}, \url{http://x.y/z}", "here, http://x.y/z"),
        ("``quoted'' -- as is", "``quoted'' -- as is"),
    ],
)  # fmt: skip
def test_latex(latex: str, text: str) -> None:
    assert _latex.decode(latex) == text
