"""The user's decisions about entities, kept in a readable file; they overrule resolution and survive rebuilds.

One decision a line, written as it is said to `kg decide`; ``#`` starts a comment:

    same "ViT" "Vision Transformer"
    different "SAM" "sharpness-aware minimization"
    not-an-entity "our best model"
    type "Maestro" Method

Read by `kg.pipeline`, applied by `kg.resolve`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, OutputError, UsageError
from kg.text.forms import key
from kg.vocab import Kind

VERBS = {"same": 2, "different": 2, "not-an-entity": 1, "type": 2}
"""Each kind of decision and how many names it takes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: a verb of `VERBS` and the names it is about (for ``type``, a name and a kind)."""

    verb: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        quoted = (name if self.verb == "type" and i == 1 else f'"{_escape(name)}"' for i, name in enumerate(self.names))
        return " ".join([self.verb, *quoted])


def decision(verb: str, names: Iterable[str]) -> Decision:
    """Return a checked decision; raises `UsageError` for an unknown verb, kind or a wrong number of names.

    >>> print(decision("same", ["ViT", "Vision Transformer"]))
    same "ViT" "Vision Transformer"
    """
    given = tuple(names)
    if verb not in VERBS:
        raise UsageError(f"no decision called {verb!r}", hint="choose from " + ", ".join(VERBS))
    if len(given) != VERBS[verb] or not all(key(name) for name in given):
        raise UsageError(f"{verb} takes {VERBS[verb]} name{'s' * (VERBS[verb] > 1)}, got {len(given)}")
    if verb == "type" and given[1] not in set(Kind):
        raise UsageError(f"no kind called {given[1]!r}", hint="choose from " + ", ".join(Kind))
    return Decision(verb, given)


def parse(text: str, where: str = "decisions") -> list[Decision]:
    r"""Read decisions from text; raises `InputError` naming the line that cannot be read.

    >>> [d.verb for d in parse('# ours\nsame "a b" c\ntype Maestro Method')]
    ['same', 'type']
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            words = shlex.split(line, comments=True)
            if words:
                found.append(decision(words[0], words[1:]))
        except (ValueError, UsageError) as error:
            raise InputError(
                str(error), where=f"{where}:{number}", hint='write for example: same "ViT" "Vision Transformer"'
            ) from error
    return found


def read(path: Path) -> list[Decision]:
    """Read a file of decisions; raises `InputError` when it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the decisions cannot be read", where=str(path), hint=str(error)) from error


def append(path: Path, new: Decision) -> None:
    """Add a decision at the end of a file, which is made when it is not there; raises `OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{new}\n")
    except OSError as error:
        raise OutputError("the decision cannot be written", where=str(path), hint=str(error)) from error


def _escape(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
