from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.rdf.load import derive_base, load, loads
from kg.rdf.statements import Mentions
from kg.rdf.turtle import to_turtle
from kg.vocab import Role
from tests.rdf.strategies import graphs
from tests.samples import small_graph

BOTH: tuple[Mentions, ...] = ("best", "all")


@pytest.mark.parametrize("mentions", BOTH)
def test_a_graph_comes_back_as_it_was_written(tmp_path: Path, mentions: Mentions) -> None:
    turtle = to_turtle(small_graph(), mentions=mentions)
    (tmp_path / "kg.ttl").write_bytes(turtle)
    assert to_turtle(load(tmp_path), mentions=mentions) == turtle
    assert to_turtle(load(tmp_path / "kg.ttl"), mentions=mentions) == turtle


@given(graphs())
def test_any_graph_comes_back(graph: KnowledgeGraph) -> None:
    for mentions in BOTH:
        turtle = to_turtle(graph, mentions=mentions)
        assert to_turtle(loads(turtle), mentions=mentions) == turtle


@given(graphs())
def test_turtle_of_another_writer_is_read_as_well(graph: KnowledgeGraph) -> None:
    turtle = to_turtle(graph, mentions="all")
    triples = [quad.triple for quad in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)]
    other = pyoxigraph.serialize(reversed(triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert other is not None
    assert to_turtle(loads(other), mentions="all") == turtle


def test_what_the_file_holds_is_there_again() -> None:
    graph = loads(to_turtle(small_graph(), mentions="all"))
    node = graph.papers["paper/2401.00001"]
    assert node.paper.authors == ("Ada Lovelace", "Grace Hopper")
    assert (node.paper.year, node.paper.venue, node.paper.arxiv) == (2024, "Journal of Foxes", "2401.00001")
    assert node.results == small_graph().papers["paper/2401.00001"].results
    assert node.urls[0].text == "https://github.com/fox/fox" and node.urls[0].code
    assert node.paper.abstract[node.urls[0].start : node.urls[0].end] == node.urls[0].text
    fact = graph.facts_of("method/fox-transformer")[0]
    assert [m.role for m in fact.mentions] == [Role.PROPOSES, Role.MENTIONS]
    assert (fact.role, fact.confidence) == (Role.PROPOSES, 0.9)
    assert graph.links == small_graph().links
    assert graph.entities["method/vision-transformer"].aliases == ("ViT",)


def test_the_base_is_that_of_the_file() -> None:
    small = small_graph()
    for base in ("http://x.org/paper/", "http://x.org/a#"):
        moved = KnowledgeGraph(small.papers.values(), small.entities.values(), small.facts, small.links, base=base)
        assert loads(to_turtle(moved)).base == base


def test_a_base_is_found_even_where_ids_look_like_one() -> None:
    assert derive_base(["http://x.org/paper/10.1/paper/2", "http://x.org/paper/a"]) == "http://x.org/"


def test_an_empty_graph_is_a_graph() -> None:
    assert not loads(b"").papers


def test_no_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kg build"):
        load(tmp_path)
    with pytest.raises(InputError, match="no graph here"):
        load(tmp_path / "other.ttl")


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (b"this is no turtle", "not valid Turtle"),
        (b"\xff\xfe\x00", "kg"),
        (b"<urn:a> <urn:b> <urn:c> .", "holds no graph of kg"),
        (b"<< <urn:a> <urn:b> <urn:c> >> <urn:b> <urn:c> .", "not valid Turtle"),
    ],
)
def test_a_malformed_file_says_so(tmp_path: Path, turtle: bytes, words: str) -> None:
    (tmp_path / "kg.ttl").write_bytes(turtle)
    with pytest.raises(InputError, match=words):
        load(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'kg:start "15"', b'kg:start "x"'),
        (b"kg:inPaper <", b"kg:about <"),
        (b"kg:role kg:uses", b"kg:role kg:abuses"),
        (b"kg:paperCount", b"kg:paper_count"),
        (b"a kg:SharedTechnique", b"a kg:Shared"),
    ],
)
def test_a_graph_that_is_not_whole_is_named(old: bytes, new: bytes) -> None:
    turtle = to_turtle(small_graph())
    assert old in turtle
    with pytest.raises(InputError, match=r"not as kg writes it.*kg verify"):
        loads(turtle.replace(old, new))


def test_a_folder_named_like_a_file_is_no_graph() -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "kg.ttl").mkdir()
        with pytest.raises(InputError):
            load(name)
