"""What people annotated: reading a gold file, and the form that names are compared in.

A gold file is a JSON list of {id, title, entities: [{type, name, aliases, role, core}], results, urls}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.vocab import Role

GOLD_ROLES: dict[Role, str] = {
    Role.PROPOSES: "proposes",
    Role.INTRODUCES: "introduces",
    Role.EVALUATES_ON: "evaluates",
    Role.USES: "uses",
    Role.COMPARES_WITH: "compares",
    Role.ADDRESSES: "addresses",
    Role.REPORTS: "reports",
    Role.ABOUT: "about",
}
"""What a gold file calls each role."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An entity that people annotated. `core`: a graph without it is wrong; `forms`: its names in normal form."""

    kind: str
    role: str
    name: str
    core: bool
    forms: frozenset[str]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read a gold file; raises `InputError` when it cannot be read or is none."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("the gold file cannot be read", where=str(path), hint=str(error)) from error
    if not isinstance(gold, list):
        raise InputError("not a gold file", where=str(path), hint="a JSON list of {id, title, entities, results, urls}")
    for number, record in enumerate(gold, start=1):
        if not _is_annotation(record):
            raise InputError(f"record {number} is no annotated paper", where=str(path), hint="it lacks a field")
    return gold


def _is_annotation(record: object) -> bool:
    return (
        isinstance(record, dict)
        and {"id", "title", "entities"} <= record.keys()
        and all({"type", "name", "role"} <= entry.keys() for entry in record["entities"])
        and all("value" in result for result in record.get("results", ()))
    )


def gold_entity(entry: Mapping[str, Any]) -> Gold:
    """Return one entry of a record's ``entities``."""
    forms = normal_forms([entry["name"], *entry.get("aliases", [])])
    return Gold(entry["type"], entry["role"], entry["name"], entry.get("core", True), forms)


def normal_forms(names: Iterable[str]) -> frozenset[str]:
    """Return the normal forms of names, without the empty one."""
    return frozenset(normal(name) for name in names) - {""}


def normal(text: str) -> str:
    """Return the form that names are compared in: folded case, no punctuation or spaces, singular words.

    Kept apart from `kg.text.forms.key`, so that a mistake there cannot hide from the score.

    >>> [normal(name) for name in ("Vision-Transformers", "CNNs", "policies", "loss", "GPT-3.5")]
    ['visiontransformer', 'cnn', 'policy', 'loss', 'gpt3.5']
    """
    text = re.sub(r"\b([A-Z]{2,})s\b", r"\1", text.replace("’", "'"))
    return "".join(_singular(word) for word in re.findall(r"[^\W_]+(?:\.\d+)?", text.casefold()))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word == "biases" or (len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes"))):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word != "bias":
        return word[:-1]
    return word
