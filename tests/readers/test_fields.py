"""The names of fields, people, dates and identifiers, on their own."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import _dates, _fields, _ids, _names, _values

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("kg.readers").joinpath("fields.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", ["generic", "bibtex", "ris"])
def test_every_name_is_plain_and_stands_for_one_variable(table: str) -> None:
    names = [name for synonyms in _data()[table].values() for name in synonyms]
    assert names == [_fields.plain(name) for name in names]
    assert sorted(names) == sorted(set(names))


def test_the_preferred_name_wins_and_the_others_stay() -> None:
    items = [("Original Title", "b"), ("Title", "a"), ("TI", "c"), ("Colour", "red"), ("Colour", "blue"), ("DOI", "")]
    assert _fields.assign(items) == ({"title": "a"}, {"Original Title": "b", "TI": "c", "Colour": ["red", "blue"]})


@given(value=JSON_VALUES)
@settings(deadline=None)
def test_values_of_any_shape_are_read_without_error(value: Any) -> None:
    assert isinstance(_values.text_of(value), str)
    year = _dates.year(_dates.issued(value))
    assert year is None or isinstance(year, int)
    for name in _names.people(value, str):
        assert name and all(isinstance(part, str) for part in name.values())
        assert isinstance(_names.display(name), str)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fox, A., Hare, B. C.", ["A. Fox", "B. C. Hare"]),
        ("Fox A., Hare BC", ["A. Fox", "BC Hare"]),
        ("Knuth, Donald", ["Donald Knuth"]),
        ("Ann Fox, Bob Hare", ["Ann Fox", "Bob Hare"]),
        ("Ann Fox & Bob Hare", ["Ann Fox", "Bob Hare"]),
        ("A. Fox, B. Hare, and C. Elk", ["A. Fox", "B. Hare", "C. Elk"]),
        ("Fox, Ann (123); Hare, Bob (456)", ["Ann Fox", "Bob Hare"]),
        ("Massimo Fox|Corrado Hare", ["Massimo Fox", "Corrado Hare"]),
        ("Ludwig van der Heide", ["Ludwig van der Heide"]),
        ("Fox, Jr., Ann", ["Ann Fox Jr."]),
        ("OpenFox", ["OpenFox"]),
        (" , ;", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert [_names.display(name) for name in _names.people(text, str)] == names


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2024.0", [2024]),
        ("2024-05", [2024, 5]),
        ("2023-24", [2023]),
        ("2024-05-08T12:00:00Z", [2024, 5, 8]),
        ("May 8, 2024", [2024, 5, 8]),
        ("Wed, 8 May 2024 10:20:30 GMT", [2024, 5, 8]),
        ({"date-parts": [["2019", "4"]]}, [2019, 4]),
        ({"year": 2020, "month": "3"}, [2020, 3]),
        ({"date-parts": [[None]]}, None),
        ("in press", None),
        (True, None),
        (99999, None),
    ],
)
def test_dates(value: object, parts: list[int] | None) -> None:
    assert _dates.issued(value).get("date-parts", [None])[0] == parts


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("10.1002/(SICI)1097(199)9:1<1::AID>3.0", "10.1002/(sici)1097(199)9:1<1::aid>3.0"),
        ("(doi:10.1000/x)", "10.1000/x"),
        ("10.1000%2Fx", "10.1000/x"),
        ("10.12/x", ""),
        ("", ""),
    ],
)
def test_dois(text: str, doi: str) -> None:
    assert _ids.doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("http://arxiv.org/abs/2401.00001v2", "2401.00001"),
        ("https://arxiv.org/pdf/hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("arXiv:1706.03762 [cs.CL]", "1706.03762"),
        ("10.48550/arXiv.1706.03762", "1706.03762"),
        ("1799.00001", ""),
        ("https://example.org/2401.00001", ""),
    ],
)
def test_arxiv_identifiers(text: str, arxiv: str) -> None:
    assert _ids.arxiv(text) == arxiv
