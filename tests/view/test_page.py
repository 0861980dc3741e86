"""The page as a file: self-contained, guarded, the same every time, and small."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from kg.view import page, pages
from tests.samples import small_graph
from tests.view.big import big_graph
from tests.view.reading import PageParts


@pytest.fixture(scope="module")
def parts() -> PageParts:
    return PageParts(page(small_graph()))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_policy_allows_exactly_what_is_in_the_page(parts: PageParts) -> None:
    assert parts.allowed("default-src") == ["'none'"]
    assert parts.allowed("script-src") == [_hash(text) for text in parts.running()]
    assert parts.allowed("style-src") == [_hash(text) for text in parts.styles]
    assert parts.allowed("base-uri") == parts.allowed("form-action") == ["'none'"]


def test_nothing_is_fetched_from_anywhere(parts: PageParts) -> None:
    assert set(parts.addresses) == {"data:,", "#panel"}
    assert not any("@import" in style or "url(" in style for style in parts.styles)
    assert not any("sourceMappingURL" in script for script in parts.running())


def test_library_keeps_its_licence(parts: PageParts) -> None:
    library = parts.running()[0]
    assert "@version 9.1.2" in library and "Apache 2.0 License" in library and "MIT License" in library


def test_hostile_title_stays_inside_its_data_block(parts: PageParts) -> None:
    titles = [paper["label"] for paper in parts.rows("papers")]
    assert 'Hostile <img src=x onerror=alert(1)> & "quotes" \\ </script>' in titles
    assert b"<img" not in page(small_graph())


def test_page_of_an_empty_graph_and_of_papers_that_share_nothing() -> None:
    empty = PageParts(page(KnowledgeGraph([], [], [], [])))
    assert all(empty.rows(name) == [] for name in ("papers", "entities", "links", "statements"))
    lonely = [PaperNode(f"paper/{n}", Paper(str(n), f"Title {n}", "")) for n in range(5)]
    nodes = PageParts(page(KnowledgeGraph(lonely, [], [], []))).rows("papers")
    assert len({(node["x"], node["y"]) for node in nodes}) == 5


def test_lone_surrogates_do_not_break_the_page() -> None:
    odd = PaperNode("paper/odd", Paper("odd", "Broken \ud800 title", ""))
    assert "Broken" in page(KnowledgeGraph([odd], [], [], [])).decode("utf-8")


@pytest.mark.parametrize("maker", ["tests.samples:small_graph", "tests.view.big:big_graph"])
def test_same_bytes_in_fresh_processes(maker: str) -> None:
    module, name = maker.split(":")
    code = f"import hashlib, kg.view; from {module} import {name}; print(hashlib.sha256(kg.view.page({name}())).hexdigest())"
    root = Path(__file__).parents[2]
    seen = set()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root, env=environment
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_page_leaves_the_random_numbers_of_others_alone() -> None:
    import random

    random.seed(3)
    expected = random.Random(3).random()  # noqa: S311
    page(big_graph(papers=12, entities=120))
    assert random.random() == expected  # noqa: S311


def test_size_a_paper() -> None:
    graph = big_graph()
    data = sum(len(text.encode()) for given, text in PageParts(page(graph)).scripts if "type" in given)
    assert data / len(graph.papers) < 4096


def test_a_graph_too_large_for_one_page_gets_pages_by_community_and_an_index() -> None:
    graph = big_graph()
    files = pages(graph, most=30)
    links = [address for address in PageParts(files["kg.html"]).addresses if address != "data:,"]
    assert sorted(links) == sorted(set(files) - {"kg.html"})
    titles = [[row["label"] for row in PageParts(files[name]).rows("papers")] for name in links]
    assert all(0 < len(found) <= 30 for found in titles)
    assert sorted(title for found in titles for title in found) == sorted(n.paper.title for n in graph.papers.values())
    assert pages(graph, most=30) == files
    assert list(pages(graph, most=78)) == ["kg.html"]


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = "import sys, kg.view; print([m for m in ('pyvis', 'igraph', 'IPython', 'jinja2', 'networkx') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"
    )
