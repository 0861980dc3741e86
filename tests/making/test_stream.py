"""A graph written in a stream has the bytes of one made in memory: on papers of every awkward kind, and in small parts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.cli.main import run

WORDS = "fox hare hound owl mole net tracing pre-training pretraining gradient field deep graph signal".split()


def records(count: int, seed: int = 3) -> list[dict[str, object]]:
    """Made-up papers with shared and rare names, short forms, doubles, citations, and ids that begin with one another."""
    rng = random.Random(seed)  # noqa: S311 - papers, not secrets
    found: list[dict[str, object]] = []
    for n in range(count):
        a, b, c = (" ".join(rng.sample(WORDS, 2)) for _ in range(3))
        short = "".join(word[0] for word in a.split()).upper()
        text = f"We propose {a.title()} ({short}), based on {b} networks and LoRA. {short} outperforms {c} by {n}.5% in accuracy "
        text += f"on {rng.choice(['ImageNet', 'MS COCO', f'Meadow-{n % 7}'])}. Code: https://github.com/fox/{n}. It uses {c} models."
        record: dict[str, object] = {
            "title": f"{a.title()}Net {n}: {b} Größe 日本",
            "abstract": text,
            "year": 2000 + n % 20,
        }
        if n % 3 == 0:
            record["doi"] = f"10.1/x{'/y' * (n % 4)}{'-z' * (n % 5)}{n // 20 or ''}"
        if n % 4 == 0:
            record["authors"] = ["Ada Lovelace", f"Grace Hopper {n}"]
        if n % 5 == 0:
            record["references"] = ["10.1/x", f"10.1/x{n // 20}", "no such paper"]
        found.append(record)
        if n % 10 == 0:
            found.append({**record, "abstract": text[:90], "venue": "Journal of Foxes"})
    return found


def built(source: Path, out: Path, *options: str) -> list[bytes]:
    assert run(["build", str(source), "-o", str(out), *options]) == 0
    return [(out / name).read_bytes() for name in ("kg.ttl", ".kg/origins.jsonl", ".kg/reasons.jsonl")]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records(60)), encoding="utf-8")
    return path


@pytest.fixture
def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.STREAM_FROM", 0)
    monkeypatch.setattr("kg.making.naming.KEYS", 20)
    monkeypatch.setattr("kg.making.spool.RUN", 50)
    monkeypatch.setattr("kg.making.spread._LEAST", 7)
    monkeypatch.setattr("kg.nearness.COMMON", 10)
    monkeypatch.setattr("kg.nearness.NEAR", 15)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ""),
        (("--mentions", "all", "--min-confidence", "0"), ""),
        (("--base-iri", "https://fox.example/#"), 'same "LoRA" "fox hare"\ndifferent "FH" "fox hare"\ntype "owl net" Dataset\n'),
        ((), 'not-an-entity "LoRA"\ndifferent "pre-training" "pretraining"\n'),
    ],
)  # fmt: skip
def test_a_stream_gives_the_same_bytes(
    workers: str, options: tuple[str, ...], said: str, source: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    decisions = tmp_path / "said.txt"
    decisions.write_text(said, encoding="utf-8")
    more = ("--to", "turtle", "--workers", workers, "--decisions", str(decisions), *options)
    request.getfixturevalue("monkeypatch").setattr("kg.nearness.COMMON", 10)
    request.getfixturevalue("monkeypatch").setattr("kg.nearness.NEAR", 15)
    expected = built(source, tmp_path / "memory", *more)
    request.getfixturevalue("_in_small_parts")
    assert built(source, tmp_path / "stream", *more) == expected
    assert not (tmp_path / "stream" / ".kg" / "work").exists()


@pytest.mark.usefixtures("_in_small_parts")
def test_a_page_of_another_graph_does_not_stay(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.pipeline.STREAM_FROM", 10_000)
    built(source, tmp_path)
    assert (tmp_path / "kg.html").exists()
    memory = capfd.readouterr().out
    monkeypatch.setattr("kg.pipeline.STREAM_FROM", 0)
    built(source, tmp_path)
    stream = capfd.readouterr()
    assert not (tmp_path / "kg.html").exists()
    assert "kg.html is left out" in stream.err
    assert stream.out.splitlines()[:5] == memory.splitlines()[:5]


@pytest.mark.usefixtures("_in_small_parts")
def test_formats_that_need_the_graph_in_memory_get_it(source: Path, tmp_path: Path) -> None:
    built(source, tmp_path, "--to", "turtle,csv")
    assert list(tmp_path.glob("*.csv"))


@pytest.mark.usefixtures("_in_small_parts")
def test_no_papers_make_an_empty_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text('{"title": "A Title Alone"}\n', encoding="utf-8")
    stream = built(one, tmp_path / "stream", "--to", "turtle")
    monkeypatch.setattr("kg.pipeline.STREAM_FROM", 100)
    assert built(one, tmp_path / "memory", "--to", "turtle") == stream


@pytest.mark.usefixtures("_in_small_parts")
def test_a_large_graph_gets_its_store(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.disk.LARGE", 0)
    built(source, tmp_path, "--to", "turtle")
    made = (tmp_path / ".kg" / "store" / "stamp.json").stat().st_mtime_ns
    assert run(["query", "papers-using", "LoRA", "--graph", str(tmp_path)]) == 0
    assert (tmp_path / ".kg" / "store" / "stamp.json").stat().st_mtime_ns == made


@pytest.mark.usefixtures("_in_small_parts")
def test_a_store_that_cannot_be_made_costs_a_warning(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store.disk.make", full)
    built(source, tmp_path, "--to", "turtle")
    assert "No space left on device); the first query will make it" in capfd.readouterr().err
