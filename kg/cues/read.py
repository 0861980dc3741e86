"""Read the cue words of a file (`kg/cues/*.toml`), once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def cues(name: str) -> dict[str, Any]:
    """Return one file of cues: lists and blocks of words as frozen sets, tables as dictionaries of them."""
    text = resources.files("kg.cues").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return {entry: _words(value) for entry, value in tomllib.loads(text).items()}


def _words(value: Any) -> Any:
    if isinstance(value, str):
        return frozenset(value.split()) if "\n" in value else value
    if isinstance(value, dict):
        return {entry: _words(inner) for entry, inner in value.items()}
    return frozenset(value)
