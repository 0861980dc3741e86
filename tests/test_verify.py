from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export import write_all
from kg.pipeline import build
from kg.rdf.turtle import to_turtle
from kg.verify import Report, verify
from tests.samples import small_graph

TURTLE = to_turtle(small_graph()).decode()
ID = "https://w3id.org/papers-kg/id"
KG = "https://w3id.org/papers-kg/ontology#"


def _verify(turtle: str, folder: Path) -> Report:
    (folder / "kg.ttl").write_bytes(turtle.encode())
    return verify(folder)


def _drop(block: str) -> str:
    """The sample without the node whose IRI ends so."""
    kept = [part for part in TURTLE.split("\n\n") if not part.startswith(f"<{ID}/{block}>")]
    assert len(kept) == TURTLE.count("\n\n")
    return "\n\n".join(kept)


@pytest.mark.parametrize("mentions", ["best", "all"])
def test_a_sound_graph_has_no_problems(tmp_path: Path, mentions: str) -> None:
    turtle = to_turtle(small_graph(), mentions="all" if mentions == "all" else "best").decode()
    assert _verify(turtle, tmp_path) == Report(11, 10, 1, 1, [])


TAMPERED: list[tuple[str, str, str]] = [
    # what is replaced, by what, and the words of a problem that must be found
    ('kg:quote "Fox Transformer"', 'kg:quote "Fox transformer"', "quotes"),
    ('kg:quote "inductive bias"', 'kg:quote "inductive biases"', "quotes"),
    ('kg:end "76"', 'kg:end "75"', "quotes"),
    ('kg:start "62"', 'kg:start "-62"', "quotes"),
    ("We propose the Fox", "We offer the Fox", "quotes"),
    ('kg:sentenceEnd "90"', 'kg:sentenceEnd "70"', "not inside a sentence"),
    ('kg:sentenceStart "101"', 'kg:sentenceStart "110"', "not inside a sentence"),
    ('kg:sentenceEnd "146"', 'kg:sentenceEnd "9999"', "not inside a sentence"),
    ("abstract-62-76>\n", "abstract-62-77>\n", "named for another place"),
    ('kg:field "title"', 'kg:field "body"', "field called 'body'"),
    ('kg:confidence "0.55"', 'kg:confidence "1.55"', "confidence 1.55"),
    ('kg:confidence "0.9"', 'kg:confidence "0.90"', "no xsd:decimal"),
    ('kg:extractor "lexicon" ;', "", "kg:extractor 0 times"),
    (f"kg:inPaper <{ID}/paper/10.1234/hostile>", f"kg:inPaper <{ID}/paper/nowhere>", "no kg:Paper"),
    (f"kg:entity <{ID}/concept/inductive-bias>", f"kg:entity <{ID}/concept/nothing>", "no kg:Entity"),
    ("kg:role kg:about", "kg:role kg:reports", "gives a Concept the role reports"),
    ("kg:role kg:comparesWith", "kg:role kg:uses", "no mention of that role"),
    ("kg:role kg:comparesWith", "kg:role kg:title", "no rdf:Property"),
    ("kg:comparesWith <", "kg:uses <", "no mention of that role"),
    ("kg:proposes <", "kg:mentions <", "stronger proposes"),
    (f"kg:evaluatesOn <{ID}/dataset", f"kg:introduces <{ID}/dataset", "no mention of that role"),
    ("kg:about <", "kg:reports <", "no kg:Metric"),
    (f"        <{ID}/method/rare-trick>,\n", "", "without kg:mentions"),
    ("kg:proposes <", f"kg:comparesWith <{ID}/method/fox-transformer> ; kg:proposes <", "several roles"),
    ('kg:paperCount "2"', 'kg:paperCount "3"', "paperCount 3, but 2"),
    ('kg:value "91.5"', 'kg:value "19.5"', "kg:value 19.5"),
    ('kg:lexicalValue "91.5%"', 'kg:lexicalValue "91,5%"', "kg:lexicalValue"),
    ("kg:hasResult <", "kg:url <", "reported by 0 papers"),
    ('kg:weight "0.57"', 'kg:weight "0.58"', "weighs 0.58"),
    ('kg:weight "0.32"', 'kg:weight "0.31"', "what it shares 0.56"),
    (f"kg:sharesTechniqueWith <{ID}/paper/2401.00001>", f"cito:cites <{ID}/paper/2401.00001>", "no kg:sharesTechniqueWith"),
    ("uses/method/rare-trick/abstract-68-78> ;", "uses/method/vision-transformer/abstract-34-52> ;", "one mention of"),
    (f"kg:sharedEntity <{ID}/method/rare-trick>", f"kg:sharedEntity <{ID}/method/fox-transformer>", "one mention of"),
    ("https://github.com/fox/fox>", "https://github.com/wolf/wolf>", "URL that its text does not hold"),
    ("kg:cslJson", "kg:bibJson", "no predicate of kg"),
    ("skos:prefLabel", "kg:quote", "said of a"),
    ('skos:prefLabel "MeadowNet"', f"skos:prefLabel <{ID}/method/rare-trick>", "no xsd:string"),
    ("a kg:Dataset, kg:Entity, schema:Dataset", "a kg:Dataset, schema:Dataset", "not typed kg:Entity"),
    ("a kg:Mention, oa:Annotation", "a kg:Mention", "not typed oa:Annotation"),
    ("a kg:Concept, kg:Entity", "a kg:Concept, kg:Task, kg:Entity", "no class of kg, or several"),
    (f"cito:cites <{ID}/paper/10.1234/hostile>", "cito:cites _:paper", "blank node"),
    ('"2024"^^xsd:gYear', '"24"^^xsd:gYear', "no xsd:gYear"),
    ('kg:position "1"', 'kg:position "01"', "no xsd:integer"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), TAMPERED, ids=range(len(TAMPERED)))
def test_tampering_is_found(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TURTLE
    problems = _verify(TURTLE.replace(old, new, 1), tmp_path).problems
    assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("mention/2401.00001/proposes/method/fox-transformer/abstract-15-30", "no mention of that role"),
        ("link/10.1234/hostile--2401.00001", "no kg:Link"),
        ("link/10.1234/hostile--2401.00001/method/rare-trick", "what it shares 0.25"),
        ("result/2401.00001/abstract-140-145", "no kg:Result"),
        ("dataset/meadow-net", "no kg:Entity"),
        ("paper/2401.00001", "no kg:Paper"),
        ("person/2401.00001/1", "no foaf:Person"),
    ],
)
def test_what_is_missing_is_missed(tmp_path: Path, block: str, words: str) -> None:
    problems = _verify(_drop(block), tmp_path).problems
    assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"<{ID}/paper/2401.00001> <{KG}uses> <{ID}/method/fox-transformer> .", "several roles"),
        (f"<{ID}/paper/2401.00001> <{KG}mentions> <{ID}/concept/inductive-bias> .", "no mention of that role"),
        (f"<{ID}/paper/2401.00001> <{KG}sharesTechniqueWith> <{ID}/paper/nothing-in-common-0a1b2c3d> .", "no kg:Link"),
        (f'<{ID}/dataset/meadow-net> <http://www.w3.org/2004/02/skos/core#prefLabel> "Meadow" .', "2 times"),
        (f'<{ID}/paper/2401.00001> <http://purl.org/dc/terms/title> "Titel"@de .', "no xsd:string"),
        ('_:a <http://xmlns.com/foaf/0.1/name> "x" .', "is a blank node"),
        (f"<urn:x> a <{KG}Entity> .", "no class of kg"),
        (f"<{ID}/link/x> a <{KG}SharedTechnique> .", "belong to 2 places"),
    ],
)
def test_what_was_added_by_hand_is_found(tmp_path: Path, line: str, words: str) -> None:
    problems = _verify(f"{TURTLE}\n{line}\n", tmp_path).problems
    assert any(words in problem for problem in problems), problems


def test_problems_name_the_node(tmp_path: Path) -> None:
    (problem,) = _verify(TURTLE.replace('kg:weight "0.57"', 'kg:weight "0.5"'), tmp_path).problems
    assert re.match(rf"<{ID}/link/10\.1234/hostile--2401\.00001> weighs 0\.5", problem)


def test_no_turtle_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        _verify("not Turtle", tmp_path)


def test_several_identifiers_of_a_paper_are_texts(tmp_path: Path) -> None:
    """They were taken for IRIs, and a graph with pmids was no graph."""
    papers = tmp_path / "x.nbib"
    papers.write_text("PMID- 1\nTI  - Foxes\nAB  - We hunt.\nPMC - PMC2\n\nPMID- 3\nTI  - Hares\nAB  - We run.\n")
    write_all(build([str(papers)], workers=1).graph, tmp_path, ["turtle"])
    assert '"pmid:1"' in (tmp_path / "kg.ttl").read_text()
    assert verify(tmp_path).problems == []
