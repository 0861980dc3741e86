"""Cut BibTeX into entries and entries into fields, minding braces and quotes. Used by the `bibtex` reader.

So each entry has its line, and one that is broken costs only itself. What bibtexparser would refuse is put right on the
way: keys and names of fields with spaces, missing commas, quotes within quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

_START = re.compile(r"^[ \t\ufeff]*@[ \t]*([A-Za-z]+)\s*([{(])", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t\ufeff]*@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s,{}=\"]+\s*,", re.MULTILINE)
_KNOWN = (
    r"article|inproceedings|proceedings|conference|book|inbook|booklet|collection|incollection|misc|online|manual"
    r"|phdthesis|mastersthesis|thesis|techreport|report|unpublished|dataset|software|string|preamble|comment"
)
_CERTAIN = re.compile(  # by an unknown word and round brackets, a text may be a program with decorators
    rf"^[ \t\ufeff]*@[ \t]*(?:(?:{_KNOWN})\s*[{{(]|[A-Za-z]+\s*\{{\s*[^\s,{{}}=\"]+\s*,\s*[A-Za-z][\w -]*=)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGN = re.compile(r"\\.|[{}()]|^[ \t]*@", re.MULTILINE | re.DOTALL)
_GOES_ON = re.compile(r"[ \t]*@[ \t]*([A-Za-z]+)\s*([{(])")  # an entry on the line on which another ends
_WINDOW = 1 << 22  # characters
_LONGEST_START = 1000  # characters of a line that begins an entry, up to its first comma
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NEXT_FIELD = re.compile(r",\s*\n(?=[ \t]*[A-Za-z][\w-]*[ \t]*=)")
_LAST_LINE = re.compile(r"\n[ \t]*[})]\s*$")
_KEY = re.compile(r"\s*([^,={}\"]*?)\s*(?:,|$)")
_IN_ENTRY = re.compile(r"\\.|[{}\",]", re.DOTALL)
_NOT_IN_NAMES = frozenset('{}"#,')
_AFTER_VALUE = re.compile(r"\s*(?:[,#]|$)")
_BARE = re.compile(r"^(?:\d+|[A-Za-z_][\w:-]*)$")


@dataclass(frozen=True)
class Piece:
    """One entry of a file: type, text between the outer brackets (None: not closed) and line."""

    kind: str
    body: str | None
    line: int


def first(head: str) -> int:
    """Return the place of the first entry that can be nothing but BibTeX, or -1."""
    found = _CERTAIN.search(head)
    return found.start() if found else -1


def pieces(text: str) -> Iterator[Piece]:
    """Cut a text into entries; what stands between them is no part of any."""
    at, line, counted = 0, 1, 0
    while found := (at and _GOES_ON.match(text, at)) or _START.search(text, at):
        begin = text.index("@", found.start())
        line, counted = line + text.count("\n", counted, begin), begin
        kind = found.group(1).lower()
        end = _end(text, found.end())
        at = end + 1 if end >= 0 else _next_entry(text, found.end())
        yield Piece(kind, text[found.end() : end] if end >= 0 else _mended(text[found.end() : at]), line)


def pieces_of(stream: TextIO, *, window: int = _WINDOW) -> Iterator[Piece]:
    """Cut a text into entries, a part of it at a time.

    It is divided where a line begins an entry, for there ends whatever stands before, be it closed or not.
    """
    text, line = "", 1
    while chunk := stream.read(window):
        text += chunk
        begins = [found.start() for found in _ENTRY.finditer(text, max(1, len(text) - len(chunk) - _LONGEST_START))]
        if begins:
            yield from _moved(text[: begins[-1]], line)
            line += text.count("\n", 0, begins[-1])
            text = text[begins[-1] :]
    yield from _moved(text, line)


def _moved(text: str, line: int) -> Iterator[Piece]:
    return (Piece(piece.kind, piece.body, piece.line + line - 1) for piece in pieces(text))


def key_and_fields(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the key of an entry and its fields: names in lower case, values as BibTeX expressions.

    Raises `ValueError` with a reason in one line.

    >>> key_and_fields('my key, Title = {A, b} year=2020, note = "c" # d')
    ('my key', [('title', '{A, b}'), ('year', '2020'), ('note', '"c" # d')])
    """
    key = _KEY.match(body)
    if not key:
        raise ValueError("no key")
    fields = []
    for text in _cut(body, key.end()):
        name, _, value = (part.strip() for part in text.partition("="))
        if name and value and not _NOT_IN_NAMES & set(name):
            fields.append((" ".join(name.lower().split()), _expression(value)))
        elif fields and fields[-1][1].endswith("}"):  # a stray brace closed the value before its end
            last, before = fields[-1]
            fields[-1] = (last, f"{before[:-1]} {text.strip().rstrip('}').strip()}}}")
        else:
            raise ValueError(f"not a field: {' '.join(text.split())[:40]}")
    return key.group(1), fields


def _end(text: str, start: int) -> int:
    """Return the place of the bracket that closes an entry, or -1 where the next entry begins before it."""
    closing = "}" if text[start - 1] == "{" else ")"
    depth = round_ones = 0
    for sign in _SIGN.finditer(text, start):
        mark = sign.group()
        if mark == closing and not depth and not round_ones:
            return sign.start()
        if mark in "()":
            round_ones = max(0, round_ones + (1 if mark == "(" else -1)) if closing == ")" and not depth else round_ones
        elif mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif mark.endswith("@") and _ENTRY.match(text, sign.start()):
            return -1
    return -1


def _mended(text: str) -> str | None:
    """Return an entry whose end is there but whose braces do not add up, each value closed where its line of fields ends.

    None where the end is not there: the entry was cut off.
    """
    end = _LAST_LINE.search(text)
    if not end:
        return None
    parts = _NEXT_FIELD.split(text[: end.start()])
    opened = ([sign.group() for sign in _BRACE.finditer(part)] for part in parts)
    missing = (max(0, signs.count("{") - signs.count("}")) for signs in opened)
    return ",\n".join(part + "}" * count for part, count in zip(parts, missing, strict=True))


def _next_entry(text: str, start: int) -> int:
    """Return the place where the next entry begins."""
    found = _ENTRY.search(text, start)
    return found.start() if found else len(text)


def _cut(body: str, start: int) -> Iterator[str]:
    """Cut at the commas outside braces and quotes, and after a value that no comma follows."""
    depth, quoted, begin = 0, False, start
    for sign in _IN_ENTRY.finditer(body, start):
        mark = sign.group()
        closed = False
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
            closed = not depth and not quoted
        elif mark == '"' and not depth:
            quoted = not quoted if not quoted or _AFTER_VALUE.match(body, sign.end()) else quoted
            closed = not quoted
        if (mark == "," and not depth and not quoted) or (closed and not _AFTER_VALUE.match(body, sign.end())):
            end = sign.start() if mark == "," else sign.end()
            if body[begin:end].strip():
                yield body[begin:end]
            begin = sign.end()
    if body[begin:].strip():
        yield body[begin:]


def _expression(value: str) -> str:
    """Return a value as an expression: simple quotes and bare words that are no name become braces."""
    if value.startswith('"') and value.endswith('"') and len(value) > 1 and '" #' not in value and '"#' not in value:
        return "{" + value[1:-1] + "}"
    if value.startswith(("{", '"')) or "#" in value or _BARE.match(value):
        return value
    return "{" + value + "}"
