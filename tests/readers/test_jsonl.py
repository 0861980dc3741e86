"""JSON Lines: a broken line, blank lines, lines that are lists, memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TextIO, cast

import pytest

from kg.readers import jsonl
from kg.readers._detect import detect
from tests.readers.texts import JSONL, papers, problems, records


def test_whole_lines() -> None:
    fox, hedgehog = papers("jsonl", JSONL)
    assert (fox.id, fox.abstract, fox.authors) == ("a", "Foxes cross.", ("V. Fox", "A. Elk"))
    assert (hedgehog.id, hedgehog.abstract, hedgehog.year) == ("b", "", 2023)


@pytest.mark.parametrize("value", ['{"title": "x"} ', '{"title": "a \\q b"},\t'])
def test_a_line_of_many_values_costs_no_more_than_its_length(value: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        assert sum(item.record is not None for item in jsonl._items(value * count)) == count
        return time.process_time() - begin

    assert any(seconds(40_000) < 9 * seconds(10_000) for _ in range(3))  # 4 is straight, 16 a square


def test_a_broken_line_costs_only_itself() -> None:
    text = '{"title": "A"}\n{"title": "B\n\n{"title": "C"} x\n42\nnull\n{"id": 1}\n{"title": "D"}\n'
    assert detect(text) == "jsonl" or detect(text) == "json"
    assert [getattr(r, "title", None) for r in records("jsonl", text)] == ["A", None, None, None, None, None, "D"]
    found = problems("jsonl", text)
    assert [p.where.line for p in found] == [2, 4, 5, 6, 7]
    assert found[0].reason.startswith("not valid JSON")
    assert found[-1].reason == "neither title nor abstract"


def test_the_first_line_may_be_the_broken_one() -> None:
    text = '{"title": "A\n' + "".join(f'{{"title": "B{i}"}}\n' for i in range(5))
    assert detect(text) == "jsonl"
    assert len(problems("jsonl", text)) == 1


def test_a_line_may_hold_a_list() -> None:
    assert [p.title for p in papers("jsonl", '{"papers": [{"title": "A"}, {"title": "B"}]}\n[{"title": "C"}],\n')] == [
        "A",
        "B",
        "C",
    ]


def test_lines_are_read_one_by_one() -> None:
    """The reader asks for no line before it has given the record of the last."""
    taken = []

    def lines() -> Iterator[str]:
        for line in JSONL.splitlines(keepends=True):
            taken.append(line)
            yield line

    next(jsonl.read(cast(TextIO, lines()), "x"))
    assert len(taken) == 1
