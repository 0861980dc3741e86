"""Reader of BibTeX and BibLaTeX, through bibtexparser, one entry at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _bibtexscan, _fields, _latex, _names, _record
from kg.text.clean import clean, strip_markup

if TYPE_CHECKING:
    from bibtexparser.bparser import BibTexParser

_LONGEST_EXPRESSION = 100_000  # characters of values with strings and signs between them, which take long to work out
_NAME = re.compile(r"^[A-Za-z_][\w:-]*$")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NOT_PAPERS = ("comment", "preamble")
_MOST_UNDEFINED = 50  # names of strings that one entry may use without a definition
_ESCAPED = (("\\{", "\ue000"), ("\\}", "\ue001"))  # bibtexparser takes an escaped brace for a brace


def sniff(head: str) -> float:
    """Tell how surely `head` begins BibTeX: by an entry at the beginning of a line, without much text before it."""
    first = _bibtexscan.first(head)
    if first < 0:
        return 0.0
    return 0.95 if first < 200 or first * 4 < len(head) else 0.1  # a manual may end with its own citation


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the entries of a BibTeX file."""
    parser = _parser()
    for piece in _bibtexscan.pieces(stream.read()):
        if piece.kind == "string" and piece.body is not None:
            _parse(parser, f"@string{{{piece.body}}}")
        elif piece.kind not in _NOT_PAPERS:
            yield _paper(parser, Where(file, piece.line), piece)


def _parser() -> BibTexParser:
    from bibtexparser.bparser import BibTexParser

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    parser.expect_multiple_parse = True
    return parser


def _paper(parser: BibTexParser, where: Where, piece: _bibtexscan.Piece) -> Paper | Problem:
    """Read one entry."""
    if piece.body is None:
        return Problem(where, "the BibTeX entry is not closed: a brace is missing")
    try:
        key, fields = _bibtexscan.key_and_fields(piece.body)
    except ValueError as error:
        return Problem(where, f"not valid BibTeX: {error}")
    values = [_plain_value(value, parser) for _, value in fields]
    # names of our own making: bibtexparser refuses some that people write, and keeps one of two equal ones
    others = [f"f{i} = {value}" for i, (_, value) in enumerate(fields) if values[i] is None]
    if sum(len(other) for other in others) > _LONGEST_EXPRESSION:
        return Problem(where, "not valid BibTeX: the values are too long for what they are made of")
    joined = ",\n".join(others)
    raw = _parse(parser, f"@{piece.kind}{{key,\n{joined}}}") if others else {}
    if raw is None:
        return Problem(where, "not valid BibTeX: a value is neither in braces nor in quotes")
    items = [(name, raw.get(f"f{i}", "") if values[i] is None else values[i]) for i, (name, _) in enumerate(fields)]
    return _build(where, piece.kind, key, items)


def _plain_value(expression: str, parser: BibTexParser) -> str | None:
    """Return a value that is a number, a name or stands in one pair of braces; None for what bibtexparser must work out.

    Nearly every value is so simple, and parsing takes a hundred times as long.
    """
    if expression.isdigit():
        return expression
    if _NAME.match(expression):
        value = parser.bib_database.strings.get(expression.lower(), expression)
        return _restored(value) if isinstance(value, str) else None
    if not expression.startswith("{") or not expression.endswith("}"):
        return None
    depth = 0
    for sign in _BRACE.finditer(expression):
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if depth == 0 and sign.end() < len(expression):
            return None
    return expression[1:-1].strip() if depth == 0 else None


def _parse(parser: BibTexParser, text: str) -> dict[str, str] | None:
    """Let bibtexparser read one entry or string. A name of a string that is not defined stands for itself."""
    from bibtexparser.bibdatabase import UndefinedString
    from pyparsing import ParseBaseException

    for sign, stand_in in _ESCAPED:
        text = text.replace(sign, stand_in)
    for _ in range(_MOST_UNDEFINED):
        parser.bib_database.entries.clear()
        parser.bib_database.comments.clear()
        try:
            entries = parser.parse(text).entries
        except UndefinedString as error:
            name = str(error.args[0])
            parser.bib_database.strings[name.lower()] = name
        except (ParseBaseException, RecursionError):
            return None
        else:
            return {name: _restored(value) for name, value in entries[0].items()} if entries else None
    return None


def _restored(value: str) -> str:
    for sign, stand_in in _ESCAPED:
        value = value.replace(stand_in, sign)
    return value


def _build(where: Where, kind: str, key: str, items: list[tuple[str, Any]]) -> Paper | Problem:
    """Make a paper of the fields of an entry."""
    raw = dict(reversed(items))
    fields, rest = _fields.assign((("genre" if n == "type" else n, value) for n, value in items), format="bibtex")
    fields |= {"id": key, "type": _fields.csl_type("@" + kind, fallback="document")}
    rest["type"] = kind
    for name in ("DOI", "URL", "arxiv"):
        if name in fields:
            fields[name] = _latex.address(fields[name])
    for name in ("author", "editor"):
        if name in fields:
            fields[name] = _people(fields[name])
    if raw.get("year") and raw.get("month") and not raw.get("date"):
        fields["issued"] = _date(raw["year"], raw["month"], raw.get("day", ""))
        for name in ("month", "day"):
            rest.pop(name, None)
    return _record.build(where, fields, rest, decode=_text)


def _text(text: str) -> str:
    """Decode the LaTeX of a field, and the HTML that catalogues leave in theirs."""
    return strip_markup(_latex.decode(text))


def _date(year: str, month: str, day: str) -> str:
    if month.strip().isdigit():
        return f"{year}-{month.strip()}-{day}".rstrip("-")
    return f"{day} {month} {year}".strip()


def _people(text: str) -> list[_names.Name]:
    """Read a list of names as BibTeX does: divided by ``and`` outside braces."""
    return [name for part in _divide(text) if (name := _person(part.strip()))]


def _divide(text: str) -> list[str]:
    """Cut at each ``and`` that stands outside braces."""
    parts, depth, begin = [], 0, 0
    for sign in re.finditer(r"[{}]|\sand(?=\s)", text):
        mark = sign.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[begin : sign.start()])
            begin = sign.end()
    return [*parts, text[begin:]]


def _person(text: str) -> _names.Name:
    """Read one name; one that is all in braces is that of a group."""
    from bibtexparser.customization import splitname

    if text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        return {"literal": clean(_text(text))}
    try:
        parts = splitname(text, strict_mode=False)
    except (StopIteration, IndexError):  # a lone backslash at the end
        return _names.parse(clean(_text(text)))
    order = {"family": ("von", "last"), "given": ("first",), "suffix": ("jr",)}
    words = {key: " ".join(word for name in names for word in parts.get(name, [])) for key, names in order.items()}
    name = {key: clean(_text(value)) for key, value in words.items() if value}
    return {"literal": name["family"]} if set(name) == {"family"} else name
