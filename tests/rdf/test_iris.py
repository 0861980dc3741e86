from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import iris
from tests.rdf.strategies import NASTY, texts
from tests.samples import small_graph

BASE = "https://w3id.org/papers-kg/id/"


def _legal(iri: str) -> bool:
    """Tell whether a strict parser of Turtle takes the IRI."""
    turtle = f"<{iri}> <urn:p> <{iri}> .".encode()
    return len(list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))) == 1


def test_iris_are_built_from_what_they_identify() -> None:
    graph = small_graph()
    fact = graph.facts_of("method/fox-transformer")[0]
    node = graph.papers[fact.paper]
    mention = iris.mention_iri(BASE, fact.paper, fact.entity, fact.mentions[0])
    assert mention == BASE + "mention/2401.00001/proposes/method/fox-transformer/abstract-15-30"
    assert iris.result_iri(BASE, node.id, node.results[0]) == BASE + "result/2401.00001/abstract-140-145"
    assert iris.person_iri(BASE, node.id, 2) == BASE + "person/2401.00001/2"


def test_a_link_has_one_iri_whichever_paper_comes_first() -> None:
    one, two = "paper/b", "paper/10.1/a"
    assert iris.link_iri(BASE, one, two) == iris.link_iri(BASE, two, one) == BASE + "link/10.1/a--b"
    assert iris.shared_iri(BASE, one, two, "method/x") == BASE + "link/10.1/a--b/method/x"


@pytest.mark.parametrize(
    ("given_", "base"),
    [
        ("https://x.org/", "https://x.org/"),
        ("https://x.org", "https://x.org/"),
        ("https://x.org/a#", "https://x.org/a#"),
        ("https://x.org/a b", "https://x.org/a%20b/"),
    ],
)
def test_a_base_ends_in_slash_or_hash(given_: str, base: str) -> None:
    assert iris.base_iri(given_) == base


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("www.x.org/a", "https://www.x.org/a"),
        ("http://x.org:80/a?b=c&d#e", "http://x.org:80/a?b=c&d#e"),
        ("https://x.org/[a]", "https://x.org/%5Ba%5D"),
        ("https://x.org/100%", "https://x.org/100%25"),
        ("https://x.org/%C3%A4", "https://x.org/%C3%A4"),
    ],
)
def test_urls_become_legal_iris_and_legal_ones_stay(url: str, iri: str) -> None:
    assert iris.safe_iri(url) == iri


@given(texts)
def test_local_ids_survive_encoding(text: str) -> None:
    local = f"paper/{text}"
    assert iris.decode(iris.encode(local)) == local
    assert _legal(BASE + iris.encode(local))


@given(texts | st.text(st.sampled_from("htps:/.#?@[]%a1" + NASTY)).map(lambda rest: "http://" + rest))
def test_every_text_gives_a_legal_iri(text: str) -> None:
    iri = iris.safe_iri(text)
    assert _legal(iri)
    assert iris.safe_iri(iri) == iri
