from __future__ import annotations

import json

from kg.jsonlines import to_line
from kg.model import Abbreviation, Extraction, Paper
from tests.samples import small_graph


def test_a_record_has_the_promised_form() -> None:
    graph = small_graph()
    node = graph.papers["paper/2401.00001"]
    mentions = tuple(mention for fact in graph.facts_of(node.id) for mention in fact.mentions)
    short = Abbreviation("ViT", "vision transformer", "abstract", 54, 57, 34, 52)
    record = json.loads(to_line(node.paper, Extraction(mentions, (short,), node.results, node.urls)))
    assert list(record) == ["id", "title", "abstract", "mentions", "abbreviations", "results", "urls"]
    assert record["id"] == "2401.00001"
    assert list(record["mentions"][0]) == [
        *("type", "text", "field", "start", "end", "role", "entity", "extractor", "confidence"),
    ]
    for found in record["mentions"] + record["results"] + record["urls"]:
        assert record[found["field"]][found["start"] : found["end"]] == found["text"]
    (abbreviation,) = record["abbreviations"]
    assert record["abstract"][abbreviation["short_start"] : abbreviation["short_end"]] == "ViT"
    assert record["abstract"][abbreviation["long_start"] : abbreviation["long_end"]] == "vision transformer"


def test_it_is_one_line_in_utf_8_whatever_the_text_holds() -> None:
    paper = Paper(id="x", title="a\nb\u2028c", abstract="日本語")
    line = to_line(paper, Extraction())
    assert "\n" not in line
    assert "日本語" in line
    assert json.loads(line)["title"] == paper.title
