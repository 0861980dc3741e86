"""What people read: the vault, and the comparison tables."""

from __future__ import annotations

import io
import json
import re
import zipfile

import lxml.html
import pytest
from markdown_it import MarkdownIt

from kg.export import files_of
from kg.export._filenames import file_names
from kg.export._markdown import escaped
from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from tests.export.hostile import EVIL, hostile_graph
from tests.samples import small_graph


def _bytes(name: str, file: str, graph: KnowledgeGraph) -> bytes:
    out = io.BytesIO()
    files_of(name)[file](graph, out)
    return out.getvalue()


def _vault(graph: KnowledgeGraph) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(_bytes("obsidian", "kg-obsidian.zip", graph))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _markdown(text: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(MarkdownIt().enable("table").render(text), create_parent="main")


@pytest.mark.parametrize("graph", [small_graph(), hostile_graph()])
def test_a_vault_has_a_note_for_each_paper_and_entity_and_every_link_leads_to_one(graph: KnowledgeGraph) -> None:
    notes = _vault(graph)
    assert len(notes) == len(graph.papers) + len(graph.entities)
    bodies = [text.split("---\n", 2)[2] for text in notes.values()]
    links = {link for text in bodies for link in re.findall(r"(?<!\\)\[\[(.*?)\|.*?\]\]", text)}
    assert links and {f"kg/{link}.md" for link in links} <= notes.keys()
    assert all(
        re.fullmatch(r"kg/(?:Papers|Methods|Data sets|Tasks|Metrics|Concepts)/[^/\\:*?\"<>|#^\[\]]+\.md", n)
        for n in notes
    )


@pytest.mark.parametrize("graph", [small_graph(), hostile_graph()])
def test_the_properties_of_a_note_are_plain_values(graph: KnowledgeGraph) -> None:
    notes = _vault(graph)
    titles = []
    for text in notes.values():
        _, front, body = text.split("---\n", 2)
        values = {line.split(": ", 1)[0]: json.loads(line.split(": ", 1)[1]) for line in front.splitlines()}
        assert values["tags"]
        titles += [values["title"]] if "title" in values else []
        assert body.startswith("\n# ")
    assert titles == [node.paper.title for node in graph.papers.values()]


def test_a_note_says_role_quote_and_what_papers_share() -> None:
    notes = _vault(small_graph())
    fox = notes["kg/Papers/Fox Transformer Quick Detection.md"]
    assert "- proposes [[Methods/Fox Transformer|Fox Transformer]]: “We propose the Fox Transformer," in fox
    assert "91.5% [[Metrics/accuracy|accuracy]] on [[Data sets/MeadowNet|MeadowNet]]" in fox
    assert "(0.57): [[Methods/rare trick|rare trick]], [[Data sets/MeadowNet|MeadowNet]]" in fox
    assert "## Papers that compare with it" in notes["kg/Methods/rare trick.md"]


def test_no_markup_of_a_text_comes_through() -> None:
    for text in _vault(hostile_graph()).values():
        page = _markdown(text.split("---\n", 2)[2])
        assert not page.xpath("//script|//img|//a|//code|//em|//strong|//table")
        assert len(page.xpath("//h1")) == 1


def test_the_dates_in_the_vault_are_always_the_same() -> None:
    with zipfile.ZipFile(io.BytesIO(_bytes("obsidian", "kg-obsidian.zip", small_graph()))) as archive:
        assert {(entry.date_time, entry.compress_type) for entry in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_things_of_one_name_have_files_of_their_own() -> None:
    names = file_names([("a", "Fox"), ("b", "FOX"), ("c", "Hare"), ("d", "???"), ("e", "")])
    assert names["c"] == "Hare" and len({name.casefold() for name in names.values()}) == 5 and all(names.values())
    assert file_names([("b", "FOX"), ("a", "Fox")])["a"] == names["a"].replace("FOX", "Fox")


@pytest.mark.parametrize(
    "evil", [*EVIL, "1. one", "- two", "+ three", "# four", "> five", "&amp; &#60;b&#62;", "a *b* _c_ ~~d~~"]
)
def test_escaped_text_is_shown_as_it_is(evil: str) -> None:
    shown = _markdown(escaped(evil))
    assert shown.text_content().strip() == " ".join(evil.split())
    assert [element.tag for element in shown.iter()] == ["main", "p"]


def _tables(page: lxml.html.HtmlElement) -> list[list[list[str]]]:
    return [
        [[c.text_content().strip() for c in row.xpath("./th|./td")] for row in t.xpath(".//tr")]
        for t in page.xpath("//table")
    ]


def test_comparison_tables_say_the_same_in_both_formats() -> None:
    page = lxml.html.document_fromstring(_bytes("comparison", "kg-comparison.html", small_graph()).decode())
    shown = _tables(_markdown(_bytes("comparison", "kg-comparison.md", small_graph()).decode()))
    papers, results = _tables(page)
    assert papers[0][:3] == ["Paper", "Year", "Proposes"] and papers[0][-1] == "Results"
    fox = dict(zip(papers[0], papers[2], strict=True))
    assert (fox["Proposes"], fox["Data sets"]) == ("Fox Transformer", "MeadowNet")
    assert fox["Results"] == "accuracy on MeadowNet: 91.5%"
    assert results == [
        ["Method", "Paper", "accuracy"],
        ["Fox Transformer", "Fox Transformer: Quick Detection", "91.5%"],
    ]
    assert [h.text for h in page.xpath("//h2")] == ["Papers", "Results: MeadowNet"]
    assert shown[1] == results and shown[0][0] == papers[0]
    assert page.xpath("//span/@title") == ["On MeadowNet it reaches an accuracy of 91.5%."]


def test_the_comparison_page_runs_and_loads_nothing() -> None:
    text = _bytes("comparison", "kg-comparison.html", hostile_graph()).decode()
    page = lxml.html.document_fromstring(text)
    assert not page.xpath("//script|//img|//link|//iframe|//*[@onerror]|//@src")
    assert "default-src 'none'; style-src 'sha256-" in text
    addresses = page.xpath("//a/@href")
    assert addresses and all(address.startswith("https://doi.org/") for address in addresses)
    assert [row[0] for row in _tables(page)[0][1:]] == list(EVIL)


def test_only_web_addresses_become_links() -> None:
    nodes = [
        PaperNode(f"paper/{i}", Paper(str(i), "T", "", url=u)) for i, u in enumerate(["javascript:x", "https://a.org/"])
    ]
    graph = KnowledgeGraph(nodes, [], [], [])
    page = lxml.html.document_fromstring(_bytes("comparison", "kg-comparison.html", graph).decode())
    assert page.xpath("//a/@href") == ["https://a.org/"]
    shown = _markdown(_bytes("comparison", "kg-comparison.md", graph).decode())
    assert shown.xpath("//a/@href") == ["https://a.org/"]


def test_markdown_tables_keep_their_columns() -> None:
    graph = hostile_graph()
    papers, results = _tables(_markdown(_bytes("comparison", "kg-comparison.md", graph).decode()))
    assert {len(row) for row in papers} == {9} and len(papers) == len(EVIL) + 1
    assert [row[0] for row in papers[1:]] == [" ".join(evil.split()) for evil in EVIL]
    assert {len(row) for row in results} == {3}
