"""Long files are read a window at a time, and the result is that of reading them whole."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import _bibtexscan, _jsonscan, _jsonstream
from tests.fuzz.attacks import ATTACKS
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


_LONG = {"id": "a", "title": "Fox", "abstract": "One. " * 40, "year": 2020, "keywords": ["x"] * 9}
_TABLE = {"title": {"0": "A" * 150, "1": "B"}, "abstract": {"0": "One.", "1": "Two. " * 30}}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (_LONG, [_LONG]),
        ({"data": _LONG}, [_LONG]),
        ({"x": {"k1": _LONG, "k2": _LONG}}, [_LONG, _LONG]),
        ({**_LONG, "references": [{"title": "Elk"}]}, [{**_LONG, "references": [{"title": "Elk"}]}]),
        ({"title": "x", "abstract_inverted_index": {"foxes": [0], "run": list(range(1, 90))}}, None),
        ({"year": 2020, "pages": list(map(str, range(90))), "title": "Fox"}, None),
        ({"n": 1, "text": "x" * 200}, None),
        (_TABLE, [{"title": "A" * 150, "abstract": "One."}, {"title": "B", "abstract": "Two. " * 30}]),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_that_is_longer_than_the_window_is_read(shape: object, expected: object, indent: int | None) -> None:
    text = json.dumps(shape, indent=indent)
    whole = _json(text, len(text) + 1)
    assert [record for _, record, _ in whole] == (expected or [shape])
    for window in (100, 300):
        assert _json(text, window) == whole


@pytest.mark.parametrize("name", sorted(name for name, make in ATTACKS.items() if make(200).startswith(b'{"title"')))
def test_no_attack_on_one_long_record_ends_in_silence(name: str) -> None:
    assert _json(ATTACKS[name](4000).decode("utf-8", "replace"), 500)


def test_an_object_beyond_all_measure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_jsonstream, "LONGEST", 400)
    text = '{"a": 1, "b": {"title": "A", "abstract": "%s", "n": 1}, "c": {"d": "x"}}' % ("x" * 500)
    ((line, item),) = _jsonstream.items(io.StringIO(text), window=100)
    assert (line, item.record, item.error) == (1, None, _jsonstream.TOO_LONG)
    held = '{"n": "%s", "papers": [{"title": "A"}, {"title": "B"}]}' % ("x" * 500)
    assert [record for _, record, _ in _json(held, 100)] == [{"title": "A"}, {"title": "B"}]


def test_the_lines_before_an_error_are_not_counted_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[object] = []
    decode = _jsonscan.decode

    def noted(text: str, start: int) -> tuple[object, int]:
        texts.append(text)
        return decode(text, start)

    monkeypatch.setattr(_jsonscan, "decode", noted)
    broken = "[" + '{"title": "a \\q b"},\n' * 90 + '{"title": "x"}]'
    assert len(_json(broken, 200)) == 91
    assert texts and all(isinstance(text, _jsonscan.Text) for text in texts)


def test_values_after_one_another_and_a_rest_that_is_none() -> None:
    text = "\n".join(json.dumps(paper) for paper in _PAPERS)
    assert [line for line, _, _ in _json(text, 150)] == list(range(1, 10))
    assert _json(text + "\nEND", 150)[9:] == [(10, None, "bad")]
    assert _json(json.dumps(_PAPERS)[:-1], 150)[9:] == [(1, None, "bad")]


@pytest.mark.parametrize("window", [1, 7, 50, 300])
def test_bibtex(window: int) -> None:
    text = BIBTEX + "\n@misc{open, title = {Cut\n\n@comment{x\n@misc{in, title={In}}}\n" + BIBTEX
    assert list(_bibtexscan.pieces_of(io.StringIO(text), window=window)) == list(_bibtexscan.pieces(text))
