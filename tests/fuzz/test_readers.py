"""Readers on bytes: samples that were cut, mixed and sprinkled, and the attacks of `attacks.py` in small."""

from __future__ import annotations

import gzip
import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Paper, Problem
from kg.readers import read
from kg.text.clean import clean
from tests.fuzz.attacks import ATTACKS, format_of, zip_of
from tests.readers.texts import TEXTS, records

_SMALL = 20_000
_SLOW = 0.15  # seconds from which on growth is looked at
_STEEP = 9.0  # times as long for four times as much: 4 is straight, 16 a square
_PIECES = st.sampled_from(
    [
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\r",
        b"{",
        b"}",
        b'"',
        b"<",
        b"&#0;",
        b"\\u",
        b"\xe2\x80\xae",
        b"\n@a{",
    ]
)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Return a sample from which a part was taken, or doubled, with other bytes in its place."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 400)))
        part = draw(st.one_of(st.binary(max_size=20), _PIECES, st.just(data[start:end] * 3)))
        data = data[:start] + part + data[end:]
    return data


def _check(found: Paper | Problem, file: str) -> None:
    assert found.where is not None and found.where.file.startswith(file) and found.where.line >= 0
    if isinstance(found, Problem):
        assert found.reason and "\n" not in found.reason
    else:
        assert found.title or found.abstract
        for text in (
            found.title,
            found.abstract,
            found.venue,
            found.id,
            *found.authors,
            *found.keywords,
            *found.references,
        ):
            assert clean(text) == text
        found.csl.encode("utf-8")


@pytest.mark.parametrize("name", sorted(TEXTS))
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_damaged_bytes_give_papers_and_named_problems(name: str, data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "x"
    made = data.draw(damaged(TEXTS[name].encode("utf-8")))
    wrap = data.draw(st.sampled_from(["", "", "", "gz", "cut gz", "zip", "utf-16"]))
    if wrap.endswith("gz"):
        made = gzip.compress(made, mtime=0)
        made = made[: data.draw(st.integers(0, len(made)))] if wrap == "cut gz" else made
    elif wrap == "zip":
        made = zip_of({"a": made, "b": made})
    elif wrap == "utf-16":
        made = made.decode("utf-8", "replace").encode("utf-16", "surrogatepass")
    path.write_bytes(made)
    for format in ("auto", name):
        for found in read(str(path), format=format):
            _check(found, str(path))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"%PDF-"]),
)
def test_noise_of_any_kind_is_a_problem_or_nothing(tmp_path: Path, noise: bytes, magic: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(magic + noise)
    for found in read(str(path)):
        _check(found, str(path))


def _seconds(name: str, size: int, path: Path) -> float:
    path.write_bytes(ATTACKS[name](size))
    begin = time.process_time()
    for found in read(str(path), format=format_of(name) or "auto"):
        assert found.where is not None
    return time.process_time() - begin


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_costs_no_more_than_its_length(name: str, tmp_path: Path) -> None:
    for _ in range(3):
        long = _seconds(name, 4 * _SMALL, tmp_path / "long")
        if long < _SLOW or long < _seconds(name, _SMALL, tmp_path / "short") * _STEEP:
            return
    pytest.fail(f"{long:.2f} s for {4 * _SMALL} bytes")


@pytest.mark.parametrize(
    "name",
    [
        "wos: lines that go on",
        "medline: lines that go on",
        "refer: lines that go on",
        "ris: lines without tag",
        "medline: unknown tags",
    ],
)
def test_a_long_value_is_not_copied_for_each_of_its_lines(name: str, tmp_path: Path) -> None:
    """Copies are fast: what is a square shows only in longer records than those of all attacks."""
    for _ in range(3):
        short, long = (_seconds(name, times * _SMALL, tmp_path / "x") for times in (15, 60))
        if long < short * _STEEP:
            return
    pytest.fail(f"{long:.2f} s for {60 * _SMALL} bytes, {short:.2f} s for a quarter")


def test_one_bad_byte_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(ATTACKS["one bad byte"](80_000))
    found = list(read(str(path)))
    assert len(found) == 1000 and all(isinstance(one, Paper) for one in found)
    assert sum("\ufffd" in one.abstract for one in found if isinstance(one, Paper)) == 1


@pytest.mark.parametrize("name", ["jsonl: one bad line", "bibtex: one bad entry"])
def test_one_bad_record_is_named_by_its_line_and_costs_only_itself(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(ATTACKS[name](36_000))
    found = list(read(str(path)))
    (problem,) = (one for one in found if isinstance(one, Problem))
    assert problem.where.line == len(found) // 2 + 1
    assert len(found) in (1000, 1125)


def test_of_countless_problems_the_first_thousand_are_named_and_the_last(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text('{"title": "A"}\n' * 30 + "{x}\n" * 3000 + '{"title": "B"}\n', encoding="utf-8")
    found = list(read(str(path), format="jsonl"))
    problems = [one for one in found if isinstance(one, Problem)]
    assert len(problems) == 1001 and len(found) == 1001 + 31
    assert problems[-1].where.line == 3030 and "2,000 more problems" in problems[-1].reason


def test_json_with_too_many_broken_places_is_given_up_with_a_word() -> None:
    found = records("json", '{"a": 1,\n' * 6000 + '{"title": "x"}')
    assert isinstance(found[-1], Problem) and "5,000 places" in found[-1].reason and len(found) < 5010


def test_an_element_with_a_foreign_backslash_is_read_wherever_it_ends() -> None:
    for length in (10, 300, 3000, 20_000, 200_000):
        text = '[{"title": "a \\q ' + "x" * length + '"}, {"title": "b"}]'
        assert [len(one.title) for one in records("json", text) if isinstance(one, Paper)] == [length + 5, 1]


def test_strings_made_of_strings_do_not_grow_without_end() -> None:
    text = '@string{s0 = "ha"}\n' + "".join(f"@string{{s{i} = s{i - 1} # s{i - 1}}}\n" for i in range(1, 60))
    found = records("bibtex", text + "@article{a, title = s3 # s40}\n@article{b, title = {B} # s2}")
    assert [one.title for one in found if isinstance(one, Paper)] == ["ha" * 8 + "s37" * 8, "B" + "ha" * 4]
    assert all("string longer" in one.reason for one in found if isinstance(one, Problem))


def test_strings_are_worked_out_where_they_are_defined() -> None:
    text = '@string{a = "Fox"}\n@string{b = a # { and } # "Hare"}\n@string{a = "Elk"}\n@article{x, title = b # a, journal = a}'
    (paper,) = records("bibtex", text)
    assert isinstance(paper, Paper) and (paper.title, paper.venue) == ("Fox and HareElk", "Elk")


def test_a_string_defined_twice_makes_no_noise(caplog: pytest.LogCaptureFixture) -> None:
    assert len(records("bibtex", '@string{a = "x"}\n@string{a = "y"}\n@article{k, title = a}')) == 1
    assert caplog.records == []


@settings(deadline=None)
@given(st.text(alphabet="x\u0301\u0327\u0323\u0344\u0f73\u0f71\u1112\u1161é…", min_size=65, max_size=300))
def test_marks_are_put_in_the_order_of_nfc(text: str) -> None:
    import unicodedata

    assert clean(text) == unicodedata.normalize("NFC", text)


def test_a_line_beyond_all_measure_is_cut_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.readers import _lines

    monkeypatch.setattr(_lines, "LONGEST", 10)
    damage: list[str] = []
    raw = io.BufferedReader(io.BytesIO(b"short\n" + b"x" * 35 + b"\nexactly te\nlast one is long"))  # type: ignore[arg-type]
    lines = list(_lines.Lines(raw, encoding="utf-8", damage=damage))
    assert lines == ["short\n", "x" * 10 + "\n", "exactly te\n", "last one i"]
    assert [line.split()[1] for line in damage] == ["2", "4"]
