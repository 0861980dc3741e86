from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import difference as module
from kg.store.difference import OutOfOrderError, differences

HEAD, OTHER_HEAD = b"@prefix a: <a> .\n", b"@prefix a: <a> .\n@prefix b: <b> .\n"
NODES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), unique_by=lambda node: node[0], max_size=30).map(
    sorted
)


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
@given(NODES, NODES)
def test_every_block_is_the_same_or_in_the_difference(
    tmp_path_factory: pytest.TempPathFactory,
    most: int,
    least: int,
    old: list[tuple[int, int]],
    new: list[tuple[int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("two")
    a, b = turtle(old), turtle(new, OTHER_HEAD)
    (folder / "a").write_bytes(a)
    (folder / "b").write_bytes(b)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", most)
        patch.setattr(module, "_LEAST", least)
        patch.setattr(module, "_PIECE", most)
        found = list(differences(folder / "a", len(HEAD) + 1, folder / "b", len(OTHER_HEAD) + 1))
    gone = [blocks(some.gone, HEAD) for some in found]
    come = [blocks(some.come, OTHER_HEAD) for some in found]
    before, after = blocks(a, HEAD), blocks(b, OTHER_HEAD)
    assert set().union(*gone) == before - after
    assert set().union(*come) == after - before
    for one, other in pairwise(zip(gone, come, strict=True)):  # in order, and a node's two texts together
        assert max(one[0] | one[1], default=b"") < min(other[0] | other[1])


def test_files_out_of_order_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(turtle([(2, 1), (1, 1)]))
    (tmp_path / "b").write_bytes(turtle([(3, 1)]))
    with pytest.raises(OutOfOrderError):
        list(differences(tmp_path / "a", len(HEAD) + 1, tmp_path / "b", len(HEAD) + 1))
