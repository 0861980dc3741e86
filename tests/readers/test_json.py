"""JSON of any shape, the places of its records, and what is left of a broken text."""

from __future__ import annotations

import json

import pytest

from tests.readers.texts import JSON, papers, problems, records


def test_a_list_inside_an_object() -> None:
    fox, hedgehog = papers("json", JSON)
    assert (fox.id, fox.arxiv, fox.abstract) == ("2401.00001v2", "2401.00001", "Foxes cross meadows & fields.")
    assert (fox.authors, fox.year) == (("Vos Reineke", "Ludwig van der Heide"), 2024)
    assert (hedgehog.title, hedgehog.abstract, hedgehog.year) == ("Is a Hedgehog Enough?", "", 2023)
    assert [p.where.line for p in (fox, hedgehog) if p.where] == [4, 11]


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A"}, {"title": "B"}]',
        '{"title": "A"} {"title": "B"}',
        '{"title": "A"}\n{"title": "B"}',
        '[[{"title": "A"}], [{"title": "B"}]]',
        '{"data": {"items": [{"title": "A"}, {"title": "B"}]}, "meta": {"name": "x"}}',
        '{"title": "A collection", "items": [{"title": "A"}, {"title": "B"}]}',
        '[null, {"data": {"title": "A"}, "links": {"self": "x"}}, {"data": {"title": "B"}, "links": {}}]',
        '{"k1": {"title": "A"}, "k2": {"title": "B"}}',
        '\ufeff [{"Title": "A"},\n{"TITLE": ["B"]}]',
    ],
)
def test_shapes(text: str) -> None:
    assert [p.title for p in papers("json", text)] == ["A", "B"]


def test_keys_of_an_object_are_identifiers_where_the_records_have_none() -> None:
    found = papers("json", '{"k1": {"title": "A"}, "k2": {"title": "B", "id": 7}}')
    assert [p.id for p in found] == ["k1", "7"]


def test_references_with_titles_belong_to_their_paper() -> None:
    cited = '[{"title": "B", "doi": "10.1000/B"}, {"title": "C"}, "10.1000/d"]'
    text = f'{{"title": "A", "abstract": "a", "references": {cited}}}'
    (paper,) = papers("json", text)
    assert paper.references == ("10.1000/b", "C", "10.1000/d")


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ('"A. Fox and B. Hare"', ("A. Fox", "B. Hare")),
        ('"Ann Fox, Bob Hare, Cy Elk"', ("Ann Fox", "Bob Hare", "Cy Elk")),
        ('"Fox, Ann; Hare, Bob"', ("Ann Fox", "Bob Hare")),
        ('["Ann Fox", "Hare, Bob"]', ("Ann Fox", "Bob Hare")),
        ('[{"first": "Ann", "middle": ["B."], "last": "Fox"}, null]', ("Ann B. Fox",)),
        ('[{"author": {"display_name": "Bob Hare"}}]', ("Bob Hare",)),
        ('[{"family": "Fox", "given": "Ann"}, {"literal": "The Group"}]', ("Ann Fox", "The Group")),
        ("12", ()),
    ],
)  # fmt: skip
def test_authors(authors: str, names: tuple[str, ...]) -> None:
    (paper,) = papers("json", f'[{{"title": "A", "authors": {authors}}}]')
    assert paper.authors == names


def test_one_broken_element_costs_only_itself() -> None:
    text = '[\n{"title": "A"},\n{"title": "B", "authors": [{"name": "x"}, {"name" "y"}]},\n{"title": "C"}\n]'
    found = records("json", text)
    assert [getattr(r, "title", None) for r in found] == ["A", None, "C"]
    assert [r.where.line for r in found if r.where] == [2, 3, 4]


@pytest.mark.parametrize("start", ["[", '{"count": 3, "papers": ['])
def test_a_text_that_was_cut_off(start: str) -> None:
    found = records("json", start + '\n{"title": "A"},\n{"title": "B"},\n{"title": "C", "abst')
    assert [getattr(r, "title", None) for r in found] == ["A", "B", None]
    assert found[-1].where is not None and found[-1].where.line == 4


@pytest.mark.parametrize(
    "text", ["[1, 2]", '["words"]', '{"a": 1}', "{", "[" * 200_000, '[{"title": ' + "9" * 5000 + "}]", "x"]
)
def test_what_is_no_paper_is_a_problem(text: str) -> None:
    found = problems("json", text)
    assert found and all("\n" not in p.reason for p in found)


def test_numbers_that_json_has_not_and_lone_surrogates_do_no_harm() -> None:
    (paper,) = papers("json", '[{"title": "A \\ud800", "score": 1e999, "rate": NaN, "x": "\\udfff"}]')
    assert paper.title == "A \ufffd"
    assert json.loads(paper.csl)["custom"] == {"score": "1e999", "x": "\ufffd"}


def test_the_arxiv_snapshot() -> None:
    record = {
        "id": "0704.0001",
        "authors": "C. Bal\\'azs",
        "title": "A\n  Fox",
        "abstract": "  It\nruns.\n",
        "categories": "hep-ph cs.LG",
        "doi": "10.1103/X",
        "journal-ref": "Phys. D76",
        "authors_parsed": [["Balázs", "C.", ""]],
        "update_date": "2008-11-26",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
    }
    text = json.dumps([record])
    (paper,) = papers("json", text)
    assert (paper.id, paper.arxiv, paper.doi, paper.year) == ("0704.0001", "0704.0001", "10.1103/x", 2007)
    assert (paper.title, paper.abstract, paper.authors) == ("A Fox", "It runs.", ("C. Balázs",))
    assert (paper.venue, paper.keywords) == ("Phys. D76", ("hep-ph", "cs.LG"))


def test_csl_json_stays_as_it_is() -> None:
    item = {
        "DOI": "10.1000/x",
        "author": [{"family": "Fox", "given": "Ann"}],
        "container-title": "J",
        "event-place": "Oslo",
        "id": "k",
        "issued": {"date-parts": [[2020, 1]]},
        "page": "1-2",
        "title": "A",
        "type": "chapter",
        "volume": "3",
    }
    (paper,) = papers("json", json.dumps([item]))
    assert json.loads(paper.csl) == item


def test_a_chain_of_empty_containers_and_names_gives_no_paper() -> None:
    assert records("json", '{"results": []}') == []
    assert records("json", "[]") == []
