from __future__ import annotations

import pytest

from tests.papers import OWN, proposed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (OWN + "FoxNet introduces a tail-guided gate for speed.", "tail-guided gate"),
        (OWN + "FoxNet tracks foxes, and introduces Tail Order Cloning to keep them apart.", "Tail Order Cloning"),
        (OWN + "It consists of a burrow encoder module and a den-aware decoder.", "den-aware decoder"),
        (OWN + "A Tail-Aware Burrow Module (TBM) finds the dens.", "Tail-Aware Burrow Module"),
        (OWN + "A tail-guided fusion module handles the dens.", "tail-guided fusion module"),
    ],
)
def test_parts_of_what_is_proposed_are_proposed(text: str, name: str) -> None:
    assert name in proposed(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Recent work introduces a tail-guided gate. We study it.", "tail-guided gate"),
        (OWN + "A pretrained burrow encoder module finds the dens.", "burrow encoder module"),
        (OWN + "A vision transformer layer finds the dens.", "vision transformer layer"),
        ("Foxes are tracked by a tool called HareTrack. We study foxes.", "HareTrack"),
        ("These are models that are designed for foxes. We study foxes.", "models"),
    ],
)
def test_what_is_somebody_elses_is_not_proposed(text: str, name: str) -> None:
    assert name not in proposed(text)
