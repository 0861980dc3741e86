"""A build that is stopped in the middle: one line, 130, and the old graph byte for byte."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.cli.codes import Code
from tests.cli.conftest import Kg

PIPE = 1 << 20  # more than a pipe holds, so that the build has begun to read once it is written
RECORD = json.dumps({"title": "Half a Library", "abstract": "We use a convolutional neural network on ImageNet. " * 20})


def _stop_in_the_middle(out: Path, number: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Feed a build that waits for more papers, and send it (and its workers, as a terminal does) a signal."""
    args = [sys.executable, "-m", "kg", "build", "-", "-o", str(out)]
    with subprocess.Popen(
        args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdin
        process.stdin.write((RECORD + "\n") * (PIPE // len(RECORD)))
        process.stdin.flush()
        os.killpg(process.pid, number)
        output, errors = _ended(process)
    return subprocess.CompletedProcess(args, process.returncode, output, errors)


def _ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for a process that was told to stop; one that does not is killed with its workers."""
    try:
        return process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_changes_nothing(number: signal.Signals, kg: Kg, papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", papers, "-o", out).code == Code.DONE
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    done = _stop_in_the_middle(out, number)
    assert done.returncode == Code.INTERRUPTED
    assert done.stderr == "kg: interrupted; nothing was changed\n"
    assert done.stdout == ""
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_a_killed_build_changes_nothing(kg: Kg, papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", papers, "-o", out).code == Code.DONE
    before = (out / "kg.ttl").read_bytes()
    assert _stop_in_the_middle(out, signal.SIGKILL).returncode == -signal.SIGKILL
    assert (out / "kg.ttl").read_bytes() == before
    assert kg("build", papers, "-o", out).code == Code.DONE
    assert (out / "kg.ttl").read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for worker processes in /proc")
@pytest.mark.parametrize("delay", [0.2, 1.5])  # while the workers start, and while they read
def test_workers_stop_without_a_word(delay: float, tmp_path: Path) -> None:
    papers = tmp_path / "many.jsonl"
    papers.write_text("".join(RECORD.replace("Half", f"Part {i} of") + "\n" for i in range(5000)), encoding="utf-8")
    args = [sys.executable, "-m", "kg", "build", str(papers), "-o", str(tmp_path / "out"), "--workers", "2"]
    with subprocess.Popen(
        args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while process.poll() is None and len(children.read_text(encoding="ascii").split()) < 2:
            time.sleep(0.02)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = _ended(process)
    assert process.returncode == Code.INTERRUPTED
    assert errors == "kg: interrupted; nothing was changed\n"
    assert not (tmp_path / "out" / "kg.ttl").exists()
