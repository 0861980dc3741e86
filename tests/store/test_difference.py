from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import difference as module
from kg.store.difference import difference

HEAD, OTHER_HEAD = b"@prefix a: <a> .\n", b"@prefix a: <a> .\n@prefix b: <b> .\n"
NODES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), unique_by=lambda node: node[0], max_size=30)


def turtle(nodes: list[tuple[int, int]], head: bytes = HEAD) -> bytes:
    blocks = (
        f"\n<https://x.org/fox/{n:02}>\n    a:says {'word ' * (said * 7)}{said} .\n".encode() for n, said in nodes
    )
    return head + b"".join(blocks)


def blocks(text: bytes, head: bytes) -> set[bytes]:
    assert text.startswith(head)
    return {block.strip() for block in text.removeprefix(head).split(b"\n\n") if block.strip()}


@pytest.mark.parametrize(("most", "least"), [(1 << 20, 1 << 12), (64, 16)])
@settings(max_examples=60, deadline=None)
@given(NODES, NODES, st.booleans())
def test_every_block_is_the_same_or_in_the_difference(
    tmp_path_factory: pytest.TempPathFactory,
    most: int,
    least: int,
    old: list[tuple[int, int]],
    new: list[tuple[int, int]],
    in_order: bool,
) -> None:
    folder = tmp_path_factory.mktemp("two")
    if in_order:
        old, new = sorted(old), sorted(new)
    a, b = turtle(old), turtle(new, OTHER_HEAD)
    (folder / "a").write_bytes(a)
    (folder / "b").write_bytes(b)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", most)
        patch.setattr(module, "_LEAST", least)
        found = difference(folder / "a", len(HEAD) + 1, folder / "b", len(OTHER_HEAD) + 1, 1 << 20)
    assert found is not None
    gone, come = blocks(found.gone, HEAD), blocks(found.come, OTHER_HEAD)
    before, after = blocks(a, HEAD), blocks(b, OTHER_HEAD)
    assert (before - gone) | come == after  # the old with the difference is the new
    assert gone <= before and come <= after
    if in_order:
        assert (gone, come) == (before - after, after - before)


def test_much_difference_is_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(turtle([(n, 1) for n in range(30)]))
    (tmp_path / "b").write_bytes(turtle([(n, 2) for n in range(30)]))
    assert difference(tmp_path / "a", len(HEAD), tmp_path / "b", len(HEAD), 100) is None
