"""Builds on a real cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("distributed", reason="the extra cluster is not installed")
pytest.importorskip("pyarrow", reason="the extra cluster is not installed")

from tests.cluster.conftest import FILES, built, write_papers

PAPERS = 80


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


def _start(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for(path: Path, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"no {path} after {seconds} seconds"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    about = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    scheduler = _start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about)
    )
    workers: list[subprocess.Popen[bytes]] = []
    try:
        _wait_for(about)
        address = json.loads(about.read_text(encoding="utf-8"))["address"]
        more = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(about.parent))
        workers += [_start("worker", address, *more) for _ in range(2)]
        yield Cluster(address, workers)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_papers(tmp_path_factory.mktemp("papers") / "papers.jsonl", PAPERS)


@pytest.fixture(scope="module")
def expected(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return built(papers, tmp_path_factory.mktemp("local"))


def _build(papers: Path, out: Path, address: str, *, first: str = "") -> subprocess.Popen[str]:
    """Start a build on a cluster, after some code of Python."""
    words = ["build", str(papers), "-o", str(out), "--to", "turtle", "--scheduler", address]
    code = f"import sys\n{first}\nfrom kg.cli.main import run\nsys.exit(run({words!r}))"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_cluster_gives_the_same_bytes(cluster: Cluster, papers: Path, expected: list[bytes], tmp_path: Path) -> None:
    build = _build(papers, tmp_path, cluster.address)
    said = build.communicate()
    assert build.returncode == 0, said
    assert [(tmp_path / name).read_bytes() for name in FILES] == expected
    assert not (tmp_path / ".kg" / "work").exists()


def test_a_worker_with_another_kg_is_refused(cluster: Cluster, papers: Path, tmp_path: Path) -> None:
    build = _build(
        papers, tmp_path, cluster.address, first="import kg.cluster.stream as s; s.code_version = lambda: '0'"
    )
    said = build.communicate()[1]
    assert build.returncode == 3
    assert "has another kg or another Python" in said
    assert "install the same version everywhere" in said
    assert not (tmp_path / "kg.ttl").exists()


def test_nobody_at_the_address_is_told_soon(papers: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    begin = time.monotonic()
    build = _build(papers, tmp_path, f"tcp://127.0.0.1:{port}")
    said = build.communicate()[1]
    assert build.returncode == 3
    assert f"tcp://127.0.0.1:{port}: no Dask scheduler answers there" in said
    assert len(said.splitlines()) == 1
    assert time.monotonic() - begin < 30  # some 10 seconds, on a busy machine more


def test_a_worker_killed_in_the_middle_changes_nothing(
    cluster: Cluster, papers: Path, expected: list[bytes], tmp_path: Path
) -> None:
    build = _build(papers, tmp_path, cluster.address)
    _wait_for(tmp_path / ".kg" / "work" / "job.json")
    read = tmp_path / ".kg" / "read"
    while not list(read.glob("*.parquet")):
        assert build.poll() is None
        time.sleep(0.05)
    assert len(list(read.glob("*.parquet"))) < 4
    cluster.workers[0].send_signal(signal.SIGKILL)
    said = build.communicate()
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert build.returncode == 0, said
    assert [(tmp_path / name).read_bytes() for name in FILES] == expected
