"""What is given as SOURCE, and what archives hold: nothing hangs, nothing grows without end, everything is named."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import socket
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Paper, Problem
from kg.readers import read, sources
from tests.fuzz.attacks import zip_of
from tests.fuzz.measured import measure, run
from tests.readers.texts import CSV, JSONL

_COUNT = """
import sys
from kg.model import Paper
from kg.readers import read
found = list(read(sys.argv[1]))
print(sum(isinstance(one, Paper) for one in found), *(one for one in found if not isinstance(one, Paper)), sep="\\n")
"""


def _read(path: Path) -> tuple[int, list[str]]:
    """Return the number of papers, and the problems."""
    found = list(read(str(path)))
    return sum(isinstance(one, Paper) for one in found), [str(one) for one in found if isinstance(one, Problem)]


def _make_pipe(path: Path) -> None:
    os.mkfifo(path)


def _make_socket(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(path))
    made.close()


@pytest.mark.parametrize(("make", "kind"), [(_make_pipe, "a named pipe"), (_make_socket, "a socket")])
def test_a_pipe_or_socket_is_named_for_what_it_is(make: Callable[[Path], None], kind: str, tmp_path: Path) -> None:
    odd = Path(os.path.relpath(tmp_path / "odd"))  # the name of a socket has little room
    make(odd)
    with pytest.raises(InputError, match=kind) as caught:
        list(read(str(odd)))
    assert caught.value.where == str(odd)
    (tmp_path / "b.csv").write_text(CSV, encoding="utf-8")
    assert _read(tmp_path) == (2, [])
    papers, (problem,) = _read(Path(f"{tmp_path}/*"))
    assert papers == 2 and kind in problem and "odd" in problem


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null", "/dev/full"])
def test_a_device_is_named_for_what_it_is(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"no {device} here")
    with pytest.raises(InputError, match="a device"):
        list(read(device))


def test_the_command_line_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run(["extract", str(tmp_path / "pipe")], wait=60)
    assert done.code == 3 and "a named pipe" in done.err and not done.traceback and done.out == ""


def test_links_that_lead_back_are_followed_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.csv").write_text(CSV, encoding="utf-8")
    for name, target in (("up", ".."), ("here", "."), ("root", "/"), ("over", "../a")):
        (tmp_path / "a" / name).symlink_to(target, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "a" / "gone").symlink_to("nowhere")
    found = [str(tmp_path / "a" / "b" / "x.csv")]
    assert sources(str(tmp_path)) == found
    assert sources(f"{tmp_path}/**/*.csv") == found
    with pytest.raises(InputError, match="no such file"):
        sources(str(tmp_path / "a" / "self"))


def test_globs_leave_out_what_is_hidden(tmp_path: Path) -> None:
    for name in (".hidden.csv", "a.csv", ".git/b.csv", "c/d.csv", "c/.e/f.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CSV, encoding="utf-8")
    found = [str(tmp_path / name) for name in ("a.csv", "c/d.csv")]
    assert sources(f"{tmp_path}/**/*.csv") == sources(f"{tmp_path}/**") == found
    assert sources(f"{tmp_path}/.h*") == [str(tmp_path / ".hidden.csv")]


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.csv").write_text(CSV, encoding="utf-8")
    real = os.scandir

    def refuse(path: str) -> object:  # the superuser, whom tests may run as, is never refused
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    papers, (problem,) = _read(tmp_path)
    assert papers == 2 and "shut" in problem and "cannot be read" in problem
    with pytest.raises(InputError, match="cannot be read"):
        list(read(str(tmp_path / "shut")))


def test_names_too_long_and_names_of_odd_signs(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        list(read("x" * 5000))
    for name in (b"new\nline.jsonl", b"\x1b[31mred.jsonl", b"\xff\xfe.jsonl", "\u202eflow.jsonl".encode(), b" .jsonl"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as out:
            out.write(JSONL.encode() + b"{\n")
    papers, problems = _read(tmp_path)
    assert papers == 10 and len(problems) == 5
    assert all(problem.isprintable() for problem in problems)
    done = run(["build", str(tmp_path), "-o", str(tmp_path / "out"), "--to", "turtle"])
    assert done.code == 1 and not done.traceback and len(done.err.strip().splitlines()) >= 5


def test_empty_files_and_files_of_a_mark_alone(tmp_path: Path) -> None:
    for i, data in enumerate(
        [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", gzip.compress(b""), b" \n\t"]
    ):
        (tmp_path / f"f{i}").write_bytes(data)
    assert _read(tmp_path) == (0, [])


def test_a_sparse_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jsonl"
    with path.open("wb") as out:
        out.write(JSONL.encode() * 400)  # more than is looked at to tell binary data
        out.truncate(1 << 28)
    done = measure([sys.executable, "-c", _COUNT, str(path)])
    assert done.code == 0 and not done.traceback
    assert done.out.splitlines()[0] == "800" and "longer than" in done.out
    assert done.megabytes < 400 and done.seconds < 60
    with (tmp_path / "nothing").open("wb") as out:
        out.truncate(1 << 30)
    assert _read(tmp_path / "nothing") == (0, [f"{tmp_path / 'nothing'}: not text but binary data"])


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress])
def test_a_bomb_is_cut_off(compress: Callable[[bytes, int], bytes], tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(compress(b'{"title": "Fox"}\n' + b'{"title": ' + b" " * 100_000_000, 1))
    done = measure([sys.executable, "-c", _COUNT, str(tmp_path / "x")])
    assert "forty times its size" in done.out and done.code == 0
    assert done.megabytes < 400 and done.seconds < 30


def test_files_that_share_their_data_are_cut_off(tmp_path: Path) -> None:
    """As of the better zip bomb: a thousand names for one long stretch of compressed data."""
    data = zip_of({"a.txt": b" " * 20_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    end = data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    count = 500
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    (tmp_path / "x.zip").write_bytes(data[:start] + entry * count + tail)
    done = measure([sys.executable, "-c", _COUNT, str(tmp_path / "x.zip")])
    assert done.code == 0 and "forty times" in done.out and done.seconds < 30 and done.megabytes < 300


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = zip_of({"a.jsonl": JSONL.encode()})
    for _ in range(2):
        data = zip_of({"b.zip": data, "x.jsonl": JSONL.encode()})
    (tmp_path / "x.zip").write_bytes(data)
    assert _read(tmp_path / "x.zip") == (6, [])
    (tmp_path / "y.zip").write_bytes(zip_of({"b.zip": data}))
    papers, (problem,) = _read(tmp_path / "y.zip")
    assert papers == 4 and "an archive in an archive" in problem
    twice = gzip.compress(gzip.compress(JSONL.encode()))
    (tmp_path / "z.gz").write_bytes(twice)
    assert _read(tmp_path / "z.gz") == (0, [f"{tmp_path / 'z.gz'}: compressed more than once"])


def test_names_in_an_archive_are_but_names(tmp_path: Path) -> None:
    names = ("/etc/passwd", "../../up.jsonl", "C:\\x.jsonl", "a\nb\x1b.jsonl", "same.jsonl")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (*names, "same.jsonl"):
            with warnings.catch_warnings(action="ignore"):  # of the name that is there twice
                archive.writestr(zipfile.ZipInfo(name), JSONL + "{\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.zip").write_bytes(out.getvalue())
    papers, problems = _read(tmp_path / "in" / "x.zip")
    assert papers == 12 and len(problems) == 6 and all(problem.isprintable() for problem in problems)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "x.zip"]


@pytest.mark.parametrize("place", range(0, 160, 7))
def test_a_damaged_archive_is_named(place: int, tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.jsonl": JSONL.encode(), "b.csv": CSV.encode()}))
    for at in (place % len(data), len(data) - 1 - place % len(data)):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        (tmp_path / "x.zip").write_bytes(broken)
        papers, problems = _read(tmp_path / "x.zip")
        assert papers == 4 or problems
