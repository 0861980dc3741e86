from __future__ import annotations

import json
from io import BytesIO
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.query import Result

from kg.answers import Answer
from kg.rdf.terms import INTEGER, Blank, Iri, Literal, Term
from kg.serve import accept
from kg.serve.formats import fits, write

PARSERS = {accept.TURTLE: "turtle", accept.NTRIPLES: "nt", accept.JSONLD: "json-ld", accept.RDFXML: "xml"}

IRIS = st.builds(
    lambda word: Iri(f"https://example.org/a/{word}"), st.from_regex(r"[a-zA-Z][a-zA-Z0-9]{0,5}", fullmatch=True)
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t\r<>&\"'\\"), max_size=12)
LITERALS = st.one_of(
    TEXT.map(lambda text: Literal(text)),
    st.builds(lambda text: Literal(text, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "en"), TEXT),
    st.builds(lambda n: Literal(str(n), INTEGER), st.integers()),
)
NODES = st.one_of(IRIS, st.builds(Blank, st.from_regex(r"[a-z][a-z0-9]{0,4}", fullmatch=True)))
TERMS = st.one_of(NODES, LITERALS)


def _key(triple: tuple[Term, ...]) -> list[tuple[str, Term]]:
    return [(type(term).__name__, term) for term in triple]


@settings(max_examples=40)
@given(st.lists(st.tuples(NODES, IRIS, TERMS), max_size=5))
def test_every_form_of_a_graph_says_the_same(triples: list[tuple[Term, Term, Term]]) -> None:
    answer = Answer("construct", triples=tuple(sorted(set(triples), key=_key)))
    graphs = {media: rdflib.Graph().parse(data=write(answer, media), format=name) for media, name in PARSERS.items()}
    assert len(graphs[accept.NTRIPLES]) == len(answer.triples)
    for graph in graphs.values():
        assert isomorphic(graph, graphs[accept.NTRIPLES])


@given(st.lists(st.tuples(*[st.one_of(st.none(), IRIS, LITERALS)] * 2), max_size=5))
def test_rows_in_xml_are_those_in_json(rows: list[tuple[Term | None, ...]]) -> None:
    answer = Answer("select", ("a", "b"), tuple(rows))
    xml, found = (
        Result.parse(BytesIO(write(answer, media)), content_type=media) for media in (accept.XML, accept.JSON)
    )
    assert xml.vars == found.vars == [rdflib.Variable("a"), rdflib.Variable("b")]
    assert xml.bindings == found.bindings


@pytest.mark.parametrize("truth", [True, False])
def test_truth_values(truth: bool) -> None:
    answer = Answer("ask", truth=truth)
    assert json.loads(write(answer, accept.JSON))["boolean"] is truth
    assert Result.parse(BytesIO(write(answer, accept.XML)), content_type=accept.XML).askAnswer is truth
    assert write(answer, accept.CSV).strip() == str(truth).lower().encode()


def test_what_xml_cannot_hold_is_replaced_not_written() -> None:
    answer = Answer("select", ("a",), ((Literal("a\x00b\ufffe\x1b"),),))
    assert "a\ufffdb\ufffd\ufffd" in "".join(ElementTree.fromstring(write(answer, accept.XML)).itertext())  # noqa: S314 - ours


def test_a_property_that_xml_cannot_name_is_refused() -> None:
    answer = Answer("construct", triples=((Iri("urn:a"), Iri("http://x.org/1/"), Iri("urn:b")),))
    with pytest.raises(ValueError, match="text/turtle"):
        write(answer, accept.RDFXML)


def test_rows_are_no_graph_and_a_graph_is_no_table() -> None:
    assert fits(Answer("select"), accept.CSV) and not fits(Answer("select"), accept.TURTLE)
    assert fits(Answer("construct"), accept.TURTLE) and not fits(Answer("construct"), accept.CSV)
