"""RIS: wrapped lines, junk between records, records that are not closed."""

from __future__ import annotations

import json

from tests.readers.texts import RIS, papers, problems, records


def test_a_whole_record() -> None:
    fox, hedgehog = papers("ris", RIS)
    assert (fox.id, fox.title, fox.abstract) == (
        "10.1234/fox.1",
        "Counting Foxes at Dusk",
        "Foxes cross meadows. We count them.",
    )
    assert fox.authors == ("Vos Reineke", "Ludwig van der Heide")
    assert (fox.year, fox.venue, fox.doi, fox.keywords) == (
        2024,
        "Journal of Foxes",
        "10.1234/fox.1",
        ("foxes", "dusk"),
    )
    assert json.loads(fox.csl)["page"] == "1–9"
    assert (hedgehog.title, hedgehog.year, hedgehog.abstract) == ("Is a Hedgehog Enough?", 2023, "")
    assert [p.where.line for p in (fox, hedgehog) if p.where] == [1, 16]


def test_junk_around_records_is_passed_over() -> None:
    text = "Record 1 of 2\nContent: text\n1.\n" + RIS.replace("\nTY  - CPAPER", "\n2.\nprovided by foxes\nTY  - CPAPER")
    assert [p.title for p in papers("ris", text)] == ["Counting Foxes at Dusk", "Is a Hedgehog Enough?"]


def test_lines_that_go_on() -> None:
    text = "TY  - JOUR\nTI  - A\nAB  - one,\nER then two\n  three - four\nKW  - red\n      blue\nN1  - x\n   * y\nER  -"
    (paper,) = papers("ris", text)
    assert paper.abstract == "one, ER then two three - four"
    assert paper.keywords == ("red", "blue")


def test_a_single_space_before_the_dash_is_enough_when_all_lines_are_so() -> None:
    (paper,) = papers("ris", "TY - JOUR\nTI - A Fox\nAU - Reineke, V.\nER -\n")
    assert (paper.title, paper.authors) == ("A Fox", ("V. Reineke",))


def test_a_record_that_is_not_closed() -> None:
    text = RIS + "\nTY  - JOUR\nTI  - Cut o"
    assert len(records("ris", text)) == 3
    (problem,) = problems("ris", text)
    assert problem.where.line == 21 and "ER" in problem.reason


def test_the_next_record_closes_one_without_end() -> None:
    assert [p.title for p in papers("ris", "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n")] == ["A", "B"]


def test_a_record_without_text_is_a_problem() -> None:
    (problem,) = problems("ris", "TY  - JOUR\nDO  - 10.1/x\nER  - \n")
    assert problem.reason == "neither title nor abstract"


def test_unknown_tags_and_second_titles_are_kept() -> None:
    (paper,) = papers("ris", "TY  - JOUR\nTI  - A\nT1  - A again\nX9  - foxes\nZ\nX9  - more\nER  -\n")
    custom = json.loads(paper.csl)["custom"]
    assert custom["X9"] == ["foxes Z", "more"] and custom["primary_title"] == "A again"


def test_several_names_or_keywords_in_a_line() -> None:
    text = "TY  - JOUR\nTI  - A\nAU  - Fox, V.; Elk, A.\nAU  - Hare, B.\nKW  - red; blue\nKW  - green\nED  - Ed, X.\nER  -\n"
    (paper,) = papers("ris", text)
    assert (paper.authors, paper.keywords) == (("V. Fox", "A. Elk", "B. Hare"), ("red", "blue", "green"))
    assert json.loads(paper.csl)["editor"] == [{"family": "Ed", "given": "X."}]
