"""A small file of every format, all of our own making, and a helper that reads a text with one reader."""

from __future__ import annotations

import io

from kg.model import Paper, Problem
from kg.readers._detect import load

PROSE = (
    "Foxes cross meadows at dusk, and cameras see little of it. We propose a network that counts them in the dark. "
    "On three meadows it finds 93.5% of the foxes, twice as many as a hunter does. The code is free to use."
)

LISTING = f"""new

Subscribe to the meadow letter!

May 5

Counting Foxes at Dusk with Quiet Networks

{PROSE}

12

Is a Hedgehog Enough? -- A Survey of Small Mammals

{PROSE} Hedgehogs are the subject of texttt{{H}}edge, which others overlook.We close the gap.
"""

BIBTEX = """% a file of foxes
@string{jof = "Journal of Foxes"}

@article{fox2024,
  title = {Counting {Foxes} at {D}usk},
  author = {Reineke, Vos and {The Meadow Group} and Ludwig van der Heide},
  journal = jof,
  year = 2024,
  month = may,
  doi = {10.1234/FOX\\_1},
  abstract = {Foxes cross meadows. We count them with 93.5\\% recall by G\\"odel's $x_{i}^{2}$.},
  keywords = {foxes, dusk}
}

@InProceedings{hedgehog,
  Title = "Is a Hedgehog Enough?",
  Booktitle = {Proc. of Meadows},
  Year = {2023}
}
"""

RIS = """TY  - JOUR
AU  - Reineke, Vos
AU  - van der Heide, Ludwig
TI  - Counting Foxes at Dusk
AB  - Foxes cross meadows.
      We count them.
JO  - Journal of Foxes
PY  - 2024
DO  - 10.1234/fox.1
KW  - foxes
KW  - dusk
SP  - 1
EP  - 9
ER  -

TY  - CPAPER
T1  - Is a Hedgehog Enough?
Y1  - 2023/05/01/
ER  -
"""

CSV = """Title,Abstract,Authors,Year,DOI
"Counting Foxes, at Dusk","Foxes cross ""meadows"".
We count them.","Reineke, V.; van der Heide, L.",2024,https://doi.org/10.1234/FOX.1
Is a Hedgehog Enough?,,Ada Lovelace,2023,
"""

JSON = """{
  "count": 2,
  "papers": [
    {
      "id": "2401.00001v2",
      "title": "Counting Foxes at Dusk",
      "summary": "Foxes cross <i>meadows</i> &amp; fields.",
      "authors": [{"name": "Vos Reineke"}, {"name": "Ludwig van der Heide"}],
      "published": "2024-05-08T00:00:00Z"
    },
    {"title": "Is a Hedgehog Enough?", "year": 2023}
  ]
}
"""

JSONL = """{"id": "a", "title": "Counting Foxes at Dusk", "summary": "Foxes cross.", "author": "V. Fox and A. Elk"}
{"id": "b", "title": "Is a Hedgehog Enough?", "update_date": "2023-01-02"}
"""

ARXIV_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>arXiv Query: search_query=all:fox</title>
  <entry>
    <id>http://arxiv.org/abs/2401.00001v2</id>
    <title>Counting Foxes
      at Dusk</title>
    <updated>2024-02-01T00:00:00Z</updated>
    <published>2024-01-01T00:00:00Z</published>
    <summary>  Foxes cross meadows, $x &lt; y$ of them.
    We count them.</summary>
    <author><name>Vos Reineke</name></author>
    <author><name>Ludwig van der Heide</name></author>
    <category term="cs.CV"/><category term="cs.LG"/>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1234/FOX.1</arxiv:doi>
    <link href="http://arxiv.org/abs/2401.00001v2" rel="alternate" type="text/html"/>
  </entry>
  <entry><id>http://arxiv.org/abs/hep-th/9901001v1</id><title>Is a Hedgehog Enough?</title></entry>
</feed>
"""

ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2024.fox">
  <volume id="1" type="proceedings">
    <meta>
      <booktitle>Proceedings of the Workshop on Meadows</booktitle>
      <editor><first>Ada</first><last>Lovelace</last></editor>
      <month>May</month><year>2024</year>
    </meta>
    <frontmatter><url hash="0">2024.fox-1.0</url></frontmatter>
    <paper id="1">
      <title>Counting <fixed-case>F</fixed-case>oxes at Dusk</title>
      <author><first>Vos</first><last>Reineke</last></author>
      <abstract>Foxes cross meadows. We count <tex-math>n^2</tex-math> of them.</abstract>
      <url hash="1">2024.fox-1.1</url>
      <doi>10.1234/fox.1</doi>
    </paper>
    <paper id="2"><title>Is a Hedgehog Enough?</title></paper>
  </volume>
</collection>
"""

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet>
<PubmedArticle>
  <MedlineCitation>
    <PMID Version="1">123</PMID>
    <Article>
      <Journal>
        <JournalIssue><Volume>6</Volume><PubDate><Year>2024</Year><Month>May</Month></PubDate></JournalIssue>
        <Title>Journal of Foxes</Title>
      </Journal>
      <ArticleTitle>Counting <i>Foxes</i> at Dusk</ArticleTitle>
      <Abstract>
        <AbstractText Label="AIM">Foxes cross meadows.</AbstractText>
        <AbstractText Label="RESULT">We count x<sup>2</sup> &lt; 3 of them.</AbstractText>
      </Abstract>
      <AuthorList>
        <Author><LastName>Reineke</LastName><ForeName>Vos</ForeName></Author>
        <Author><CollectiveName>The Meadow Group</CollectiveName></Author>
      </AuthorList>
    </Article>
    <KeywordList><Keyword>foxes</Keyword><Keyword>dusk</Keyword></KeywordList>
  </MedlineCitation>
  <PubmedData>
    <ArticleIdList><ArticleId IdType="doi">10.1234/fox.1</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList>
    <ReferenceList>
      <Reference><Citation>Elk</Citation><ArticleIdList><ArticleId IdType="pubmed">77</ArticleId></ArticleIdList></Reference>
      <Reference><Citation>Hare</Citation><ArticleIdList><ArticleId IdType="doi">10.1234/X</ArticleId></ArticleIdList></Reference>
      <Reference><Citation>Owl 2001</Citation></Reference>
    </ReferenceList>
  </PubmedData>
</PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>124</PMID>
  <Article><ArticleTitle>Is a Hedgehog Enough?</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""

JATS = """<?xml version="1.0"?>
<pmc-articleset>
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article">
  <front>
    <journal-meta><journal-title-group><journal-title>Journal of Foxes</journal-title></journal-title-group></journal-meta>
    <article-meta>
      <article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">9</article-id>
      <article-id pub-id-type="doi">10.1234/FOX.1</article-id>
      <title-group><article-title>Counting <italic>Foxes</italic> at Dusk<xref ref-type="fn">1</xref></article-title></title-group>
      <contrib-group>
        <contrib contrib-type="author"><name><surname>Reineke</surname><given-names>Vos</given-names></name></contrib>
        <contrib contrib-type="author"><collab>The Meadow Group</collab></contrib>
        <contrib contrib-type="editor"><name><surname>Lovelace</surname><given-names>Ada</given-names></name></contrib>
      </contrib-group>
      <pub-date pub-type="epub"><day>8</day><month>5</month><year>2024</year></pub-date>
      <abstract abstract-type="graphical"><p>A picture.</p></abstract>
      <abstract><title>Abstract</title><sec><title>Aim</title><p>Foxes cross meadows.</p></sec><sec><p>We count.</p></sec></abstract>
      <kwd-group><kwd>foxes</kwd><kwd>dusk</kwd></kwd-group>
    </article-meta>
  </front>
  <body><sec><title>Introduction</title><p>Long.</p></sec></body>
  <back><ref-list>
    <ref><element-citation><article-title>On Elks</article-title></element-citation></ref>
    <ref><mixed-citation>Hare, <pub-id pub-id-type="doi">10.1234/x</pub-id></mixed-citation></ref>
  </ref-list></back>
</article>
<article><front><article-meta>
  <title-group><article-title>Is a Hedgehog Enough?</article-title></title-group></article-meta></front></article>
</pmc-articleset>
"""

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<TEI>
  <teiHeader>
    <fileDesc>
      <titleStmt><title level="a" type="main">Counting Foxes at Dusk</title></titleStmt>
      <publicationStmt><publisher/><date type="published" when="2024-05-08">8 May</date></publicationStmt>
      <sourceDesc><biblStruct><analytic>
        <author><persName><forename type="first">Vos</forename><forename type="middle">B</forename>
          <surname>Reineke</surname></persName></author>
        <author><affiliation><orgName>Meadow</orgName></affiliation></author>
      </analytic><monogr><title level="j">Journal of Foxes</title><imprint><date when="2024"/></imprint></monogr>
      <idno type="DOI">10.1234/FOX.1</idno><idno type="arXiv">arXiv:2401.00001v1[cs.CV]</idno></biblStruct></sourceDesc>
    </fileDesc>
    <profileDesc>
      <textClass><keywords><term>foxes</term><term>dusk</term></keywords></textClass>
      <abstract><div><p>Foxes cross meadows.</p><p>We count them.</p></div></abstract>
    </profileDesc>
  </teiHeader>
  <text><back><div type="references"><listBibl>
    <biblStruct xml:id="b0"><analytic><title level="a">On Elks</title></analytic><monogr><title>J</title></monogr></biblStruct>
    <biblStruct xml:id="b1"><monogr><title>Book</title></monogr><idno type="DOI">10.1234/x</idno></biblStruct>
  </listBibl></div></back></text>
</TEI>
<TEI><teiHeader><fileDesc><titleStmt><title>Is a Hedgehog Enough?</title></titleStmt></fileDesc></teiHeader></TEI>
</teiCorpus>
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
  <record>
    <database name="f.enl">f.enl</database><rec-number>7</rec-number>
    <ref-type name="Journal Article">17</ref-type>
    <contributors><authors>
      <author><style face="normal">Reineke, Vos</style></author><author>van der Heide, Ludwig</author>
    </authors></contributors>
    <titles>
      <title><style face="normal">Counting </style><style face="italic">Foxes</style> at Dusk</title>
      <secondary-title>J. Foxes</secondary-title>
    </titles>
    <periodical><full-title>Journal of Foxes</full-title></periodical>
    <keywords><keyword>foxes</keyword><keyword>dusk</keyword></keywords>
    <dates><year>2024</year></dates>
    <abstract>Foxes cross meadows. We count them.</abstract>
    <electronic-resource-num>10.1234/FOX.1</electronic-resource-num>
    <urls><related-urls><url>https://example.org/fox</url></related-urls></urls>
  </record>
  <record><titles><title>Is a Hedgehog Enough?</title></titles></record>
</records></xml>
"""

WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Reineke, V
   van der Heide, L
AF Reineke, Vos
   van der Heide, Ludwig
TI Counting Foxes
   at Dusk
SO JOURNAL OF FOXES
DE foxes; dusk
AB Foxes cross meadows.
   We count them.
CR Elk A, 2001, J ELK, V1, P2, DOI 10.1234/elk
   Hare B, 2002, J HARE
VL 6
DI 10.1234/FOX.1
PY 2024
UT WOS:000123456700001
ER

PT J
TI Is a Hedgehog Enough?
ER

EF
"""

MEDLINE = """
PMID- 123
OWN - NLM
DP  - 2024 May 8
TI  - Counting Foxes
      at Dusk.
LID - 10.1234/FOX.1 [doi]
AB  - AIM: Foxes cross meadows.
      We count them.
FAU - Reineke, Vos
AU  - Reineke V
CN  - The Meadow Group
JT  - Journal of Foxes
OT  - *foxes
OT  - dusk
PMC - PMC9

PMID- 124
TI  - Is a Hedgehog Enough?
"""

REFER = """%0 Journal Article
%A Reineke, Vos
%A van der Heide, Ludwig
%T Counting Foxes at Dusk
%J Journal of Foxes
%D 2024
%R 10.1234/FOX.1
%K foxes
dusk
%X Foxes cross meadows.
We count them.

So there.
%U https://example.org/fox

%0 Book
%T Is a Hedgehog Enough?
"""

ZOTERO_RDF = """<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="https://example.org/fox">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Reineke</foaf:surname><foaf:givenName>Vos</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li rdf:nodeID="n5"/>
    </rdf:Seq></bib:authors>
    <link:link rdf:resource="#item_2"/>
    <dc:subject><z:AutomaticTag><rdf:value>foxes</rdf:value></z:AutomaticTag></dc:subject>
    <dc:subject>dusk</dc:subject>
    <dc:title>Counting Foxes at Dusk</dc:title>
    <dcterms:abstract>Foxes cross meadows. We count &lt;i&gt;them&lt;/i&gt;.</dcterms:abstract>
    <dc:date>2024-05-08</dc:date>
    <dc:description>arXiv: 2401.00001</dc:description>
    <bib:pages>1-9</bib:pages>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5678">
    <prism:volume>6</prism:volume><dc:title>Journal of Foxes</dc:title>
    <dc:identifier>DOI 10.1234/FOX.1</dc:identifier><dc:identifier>ISSN 1234-5678</dc:identifier>
  </bib:Journal>
  <foaf:Person rdf:nodeID="n5"><foaf:surname>van der Heide</foaf:surname><foaf:givenName>Ludwig</foaf:givenName></foaf:Person>
  <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>Full Text PDF</dc:title></z:Attachment>
  <bib:Memo rdf:about="#item_3"><rdf:value>&lt;p&gt;A note&lt;/p&gt;</rdf:value></bib:Memo>
  <rdf:Description rdf:about="#item_4">
    <z:itemType>conferencePaper</z:itemType><dc:title>Is a Hedgehog Enough?</dc:title>
  </rdf:Description>
</rdf:RDF>
"""

TEXT = f"""Published as a conference paper in the meadow

Counting Foxes at Dusk with
Quiet Networks
Vos Reineke, Ludwig van der Heide
Meadow University

Abstract
{PROSE.replace("network that", "net-" + chr(10) + "work that")}

Keywords: foxes; dusk

1 Introduction
Foxes have been counted since long ago.
"""

MARKDOWN = f"""---
title: "Counting Foxes at Dusk"
authors:
  - Vos Reineke
  - name: Ludwig van der Heide
date: 2024-05-08
doi: 10.1234/fox.1
tags: [foxes, dusk]
abstract: >
  {PROSE}
---

# Counting Foxes at Dusk

## Introduction

Foxes have been counted since long ago.
"""


def _pdf() -> str:
    """Return a PDF of one page: a title in large type, names, an abstract and the beginning of an introduction."""
    lines = ["Abstract", *PROSE.replace(". ", ".|").split("|"), "1 Introduction", "Foxes have been counted."]
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F 20 Tf 22 TL 50 700 Td (Counting Foxes) Tj T* (at Dusk) Tj /F 10 Tf 12 TL 0 -40 Td (Vos Reineke) Tj T* {shown} ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{text}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"


PDF = _pdf()

TEXTS = {"bibtex": BIBTEX, "csv": CSV, "json": JSON, "jsonl": JSONL, "listing": LISTING, "ris": RIS}
TEXTS |= {"acl": ACL, "arxiv_atom": ARXIV_ATOM, "endnote": ENDNOTE, "jats": JATS, "pubmed": PUBMED, "tei": TEI}
TEXTS |= {"medline": MEDLINE, "refer": REFER, "wos": WOS, "zotero_rdf": ZOTERO_RDF}

TEXTS |= {"markdown": MARKDOWN, "pdf": PDF, "text": TEXT}
SINGLE = frozenset({"markdown", "pdf", "text"})  # formats whose files hold one paper


def records(format: str, text: str) -> list[Paper | Problem]:
    """Read `text` with the reader of one format, from a file named ``x``."""
    return list(load(format).read(io.StringIO(text), "x"))


def papers(format: str, text: str) -> list[Paper]:
    """Read `text`, which is expected to hold good records only."""
    found = records(format, text)
    assert [r for r in found if isinstance(r, Problem)] == []
    return [r for r in found if isinstance(r, Paper)]


def problems(format: str, text: str) -> list[Problem]:
    """Read `text` and return the problems alone."""
    return [r for r in records(format, text) if isinstance(r, Problem)]
