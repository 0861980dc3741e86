"""`kg serve` from start to end: what it prints, where it listens, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from kg.cli.codes import Code
from kg.cli.main import run
from tests.serve.conftest import RUNS, serving


def _children(process: int) -> list[int]:
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True)
    return [int(pid) for pid in done.stdout.split()]


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.is_file() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def _gone(processes: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(map(_alive, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(_alive, processes))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_where_it_is_and_ends_cleanly(folder: Path, how: signal.Signals) -> None:
    with serving(folder, "--workers", "1") as server:
        assert server.url.startswith("http://127.0.0.1:")
        workers = _children(server.process.pid)
        assert len(workers) == 1
        assert server.stop(how) == Code.DONE
        said = server.process.communicate()[1]
        assert said.splitlines()[-1] == "stopped" and "warning" not in said and "Traceback" not in said
        assert _gone(workers, 20)


def test_it_ends_at_once_though_a_query_runs(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "100") as server:
        workers = _children(server.process.pid)
        with socket.create_connection(("127.0.0.1", int(server.url.rstrip("/").rsplit(":", 1)[1]))) as line:
            line.sendall(f"GET /sparql?query={RUNS.replace(' ', '%20')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.5)
            start = time.monotonic()
            assert server.stop() == Code.DONE
            assert time.monotonic() - start < 20 and _gone(workers, 20)
        assert "Traceback" not in server.process.communicate()[1]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on this system")
def test_workers_of_a_killed_server_do_not_outlive_their_time(folder: Path) -> None:
    with serving(folder, "--workers", "2", "--timeout", "1") as server:
        workers = _children(server.process.pid)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(server.endpoint, params={"query": RUNS}, timeout=0.3)
        server.process.kill()
        server.process.wait()
        assert _gone(workers, 40)


def test_it_warns_when_others_can_reach_it(folder: Path) -> None:
    with serving(folder, "--host", "0.0.0.0", "--workers", "1") as server:  # noqa: S104 - that is what it warns of
        assert httpx.get(server.endpoint).status_code == 200
        server.stop()
        assert "warning: whoever reaches 0.0.0.0 can ask this graph" in server.process.communicate()[1]


def test_what_cannot_be_served_is_said_in_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--graph", str(tmp_path), "--port", "0"]) == Code.FAILED
    assert capsys.readouterr().err.startswith("kg: ")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run(["serve", "--graph", str(folder), "--port", port]) == Code.FAILED
    assert f"port {port} cannot be had" in capsys.readouterr().err
    assert run(["serve", "--port", "-1"]) == Code.USAGE


def test_without_the_extra_it_says_how_to_get_it(folder: Path) -> None:
    program = "import sys; sys.modules['uvicorn'] = None; from kg.cli.main import run; sys.exit(run(['serve', '--graph', sys.argv[1]]))"
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True)
    assert done.returncode == Code.FAILED
    assert "pip install 'papers-kg[serve]'" in done.stderr and "Traceback" not in done.stderr
