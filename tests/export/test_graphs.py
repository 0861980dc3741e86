"""The formats of graph programs, each opened by networkx, and Neo4j's tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import networkx as nx
import pytest

from kg.export import files_of
from kg.graph import SHARES, KnowledgeGraph
from tests.export.hostile import hostile_graph
from tests.samples import small_graph

Make = Callable[[], KnowledgeGraph]
GRAPHS = pytest.mark.parametrize("make", [small_graph, hostile_graph])


def _bytes(name: str, file: str, graph: KnowledgeGraph) -> bytes:
    out = io.BytesIO()
    files_of(name)[file](graph, out)
    return out.getvalue()


def _nodelink(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    made = nx.node_link_graph(json.loads(_bytes("nodelink", "kg-nodelink.json", graph)), edges="edges")
    assert isinstance(made, nx.MultiDiGraph)
    return made


READERS: dict[str, Callable[[KnowledgeGraph], nx.Graph[str]]] = {
    "graphml": lambda g: nx.read_graphml(io.BytesIO(_bytes("graphml", "kg.graphml", g)), force_multigraph=True),
    "gexf": lambda g: nx.read_gexf(io.BytesIO(_bytes("gexf", "kg.gexf", g))),
    "cytoscape": lambda g: nx.cytoscape_graph(json.loads(_bytes("cytoscape", "kg.cyjs", g))),
    "nodelink": _nodelink,
}


@GRAPHS
@pytest.mark.parametrize("name", READERS)
def test_nodes_and_edges_are_those_of_the_graph(name: str, make: Make) -> None:
    whole, read = make().to_networkx(), READERS[name](make())
    assert set(read) == set(whole)
    once = {(a, b, kind) for a, b, kind in whole.edges(keys=True) if kind != SHARES or a < b}
    found = [(a, b, data.get("type")) for a, b, data in read.edges(data=True)]
    assert len(found) == len(once) and set(found) == once
    weights = [data["weight"] for _, _, data in read.edges(data=True) if data.get("type") == SHARES]
    assert weights == [link.weight for link in make().links]


@GRAPHS
@pytest.mark.parametrize("name", READERS)
def test_texts_come_back(name: str, make: Make) -> None:
    read = READERS[name](make())
    for ident, node in make().papers.items():
        data = read.nodes[ident]
        assert data["name" if name == "nodelink" else "label"] == node.paper.title
        assert data["abstract"] == node.paper.abstract


def test_node_link_json_becomes_gml_and_nothing_is_lost() -> None:
    made = _nodelink(hostile_graph())
    out = io.BytesIO()
    nx.write_gml(made, out)
    again = nx.read_gml(io.BytesIO(out.getvalue()), destringizer=None)
    assert set(again) == set(made) and again.number_of_edges() == made.number_of_edges()
    assert all(again.nodes[ident]["name"] == data["name"] for ident, data in made.nodes(data=True))


def test_gexf_and_others_read_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError("the clock was read")

    monkeypatch.setattr("time.strftime", never)
    monkeypatch.setattr("time.localtime", never)
    for name in ("gexf", "obsidian", "nanopub", "comparison"):
        for write in files_of(name).values():
            write(small_graph(), io.BytesIO())


def _table(file: str, graph: KnowledgeGraph) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_bytes("neo4j", file, graph).decode(), newline=""), strict=True))


@GRAPHS
def test_neo4j_relationships_join_nodes(make: Make) -> None:
    nodes, ties = (_table(f"kg-neo4j-{name}.csv", make()) for name in ("nodes", "relationships"))
    ids = [node["id:ID"] for node in nodes]
    assert len(set(ids)) == len(ids) == len(make().papers) + len(make().entities)
    assert all(tie[":START_ID"] in ids and tie[":END_ID"] in ids for tie in ties)
    assert all(None not in row and None not in row.values() for row in (*nodes, *ties))


def test_neo4j_has_its_headers_labels_types_and_lists() -> None:
    nodes, ties = (_table(f"kg-neo4j-{name}.csv", small_graph()) for name in ("nodes", "relationships"))
    assert {":LABEL", "id:ID", "year:int", "aliases:string[]"} <= nodes[0].keys()
    assert {":START_ID", ":END_ID", ":TYPE", "weight:double"} <= ties[0].keys()
    by_id = {node["id:ID"]: node for node in nodes}
    assert by_id["method/rare-trick"][":LABEL"] == "Method;Entity"
    assert by_id["paper/2401.00001"]["authors:string[]"] == "Ada Lovelace;Grace Hopper"
    assert {tie[":TYPE"] for tie in ties} >= {"COMPARES_WITH", "SHARES_TECHNIQUE_WITH", "CITES", "BROADER"}
    shared = [tie["shared:string[]"] for tie in ties if tie[":TYPE"] == "SHARES_TECHNIQUE_WITH"]
    assert shared == ["method/rare-trick;dataset/meadow-net"]
    aliases = [node["aliases:string[]"] for node in _table("kg-neo4j-nodes.csv", hostile_graph())]
    assert not any(";" in alias for alias in aliases)
