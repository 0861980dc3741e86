from __future__ import annotations

import pytest

from tests.papers import OWN, proposed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (OWN + "Our key mechanism, Tail-Step Scheduling, applies to all dens.", "Tail-Step Scheduling"),
        (OWN + "More concretely, a novel fox-language connector is applied.", "fox-language connector"),
        (OWN + "These results validate the proposed hybrid burrow gripper.", "hybrid burrow gripper"),
        ("We study foxes. In the tests our HareNet approach tracks them.", "HareNet"),
        (OWN + "Fox Training is a novel training strategy.", "Fox Training"),
        (OWN + "We rely on our tail-guided den sampler.", "tail-guided den sampler"),
    ],
)
def test_what_is_called_new_or_ours_is_proposed(text: str, name: str) -> None:
    assert name in proposed(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (OWN + "It builds on a recently proposed hybrid burrow gripper.", "hybrid burrow gripper"),
        ("A novel fox sampler appeared last year. We study foxes.", "fox sampler"),
        (OWN + "We report our results.", "results"),
    ],
)
def test_what_is_new_elsewhere_is_not(text: str, name: str) -> None:
    assert name not in proposed(text)
