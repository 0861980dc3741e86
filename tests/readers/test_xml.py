"""XML: attacks, damage, and the dialects of every format that is XML."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.model import Paper, Problem
from kg.readers import _xml, read
from kg.readers._detect import detect
from tests.readers.texts import PUBMED, TEXTS, papers, problems, records

XML = ("acl", "arxiv_atom", "endnote", "jats", "pubmed", "tei", "zotero_rdf")
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def _words(text: str) -> list[str]:
    found = _xml.elements(io.StringIO(text), "r")
    return [one.reason if isinstance(one, _xml.Broken) else _xml.words(one[1]) for one in found]


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("before", ["", "<!-- <a> -->"])
def test_entities_are_never_expanded(name: str, before: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha" * 9}">' for i in range(12))
    doctype = f'{before}<!DOCTYPE x [{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    declaration, _, body = TEXTS[name].partition("?>") if TEXTS[name].startswith("<?xml") else ("", "", TEXTS[name])
    body = body if "<!DOCTYPE" not in body else body[body.index(">", body.index("<!DOCTYPE")) + 1 :]
    text = (declaration + "?>" if declaration else "") + doctype + body.replace("Foxes cross", "&e11;&file;Foxes cross")
    (tmp_path / "x.xml").write_text(text, encoding="utf-8")
    found = list(read(str(tmp_path / "x.xml")))
    assert [r.reason for r in found if isinstance(r, Problem)] == [_xml.ENTITIES]
    assert "SECRET" not in repr(found)


def test_damage_costs_as_little_as_can_be() -> None:
    assert _words("<x><r>a</r><r>b & c &eacute;&nope;</r><r>d \x00&#1;</r></x>")[:3] == [
        "a",
        "b & c é",
        "d \ufffd\ufffd",
    ]
    assert _words("<x><r>a</r><r>b<i>c") == ["a", "the XML ends in the middle of this record"]
    assert _words("<x><r>a</r><r>b</r>")[:2] == ["a", "b"] and len(_words("<x><r>a</r><r>b</r>")) == 3
    assert _words("<a>" * 5000 + "<r>1</r>") == ["not valid XML: Excessive depth in document: 256"]


def test_documents_after_one_another_are_all_read() -> None:
    text = '<?xml version="1.0"?>\n<x><r>a</r></x>\n'
    lines = [one[0] for one in _xml.elements(io.StringIO(text * 3), "r") if not isinstance(one, _xml.Broken)]
    assert lines == [2, 4, 6]
    assert [p.id for p in papers("pubmed", PUBMED + PUBMED)] == ["123", "124", "123", "124"]


def test_parts_that_stand_apart_are_divided() -> None:
    assert _words("<x><r><p>a<b>B</b> c</p><p>d</p><title>T</title>x</r></x>") == ["aB c d T x"]


def test_records_come_as_they_are_read() -> None:
    """Memory is bounded: the reader has given the first record long before it has read the last."""

    class Counting(io.StringIO):
        taken = 0

        def read(self, size: int | None = -1) -> str:
            self.taken += 1
            return super().read(size)

    one = PUBMED[PUBMED.index("<PubmedArticle>") : PUBMED.index("</PubmedArticle>") + 16]
    stream = Counting("<PubmedArticleSet>" + one * 3000 + "</PubmedArticleSet>")
    from kg.readers import pubmed

    found = pubmed.read(stream, "x")
    next(found)
    assert stream.taken < 3
    assert sum(isinstance(r, Paper) for r in found) == 2999 and stream.taken > 60


_NAME = "<name><surname>R</surname><given-names>V</given-names></name>"
DIALECTS = [
    ("arxiv_atom", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><summary>Foxes</summary></entry></feed>'),
    ("arxiv_atom", f'<rss {_DC}><channel><link>http://rss.arxiv.org/</link><item><title>A</title><description>arXiv:2001.00001v1 '
     "Announce Type: new \nAbstract: Foxes</description><dc:creator>V R, B H</dc:creator></item></channel></rss>"),
    ("pubmed", "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle><Abstract><AbstractText>Foxes"
     "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"),
    ("pubmed", "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>B</BookTitle></Book><ArticleTitle>A"
     "</ArticleTitle><Abstract><AbstractText>Foxes</AbstractText></Abstract></BookDocument></PubmedBookArticle></PubmedArticleSet>"),
    ("jats", '<OAI-PMH><record><metadata><article xmlns="urn:j"><front><article-meta><title-group><article-title>A</article-title>'
     f"</title-group><contrib-group><contrib><name-alternatives>{_NAME}</name-alternatives></contrib></contrib-group>"
     "<abstract><p>Foxes</p></abstract></article-meta></front></article></metadata></record></OAI-PMH>"),
    ("jats", "<article><front><article-meta><title-group><article-title>A</article-title></title-group><trans-abstract><p>Foxes</p>"
     "</trans-abstract></article-meta></front><sub-article><front-stub><title-group><article-title>R</article-title></title-group>"
     "</front-stub></sub-article></article>"),
    ("acl", '<volume id="W06"><paper id="1001"><title>A</title><abstract>Foxes</abstract></paper></volume>'),
    ("tei", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/></titleStmt><sourceDesc><biblStruct>'
     "<analytic><title>A</title></analytic></biblStruct></sourceDesc></fileDesc><profileDesc><abstract><p>Foxes</p></abstract>"
     "</profileDesc></teiHeader></TEI>"),
    ("endnote", "<XML><RECORDS><RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><AUTHORS><AUTHOR>R, V</AUTHOR></AUTHORS><TITLE>A</TITLE>"
     "<ABSTRACT>Foxes</ABSTRACT></RECORD></RECORDS></XML>"),
    ("zotero_rdf", f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bibo="http://purl.org/ontology/bibo/" {_DC}'
     ' xmlns:dcterms="http://purl.org/dc/terms/"><bibo:Article rdf:about="u"><dc:title>A</dc:title><dcterms:abstract>Foxes'
     '</dcterms:abstract><dcterms:isPartOf><bibo:Journal><dc:title>J</dc:title></bibo:Journal></dcterms:isPartOf></bibo:Article></rdf:RDF>'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), DIALECTS)
def test_dialects(name: str, text: str) -> None:
    assert detect(text) == name
    (paper,) = papers(name, text)
    assert (paper.title, paper.abstract) == ("A", "Foxes")


def test_a_list_of_references_without_a_document_is_a_list_of_papers() -> None:
    item = '<biblStruct xml:id="b{0}"><analytic><title>{1}</title></analytic><monogr><title>J</title></monogr></biblStruct>'
    listed = "".join(item.format(i, title) for i, title in enumerate("AB"))
    text = f"<TEI><teiHeader/><text><back><listBibl>{listed}</listBibl></back></text></TEI>"
    assert [(p.title, p.venue) for p in papers("tei", text)] == [("A", "J"), ("B", "J")]


def test_an_error_of_arxiv_is_a_problem() -> None:
    entry = "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>"
    (problem,) = problems("arxiv_atom", f"<feed>{entry}</feed>")
    assert "bad id" in problem.reason


def test_what_is_read_besides_title_and_abstract() -> None:
    found = {name: records(name, TEXTS[name])[0] for name in XML}
    for name, paper in found.items():
        assert isinstance(paper, Paper)
        assert paper.year == 2024 and paper.doi == "10.1234/fox.1", name
        assert (paper.authors[0] in ("Vos Reineke", "Vos B Reineke") and paper.venue) or name == "arxiv_atom"
        assert paper.keywords or name == "acl"
    jats, pubmed, tei = (found[name] for name in ("jats", "pubmed", "tei"))
    assert isinstance(jats, Paper) and isinstance(pubmed, Paper) and isinstance(tei, Paper)
    assert jats.references == ("On Elks", "10.1234/x") and jats.identifiers == ("pmid:123", "pmcid:PMC9")
    assert jats.abstract == "Aim Foxes cross meadows. We count." and jats.title == "Counting Foxes at Dusk"
    assert pubmed.references == ("pmid:77", "10.1234/x", "Owl 2001")
    assert pubmed.abstract == "AIM: Foxes cross meadows. RESULT: We count x2 < 3 of them."
    assert tei.references == ("On Elks", "10.1234/x") and tei.arxiv == "2401.00001"
