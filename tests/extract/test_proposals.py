from __future__ import annotations

import pytest

from kg.extract.proposals import extract
from kg.vocab import Role
from tests.papers import document, lexicon, reading, words


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
        (
            "We propose two fox frameworks: Fox Dialectics and the Hare Index.",
            [("Fox Dialectics", "proposes"), ("Hare Index", "proposes")],
        ),
        ("We develop the concept of a burrow tree network.", [("burrow tree network", "proposes")]),
        ("We also propose a new architecture, FoxNet that runs.", [("FoxNet", "proposes")]),
        ("We propose a new algorithm - FoxNet - that runs.", [("FoxNet", "proposes")]),
        ("We propose Foxify, a task where dens are found.", [("Foxify", "addresses")]),
        ("We use dens to introduce a tail-guided fox sampler.", [("tail-guided fox sampler", "proposes")]),
        ("In this work, a tail-guided fox sampler was developed.", [("tail-guided fox sampler", "proposes")]),
        ("We propose spatially-adaptive tail pooling.", [("spatially-adaptive tail pooling", "proposes")]),
        ("Several fox samplers have recently been proposed.", []),
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "We introduce a scalable prompting scheme, two-hop fox prompting, inspired by hares.",
            "two-hop fox prompting",
        ),
        ("We propose FoxNet. The Tail-guided Modules exploit both ends.", "Tail-guided Modules"),
        (
            "We introduce two fusion methods. The first is a burrow fusion network that combines foxes.",
            "burrow fusion network",
        ),
        (
            "We propose FoxNet with two components: image classification and Multi-den Adversarial Pooling.",
            "Multi-den Adversarial Pooling",
        ),
        ("We then propose two efficient algorithms, FoxSelect and HareSelect, which prune.", "HareSelect"),
        ("We move on, and introduce a slowly coherent, den-aware encoder.", "den-aware encoder"),
    ],
)
def test_parts_and_descriptions_that_are_the_paper_s_own(text: str, name: str) -> None:
    proposed = {m.text for m in reading(text).mentions if m.role is Role.PROPOSES}
    assert name in proposed, proposed


def test_a_known_thing_with_an_indefinite_article_is_used() -> None:
    roles = {m.text: m.role for m in reading("We develop a transformer with two heads for foxes.").mentions}
    assert roles["transformer"] is Role.USES
