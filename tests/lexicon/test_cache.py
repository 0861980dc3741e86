from __future__ import annotations

from pathlib import Path

import pytest

from kg.lexicon import Lexicon, cache, load

VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://w3id.org/papers-kg/ontology#> .
<http://foxes.example/gft> a skos:Concept, kg:Method ; skos:prefLabel "great fox theory" ; skos:altLabel "GFT", "Füchse" .
<http://foxes.example/den> a skos:Concept ; skos:prefLabel "den" ; skos:broader <http://foxes.example/gft> ; kg:ordinaryWord true .
"""


@pytest.fixture
def vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "ours.ttl"
    file.write_text(VOCABULARY, encoding="utf-8")
    return file


def kept(vocabulary: Path) -> list[Path]:
    return sorted((vocabulary.parent / "cache" / "vocabularies").glob("*"))


def same(a: Lexicon, b: Lexicon) -> bool:
    return a.concepts == b.concepts and a.fingerprint == b.fingerprint and a.named("gft") == b.named("gft") is not None


def test_what_was_kept_says_the_same(vocabulary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = load([vocabulary])
    assert len(kept(vocabulary)) == 1
    monkeypatch.setattr("kg.lexicon.skos.read_skos", lambda file: pytest.fail("parsed again"))
    assert same(load([vocabulary]), parsed)


def test_another_content_is_parsed_anew(vocabulary: Path) -> None:
    load([vocabulary])
    vocabulary.write_text(VOCABULARY.replace("great", "grand"), encoding="utf-8")
    assert load([vocabulary]).named("grand fox theory")
    assert len(kept(vocabulary)) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00\xff", b"0" * 64 + b"\n[]", b"0" * 64 + b"\n[[1]]"])
def test_a_damaged_file_counts_as_not_kept(vocabulary: Path, damage: bytes) -> None:
    parsed = load([vocabulary])
    kept(vocabulary)[0].write_bytes(damage)
    assert same(load([vocabulary]), parsed)
    assert same(load([vocabulary]), parsed)


def test_a_cut_file_counts_as_not_kept(vocabulary: Path) -> None:
    parsed = load([vocabulary])
    file = kept(vocabulary)[0]
    file.write_bytes(file.read_bytes()[:-9])
    assert same(load([vocabulary]), parsed)


def test_a_folder_that_cannot_be_written_to_does_no_harm(vocabulary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vocabulary.parent / "cache").write_text("a file, not a folder", encoding="utf-8")
    assert load([vocabulary]).named("den")
    monkeypatch.setenv("KG_CACHE", "")
    assert cache.folder() is None
    assert load([vocabulary]).named("den")


def test_only_the_last_used_are_kept(vocabulary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEPT", 2)
    for word in ("grand", "good", "grey"):
        vocabulary.write_text(VOCABULARY.replace("great", word), encoding="utf-8")
        load([vocabulary])
    assert len(kept(vocabulary)) == 2


def test_the_folder_is_the_platform_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KG_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache.folder() == tmp_path / "papers-kg" / "vocabularies"
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr("sys.platform", "win32")
    assert cache.folder() == tmp_path / "local" / "papers-kg" / "vocabularies"
