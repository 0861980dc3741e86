"""What comes back to a reference manager: the whole record, and the terms read from the text as keywords."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import bibtexparser
import rispy

from kg.export import files_of
from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from tests.export.hostile import EVIL, hostile_graph
from tests.samples import small_graph

CSL: dict[str, Any] = {
    "id": "k1",
    "type": "paper-conference",
    "title": "A Title",
    "author": [{"family": "Fox", "given": "Ada", "suffix": "Jr."}],
    "editor": [{"family": "Hare", "given": "B."}],
    "container-title": "Proc. of Foxes",
    "collection-title": "Notes",
    "issued": {"date-parts": [[2020, 3, 7]]},
    "volume": "3",
    "issue": 2,
    "page": "1–9",
    "ISBN": "123",
    "publisher": "Burrow",
    "publisher-place": "Bonn",
    "keyword": "red, Rare Trick",
    "note": "Hi",
    "custom": {"primaryclass": "cs.LG", "file": "x.pdf", "references": ["10.1/a", "10.1/b"], "deep": {"a": 1}},
}


def _bytes(name: str, graph: KnowledgeGraph) -> str:
    ((_, write),) = files_of(name).items()
    out = io.BytesIO()
    write(graph, out)
    return out.getvalue().decode()


def _graph() -> KnowledgeGraph:
    """The small graph, with a full record for its first paper."""
    small = small_graph()
    nodes = dict(small.papers)
    first = nodes["paper/2401.00001"]
    paper = dataclasses.replace(first.paper, csl=json.dumps(CSL), year=2020, venue="Proc. of Foxes", doi="10.1/f")
    nodes[first.id] = dataclasses.replace(first, paper=paper)
    return KnowledgeGraph(nodes.values(), small.entities.values(), small.facts, small.links)


KEYWORDS = ["red", "Rare Trick", "Fox Transformer", "vision transformer", "MeadowNet", "object detection"]


def test_csl_json_is_the_whole_record_with_keywords() -> None:
    item = json.loads(_bytes("csl", _graph()))[1]
    assert {name: item[name] for name in CSL if name != "keyword"} == {k: v for k, v in CSL.items() if k != "keyword"}
    assert item["keyword"] == ", ".join(KEYWORDS)


def test_bibtex_carries_the_record_and_keywords() -> None:
    entry = bibtexparser.loads(_bytes("bibtex", _graph())).entries_dict["2401.00001"]
    assert entry["ENTRYTYPE"] == "inproceedings"
    assert entry["keywords"] == ", ".join(KEYWORDS)
    expected = {"author": "Fox, Jr., Ada", "editor": "Hare, B.", "month": "3", "series": "Notes", "number": "2",
                "isbn": "123", "address": "Bonn", "note": "Hi", "primaryclass": "cs.LG", "file": "x.pdf",
                "references": "10.1/a; 10.1/b", "doi": "10.1/f", "booktitle": "Proc. of Foxes"}  # fmt: skip
    assert {name: entry.get(name) for name in expected} == expected


def test_ris_carries_the_record_and_keywords() -> None:
    entries = rispy.loads(_bytes("ris", _graph()))
    assert len(entries) == 3
    entry = entries[1]
    expected = {"type_of_reference": "CPAPER", "authors": ["Fox, Ada, Jr."], "secondary_title": "Proc. of Foxes",
                "year": "2020", "date": "2020/03/07/", "doi": "10.1/f", "volume": "3", "number": "2", "start_page": "1",
                "end_page": "9", "keywords": KEYWORDS, "publisher": "Burrow", "id": "k1"}  # fmt: skip
    assert {name: entry.get(name) for name in expected} == expected
    assert entry["abstract"] == _graph().papers["paper/2401.00001"].paper.abstract


def test_what_a_paper_only_mentions_and_its_metrics_are_no_keywords() -> None:
    items = {item["id"]: item for item in json.loads(_bytes("csl", small_graph()))}
    assert items["b"]["keyword"] == "rare trick, MeadowNet, inductive bias"
    assert "accuracy" not in items["2401.00001"]["keyword"]
    assert "keyword" not in items["c"]


def test_no_text_breaks_out_of_its_field() -> None:
    entries = bibtexparser.loads(_bytes("bibtex", hostile_graph())).entries_dict
    assert list(entries) == [f"p{i}" for i in range(len(EVIL))]
    assert all({"title", "author", "abstract", "doi"} <= entry.keys() for entry in entries.values())
    records = rispy.loads(_bytes("ris", hostile_graph()))
    assert [record["title"] for record in records] == [" ".join(evil.split()) for evil in EVIL]
    assert all(record["type_of_reference"] == "GEN" and len(record["authors"]) == 1 for record in records)


def test_a_record_of_odd_shapes_is_written_all_the_same() -> None:
    odd = {"author": "A. Fox", "issued": {"date-parts": "2020"}, "custom": [1], "keyword": 3, "page": None, "URL": 5}
    node = PaperNode("paper/x", Paper("x", "Title", "", csl=json.dumps(odd)))
    graph = KnowledgeGraph([node], [], [], [])
    assert bibtexparser.loads(_bytes("bibtex", graph)).entries[0]["title"] == "{Title}"
    assert rispy.loads(_bytes("ris", graph))[0]["title"] == "Title"
    assert json.loads(_bytes("csl", graph))[0]["title"] == "Title"
