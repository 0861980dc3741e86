from __future__ import annotations

import pytest

from tests.papers import reading


def entities(abstract: str, title: str = "A study") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for mention in reading(abstract, title=title).mentions:
        found.setdefault(mention.entity, set()).add(mention.text)
    return found


@pytest.mark.parametrize(
    ("abstract", "one"),
    [
        (
            "We propose a foxless burrow imaging framework. The foxless burrow imaging method is fast.",
            {"foxless burrow imaging framework", "foxless burrow imaging method"},
        ),
        (
            "We study modern burrow architectures. Fine-grained burrow architectures are our burrow architectures.",
            {"modern burrow architectures", "Fine-grained burrow architectures", "burrow architectures"},
        ),
    ],
)
def test_variants_of_one_name_are_one_thing(abstract: str, one: set[str]) -> None:
    together = [texts for texts in entities(abstract).values() if len(texts & one) > 1]
    assert together, entities(abstract)


def test_what_the_vocabulary_tells_apart_stays_apart() -> None:
    found = entities("We compare the vision transformer with the transformer model.")
    assert len([entity for entity in found if entity.startswith("method/")]) == 2


def test_a_proper_name_is_not_hidden_in_a_description() -> None:
    found = entities("We use sparse coding on frozen ImageNet embeddings.")
    assert any("ImageNet" in texts for texts in found.values()), found


def test_a_title_spells_out_its_name() -> None:
    found = entities("We propose F2GL for burrows. F2GL is fast.", title="F2GL: Fox Federated Graph Lasso")
    assert any({"F2GL"} <= texts for texts in found.values())
    assert not any(texts == {"Fox Federated Graph Lasso"} for texts in found.values()), found
