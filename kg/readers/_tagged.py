"""Cut texts of tagged lines (``TI  A title``) into records. Used by the `wos`, `medline` and `refer` readers.

Each record has its line; a line without tag goes on with the tag before it, or is another value of it where the format
writes one value a line. Records are given as soon as they end, so that memory is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Tagged:
    """One record: the line it starts at, and the values of each of its tags, in order. A value is the lines it stands on."""

    line: int
    blank: bool = False  # the last line was blank
    _values: dict[str, list[list[str]]] = field(default_factory=dict)
    _last: str = ""  # the tag that a line without tag belongs to

    def __contains__(self, tag: str) -> bool:
        """Tell whether a tag was there, if without a value."""
        return tag in self._values

    def all(self, *names: str) -> list[str]:
        """Return the values of the first of the tags that has any."""
        for name in names:
            if found := [" ".join(lines) for lines in self._values.get(name, ()) if lines]:
                return found
        return []

    def first(self, *names: str) -> str:
        """Return the first value of the first of the tags that has any."""
        return next(iter(self.all(*names)), "")

    def joined(self, *names: str) -> str:
        """Return the values of the first of the tags that has any as one text."""
        return " ".join(self.all(*names))

    def rest(self, known: frozenset[str]) -> dict[str, str | list[str]]:
        """Return the tags that are not `known`, those that repeat as lists."""
        left: dict[str, str | list[str]] = {}
        for tag in self._values:
            if tag not in known and (values := self.all(tag)):
                left[tag] = values[0] if len(values) == 1 else values
        return left

    def begin(self, tag: str, value: str) -> None:
        """Take a line with tag."""
        self._values.setdefault(tag, []).append([value] if value else [])
        self._last = tag

    def add(self, text: str, one_a_line: frozenset[str]) -> None:
        """Take a line without tag."""
        if not self._last:
            return
        values = self._values[self._last]
        if self._last in one_a_line and values[-1]:
            values.append([text])
        else:
            values[-1].append(text)


def records(
    stream: Iterable[str],
    pattern: re.Pattern[str],
    *,
    begins: Callable[[str, Tagged | None], bool],
    one_a_line: frozenset[str] = frozenset(),
    ends: frozenset[str] = frozenset(),
) -> Iterator[Tagged]:
    """Yield the records of a text.

    `pattern` matches a line with tag and value as its groups, `begins` tells whether a tag begins a record after the one
    that is open (or none), `ends` are tags that close one. What stands outside records is passed over.
    """
    record: Tagged | None = None
    for number, raw in enumerate(stream, 1):
        line = raw.rstrip("\n").lstrip("\ufeff")
        found = pattern.match(line)
        if found and begins(found.group(1), record):
            if record:
                yield record
            record = Tagged(number)
        if record is None:
            continue
        if found and found.group(1) in ends:
            yield record
            record = None
        elif found:
            record.begin(found.group(1), (found.group(2) or "").strip())
            record.blank = False
        elif line.strip():
            record.add(line.strip(), one_a_line)
        else:
            record.blank = True
    if record:
        yield record


def share(head: str, pattern: re.Pattern[str]) -> float:
    """Return which share of the lines that are not blank and not indented have a tag."""
    lines = [line for line in head.split("\n") if line.strip() and not line.startswith("  ")]
    return sum(bool(pattern.match(line)) for line in lines) / len(lines) if lines else 0.0
