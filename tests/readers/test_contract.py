"""What every reader must keep. A new reader is covered as soon as its file and its sample in texts.py are there."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import plugins
from kg.model import Paper, Problem
from kg.readers import formats, read
from kg.readers._detect import detect, load, scores
from kg.text.clean import clean
from tests.readers.texts import SINGLE, TEXTS, records

READERS = plugins.names("kg.readers")
# pieces of the formats themselves, so that random texts get further than the first sign
_PIECES = [
    "@article{a,",
    "title = {x}",
    "}",
    "{",
    '"',
    ",",
    "\n",
    "TY  - JOUR\n",
    "TI  - x\n",
    "ER  - \n",
    "[",
    "]",
    ":",
    "\\",
    "$",
]
_PIECES += [
    '{"title": "x"}',
    "title,abstract\n",
    "null",
    "é\x00\ud800",
    "Title: x\n\n",
    "Abstract: y. " * 9,
    "1e999",
    "-",
    "\ufeff",
    " and ",
]
GARBAGE = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join))


def test_the_formats_are_these() -> None:
    assert READERS == formats() == sorted(TEXTS)


@pytest.mark.parametrize("name", READERS)
def test_recognises_its_own_sample_before_all_others(name: str) -> None:
    found = scores(TEXTS[name])
    assert all(0 <= score <= 1 for score in found.values())
    assert detect(TEXTS[name]) == name
    assert found[name] > max(score for other, score in found.items() if other != name)


@pytest.mark.parametrize("name", READERS)
def test_reads_its_sample(name: str) -> None:
    found = records(name, TEXTS[name])
    assert [type(r) for r in found] == [Paper] * (1 if name in SINGLE else 2)
    for paper in found:
        assert isinstance(paper, Paper)
        assert paper.id and paper.title
        assert paper.where is not None and paper.where.file == "x" and paper.where.line > 0
        first = TEXTS[name].split("\n")[paper.where.line - 1]
        assert first.strip()
        assert json.loads(paper.csl)["title"] == paper.title
        assert json.loads(paper.csl)["id"] == paper.id
    assert name in SINGLE or found[0].where < found[1].where  # type: ignore[operator]


@pytest.mark.parametrize("name", READERS)
def test_reads_the_same_twice(name: str) -> None:
    assert records(name, TEXTS[name]) == records(name, TEXTS[name])


@pytest.mark.parametrize("name", READERS)
def test_reads_nothing_from_nothing(name: str) -> None:
    assert [r for r in records(name, "") if isinstance(r, Paper)] == []


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None)
@given(text=GARBAGE)
def test_garbage_gives_papers_and_problems_and_never_raises(name: str, text: str) -> None:
    assert 0 <= load(name).sniff(text) <= 1
    for record in records(name, text):
        assert isinstance(record, Paper | Problem)
        assert record.where is not None and record.where.file == "x"
        if isinstance(record, Paper):
            _check_clean(record)
        else:
            assert record.reason and "\n" not in record.reason


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None)
@given(data=st.data())
def test_a_cut_or_damaged_sample_never_raises(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for record in records(name, text[:start] + data.draw(st.text(max_size=3)) + text[end:]):
        if isinstance(record, Paper):
            _check_clean(record)


@pytest.mark.parametrize("name", [name for name in READERS if name not in SINGLE])
def test_a_text_of_five_megabytes_is_read(name: str, tmp_path: object) -> None:
    words = "Foxes cross meadows. " * 250_000
    text = TEXTS[name].replace("Foxes cross", words + "Foxes cross", 1)
    found = records(name, text)
    assert any(isinstance(r, Paper) and len(r.abstract) > 5_000_000 for r in found)


@pytest.mark.parametrize("name", [name for name in READERS if name != "pdf"])
@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_marks_do_not_matter(name: str, ends: str, tmp_path: object) -> None:
    from pathlib import Path

    plain, other = Path(str(tmp_path), "plain"), Path(str(tmp_path), "other")
    plain.write_bytes(TEXTS[name].encode("utf-8"))
    other.write_bytes(b"\xef\xbb\xbf" + TEXTS[name].replace("\n", ends).encode("utf-8"))
    assert list(read(str(plain))) == list(read(str(other)))
    lines = [[r.where.line for r in read(str(path)) if r.where] for path in (plain, other)]
    assert lines[0] == lines[1]


def _check_clean(paper: Paper) -> None:
    """Every text of a paper is fit for the graph, and the record is valid JSON."""
    assert paper.id and (paper.title or paper.abstract)
    for field in dataclasses.fields(paper):
        value = getattr(paper, field.name)
        texts = [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []
        for text in texts:
            assert field.name == "csl" or clean(text) == text
            text.encode("utf-8")
    assert paper.year is None or 1000 <= paper.year <= 2999
    json.loads(paper.csl, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
