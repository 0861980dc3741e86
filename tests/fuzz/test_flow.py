"""Garbage through the whole flow: spans hold, `kg verify` passes, every format opens in the program it is meant for."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import bibtexparser
import networkx as nx
import pyoxigraph
import pytest
import rdflib
import rispy
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg import plugins
from kg.export import write_all
from kg.jsonlines import to_line
from kg.model import Paper, Problem
from kg.pipeline import Build, build, extract
from kg.verify import verify
from tests.fuzz.attacks import ATTACKS, WORDS
from tests.fuzz.measured import run
from tests.fuzz.strategies import lines, records

_QUICK = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_QUICK
@given(records())
def test_spans_hold_whatever_the_text(found: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        path.write_bytes(lines(found))
        for item in extract([str(path)], format="jsonl", workers=1):
            if isinstance(item, Problem):
                continue
            paper, read = item.paper, item.extraction
            for one in [*read.mentions, *read.results, *read.urls]:
                text = paper.text(one.field)
                assert 0 <= one.start < one.end <= len(text)
            assert [m.text for m in read.mentions] == [paper.text(m.field)[m.start : m.end] for m in read.mentions]
            assert [u.text for u in read.urls] == [paper.text(u.field)[u.start : u.end] for u in read.urls]
            for short in read.abbreviations:
                text = paper.text(short.field)
                assert text[short.short_start : short.short_end] == short.short
                assert text[short.long_start : short.long_end] == short.long
            json.loads(to_line(paper, read).encode("utf-8"))


@_QUICK
@given(records())
def test_the_graph_of_garbage_is_sound(found: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        path.write_bytes(lines(found))
        built = build([str(path)], format="jsonl", workers=1)
        written = write_all(built.graph, Path(folder, "out"), ["turtle"])[0]
        assert verify(written).problems == []
        turtle = written.read_bytes()
        ours = {str(triple) for triple in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)}
        assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(ours)


_HOSTILE = (
    "</script><script>alert(1)</script>", '"quoted" \\ "', "{Unbalanced", "}", "=HYPERLINK(\"x\")", "CON", "../../etc/passwd",
    "a/b\\c:d*e?f\"g<h>i|j", "TY  - JOUR", "ER  - ", "@article{x,", "\u202eright to left", "line\u2028end", "tab\tand ; , |",
    "]]>&amp;<!--", "%s %d {0}", "$\\frac{1}{2}$ & #", "x" * 400, ".", " .. ", "\ud800 \x00 \x1b", "日本語 שלום e\u0301", "[[wiki]] #tag ^ |",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    """The graph of papers with hostile titles, names and identifiers, in every format."""
    folder = tmp_path_factory.mktemp("hostile")
    papers = [
        {
            "id": evil, "title": f"{evil} Fox {i}", "abstract": f"{evil} We propose FoxNet {i}. {WORDS} {evil} FoxNet {i} reaches 91.2% accuracy on CIFAR-10.", "doi": f"10.1234/{evil}",
            "url": f"javascript:{evil}", "authors": [evil, {"family": evil, "given": evil}], "journal": evil, "keywords": [evil],
            "references": [evil], evil: evil,
        }
        for i, evil in enumerate(_HOSTILE)
    ]  # fmt: skip
    (folder / "x.jsonl").write_bytes(lines(papers))
    built = build([str(folder / "x.jsonl")], workers=1)
    write_all(built.graph, folder / "out", plugins.names("kg.export"))
    return built, folder / "out"


def test_hostile_papers_are_all_there(hostile: tuple[Build, Path]) -> None:
    built, out = hostile
    assert built.problems == [] and len(built.graph.papers) == len(_HOSTILE)
    assert verify(out / "kg.ttl").problems == []


def test_every_rdf_format_opens_and_says_the_same(hostile: tuple[Build, Path]) -> None:
    _, out = hostile
    whole = {str(t) for t in pyoxigraph.parse(path=str(out / "kg.ttl"))}
    assert len(rdflib.Graph().parse(out / "kg.ttl", format="turtle")) == len(whole)
    assert {str(t) for t in pyoxigraph.parse(path=str(out / "kg.nt"))} == whole
    assert len(rdflib.Graph().parse(out / "kg.rdf", format="xml")) == len(whole)
    assert len(rdflib.Dataset(default_union=True).parse(out / "kg-nanopub.trig", format="trig")) > 0
    assert len(rdflib.Graph().parse(out / "kg.jsonld", format="json-ld")) == len(whole)
    assert sum(1 for _ in pyoxigraph.parse(path=str(out / "kg.nq"))) == len(whole)


def test_tables_open_with_as_many_cells_in_each_row(hostile: tuple[Build, Path]) -> None:
    _, out = hostile
    tables = [*out.glob("*.csv"), *out.glob("*.tsv")]
    assert len(tables) > 4
    for table in tables:
        with table.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t" if table.suffix == ".tsv" else ",", strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}, table
        if table.suffix == ".csv" and "neo4j" not in table.name:  # programs of tables take these for formulas
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t", "\r"))], table


def test_reference_managers_get_every_paper(hostile: tuple[Build, Path]) -> None:
    built, out = hostile
    entries = bibtexparser.loads((out / "kg.bib").read_text(encoding="utf-8")).entries
    assert len(entries) == len(_HOSTILE) and len({entry["ID"] for entry in entries}) == len(entries)
    assert len(rispy.loads((out / "kg.ris").read_text(encoding="utf-8"))) == len(_HOSTILE)
    assert len(json.loads((out / "kg.csl.json").read_bytes())) == len(_HOSTILE)
    again = build([str(out / "kg.csl.json")], workers=1)
    assert {node.paper.title for node in again.graph.papers.values()} == {
        node.paper.title for node in built.graph.papers.values()
    }


def test_programs_of_graphs_open_their_formats(hostile: tuple[Build, Path]) -> None:
    built, out = hostile
    nodes = len(built.graph.to_networkx())
    assert len(nx.read_graphml(out / "kg.graphml")) == nodes
    assert len(nx.read_gexf(out / "kg.gexf")) == nodes
    assert len(json.loads((out / "kg-nodelink.json").read_bytes())["nodes"]) == nodes
    for name in ("kg.graphml", "kg.gexf", "kg.rdf"):
        etree.parse(out / name)


def test_notes_have_names_that_any_system_takes(hostile: tuple[Build, Path]) -> None:
    _, out = hostile
    with zipfile.ZipFile(out / "kg-obsidian.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    folded = [name.casefold() for name in names]
    assert len(set(folded)) == len(folded)
    for name in names:
        parts = name.split("/")
        assert (
            not name.startswith("/") and ".." not in parts and not set(name) & set('\\:*?"<>|') and name.isprintable()
        )
        assert all(0 < len(part.encode("utf-8")) <= 255 and part == part.strip(" ") for part in parts)
        assert not {part.split(".")[0].upper() for part in parts} & {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_the_page_holds_no_script_but_its_own(hostile: tuple[Build, Path]) -> None:
    _, out = hostile

    class Scripts(HTMLParser):
        found = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not [name for name, _ in attrs if name.startswith("on")]
            self.found += tag == "script"

    counts = []
    for page in (out / "kg.html", _plain_page(out)):
        parser = Scripts()
        parser.feed(page.read_text(encoding="utf-8"))
        counts.append(parser.found)
    assert counts[0] == counts[1]


def _plain_page(out: Path) -> Path:
    """Return the page of a paper without malice."""
    source = out.parent / "plain.jsonl"
    source.write_bytes(lines([{"title": "Fox", "abstract": f"We propose FoxNet. {WORDS}"}]))
    return write_all(build([str(source)], workers=1).graph, out.parent / "plain", ["html"])[0]


def test_garbage_in_a_folder_ends_in_a_sound_graph(tmp_path: Path) -> None:
    """What a user does who names the wrong folder: all attacks at once, with good files among them."""
    (tmp_path / "in").mkdir()
    for i, (name, make) in enumerate(sorted(ATTACKS.items())):
        if ": many" not in name:
            (tmp_path / "in" / f"{i:03}.dat").write_bytes(make(3000))
    (tmp_path / "in" / "good.jsonl").write_bytes(lines([{"title": "A Good Paper", "abstract": WORDS}]))
    done = run(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--to", "turtle", "--workers", "1"])
    assert done.code == 1 and not done.traceback, done.err[-2000:]
    assert done.seconds < 60 and done.megabytes < 1000
    named = [line for line in done.err.splitlines() if ".dat" in line]
    assert len(named) > 40 and all(".dat" in line.split(": ")[0] for line in named)
    assert "A Good Paper" in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert run(["verify", "--graph", str(tmp_path / "out")]).code == 0


def test_a_paper_is_read_whatever_stands_before_it(tmp_path: Path) -> None:
    data = b"{x\n" * 200 + lines([{"title": "A Good Paper"}]) + b"\xff\xfe\n" + lines([{"title": "Another"}])
    (tmp_path / "x").write_bytes(data)
    built = build([str(tmp_path / "x")], format="jsonl", workers=1)
    assert sorted(node.paper.title for node in built.graph.papers.values()) == ["A Good Paper", "Another"]
    assert len(built.problems) == 201 and all(one.where.line for one in built.problems)
    assert isinstance(next(iter(built.graph.papers.values())).paper, Paper) and io.DEFAULT_BUFFER_SIZE
