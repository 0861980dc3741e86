from __future__ import annotations

import pytest

from kg.extract.proposals import extract
from kg.vocab import Role
from tests.papers import document, lexicon, words


def proposed(text: str, title: str = "A Study of Foxes") -> list[tuple[str, str]]:
    doc = document(text, title)
    return sorted({(words(doc, c), c.role.value if c.role else "") for c in extract(doc, lexicon())})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We propose FoxNet, a simple network.", [("FoxNet", "proposes")]),
        ("In this work, we first introduce the FoxNet architecture.", [("FoxNet", "proposes")]),
        ("This paper presents a new benchmark called FoxBench.", [("FoxBench", "introduces")]),
        ("We release FoxBench, a corpus of foxes.", [("FoxBench", "introduces")]),
        ("We design a novel graph attention module.", [("graph attention module", "proposes")]),
        ("A fox detection network is proposed.", [("fox detection network", "proposes")]),
        ("Smith et al. propose HareNet.", []),
        ("We propose a novel approach.", []),
        ("We describe our results.", []),
        ("The proposed method works.", []),
    ],
)
def test_proposals(text: str, found: list[tuple[str, str]]) -> None:
    assert proposed(text) == found


def test_roles_are_those_of_things_of_ones_own() -> None:
    doc = document("We propose FoxNet and release the HareBench dataset.")
    assert {c.role for c in extract(doc, lexicon())} == {Role.PROPOSES, Role.INTRODUCES}
