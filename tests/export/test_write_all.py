from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from kg.errors import OutputError, UsageError
from kg.export import turtle, write_all
from kg.graph import KnowledgeGraph
from kg.rdf.turtle import to_turtle
from tests.samples import small_graph


def _files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_it_writes_the_files_of_each_format(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "graphs"
    paths = write_all(small_graph(), folder, ["turtle", "csl"])
    assert paths == [folder / "kg.ttl", folder / "kg.csl.json"]
    assert _files(folder) == ["kg.csl.json", "kg.ttl"]
    assert (folder / "kg.ttl").read_bytes() == to_turtle(small_graph())


def test_mentions_all_reaches_the_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setitem(turtle.FILES, "kg.ttl", lambda graph, out, *, mentions: asked.append(mentions))
    write_all(small_graph(), tmp_path, ["turtle"], mentions="all")
    assert asked == ["all"]


def test_a_graph_writes_itself(tmp_path: Path) -> None:
    assert [path.name for path in small_graph().write(tmp_path, ["turtle"])] == ["kg.ttl"]


def test_nothing_is_replaced_when_one_format_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.ttl").write_bytes(b"old")

    def full(graph: KnowledgeGraph, out: BinaryIO, *, mentions: object) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    from kg.export import csl

    monkeypatch.setitem(csl.FILES, "kg.csl.json", full)
    with pytest.raises(OutputError, match="No space left"):
        write_all(small_graph(), tmp_path, ["turtle", "csl"])
    assert _files(tmp_path) == ["kg.ttl"]
    assert (tmp_path / "kg.ttl").read_bytes() == b"old"


def test_an_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose from bibtex"):
        write_all(small_graph(), tmp_path / "out", ["turtle", "docx"])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_all(small_graph(), tmp_path / "file" / "graphs", ["turtle"])


def test_a_build_that_is_killed_leaves_the_old_file_whole(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(b"old")
    program = (
        "import os, signal, sys; from pathlib import Path; from kg.export import csl, write_all; from tests.samples import small_graph\n"
        "csl.FILES['kg.csl.json'] = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_all(small_graph(), Path(sys.argv[1]), ['turtle', 'csl'])"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, check=False, capture_output=True)
    assert run.returncode < 0, run.stderr
    assert (tmp_path / "kg.ttl").read_bytes() == b"old"
    write_all(small_graph(), tmp_path, ["turtle"])
    assert (tmp_path / "kg.ttl").read_bytes() == to_turtle(small_graph())


def test_files_have_the_rights_the_user_wants(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("there are no such rights on Windows")
    (path,) = write_all(small_graph(), tmp_path, ["turtle"])
    before = os.umask(0)
    os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o666 & ~before
