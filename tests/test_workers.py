from __future__ import annotations

import os
import re
import time
from importlib import import_module
from types import SimpleNamespace

import pytest

from kg.errors import UsageError
from kg.lexicon import Lexicon
from kg.model import Extraction, Paper
from kg.records import decode, encode
from kg.workers import read_each
from tests.papers import lexicon

READING = import_module("kg.reading.read")
PAPERS = [Paper(str(n), f"FoxNet {n}", "We propose FoxNet, a vision transformer, on ImageNet.") for n in range(30)]


def answers(workers: int, patience: float = 20) -> dict[int, bytes | str]:
    return dict(read_each(PAPERS, lexicon(), (), workers, patience=patience))


@pytest.fixture(autouse=True)
def _even_a_few_papers_are_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.workers.SMALL", 1)


def test_any_number_of_workers_reads_the_same() -> None:
    one = answers(1)
    assert answers(2) == one
    assert sorted(one) == list(range(30))
    record = one[7]
    assert isinstance(record, bytes)
    assert "FoxNet" in {mention.text for mention in decode(record).mentions}


def test_papers_read_together_say_what_each_says_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    together = answers(1)
    assert together == {n: encode(READING.read(paper, lexicon())) for n, paper in enumerate(PAPERS)}

    def broken(*given: object, **how: object) -> None:
        raise ZeroDivisionError("no foxes together")

    monkeypatch.setattr("kg.reading.documents", broken)
    assert answers(1) == together  # then each is read alone


def faulty(what: str) -> object:
    """Return an extractor that fails on the papers 7 and 20."""

    def extract(doc: SimpleNamespace, lexicon: Lexicon) -> list[object]:
        if doc.paper.id in ("7", "20"):
            if what == "raise":
                raise ZeroDivisionError("no foxes")
            if what == "exit":
                os._exit(3)
            if what == "loop":
                while True:
                    pass
            if what == "regex":
                re.fullmatch(r"(a|a)*b", "a" * 60)
            if what == "stubborn":
                begin = time.monotonic()
                while time.monotonic() - begin < 60:
                    try:
                        sum(range(1000))
                    except Exception:  # noqa: S112 - what a careless plugin does
                        continue
        return []

    return SimpleNamespace(STAGE="names", extract=extract, __name__="faulty")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("raise", "reading it failed: ZeroDivisionError: no foxes"),
        ("loop", "reading it took more than 0.3 seconds"),
        ("regex", "reading it took more than 0.3 seconds"),
        ("stubborn", "reading it took more than 0.3 seconds"),
        ("exit", "the process that read it died"),
    ],
)
def test_a_paper_that_cannot_be_read_is_named(
    what: str, reason: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "exit" and workers == 1:
        pytest.skip("there is no other process to die")
    monkeypatch.setattr(READING, "extractors", lambda stage: (faulty(what),) if stage == "names" else ())
    bare = answers(workers, patience=0.3)
    assert {n: a for n, a in bare.items() if isinstance(a, str)} == {7: reason, 20: reason}
    assert len(bare) == len(PAPERS)


def test_an_extractor_that_cannot_be_imported_is_an_error_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(stage: str) -> tuple[object, ...]:
        raise UsageError("this plugin cannot be imported")

    monkeypatch.setattr(READING, "extractors", broken)
    with pytest.raises(UsageError):
        answers(2)


def test_the_limit_is_of_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(lexicon: Lexicon, paper: Paper, **how: object) -> Extraction:
        time.sleep(0.05)
        return Extraction()

    monkeypatch.setattr("kg.workers.extract_one", slow)
    assert all(isinstance(answer, bytes) for answer in answers(1, patience=0.04).values())
