from __future__ import annotations

import io

import pytest
from hypothesis import given

from kg.graph import KnowledgeGraph
from kg.rdf.layout import ForeignLayoutError, Values, values
from kg.rdf.parse import gather
from kg.rdf.turtle import short_name, to_turtle
from tests.rdf.strategies import graphs
from tests.samples import small_graph


def _quick(turtle: bytes) -> dict[str, Values]:
    return dict(values(io.StringIO(turtle.decode(), newline="\n")))


def _general(turtle: bytes) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for subject, pairs in gather(io.BytesIO(turtle)):
        for predicate, thing in pairs:
            found.setdefault(subject, {}).setdefault(short_name(predicate), []).append(thing.value)
    return found


@given(graphs())
def test_the_quick_reader_reads_what_the_general_one_reads(graph: KnowledgeGraph) -> None:
    turtle = to_turtle(graph, mentions="all")
    assert _quick(turtle) == _general(turtle)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"    a kg:Concept", b"  a kg:Concept"),
        (b'"inductive bias" .', b'"""inductive bias""" .'),
        (b'"inductive bias" .', b"'inductive bias' ."),
        (b'"inductive bias" .', b'"inductive bias"@en .'),
        (b'"1"^^xsd:integer', b'"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (b'"1"^^xsd:integer', b"1"),
        (b"<http://www.w3.org/ns/oa#>", b"<http://www.w3.org/ns/other#>"),
        (b"kg:Entity", b"xx:Entity"),
        (b'"inductive bias"', b'"inductive\\x bias"'),
        (b"kg:paperCount", b"<https://w3id.org/papers-kg/ontology#paperCount>"),
        (b'"inductive bias" .', b'"inductive bias" . # said so'),
        (b"\n\n<https", b"\n\n\t<https"),
    ],
)
def test_any_other_layout_is_left_to_the_general_reader(old: bytes, new: bytes) -> None:
    turtle = to_turtle(small_graph())
    assert old in turtle
    with pytest.raises(ForeignLayoutError):
        _quick(turtle.replace(old, new, 1))


def test_subjects_out_of_order_or_cut_short_are_foreign() -> None:
    head, *blocks = to_turtle(small_graph()).decode().split("\n\n")
    with pytest.raises(ForeignLayoutError):
        _quick("\n\n".join([head, *reversed(blocks)]).encode())
    with pytest.raises(ForeignLayoutError):
        _quick("\n\n".join([head, *blocks])[:-4].encode())
