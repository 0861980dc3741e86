"""The store on disk: it answers as the graph does, and is never believed when it does not fit, however that came about."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.rdf.turtle import to_turtle
from kg.store import Store, disk, index, is_made, make
from tests.samples import small_graph

pytestmark = pytest.mark.usefixtures("every_graph_is_large")

TITLES = "SELECT ?title WHERE { ?p dcterms:title ?title } ORDER BY ?title"
ROOT = Path(__file__).parents[2]


def _made(folder: Path) -> Path:
    place = make(folder)
    assert place is not None
    return place


def _titles(folder: Path) -> list[object]:
    return [row["title"] for row in Store.open(folder).query(TITLES).python()]


def test_it_answers_as_the_graph_in_memory_does(folder: Path) -> None:
    store = Store.open(folder)
    assert store.index is not None
    memory = Store.from_turtle((folder / "kg.ttl").read_bytes())
    assert len(store) == len(memory)
    everything = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert store.query(everything) == memory.query(everything)


def test_it_is_made_once_and_found_again(folder: Path) -> None:
    assert not is_made(folder)
    place = _made(folder)
    assert is_made(folder) and place == folder / ".kg" / "store"
    before = (place / "stamp.json").stat().st_mtime_ns
    assert make(folder) == place
    assert (place / "stamp.json").stat().st_mtime_ns == before


def test_several_readers_at_once(folder: Path) -> None:
    _made(folder)
    program = f"from kg.store import Store, disk; disk.LARGE = 0; print(len(Store.open({str(folder)!r})))"
    running = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    counts = {process.communicate(timeout=60)[0] for process in running}
    assert counts == {f"{len(Store.open(folder))}\n"}


def test_a_small_graph_needs_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _made(folder)
    monkeypatch.setattr(disk, "LARGE", 1 << 30)
    assert is_made(folder)
    assert make(folder) is None
    assert not place.exists()
    assert Store.open(folder).index is None


def test_a_store_of_another_graph_is_not_read(folder: Path) -> None:
    _made(folder)
    old = (folder / "kg.ttl").read_text(encoding="utf-8")
    (folder / "kg.ttl").write_text(old.replace("Nothing in Common", "Nothing to Common"), encoding="utf-8")
    assert not is_made(folder)
    assert "Nothing to Common" in _titles(folder)


def test_not_even_when_size_and_time_are_the_same(folder: Path) -> None:
    _made(folder)
    file = folder / "kg.ttl"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Nothing in Common", b"Nothing to Common"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "Nothing to Common" in _titles(folder)


def test_a_copy_keeps_its_store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    _made(folder)
    copy = tmp_path_factory.mktemp("copies") / "graphs"
    shutil.copytree(folder, copy)
    os.utime(copy / "kg.ttl")
    inode = (copy / ".kg" / "store").stat().st_ino
    assert is_made(copy)
    assert len(_titles(copy)) == 3
    assert (copy / ".kg" / "store").stat().st_ino == inode


@pytest.mark.parametrize(
    "harm",
    [
        lambda place: (place / "stamp.json").unlink(),
        lambda place: (place / "stamp.json").write_text("{", encoding="utf-8"),
        lambda place: (place / "stamp.json").write_text("[]", encoding="utf-8"),
        lambda place: next((place / "triples").glob("*.sst")).unlink(),
        lambda place: os.truncate(next((place / "triples").glob("*.sst")), 100),
        lambda place: (place / "triples" / "CURRENT").write_bytes(b"nonsense"),
        lambda place: os.truncate(place / "index.sqlite", 5000),
        lambda place: (place / "index.sqlite").write_bytes(b"x" * (place / "index.sqlite").stat().st_size),
        lambda place: shutil.rmtree(place / "triples"),
    ],
    ids=[
        "no stamp",
        "half a stamp",
        "odd stamp",
        "file gone",
        "file cut",
        "library",
        "index cut",
        "index garbled",
        "empty",
    ],
)
def test_a_damaged_store_is_made_again(folder: Path, harm) -> None:  # type: ignore[no-untyped-def]
    harm(_made(folder))
    assert len(_titles(folder)) == 3
    assert is_made(folder)


def test_damage_that_shows_only_when_it_is_read(folder: Path) -> None:
    place = _made(folder)
    for file in (place / "triples").glob("*.sst"):
        content = bytearray(file.read_bytes())
        content[8 : len(content) // 2] = bytes(len(content) // 2 - 8)
        file.write_bytes(content)
    assert len(_titles(folder)) == 3


def test_a_store_of_another_version_is_made_again(folder: Path) -> None:
    place = _made(folder)
    stamp = json.loads((place / "stamp.json").read_text(encoding="utf-8"))
    (place / "stamp.json").write_text(json.dumps({**stamp, "library": "0.0.1"}), encoding="utf-8")
    assert not is_made(folder)


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.2, 0.3, 0.5])
def test_killed_while_it_is_made(folder: Path, delay: float) -> None:
    program = (
        "import sys; from kg.store import disk; disk.LARGE = 0; import pyoxigraph; sys.stdout.write('.'); "
        f"sys.stdout.flush(); disk.make({str(folder)!r})"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.read(1) == b"."
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(_titles(folder)) == 3
    names = {path.name for path in (folder / ".kg").iterdir()}
    assert names == {"store", ".store.lock"}


def test_two_processes_make_it_once(folder: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        program = f"from kg.store import disk; disk.LARGE = 0; print(disk.make({str(folder)!r}))"
        command = [sys.executable, "-c", program]
        done = list(pool.map(lambda _: subprocess.run(command, cwd=ROOT, capture_output=True, text=True), range(2)))
    assert {run.stdout.strip() for run in done} == {str(folder / ".kg" / "store")}
    assert len(_titles(folder)) == 3


def test_where_nothing_can_be_written_memory_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(disk, "_make", refuse)
    store = Store.open(folder)
    assert store.index is None and len(store) > 200


def test_turtle_of_others_can_have_a_store(tmp_path: Path) -> None:
    text = to_turtle(small_graph()).decode()
    head, *nodes = text.split("\n\n")
    (tmp_path / "kg.ttl").write_text("# by hand\n" + "\n\n".join([head, *reversed(nodes)]), encoding="utf-8")
    store = Store.open(tmp_path)
    assert store.index is not None
    rows = store.index.execute("SELECT label FROM node WHERE kind = 'paper' ORDER BY label").fetchall()
    assert [label for (label,) in rows][-1] == "Nothing in Common"


def test_no_turtle_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_text("not Turtle", encoding="utf-8")
    with pytest.raises(InputError, match="not valid Turtle"):
        Store.open(tmp_path)
    assert {path.name for path in (tmp_path / ".kg").iterdir()} == {".store.lock"}


def test_a_graph_that_is_replaced_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build, text = index.build, (folder / "kg.ttl").read_text(encoding="utf-8")
    turns: list[int] = []

    def slow(path: Path, turtle: Path, seen: object) -> None:
        build(path, turtle, seen)  # type: ignore[arg-type]
        if not turns:
            (folder / "new.ttl").write_text(text.replace("Nothing in Common", "Something Else"), encoding="utf-8")
            os.replace(folder / "new.ttl", folder / "kg.ttl")
        turns.append(1)

    monkeypatch.setattr(index, "build", slow)
    assert "Something Else" in _titles(folder)
    assert len(turns) == 2
