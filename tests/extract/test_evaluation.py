from __future__ import annotations

import pytest

from kg.extract.evaluation import extract
from kg.vocab import Kind
from tests.papers import document, lexicon, words


def found(text: str, kind: Kind) -> list[str]:
    doc = document(text)
    return [words(doc, c) for c in extract(doc, lexicon()) if c.kind is kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Experiments on FoxBench and HareSet show gains.", ["FoxBench", "HareSet"]),
        ("We evaluate on the FoxBench, HareSet and DeerSet datasets.", ["DeerSet", "FoxBench", "HareSet"]),
        ("Results on two cohorts (Fenwick and DRS) agree.", ["DRS", "Fenwick"]),
        ("The FoxBench benchmark is old.", ["FoxBench"]),
        ("We improve accuracy on average.", []),
        ("A large dataset was used.", []),
    ],
)
def test_data_sets(text: str, names: list[str]) -> None:
    assert sorted(set(found(text, Kind.DATASET))) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It outperforms HareNet and DeerNet by far.", ["HareNet", "DeerNet"]),
        ("Compared to HareNet, it is fast.", ["HareNet"]),
        ("It is better than before.", []),
    ],
)
def test_comparisons(text: str, names: list[str]) -> None:
    assert found(text, Kind.METHOD) == names
