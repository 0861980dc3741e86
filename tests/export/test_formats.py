"""One contract for every format: a new file in `kg/export` arrives tested."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import lxml.html
import networkx as nx
import pytest
import rdflib
import rispy
from markdown_it import MarkdownIt

from kg import plugins
from kg.export import files_of
from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions
from tests.samples import small_graph

FORMATS = plugins.names("kg.export")


def _bytes(name: str, file: str, graph: KnowledgeGraph | None = None, mentions: Mentions = "best") -> bytes:
    out = io.BytesIO()
    files_of(name)[file](graph or small_graph(), out, mentions=mentions)
    return out.getvalue()


def _rdf(form: str) -> Callable[[bytes], int]:
    return lambda data: len(rdflib.Graph().parse(data=data, format=form))


def _quads(form: str) -> Callable[[bytes], int]:
    return lambda data: len(rdflib.Dataset().parse(data=data, format=form))


def _html(data: bytes) -> int:
    return len(lxml.html.document_fromstring(data).xpath("//body"))


def _rows(delimiter: str) -> Callable[[bytes], int]:
    return lambda data: len(list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)))


def _zip(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return len(archive.namelist())


def _markdown(data: bytes) -> int:
    return len(MarkdownIt().enable("table").parse(data.decode()))


FOREIGN: dict[str, Callable[[bytes], int]] = {
    ".ttl": _rdf("turtle"),
    ".nt": _rdf("nt"),
    ".jsonld": _rdf("json-ld"),
    ".graphml": lambda data: nx.read_graphml(io.BytesIO(data)).number_of_nodes(),
    ".csv": _rows(","),
    ".tsv": _rows("\t"),
    ".gexf": lambda data: nx.read_gexf(io.BytesIO(data)).number_of_nodes(),
    ".cyjs": lambda data: nx.cytoscape_graph(json.loads(data)).number_of_nodes(),
    ".nq": _quads("nquads"),
    ".trig": _quads("trig"),
    ".rdf": _rdf("xml"),
    ".ris": lambda data: len(rispy.loads(data.decode())),
    ".zip": _zip,
    ".md": _markdown,
    ".json": lambda data: len(json.loads(data)),
    ".bib": lambda data: len(bibtexparser.loads(data.decode()).entries),
    ".html": _html,
}
"""Readers that are not ours, by file suffix: how many things they find."""

FILES = [(name, file) for name in FORMATS for file in files_of(name)]


def test_the_formats_are_these() -> None:
    assert FORMATS == [
        "bibtex", "comparison", "csl", "csv", "cytoscape", "gexf", "graphml", "html", "jsonld", "nanopub", "neo4j", "nodelink",
        "nquads", "ntriples", "obsidian", "rdfxml", "ris", "tsv", "turtle",
    ]  # fmt: skip


def test_every_format_is_in_the_document() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == FORMATS


@pytest.mark.parametrize(("name", "file"), FILES)
def test_two_runs_give_the_same_bytes(name: str, file: str) -> None:
    assert _bytes(name, file) == _bytes(name, file)


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.export import write_all; from tests.samples import small_graph\n"
    )
    program += "write_all(small_graph(), Path(sys.argv[1]), sys.argv[2:])"
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, str(tmp_path / seed), *FORMATS]
        subprocess.run(command, cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
    files = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert files == sorted(file for _, file in FILES)
    assert all((tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes() for file in files)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_foreign_reader_opens_it(name: str, file: str) -> None:
    assert FOREIGN["." + file.rsplit(".", 1)[1]](_bytes(name, file)) > 0


@pytest.mark.parametrize(("name", "file"), FILES)
def test_an_empty_graph_can_be_written_and_opened(name: str, file: str) -> None:
    FOREIGN["." + file.rsplit(".", 1)[1]](_bytes(name, file, KnowledgeGraph([], [], [], [])))


@pytest.mark.parametrize(
    ("name", "file"), [(name, file) for name, file in FILES if name in ("turtle", "ntriples", "jsonld")]
)
def test_rdf_formats_hold_the_same_triples(name: str, file: str) -> None:
    form = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}[name]
    both: tuple[Mentions, ...] = ("best", "all")
    for mentions in both:
        parsed = rdflib.Graph().parse(data=_bytes(name, file, mentions=mentions), format=form)
        turtle = rdflib.Graph().parse(data=_bytes("turtle", "kg.ttl", mentions=mentions), format="turtle")
        assert set(parsed) == set(turtle)


def test_graphml_keeps_labels_and_writes_a_link_once() -> None:
    graph = nx.read_graphml(io.BytesIO(_bytes("graphml", "kg.graphml")), force_multigraph=True)
    assert graph.nodes["paper/10.1234/hostile"]["label"] == small_graph().papers["paper/10.1234/hostile"].paper.title
    links = [data for _, _, data in graph.edges(data=True) if data["type"] == "sharesTechniqueWith"]
    assert len(links) == 1 and links[0]["weight"] == 0.57
    assert (
        len(set(re.findall(r'<edge [^>]*id="([^"]*)"', _bytes("graphml", "kg.graphml").decode())))
        == graph.number_of_edges()
    )


def test_csv_tables_join_by_id_and_give_hostile_text_back() -> None:
    tables = {f: list(csv.DictReader(io.StringIO(_bytes("csv", f).decode(), newline=""))) for f in files_of("csv")}
    papers = {row["id"]: row for row in tables["kg-papers.csv"]}
    assert papers["paper/10.1234/hostile"]["title"] == small_graph().papers["paper/10.1234/hostile"].paper.title
    assert papers["paper/2401.00001"]["authors"] == "Ada Lovelace | Grace Hopper"
    entities = {row["id"] for row in tables["kg-entities.csv"]}
    for row in tables["kg-statements.csv"]:
        text = papers[row["paper"]][row["field"]]
        assert row["entity"] in entities and text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert [row["value"] for row in tables["kg-results.csv"]] == ["91.5"]
    assert {row["entity"] for row in tables["kg-links.csv"]} == {"method/rare-trick", "dataset/meadow-net"}


def test_bibliographies_keep_record_and_text() -> None:
    items = json.loads(_bytes("csl", "kg.csl.json"))
    assert [item["id"] for item in items] == ["b", "2401.00001", "c"]
    assert items[1]["author"] == [{"literal": "Ada Lovelace"}, {"literal": "Grace Hopper"}]
    entries = bibtexparser.loads(_bytes("bibtex", "kg.bib").decode()).entries_dict
    fox = entries["2401.00001"]
    assert fox["title"] == "{Fox Transformer: Quick Detection}"
    assert (fox["author"], fox["year"], fox["eprint"]) == ("{Ada Lovelace} and {Grace Hopper}", "2024", "2401.00001")


def test_bibtex_takes_names_and_holders_from_the_record() -> None:
    from kg.model import Paper, PaperNode

    csl = {"type": "paper-conference", "author": [{"family": "Gödel", "given": "K. & Co"}], "issue": 7, "page": "1–9"}
    node = PaperNode("paper/x", Paper("x", "50% of {all}", "", venue="Proc. A_B", csl=json.dumps(csl)))
    text = _bytes("bibtex", "kg.bib", KnowledgeGraph([node], [], [], [])).decode()
    assert text.startswith("@inproceedings{x,") and r"booktitle = {Proc. A\_B}" in text
    assert r"author = {Gödel, K. \& Co}" in text and r"title = {{50\% of \{all\}}}" in text and "number = {7}" in text


def test_bibtex_stays_whole_when_braces_do_not_pair() -> None:
    from kg.model import Paper, PaperNode

    papers = [PaperNode(f"paper/{i}", Paper(str(i), title, "")) for i, title in enumerate(("a}{b", "c{", "d}", "{e}"))]
    text = _bytes("bibtex", "kg.bib", KnowledgeGraph(papers, [], [], [])).decode()
    assert list(bibtexparser.loads(text).entries_dict) == ["0", "1", "2", "3"]


def test_a_record_that_is_no_json_does_not_matter() -> None:
    from kg.model import Paper, PaperNode

    node = PaperNode("paper/x", Paper("x", "Title", "", csl="{broken"))
    assert json.loads(_bytes("csl", "kg.csl.json", KnowledgeGraph([node], [], [], [])))[0]["title"] == "Title"


def test_graphml_replaces_what_xml_cannot_hold() -> None:
    from kg.model import Paper, PaperNode

    node = PaperNode("paper/x", Paper("x", "a\x00b\uffff", ""))
    graph = nx.read_graphml(io.BytesIO(_bytes("graphml", "kg.graphml", KnowledgeGraph([node], [], [], []))))
    assert graph.nodes["paper/x"]["label"] == "a\ufffdb\ufffd"
