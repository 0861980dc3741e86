"""Reader of Markdown of one paper: a heading and a section that says Abstract, or a block of fields (YAML) on top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _fulltext, _record

_FRONT = 2000  # lines
_HEADING = re.compile(r"^#\s+(\S.*)$", re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z][\w .-]{0,40}):(?:\s+(.*))?()$")
_BLOCK = re.compile(r"^[|>][+-]?\d?$")
_ITEM = re.compile(r"^\s*-\s+(.*)$")
_INNER = re.compile(r"^(?:name|literal|title|doi|term)\s*:\s*(.*)$", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]{0,2000})\]\([^()\s]{0,2000}\)")
_STRESS = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000}?\S|\S)\1")


def sniff(head: str) -> float:
    """Tell how surely `head` begins Markdown of a paper: by fields on top, or by its heading and one that says Abstract."""
    lines = head.lstrip("\ufeff").split("\n")
    if lines[0].strip() == "---":
        named = {_fields.variable(name)[0] for name in _front_matter(lines)[0]}
        return 0.85 if "title" in named and ("abstract" in named or _fulltext.headings(head)[0] == 1) else 0.0
    first = next((line for line in lines if line.strip()), "")
    whole = _HEADING.match(first) and len(_HEADING.findall(head)) >= 1
    return 0.8 if whole and _fulltext.headings(head)[0] == 1 and len(re.findall("^#", head, re.MULTILINE)) > 2 else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the one paper."""
    lines = [line.rstrip("\n").lstrip("\ufeff") for line in islice(stream, _FRONT)]
    if not any(line.strip() for line in lines):
        if any(line.strip() for line in stream):
            yield Problem(Where(file), f"its first {_FRONT:,} lines are empty")
        return
    first = next(i for i, line in enumerate(lines, 1) if line.strip())
    matter: dict[str, Any] = {}
    body = lines
    if lines[first - 1].strip() == "---":
        matter, length = _front_matter(lines[first - 1 :])
        body = lines[first - 1 + length :]
    fields, rest = _fields.assign(matter.items())
    found = _fulltext.fields(body)
    fields = {
        name: value for name, value in found.items() if value and (name != "title" or "abstract" in found)
    } | fields
    yield _record.build(Where(file, first), fields, rest, decode=_plain)


def _plain(text: str) -> str:
    """Remove the signs of stress and the addresses of links."""
    return _STRESS.sub(r"\2", _LINK.sub(r"\1", text))


def _front_matter(lines: list[str]) -> tuple[dict[str, Any], int]:
    """Return the fields between two lines of dashes, and how many lines they take. Of YAML, what people write there."""
    found: dict[str, Any] = {}
    name = ""
    for i, line in enumerate(lines[1:], 1):
        if line.strip() in ("---", "..."):
            return found, i + 1
        key = _KEY.match(line)
        item = _ITEM.match(line)
        if key:
            name, value = key.group(1), (key.group(2) or "").strip()
            found[name] = "" if _BLOCK.match(value) else _value(value)
        elif name and item:
            found[name] = [*(found[name] if isinstance(found[name], list) else []), _item(item.group(1))]
        elif name and line.strip() and isinstance(found[name], str):
            found[name] = f"{found[name]} {line.strip()}".strip()
    return {}, 0


def _value(text: str) -> str | list[str]:
    """Return a value without its quotes, or the items of a list in brackets."""
    if text.startswith("[") and text.endswith("]"):
        return [_item(piece) for piece in text[1:-1].split(",") if piece.strip()]
    return _item(text)


def _item(text: str) -> str:
    """Return an item without its quotes; of a named one what the name stands for."""
    inner = _INNER.match(text)
    text = (inner.group(1) if inner else text).strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
