"""The page's scripts that need no browser, run in node: citations, CSV, SPARQL, the cheapest way."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import bibtexparser
import networkx as nx
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.assemble import SCRIPTS
from tests.samples import small_graph

PAGE = Path(__file__).parents[2] / "kg" / "view" / "page"
ODD = 'Foxes & <b>"owls"</b>, 50% {more}_x \\ $1'


def node(scripts: tuple[str, ...], expression: str, *given: object) -> Any:
    found = shutil.which("node")
    if not found:
        pytest.skip("node is not installed: the page's scripts are not tried on their own")
    parts = [(PAGE / name).read_text(encoding="utf-8") for name in scripts]
    code = "const kg = {};\n" + "\n".join(parts) + f"\nconst given = {json.dumps(given)};\n"
    done = subprocess.run(
        [found, "-"],
        input=code + f"console.log(JSON.stringify({expression}));",
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


PAPERS = [
    {"key": "paper/1", "title": ODD, "abstract": "It works.", "authors": ["Ada Lovelace", "Hopper, Grace"], "year": 2024,
     "venue": "Journal of Foxes", "doi": "10.1/x", "shared": ["fox net"]},
    {"key": "paper/2", "title": "=SUM(A1)", "arxiv": "2401.00001", "authors": ["Ada Lovelace"], "year": 2024},
    {"key": "paper/3", "title": "Foxes again", "authors": ["Ada Lovelace"], "year": 2024},
]  # fmt: skip


def test_bibtex_is_read_back_by_a_parser() -> None:
    text = node(("cite.js",), "kg.cite.bibtex(given[0])", PAPERS)
    entries = bibtexparser.loads(text).entries
    assert [entry["ID"] for entry in entries] == ["lovelace2024foxes", "lovelace2024suma1", "lovelace2024foxesa"]
    assert entries[0]["author"] == "Ada Lovelace and Hopper, Grace" and entries[0]["ENTRYTYPE"] == "article"
    assert entries[1]["eprint"] == "2401.00001"


def test_ris_is_read_back_by_a_parser() -> None:
    found = rispy.loads(node(("cite.js",), "kg.cite.ris(given[0])", PAPERS))
    assert [entry["title"] for entry in found] == [paper["title"] for paper in PAPERS]
    assert found[0]["authors"] == ["Ada Lovelace", "Hopper, Grace"] and found[0]["doi"] == "10.1/x"
    assert found[1]["urls"] == ["https://arxiv.org/abs/2401.00001"]


def test_csv_is_read_back_and_runs_no_formula() -> None:
    rows = [["a", 'b "c", d', "line\nbreak"], ["=1+1", "-3.5", "@x"]]
    text = node(("cite.js",), "kg.cite.csv(given[0])", rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [rows[0], ["'=1+1", "-3.5", "'@x"]]


def test_a_citation_reads_as_people_write_it() -> None:
    assert node(("cite.js",), "given[0].map(kg.cite.text)", PAPERS)[0] == (
        f"Ada Lovelace, Hopper, Grace. (2024). {ODD}. Journal of Foxes. https://doi.org/10.1/x"
    )


def test_queries_answer_over_the_graph() -> None:
    graph = small_graph()
    asked = """(() => {
      const iri = (key) => kg.sparql.iri(given[0], key);
      return {
        paper: kg.sparql.paper(iri("paper/2401.00001")), entity: kg.sparql.entity(iri("method/rare-trick")),
        link: kg.sparql.link(iri("paper/10.1234/hostile"), iri("paper/2401.00001")),
        papers: kg.sparql.papers({ minWeight: 0.1, range: null }), years: kg.sparql.papers({ minWeight: 0.1, range: [2030, 2040] }),
        techniques: kg.sparql.techniques({ kinds: ["Method"], minPapers: 2 }) };
    })()"""
    queries = node(("sparql.js",), asked, graph.base)
    rows = {name: len(list(graph.query(query).rows)) for name, query in queries.items()}
    assert rows == {"paper": 6, "entity": 2, "link": 2, "papers": 1, "years": 0, "techniques": 2}


def test_hostile_keys_stay_inside_their_iri() -> None:
    made = node(("sparql.js",), "kg.sparql.iri('https://x/', given[0])", 'a> <b" {c}')
    assert made.startswith("<https://x/") and made.endswith(">")
    assert not set(made[1:-1]) & set('<>" {}')


webs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9)), max_size=20)


@given(st.lists(webs, min_size=20, max_size=20))
@settings(max_examples=3, deadline=None)
def test_the_cheapest_way_is_the_cheapest(many: list[list[tuple[int, int, int]]]) -> None:
    asked = """given[0].map((edges) => {
      const next = (node) => edges.flatMap(([a, b, cost]) => (a === node ? [{ to: b, cost }] : b === node ? [{ to: a, cost }] : []));
      return kg.route.cheapest(0, 7, next);
    })"""
    for edges, way in zip(many, node(("route.js",), asked, many), strict=True):
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from((0, 7))
        for a, b, cost in edges:
            if a != b and cost < graph.get_edge_data(a, b, {"weight": 99})["weight"]:
                graph.add_edge(a, b, weight=cost)
        if not nx.has_path(graph, 0, 7):
            assert way is None
            continue
        assert way[0]["from"] == 0 and way[-1]["to"] == 7
        assert all(one["to"] == two["from"] for one, two in pairwise(way))
        assert sum(step["cost"] for step in way) == nx.dijkstra_path_length(graph, 0, 7)


def test_every_script_is_in_the_page_and_names_its_purpose() -> None:
    files = {path.name for path in PAGE.glob("*.js")} - {"index.js"}
    assert files == set(SCRIPTS)
    for name in files - {"start.js"}:
        assert (PAGE / name).read_text(encoding="utf-8").startswith("// "), name


def test_no_script_has_text_of_several_lines() -> None:
    # The page takes indentation and comment lines off.
    for name in SCRIPTS:
        for number, line in enumerate((PAGE / name).read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0 or name == "sparql.js", f"{name}:{number}"
