"""Reader of RIS, through rispy.

The text is cut into records here, so that each has its line, lines that go on are joined to the tag they belong to and
junk between records is passed over; rispy then names the tags of one record at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _record

_TAG = re.compile(r"^\s?([A-Z][A-Z0-9])  - ?(.*)$")
_LOOSE_TAG = re.compile(
    r"^[ \t]{0,8}([A-Z][A-Z0-9])[ \t]{1,3}-[ \t]?(.*)$"
)  # some tools write one space, tabs, indents
_FIRST = re.compile(r"^\ufeff?[ \t]{0,8}TY[ \t\u00a0]{1,3}-[ \t\u00a0]{0,3}[A-Z]", re.MULTILINE)
_END = re.compile(r"^\s{0,8}ER\s{0,4}-?\s*$")
_LONG_TAG = re.compile(r"^DOI {0,2}- ?(?=10\.)")  # of the Cochrane Library
_TITLES_ELSEWHERE = ("CT", "BT", "ST")  # tags that hold the title of records without TI, T1 and TT
_DOI_ELSEWHERE = ("DI", "U1", "L3", "M3", "C7", "N1")  # tags that hold a DOI in dialects without DO
_LISTS = frozenset({"author", "editor", "keyword"})  # some tools write several in a line, with semicolons
_ONE_A_LINE = ("KW", "A1", "AU", "A2", "A3", "A4")  # a line that goes on is another one of these


@dataclass
class _Record:
    """The lines of one record, each tag with those of its value, and the line that the record starts at."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Return each tag with its value."""
        return [(tag, " ".join(lines)) for tag, lines in self.lines]

    def begin(self, tag: str, text: str) -> None:
        """Take a line with tag."""
        self.lines.append((tag, [text.strip()]))

    def add(self, text: str) -> None:
        """Take a line without tag: it goes on with the last one."""
        tag, lines = self.lines[-1]
        if tag in _ONE_A_LINE:
            self.lines.append((tag, [text]))
        else:
            lines.append(text)


def sniff(head: str) -> float:
    """Tell how surely `head` begins RIS: by a line that begins a record, and the share of lines with a tag."""
    if not _FIRST.search(head):
        return 0.0
    lines = [line for line in head.split("\n") if line.strip()]
    tagged = sum(bool(_LOOSE_TAG.match(line.replace("\u00a0", " "))) for line in lines)
    return 0.95 if tagged * 6 > len(lines) else 0.1  # a manual of RIS shows a record or two


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the records of a RIS file."""
    record: _Record | None = None
    pattern = _TAG
    closed = False
    for number, raw in enumerate(stream, 1):
        line = _LONG_TAG.sub("DO  - ", raw.rstrip("\n").lstrip("\ufeff").replace("\u00a0", " ", 3))
        start = _LOOSE_TAG.match(line) if record is None or line.lstrip().startswith("TY") else None
        if start and start.group(1) == "TY":
            if record:
                yield _paper(Where(file, record.line), record)
            record = _Record(number)
            record.begin("TY", start.group(2))
            pattern = _TAG if _TAG.match(line) else _LOOSE_TAG
        elif record is None:
            continue
        elif ((tag := pattern.match(line)) and tag.group(1) == "ER") or _END.match(line):
            yield _paper(Where(file, record.line), record)
            record, closed = None, True
        elif tag:
            record.begin(tag.group(1), tag.group(2))
        elif line.strip():
            record.add(line.strip())
    if record and closed:
        yield Problem(Where(file, record.line), "the RIS record is not closed: no ER line")
    elif record:  # a dialect that closes none
        yield _paper(Where(file, record.line), record)


def _paper(where: Where, record: _Record) -> Paper | Problem:
    """Let rispy name the tags, and make a paper of them."""
    import rispy

    tags = record.tags
    text = "".join(f"{tag}  - {value}\n" for tag, value in tags) + "ER  - \n"
    named = rispy.loads(text, enforce_list_tags=False, delimiter_tags_mapping={})
    if not named:
        return Problem(where, "not valid RIS")
    fields, rest = _fields.assign(_items(named[0]), format="ris")
    for name in _LISTS & fields.keys():
        items = fields[name] if isinstance(fields[name], list) else [str(fields[name])]
        fields[name] = [piece for item in items for part in item.split(";") if (piece := part.strip())]
    if tags[0][1] in ("CONF", "CPAPER") and "container-title" not in fields and "custom3" in rest:
        fields["container-title"] = rest.pop("custom3")
    if "title" not in fields:
        named_elsewhere = (value for name in _TITLES_ELSEWHERE for tag, value in tags if tag == name and value)
        fields["title"] = next(named_elsewhere, "")
        if fields.get("container-title") == fields["title"]:
            del fields["container-title"]
    elsewhere = (value for tag, value in tags if tag in _DOI_ELSEWHERE and value.lower().startswith(("10.", "doi:")))
    if "DOI" not in fields and (doi := next(elsewhere, "")):
        fields["DOI"] = doi
    return _record.build(where, fields, rest, fallback_type="document")


def _items(named: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields under rispy's names; a tag that is not known under its own."""
    unknown = named.pop("unknown_tag", {})
    yield from named.items()
    yield from ((tag, values[0] if len(values) == 1 else values) for tag, values in unknown.items() if any(values))
