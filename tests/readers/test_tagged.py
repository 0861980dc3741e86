"""The tagged texts of Web of Science, MEDLINE and EndNote."""

from __future__ import annotations

import pytest

from kg.readers._detect import detect
from tests.readers.texts import MEDLINE, REFER, WOS, papers


def test_web_of_science() -> None:
    fox, _ = papers("wos", WOS)
    assert (fox.title, fox.abstract) == ("Counting Foxes at Dusk", "Foxes cross meadows. We count them.")
    assert fox.authors == ("Vos Reineke", "Ludwig van der Heide") and fox.keywords == ("foxes", "dusk")
    assert fox.references == ("10.1234/elk", "Hare B, 2002, J HARE") and fox.identifiers == ("wos:000123456700001",)


def test_medline() -> None:
    fox, _ = papers("medline", MEDLINE)
    assert (fox.title, fox.doi, fox.year) == ("Counting Foxes at Dusk.", "10.1234/fox.1", 2024)
    assert fox.abstract == "AIM: Foxes cross meadows. We count them."
    assert fox.authors == ("Vos Reineke", "The Meadow Group") and fox.keywords == ("foxes", "dusk")
    assert fox.identifiers == ("pmid:123", "pmcid:PMC9")


def test_refer() -> None:
    fox, _ = papers("refer", REFER)
    assert fox.abstract == "Foxes cross meadows. We count them. So there." and fox.keywords == ("foxes", "dusk")
    assert (fox.venue, fox.doi, fox.year, fox.url) == (
        "Journal of Foxes",
        "10.1234/fox.1",
        2024,
        "https://example.org/fox",
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wos", "PT J\nTI A\nUT WOS:000111\nER\nPT C\nTI B\nER\n"),
        ("medline", "PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n"),
        ("medline", "OWN - NLM\nPMID- 1\nTI  - A\n\nOWN - NLM\nPMID- 2\nTI  - B\n"),
        ("refer", "%A V. R\n%T A\n\n%A B. H\n%T B\n"),
        ("refer", "%0 Thesis\n%T A\n%X One.\n\n%Z two\n%0 Book\n%T B\n"),
    ],
)
def test_dialects(name: str, text: str) -> None:
    assert detect(text) == name
    assert [p.title for p in papers(name, text)] == ["A", "B"]
