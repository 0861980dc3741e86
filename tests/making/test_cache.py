from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.making.cache import Cache

KEYS = [bytes([n]) * 16 for n in range(5)]


class Listener(list[str]):
    """What a cache said."""

    def open(self, path: Path, *, fresh: bool = False) -> Cache:
        return Cache(path, say=self.append, fresh=fresh)


def filled(path: Path) -> None:
    with Listener().open(path) as cache:
        for key in KEYS:
            cache.put(key, b"record " + key)


def test_what_was_put_is_found_again(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite")
    with Listener().open(tmp_path / "c.sqlite") as cache:
        assert cache.find([*KEYS[:2], b"other"]) == {key: b"record " + key for key in KEYS[:2]}
        assert len(cache.find(KEYS * 300)) == len(KEYS)


def test_what_is_not_used_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite")
    with Listener().open(tmp_path / "c.sqlite") as cache:
        cache.keep_only([KEYS[1], KEYS[1], b"never there"])
        assert list(cache.find(KEYS)) == [KEYS[1]]


def test_room_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Listener().open(path) as cache:
        for n in range(200):
            cache.put(n.to_bytes(16, "big"), bytes(5000))
        cache.commit()
        large = path.stat().st_size
        cache.keep_only([])
    assert path.stat().st_size < large / 10


def test_a_fresh_cache_is_empty(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite")
    with Listener().open(tmp_path / "c.sqlite", fresh=True) as cache:
        assert cache.find(KEYS) == {}


def test_what_an_interrupted_build_put_is_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Listener().open(tmp_path / "c.sqlite") as cache:
        cache.put(KEYS[0], b"record")
        raise KeyboardInterrupt
    with Listener().open(tmp_path / "c.sqlite") as cache:
        assert cache.find(KEYS) == {KEYS[0]: b"record"}


@pytest.mark.parametrize("content", [b"no database at all, but text " * 50, b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_cache_is_thrown_away_with_a_word(content: bytes, tmp_path: Path) -> None:
    path, heard = tmp_path / "c.sqlite", Listener()
    path.write_bytes(content)
    with heard.open(path) as cache:
        cache.put(KEYS[0], b"record")
        assert cache.find(KEYS) == {KEYS[0]: b"record"}
    assert len(heard) == 1
    assert str(path) in heard[0]


def test_a_database_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    path, heard = tmp_path / "c.sqlite", Listener()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE papers (key BLOB, record BLOB)")
    other.close()
    with heard.open(path) as cache:
        assert cache.find(KEYS) == {}
    assert len(heard) == 1


def test_a_damaged_file_never_gives_a_wrong_record(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    filled(path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        with Listener().open(path) as cache:
            assert cache.find(KEYS).items() <= {key: b"record " + key for key in KEYS}.items()
            cache.put(KEYS[0], b"record " + KEYS[0])
    path.write_bytes(whole[: len(whole) // 2])
    with Listener().open(path) as cache:
        assert cache.find(KEYS).items() <= {key: b"record " + key for key in KEYS}.items()


def test_a_cache_that_cannot_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").mkdir()
    with pytest.raises(OutputError, match=r"c\.sqlite: cannot be"), Listener().open(tmp_path / "c.sqlite") as cache:
        cache.put(KEYS[0], b"record")
