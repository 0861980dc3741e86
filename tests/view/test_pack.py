"""Packed numbers: written by Python, read back by Python and by the page's own script in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.pack import columns, pack, pack_signed, pack_steps
from tests.view.reading import unpack, unpack_signed, unpack_steps

SCRIPTS = Path(__file__).parents[2] / "kg" / "view" / "page"


@given(st.lists(st.integers(0, 10**9)))
def test_plain_numbers_come_back(numbers: list[int]) -> None:
    assert unpack(pack(numbers)) == numbers


@given(st.lists(st.integers(-(10**6), 10**6)))
def test_signed_numbers_and_steps_come_back(numbers: list[int]) -> None:
    assert unpack_signed(pack_signed(numbers)) == numbers
    assert unpack_steps(pack_steps(numbers)) == numbers


def test_packed_text_needs_no_escape_in_json_or_html() -> None:
    text = pack(range(5000))
    assert json.dumps(text) == f'"{text}"'
    assert not set(text) & set("<>&'\"\\ ")


def test_columns_keep_rare_values_apart() -> None:
    rows: list[dict[str, object]] = [{"label": "a", "n": 1}, {"label": "b", "key": "x"}]
    assert columns(rows, {"n": "plain"}) == {"length": 2, "key": {"1": "x"}, "label": ["a", "b"], "n": pack([1, 0])}


def test_the_page_reads_what_python_writes() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed: the page's script is not tried on its own")
    numbers = [0, 1, 43, 44, 45, 1935, 1936, 85183, 85184, 10**8]
    signed = [0, -1, 1, 5000, -5000]
    code = (
        f"const kg = {{}};\n{(SCRIPTS / 'unpack.js').read_text(encoding='utf-8')}\n"
        f"const [plain, signed, steps] = {json.dumps([pack(numbers), pack_signed(signed), pack_steps(numbers)])};"
        "console.log(JSON.stringify([kg.unpack.plain(plain), kg.unpack.signed(signed), kg.unpack.steps(steps)]));"
    )
    done = subprocess.run([node, "-e", code], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == [numbers, signed, numbers]
