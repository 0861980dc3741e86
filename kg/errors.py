"""The exceptions of kg: what went wrong, where, and what to do next.

    KgError
    ├── UsageError        the command or call makes no sense            (exit code 2)
    ├── InputError        an input could not be read at all             (exit code 3)
    ├── OutputError       an output could not be written at all         (exit code 3)
    └── NotFoundError     a name that the graph does not hold           (exit code 3)

A single bad record is not an exception: readers yield a `kg.model.Problem` for it and go on.
This module stands at the root of the flow: everything may import it, it imports nothing of kg.
"""

from __future__ import annotations


class KgError(Exception):
    """An error that a user can act on.

    `message` says what happened, `where` names the file, line or record, `hint` says what to do next.

    >>> print(KgError("not valid JSON", where="papers.jsonl:3", hint="is it CSV?"))
    papers.jsonl:3: not valid JSON (is it CSV?)
    """

    exit_code = 3

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class UsageError(KgError):
    """The command or call makes no sense as given."""

    exit_code = 2


class InputError(KgError):
    """An input could not be read at all."""


class OutputError(KgError):
    """An output could not be written at all."""


class NotFoundError(KgError):
    """The graph holds nothing of that name."""
