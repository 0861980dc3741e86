from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from lxml import html

from kg.serve import accept, tasks
from kg.serve.limits import Limits
from kg.serve.tasks import Desk

MOUNT = "/papers-kg/id/"


@pytest.fixture(scope="module")
def desk(folder: Path) -> Desk:
    return Desk.open(folder, Limits())


def _page(desk: Desk, local: str) -> str:
    reply = tasks.page(desk, local=local)
    assert (reply.status, reply.media) == (200, accept.HTML)
    return reply.body.decode("utf-8")


def _words(page: str) -> str:
    return " ".join(html.fromstring(page.encode()).text_content().split())


def test_a_paper_shows_its_record_statements_results_and_neighbours(desk: Desk) -> None:
    page = _page(desk, "paper/2401.00001")
    words = _words(page)
    for said in (
        "Ada Lovelace, Grace Hopper",
        "2024",
        "Journal of Foxes",
        "arXiv 2401.00001",
        "91.5%",
        "because of rare trick",
    ):
        assert said in words
    assert "accuracy 91.5% on MeadowNet by Fox Transformer" in words
    roles = [h2.text for h2 in html.fromstring(page.encode()).iter("h2")]
    assert roles[:3] == ["proposes", "uses", "evaluatesOn"] or roles[:2] == ["proposes", "uses"]
    assert (
        '<a class="Method" href="/papers-kg/id/method/rare-trick" title="rare trick"><mark>rare trick</mark></a>'
        in page
    )
    assert "with the <mark>rare trick</mark> for object detection" in page
    assert 'href="https://github.com/fox/fox"' in page


def test_an_entity_shows_its_names_kinds_reasons_and_papers(desk: Desk) -> None:
    words = _words(_page(desk, "method/vision-transformer"))
    for said in (
        "In 2 papers.", "A transformer over image patches.", "also called ViT", "kinds of it Fox Transformer",
        "why these names are one ViT stands beside it in brackets", "uses it Fox Transformer: Quick Detection", "mentions it Hostile",
    ):  # fmt: skip
        assert said in words, said


def test_a_link_a_result_and_a_mention_have_pages_with_their_words(desk: Desk) -> None:
    link = _page(desk, "link/10.1234/hostile--2401.00001")
    assert "Weight 0.57" in _words(link) and link.count("<mark>rare trick</mark>") == 2
    found = {
        name: [row["x"].removeprefix(desk.base) for row in desk.rows(f"SELECT ?x {{ ?x a kg:{name} }} ORDER BY ?x")]
        for name in ("Mention", "Result", "SharedTechnique")
    }
    result = _page(desk, found["Result"][0])
    assert "On MeadowNet it reaches an accuracy of <mark>91.5%</mark>" in result
    for mention in found["Mention"]:
        page = _page(desk, mention)
        assert "<blockquote>" in page and "kg:confidence" in page
    assert "kg:weight" in _page(desk, found["SharedTechnique"][0])


def test_every_node_has_a_page_whose_links_lead_somewhere(desk: Desk) -> None:
    nodes = {row["s"].removeprefix(desk.base) for row in desk.rows("SELECT DISTINCT ?s { ?s ?p ?o }")}
    for local in sorted(nodes):
        for target in re.findall(rf'href="{MOUNT}([^"?]*)"', _page(desk, local)):
            assert unescape(target) in nodes, (local, target)


def test_hostile_text_stays_text(desk: Desk) -> None:
    page = _page(desk, "paper/10.1234/hostile")
    assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "Größe 𝔘 日本語" in page


@pytest.mark.parametrize(
    ("local", "name"),
    [("method/fox-transfomer", "Fox Transformer"), ("dataset/vision-transformer", "vision transformer"), ("x/Meadow_Net", "MeadowNet"),
     ("paper/fox-transformer-quick-detection", "Fox Transformer: Quick Detection")],
)  # fmt: skip
def test_what_is_not_there_is_said_with_what_is_near(desk: Desk, local: str, name: str) -> None:
    reply = tasks.page(desk, local=local)
    assert reply.status == 404
    assert name in [link.text for link in html.fromstring(reply.body).iter("a")]


def test_what_is_like_nothing_gets_no_suggestions(desk: Desk) -> None:
    reply = tasks.page(desk, local="method/%%%")
    assert reply.status == 404 and b"Did you mean" not in reply.body
