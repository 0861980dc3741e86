"""What may happen to a build: killed, crowded, out of disk, read-only. `benchmarks/faults.py` has the long form."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from kg.cli.codes import Code
from tests.cli.conftest import Kg

if sys.platform == "win32":
    pytest.skip("signals and limits of Unix", allow_module_level=True)
import resource

MANY = 205  # enough for several processes
FILES = ("kg.ttl", "kg.html", ".kg/origins.jsonl", ".kg/reasons.jsonl")


def write(path: Path, count: int) -> Path:
    animals = ("Fox", "Hare", "Hound", "Owl", "Mole")
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            name = f"{animals[n % 5]}Net{n}"
            text = f"We propose {name}, a vision transformer for object detection. "
            text += f"It outperforms {animals[n % 3]}Net by {n}.5% on ImageNet. "
            out.write(json.dumps({"title": f"{name}: Study {n}", "abstract": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library") / "papers.jsonl", MANY)


@pytest.fixture(scope="module")
def expected(library: Path) -> list[bytes]:
    """What an undisturbed build writes."""
    out = library.parent / "undisturbed"
    subprocess.run(command(library, out), check=True, capture_output=True)
    return content(out)


def command(source: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "kg", "build", str(source), "-o", str(out), "--workers", "2", *more]


def content(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in FILES]


def kept(out: Path) -> int:
    """Count the papers that the cache holds."""
    path = out / ".kg" / "read.sqlite"
    if not path.exists():
        return 0
    with (
        closing(sqlite3.connect(path, timeout=20)) as db,
        suppress(sqlite3.OperationalError),
    ):  # it may be in the making
        return int(db.execute("SELECT count(*) FROM papers").fetchone()[0])
    return 0


@contextmanager
def started(args: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def until_work_is_kept(process: subprocess.Popen[str], out: Path) -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        if (out / ".kg" / "read.sqlite").exists() and kept(out):
            return
        time.sleep(0.05)


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_build_is_taken_up_again(seed: int, library: Path, expected: list[bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started(command(library, out)) as process:
        until_work_is_kept(process, out)
        time.sleep(random.Random(seed).random())  # noqa: S311 - a moment, not a secret
        os.kill(process.pid, signal.SIGKILL)  # its workers end by themselves
        process.wait()
    before = kept(out)
    assert before
    assert not (out / "kg.ttl").exists() or (out / "kg.ttl").read_bytes() == expected[0]
    done = subprocess.run(command(library, out), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (Code.DONE, "")
    assert content(out) == expected
    assert kept(out) == MANY
    left = {path.name for path in (*out.iterdir(), *(out / ".kg").iterdir())}
    assert left == {".kg", "kg.ttl", "kg.html", "origins.jsonl", "reasons.jsonl", "read.sqlite"}


def test_what_killed_builds_left_is_swept(kg: Kg, papers: Path, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    out = tmp_path / "out"
    for name in (
        f".kg.ttl.{gone.pid}.part",
        f".kg/.origins.jsonl.{gone.pid}.draft",
        ".kg/work/spill",
        "kg-pages/.a.html.1.part",
    ):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("half", encoding="utf-8")
    ours = out / ".notes.txt"
    ours.write_text("not of kg", encoding="utf-8")
    assert kg("build", papers, "-o", out).code == Code.DONE
    assert sorted(path.name for path in out.iterdir()) == [".kg", ".notes.txt", "kg-pages", "kg.html", "kg.ttl"]
    assert [path.name for path in (out / "kg-pages").iterdir()] == [".a.html.1.part"]  # process 1 is always there
    assert "work" not in {path.name for path in (out / ".kg").iterdir()}


def test_the_second_of_two_builds_says_who_holds_the_folder(
    library: Path, papers: Path, kg: Kg, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with started(command(library, out)) as first:
        until_work_is_kept(first, out)
        second = kg("build", papers, "-o", out)
        assert second.code == Code.FAILED
        assert f"process {first.pid} on " in second.err
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert (out / ".kg" / "lock").exists()  # it is a dead process's now
    assert kg("build", papers, "-o", out).code == Code.DONE
    assert not (out / ".kg" / "lock").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_told_to_stop_ends_soon_and_keeps_its_work(
    number: signal.Signals, library: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with started(command(library, out)) as process:
        until_work_is_kept(process, out)
        begin = time.monotonic()
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        took = time.monotonic() - begin
    assert process.returncode == Code.INTERRUPTED
    assert errors == "kg: interrupted; nothing was changed\n"
    assert took < 30  # hangs are what this finds; benchmarks/faults.py measures
    assert kept(out)
    assert not (out / "kg.ttl").exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for worker processes in /proc")
def test_a_worker_that_dies_is_replaced(library: Path, expected: list[bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started(command(library, out)) as process:
        until_work_is_kept(process, out)
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()[:1]:
            os.kill(int(child), signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (Code.DONE, "")
    assert content(out) == expected


@pytest.mark.parametrize("size", [30_000, 120_000])
def test_a_full_disk_is_one_line_and_costs_nothing(
    size: int, library: Path, expected: list[bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    full = subprocess.run(
        command(library, out),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert full.returncode == Code.FAILED
    assert full.stderr.startswith("kg: ")
    assert full.stderr.count("\n") == 1
    assert not (out / "kg.ttl").exists()
    assert not list(out.glob(".*.part"))
    assert subprocess.run(command(library, out), capture_output=True).returncode == Code.DONE
    assert content(out) == expected


def test_a_small_disk_and_a_read_only_one(kg: Kg, papers: Path, tmp_path: Path) -> None:
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("this system does not let us mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    build = " ".join(command(papers, disk / "out"))
    script = f"""
        mount -t tmpfs -o size=256k tmpfs {disk} || exit 99
        {build}; echo $?; ls {disk}/out
        mount -o remount,size=50m {disk}; {build} > /dev/null; echo $?; cp {disk}/out/kg.ttl {tmp_path}
        mount -o remount,ro {disk}; {build}; echo $?; cmp {disk}/out/kg.ttl {tmp_path}/kg.ttl && echo same
    """
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True)
    if done.returncode == 99:
        pytest.skip("this system does not let us mount a small disk")
    assert done.stdout.split() == ["3", "0", "3", "same"]
    assert done.stderr.count("\n") == 2
    assert "Read-only file system" in done.stderr or "cannot be written to" in done.stderr
    assert kg("build", papers, "-o", tmp_path / "other").code == Code.DONE
    assert (tmp_path / "other" / "kg.ttl").read_bytes() == (tmp_path / "kg.ttl").read_bytes()


def test_a_paper_that_takes_too_long_is_named_and_in_the_graph(kg: Kg, papers: Path, tmp_path: Path) -> None:
    first, *others = papers.read_text(encoding="utf-8").splitlines()
    long = json.loads(first)
    long["abstract"] += " We compare FoxNet with ResNet-50 on ImageNet." * 300  # the system does not cut time up finely
    papers.write_text("\n".join([json.dumps(long), *others]) + "\n", encoding="utf-8")
    done = kg("build", papers, "-o", tmp_path / "out", "--paper-timeout", "0.0001")
    assert done.code == Code.SOME_BAD
    assert "papers.jsonl:1: reading it took more than 0.0001 seconds; paper/foxnet" in done.err
    assert "FoxNet: Quick Detection" in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert kg("build", papers, "-o", tmp_path / "out").code == Code.DONE  # it is no lasting verdict
    assert "problems" not in kg("stats", "--graph", tmp_path / "out").out
