"""Settings of all tests: Hypothesis judges what is right, never how fast a shared machine was; no test writes to the user's cache."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own() -> Iterator[None]:
    """Keep parsed vocabularies in a folder of this test run, also those of the commands that tests start."""
    before = os.environ.get("KG_CACHE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KG_CACHE"] = folder
        yield
    if before is None:
        del os.environ["KG_CACHE"]
    else:
        os.environ["KG_CACHE"] = before
