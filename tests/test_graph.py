"""The graph as Python users see it: networkx, pandas, rdflib, notebooks."""

from __future__ import annotations

import builtins
import sys
from typing import Any, cast

import lxml.html
import networkx as nx
import pytest

from kg.errors import KgError, NotFoundError, UsageError
from kg.graph import SHARES, KnowledgeGraph
from tests.export.hostile import EVIL, hostile_graph
from tests.samples import small_graph

FOX, HOSTILE = "paper/2401.00001", "paper/10.1234/hostile"


def test_whole_has_every_node_and_edge() -> None:
    graph, whole = small_graph(), small_graph().to_networkx()
    assert isinstance(whole, nx.MultiDiGraph)
    assert set(whole) == {*graph.papers, *graph.entities}
    assert whole.nodes[FOX]["label"] == "Fox Transformer: Quick Detection"
    assert whole.nodes["method/rare-trick"] == {"type": "Method", "label": "rare trick", "aliases": "", "paperCount": 2}
    assert whole.edges[FOX, "method/rare-trick", "uses"]["quote"] == "rare trick"
    assert whole.has_edge(FOX, HOSTILE, SHARES) and whole.has_edge(HOSTILE, FOX, SHARES)
    assert whole.has_edge(FOX, HOSTILE, "cites") and not whole.has_edge(HOSTILE, FOX, "cites")


def test_papers_only_are_joined_by_their_links() -> None:
    papers = small_graph().to_networkx("papers")
    assert type(papers) is nx.Graph and set(papers) == set(small_graph().papers)
    assert list(papers.edges) == [(HOSTILE, FOX)]
    assert papers.edges[HOSTILE, FOX] == {
        "type": SHARES,
        "weight": 0.57,
        "shared": "method/rare-trick | dataset/meadow-net",
    }


def test_bipartite_is_bipartite() -> None:
    graph, both = small_graph(), small_graph().to_networkx("bipartite")
    left, right = ({n for n, data in both.nodes(data=True) if data["bipartite"] == k} for k in (0, 1))
    assert (left, right) == (set(graph.papers), set(graph.entities))
    assert nx.bipartite.is_bipartite_node_set(both, left)
    assert both.number_of_edges() == len(graph.facts)
    assert both.edges[FOX, "method/fox-transformer"]["type"] == "proposes"


def test_there_is_no_other_view() -> None:
    with pytest.raises(UsageError, match="choose from whole, papers, bipartite"):
        small_graph().to_networkx(cast(Any, "entities"))


def test_a_copy_can_be_changed() -> None:
    graph = small_graph()
    graph.to_networkx().remove_node(FOX)
    assert FOX in graph.to_networkx() and FOX in graph.papers


def test_a_notebook_shows_counts_and_names() -> None:
    page = lxml.html.fragment_fromstring(small_graph()._repr_html_())
    rows = {row[0].text: (row[1].text, row[2].text or "") for row in page.xpath(".//tr")}
    assert rows["Papers"] == ("3", "") and rows["Links"][0] == "1"
    assert rows["Methods"] == ("3", "rare trick (2), vision transformer (2), Fox Transformer (1)")


def test_a_notebook_shows_hostile_text_as_text() -> None:
    page = lxml.html.fragment_fromstring(hostile_graph()._repr_html_())
    assert {element.tag for element in page.iter()} == {"table", "caption", "tbody", "tr", "th", "td"}
    assert EVIL[0] in page.text_content()


def test_an_empty_graph_shows_itself() -> None:
    assert "<td>0</td>" in KnowledgeGraph([], [], [], [])._repr_html_()


def test_data_frames_join_and_have_types() -> None:
    pytest.importorskip("pandas", reason="pandas is an extra")
    frames = small_graph().to_pandas()
    assert list(frames) == ["papers", "entities", "statements", "results", "links"]
    papers = frames["papers"].set_index("id")
    assert papers.loc[FOX, "authors"] == ["Ada Lovelace", "Grace Hopper"] and papers.loc[FOX, "year"] == 2024
    assert str(papers["year"].dtype) == "Int64" and papers["year"].isna().sum() == 1
    joined = frames["statements"].merge(frames["entities"], left_on="entity", right_on="id")
    assert len(joined) == len(small_graph().facts)
    assert frames["results"].loc[0, "value"] == 91.5 and frames["results"]["error"].isna().all()


def test_an_empty_graph_gives_empty_data_frames() -> None:
    pytest.importorskip("pandas", reason="pandas is an extra")
    frames = KnowledgeGraph([], [], [], []).to_pandas()
    assert all(len(frame) == 0 and len(frame.columns) > 0 for frame in frames.values())


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "pandas":
            raise ImportError("No module named 'pandas'")
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match=r"data frames need pandas \(pip install 'papers-kg\[pandas\]'\)"):
        small_graph().to_pandas()


def test_rdflib_answers() -> None:
    titles = small_graph().to_rdflib().query("SELECT ?t { ?p <http://purl.org/dc/terms/title> ?t }")
    assert len(list(titles)) == 3


def test_names_find_nodes() -> None:
    graph = small_graph()
    assert graph.find("vit") == ["method/vision-transformer"]
    assert graph.find_one("10.1234/hostile") == HOSTILE
    with pytest.raises(NotFoundError, match="did you mean rare trick"):
        graph.find_one("rare tricc")
