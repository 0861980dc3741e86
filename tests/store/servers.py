"""Real SPARQL servers for the tests: Oxigraph's own from `pip install oxigraph`, Virtuoso from Debian's package.

Each is started on a free port with an empty store in a folder of its own, and ended with the tests. Where one cannot be
had, the tests that need it skip themselves and say how to get it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

USER, PASSWORD = "dba", "dba"  # Virtuoso's own, in a database that lasts as long as a test
_PATIENCE = 120.0

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
EnabledGzipContent = 1
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Start Oxigraph and yield its address."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if not program:
        pytest.skip("no `oxigraph` here: `pip install oxigraph` brings Oxigraph's own server")
    address = f"127.0.0.1:{free_port()}"
    command = [program, "serve", "--location", str(folder), "--bind", address]
    with _running(command, folder, f"http://{address}/"):
        yield f"http://{address}"


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000) -> Iterator[str]:
    """Start Virtuoso, which gives `rows` rows at most, and yield its address. Anybody may read; `USER` may write."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("no `virtuoso-t` here: `apt-get install virtuoso-opensource-7-bin` brings Virtuoso")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(http=port, sql=free_port(), rows=rows), encoding="utf-8")
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: Sequence[str], folder: Path, answers: str) -> Iterator[None]:
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _await(process, answers, folder)
            yield
        finally:
            process.kill()  # what it holds is thrown away
            process.wait(10)


def _await(process: subprocess.Popen[bytes], answers: str, folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            httpx.get(answers, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(
        f"the server did not start: {(folder / 'output.log').read_text(encoding='utf-8', errors='replace')[-2000:]}"
    )
