from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.latex import hidden, verbatim
from tests.papers import by_text, reading

PIECES = ["\\textbf{", "\\emph{", "{\\em ", "}", "{", "$", " ", "Fox", "x", "\\alpha", "\\cite{a}", "\\%", "\\", "."]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(hidden(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\textbf{FoxNet} and \emph{den}", "FoxNet and den"),
        (r"a $\textbf{tail gate (TG)}$ strategy", "a tail gate (TG) strategy"),
        (r"\textbf{F}ox \underline{\textbf{N}}etwork", "Fox Network"),
        (r"$\textbf{F}$ox and $\textbf{D}$en", "Fox and Den"),
        (r"5\% more~\cite{fox}, {\em i.e.} $\mathbf{x} \times 2$", r"5 % more , i.e. $\mathbf{x} \times 2$"),
        (r"$\text{AV}^2\text{A}$ stays", r"$\text{AV}^2\text{A}$ stays"),
        ("no } command {", "no } command {"),
    ],
)
def test_what_only_looks_is_not_seen(written: str, read: str) -> None:
    assert " ".join(hidden(written).split()) == read


def test_a_word_with_a_letter_set_apart_begins_at_its_command() -> None:
    text = r"the \textbf{F}ox"
    shown = hidden(text)
    assert text[verbatim(text, shown, shown.index("Fox")) :] == r"\textbf{F}ox"


@pytest.mark.parametrize(
    "text", ["\\textbf{" * 20_000 + "F" + "}" * 20_000 + "ox", "\\textbf{" * 20_000 + "F" + "}x" * 20_000]
)
def test_of_a_long_run_of_commands_only_letters_are_seen(text: str) -> None:
    assert set(hidden(text)) <= set(" Fox}")
    assert len(hidden(text)) == len(text)


def test_names_in_bold_are_names_and_quoted_as_written() -> None:
    text = r"In this paper we propose \textbf{FoxNet} (\textbf{F}ox \textbf{N}etwork), a network for tracking."
    found = by_text(reading(text))
    assert "FoxNet" in found
    assert all(text[m.start : m.end] == m.text for m in found.values())


def test_values_are_quoted_as_written() -> None:
    text = r"It reaches 91.5\% accuracy."
    (result,) = reading(text).results
    assert result.lexical == text[result.start : result.end] == r"91.5\%"
    assert (result.value, result.unit) == ("91.5", "%")
