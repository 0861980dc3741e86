"""Long files are read a window at a time, and the result is that of reading them whole."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import _bibtexscan, _jsonstream
from tests.readers.texts import BIBTEX

_PAPERS = [{"id": str(i), "title": f"Fox {i}", "abstract": "One.\nTwo \\ {x}."} for i in range(9)]
_SHAPES = [
    _PAPERS,
    {"count": 9, "papers": _PAPERS},
    {"status": "ok", "message": {"facets": {}, "items": _PAPERS}},
    {paper["id"]: paper for paper in _PAPERS},
    {"2024": {"a": _PAPERS[:4], "b": _PAPERS[4:]}},
]


def _json(text: str, window: int) -> list[tuple[int, object, str]]:
    return [
        (line, item.record, bool(item.error) and "bad")  # type: ignore[misc]
        for line, item in _jsonstream.items(io.StringIO(text), window=window)
    ]


@pytest.mark.parametrize("shape", _SHAPES)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_any_shape(shape: object, indent: int | None) -> None:
    text = json.dumps(shape, indent=indent)
    whole = _json(text, len(text) + 1)
    assert [record for _, record, _ in whole] == _PAPERS
    for window in (120, 200, 1000):
        assert _json(text, window) == whole


@settings(deadline=None)
@given(st.integers(0, 900), st.sampled_from(["", "}", '"', "x", ",", "\\"]))
def test_json_that_is_broken_somewhere_loses_no_more_than_when_read_whole(place: int, sign: str) -> None:
    text = json.dumps(_PAPERS, indent=1)
    text = text[:place] + sign + text[place + 1 :]
    assert len(_json(text, 150)) >= len([record for _, record, _ in _json(text, len(text) + 1) if record])


def test_values_after_one_another_and_a_rest_that_is_none() -> None:
    text = "\n".join(json.dumps(paper) for paper in _PAPERS)
    assert [line for line, _, _ in _json(text, 150)] == list(range(1, 10))
    assert _json(text + "\nEND", 150)[9:] == [(10, None, "bad")]
    assert _json(json.dumps(_PAPERS)[:-1], 150)[9:] == [(1, None, "bad")]


@pytest.mark.parametrize("window", [1, 7, 50, 300])
def test_bibtex(window: int) -> None:
    text = BIBTEX + "\n@misc{open, title = {Cut\n\n@comment{x\n@misc{in, title={In}}}\n" + BIBTEX
    assert list(_bibtexscan.pieces_of(io.StringIO(text), window=window)) == list(_bibtexscan.pieces(text))
