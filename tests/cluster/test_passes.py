"""A task says what is wrong in words that a user can act on, wherever it runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra cluster is not installed")

from kg.cluster import passes
from kg.cluster.job import Job, code_version
from kg.errors import KgError


def job(folder: Path) -> Job:
    return Job(str(folder), str(folder), 1, 0, code_version(), "00", (), {}, "x/", 0.5, "best", True, 20.0, ["a"])


def test_a_folder_that_a_machine_does_not_see(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"does not see this folder \(--output must be in a folder that all machines"):
        passes.found_in(passes.run_here(str(tmp_path), "hello", 0))


def test_the_same_kg_is_greeted_and_another_refused(tmp_path: Path) -> None:
    job(tmp_path).save()
    assert passes.found_in(passes.run_here(str(tmp_path), "hello", 0)) == code_version()
    replace(job(tmp_path), code="another").save()
    with pytest.raises(KgError, match="has another kg or another Python"):
        passes.found_in(passes.run_here(str(tmp_path), "hello", 0))


def test_a_process_of_its_own_answers_the_same(tmp_path: Path) -> None:
    found = passes._in_a_process(str(tmp_path), "hello", 0)
    assert found == passes.answer(str(tmp_path), "hello", 0)


def test_a_process_that_dies_is_tried_again_and_then_named(tmp_path: Path) -> None:
    job(tmp_path).save()
    with pytest.raises(KgError, match=r"nonsense 0 ended with code 1: KeyError: 'nonsense'"):
        passes.found_in(passes._in_a_process(str(tmp_path), "nonsense", 0))
