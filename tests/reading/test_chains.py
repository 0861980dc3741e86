from __future__ import annotations

import pytest

from kg.vocab import Kind
from tests.papers import by_text, reading


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We evaluate ViT-Fox-Den-7B on dens.", {"ViT-Fox-Den-7B"}),
        ("We evaluate ViT2 and ViT on dens.", {"ViT2", "ViT"}),
    ],
)
def test_a_name_that_goes_on_is_another_name(text: str, names: set[str]) -> None:
    methods = {words for words, mention in by_text(reading(text)).items() if mention.kind is Kind.METHOD}
    assert names <= methods
    assert not any(name in methods for name in ("ViT", "ViT2") if name not in names)


def test_an_adjective_made_of_a_name_is_no_longer_name() -> None:
    found = by_text(reading("We track foxes.", "ViT-Based and ViT-Driven Tracking"))
    assert "ViT-Based" not in found and "ViT-Driven" not in found
    assert found["ViT"].entity == "method/vision-transformer"


def test_a_version_is_another_thing_than_its_base() -> None:
    found = by_text(reading("We evaluate ViT2 and ViT on dens."))
    assert found["ViT2"].entity != found["ViT"].entity == "method/vision-transformer"
