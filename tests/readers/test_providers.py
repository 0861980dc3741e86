"""The JSON of catalogues: OpenAlex, Semantic Scholar, Crossref, Zotero, and tables held by columns."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.readers._detect import detect
from tests.readers.texts import papers, problems, records

WORK = {
    "id": "https://openalex.org/W1",
    "display_name": "A Fox",
    "abstract_inverted_index": {"run.": [1], "Foxes": [0]},
    "publication_year": 2020,
    "referenced_works": ["https://openalex.org/W2"],
    "authorships": [{"author": {"display_name": "V Reineke"}}],
    "primary_location": {"source": {"display_name": "J"}, "landing_page_url": "http://arxiv.org/abs/2001.00001"},
    "keywords": [{"display_name": "fox"}],
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/12"},
}


def _read(value: Any) -> list[Any]:
    text = json.dumps(value)
    assert detect(text) in ("json", "jsonl")
    return records("json", text)


@pytest.mark.parametrize("around", [WORK, [WORK], {"meta": {"count": 1}, "results": [WORK], "group_by": []}])
def test_openalex(around: object) -> None:
    (paper,) = _read(around)
    assert (paper.id, paper.title, paper.abstract) == ("https://openalex.org/W1", "A Fox", "Foxes run.")
    assert (paper.authors, paper.year, paper.venue, paper.arxiv) == (("V Reineke",), 2020, "J", "2001.00001")
    assert (paper.keywords, paper.references) == (("fox",), ("openalex:W2",))
    assert set(paper.identifiers) == {"openalex:W1", "pmid:12"}


def test_a_work_without_title_and_abstract_is_a_problem() -> None:
    assert len(problems("json", json.dumps([{**WORK, "display_name": None, "abstract_inverted_index": None}]))) == 1


S2 = {"paperId": "a", "title": "A", "abstract": "x", "externalIds": {"ArXiv": "2001.00001"}, "venue": "",
      "publicationVenue": {"name": "V"}, "references": [{"paperId": "b", "title": "Ref"}, {"paperId": "c", "title": None}],
      "citations": [{"paperId": "d", "title": "Citing"}], "fieldsOfStudy": ["F"]}  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [S2, [None, S2, None], {"total": 1, "data": [S2]}, {"data": [{"citingPaper": S2}]}, {"recommendedPapers": [S2]}],
)
def test_semantic_scholar(around: object) -> None:
    (paper,) = _read(around)
    assert (paper.id, paper.title, paper.venue, paper.arxiv) == ("a", "A", "V", "2001.00001")
    assert paper.references == ("Ref", "s2:c") and paper.identifiers == ("s2:a",) and paper.keywords == ("F",)


@pytest.mark.parametrize(
    "record",
    [
        {"paper_id": "f", "metadata": {"title": "A", "authors": [{"first": "V", "middle": ["B"], "last": "R"}], "year": "2020"},
         "abstract": [{"text": "x"}, {"text": "y"}], "bib_entries": {"B0": {"title": "Ref", "other_ids": {"DOI": ["10.1234/R"]}}}},
        {"corpusid": 1, "externalids": {"doi": None}, "authors": [{"name": "V B R"}], "year": 2020,
         "content": {"text": "A\nx y", "annotations": {"title": '[{"start":0,"end":1}]', "abstract": [{"start": "2", "end": "5"}]},},
         "references": ["10.1234/r"]},
        {"id": "a", "title": "A", "paperAbstract": "x y", "authors": [{"name": "V B R", "ids": []}], "year": 2020,
         "outCitations": [], "references": ["https://doi.org/10.1234/R"]},
    ],
)  # fmt: skip
def test_s2orc_of_every_year(record: dict[str, Any]) -> None:
    (paper,) = _read([record])
    assert (paper.title, paper.abstract, paper.authors, paper.year) == ("A", "x y", ("V B R",), 2020)
    assert paper.references == ("10.1234/r",)


CROSSREF = {"DOI": "10.1234/x", "prefix": "10.1234", "title": ["A"], "issued": {"date-parts": [[None]]}, "container-title": ["J"],
            "created": {"date-parts": [[2020, 1, 1]]}, "subject": ["S"], "author": [{"given": "V", "family": "R"}, {"name": "G"}],
            "abstract": "<jats:title>Abstract</jats:title><jats:p>Foxes <jats:italic>run</jats:italic>.</jats:p>",
            "reference": [{"DOI": "10.1234/Y"}, {"article-title": "Ref"}, {"unstructured": "Text"}, {"key": "4"}]}  # fmt: skip


@pytest.mark.parametrize(
    "around", [{"status": "ok", "message": CROSSREF}, {"message": {"items": [CROSSREF]}}, [CROSSREF]]
)
def test_crossref(around: object) -> None:
    (paper,) = _read(around)
    assert (paper.title, paper.abstract, paper.year, paper.venue) == ("A", "Foxes run.", 2020, "J")
    assert (paper.authors, paper.keywords, paper.references) == (("V R", "G"), ("S",), ("10.1234/y", "Ref", "Text"))


ITEM = {"key": "K", "itemType": "journalArticle", "title": "A", "abstractNote": "Foxes", "publicationTitle": "J", "date": "2020",
        "creators": [{"creatorType": "author", "firstName": "V", "lastName": "R"}, {"creatorType": "editor", "name": "E"}],
        "tags": [{"tag": "t"}], "extra": "x\narXiv:2001.00001 [cs]\nDOI: 10.1234/x", "attachments": [{"title": "PDF"}],
        "version": 1}  # fmt: skip
ATTACHED = {"key": "L", "itemType": "attachment", "title": "PDF", "version": 1}


@pytest.mark.parametrize(
    "around",
    [
        [{"key": "K", "data": ITEM, "csljson": {"title": "A"}}, {"key": "L", "data": ATTACHED}],
        {"config": {}, "collections": {"C": {"name": "c", "items": [1]}}, "items": [ITEM, ATTACHED]},
    ],
)
def test_zotero(around: object) -> None:
    (paper,) = _read(around)
    assert (paper.id, paper.title, paper.abstract, paper.venue, paper.year) == ("K", "A", "Foxes", "J", 2020)
    assert (paper.authors, paper.keywords, paper.arxiv, paper.doi) == (("V R",), ("t",), "2001.00001", "10.1234/x")


@pytest.mark.parametrize(
    "columns", [{"title": ["A", "B"], "n": [1, 2]}, {"title": {"0": "A", "1": "B"}, "n": {"0": 1, "1": 2}}]
)
def test_a_table_by_columns(columns: object) -> None:
    assert [p.title for p in _read(columns)] == ["A", "B"]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_deep_nesting_is_a_problem(name: str) -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000, '{"title": "A", "x": ' + "[" * 100_000 + "]" * 100_000 + "}"):
        assert problems(name, text)


def test_tables_of_openalex() -> None:
    text = 'id,title,abstract_inverted_index\nhttps://openalex.org/W1,A,"{""Foxes"": [0], ""run."": [1]}"\n'
    (paper,) = papers("csv", text)
    assert (paper.abstract, paper.identifiers) == ("Foxes run.", ("openalex:W1",))
