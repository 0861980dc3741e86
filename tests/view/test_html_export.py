"""The pages of a graph too large for one: written whole, told of, and taken away when another build needs them no more."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg.view
from kg.cli.main import kg as command
from kg.errors import OutputError
from kg.export import html, write_all
from tests.samples import small_graph
from tests.view.big import big_graph


@pytest.fixture
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.view, "MOST", 40)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_stand_beside_their_index(tmp_path: Path, low_limit: None) -> None:
    graph = big_graph()
    write_all(graph, tmp_path, ["html"])
    written = _files(tmp_path)
    sums = written.pop("kg-pages/SHA256SUMS").decode().splitlines()
    assert written == kg.view.pages(graph)
    assert len(written) > 2
    assert html.beside(tmp_path) == sorted(tmp_path / name for name in written if name != "kg.html")
    assert sorted("kg-pages/" + line.split("  ")[1] for line in sums) == sorted(set(written) - {"kg.html"})
    with pytest.raises(OutputError):
        html.write(graph, io.BytesIO())


def test_the_next_build_takes_away_its_pages_and_nothing_else(tmp_path: Path, low_limit: None) -> None:
    write_all(big_graph(), tmp_path, ["html"])
    old = html.beside(tmp_path)
    (tmp_path / "kg-pages" / "notes.txt").write_text("mine", encoding="utf-8")
    old[0].write_text("changed by hand", encoding="utf-8")
    write_all(big_graph(papers=60), tmp_path, ["html"])
    new = html.beside(tmp_path)
    kept = [tmp_path / "kg-pages" / "notes.txt", tmp_path / "kg-pages" / html.LIST, old[0], tmp_path / "kg.html"]
    assert sorted(_files(tmp_path)) == sorted(path.relative_to(tmp_path).as_posix() for path in [*new, *kept])
    write_all(small_graph(), tmp_path, ["html"])
    assert set(_files(tmp_path)) == {"kg.html", "kg-pages/notes.txt", old[0].relative_to(tmp_path).as_posix()}
    assert html.beside(tmp_path) == []


def test_one_page_leaves_no_folder(tmp_path: Path, low_limit: None) -> None:
    write_all(big_graph(), tmp_path, ["html"])
    write_all(small_graph(), tmp_path, ["html"])
    assert [path.name for path in tmp_path.iterdir()] == ["kg.html"]


def test_a_list_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "precious.html").write_bytes(b"")
    (tmp_path / "kg-pages").mkdir()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    listed = f"{empty}  ../precious.html\n{empty}  aa/../../precious.html\n{empty}  /precious.html\n"
    (tmp_path / "kg-pages" / html.LIST).write_text(listed, encoding="utf-8")
    write_all(small_graph(), tmp_path, ["html"])
    assert (tmp_path / "precious.html").exists()


def test_a_killed_build_leaves_the_old_pages_whole(tmp_path: Path, low_limit: None) -> None:
    write_all(big_graph(), tmp_path, ["html"])
    before = _files(tmp_path)
    code = (
        "import os, signal, sys; from pathlib import Path; import kg.view; from kg.export import html, write_all\n"
        "from tests.view.big import big_graph\n"
        "kg.view.MOST, put, seen = 40, html._put, []\n"
        "def put_some(path, content):\n"
        "    seen.append(path)\n"
        "    os.kill(os.getpid(), signal.SIGKILL) if len(seen) == 3 else put(path, content)\n"
        "html._put = put_some\n"
        "write_all(big_graph(papers=60), Path(sys.argv[1]), ['html'])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=False, env={**os.environ})
    assert done.returncode < 0
    after = _files(tmp_path)
    assert {name: after[name] for name in before if not name.endswith(html.LIST)} == {
        name: content for name, content in before.items() if not name.endswith(html.LIST)
    }
    write_all(big_graph(), tmp_path, ["html"])
    assert {name: content for name, content in _files(tmp_path).items() if not name.endswith(".part")} == before
    assert not list((tmp_path / "kg-pages").rglob("*.part"))


def test_a_build_says_that_there_are_pages_and_which_file_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.view, "MOST", 2)
    texts = [f'{{"title": "Paper {n} on ImageNet", "abstract": "We use ResNet on ImageNet."}}' for n in range(4)]
    (tmp_path / "papers.jsonl").write_text("\n".join(texts), encoding="utf-8")
    out = tmp_path / "out"
    done = CliRunner().invoke(command, ["build", str(tmp_path / "papers.jsonl"), "-o", str(out)])
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert f"pages 2 in {out / 'kg-pages'}" in said
    assert f"4 papers are more than one page shows well (2): open {out / 'kg.html'}, an index" in said
