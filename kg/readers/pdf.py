"""Reader of PDF, through pypdf: title and abstract of a paper, from its first pages. pypdf comes with the extra ``pdf``."""

from __future__ import annotations

import io
import logging
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fulltext, _record
from kg.text.clean import clean
from kg.text.forms import tight_key

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MISSING = "to read PDF, pip install 'papers-kg[pdf]'"
_PAGES = 3
_LARGEST = 1 << 28  # bytes
_FRONT = 60  # lines among which the title stands
_MOST_LINES = 8  # that a title takes
_NOBODY = re.compile(r"^\(?(?:anonymous|unknown|authors?|admin\w*|user|owner|none)\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|arxiv:|doi:|slide \d|.*\.(?:docx?|tex|dvi|pdf|indd|rtf|qxd)$)", re.IGNORECASE
)
_ERRORS = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, NotImplementedError,
    AssertionError, ZeroDivisionError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip # what pypdf raises on files that break the rules, besides its own errors


def sniff(head: str) -> float:
    """Tell a PDF by its first signs."""
    return 1.0 if head.startswith("%PDF-") else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the one paper of a PDF, whose bytes come as Latin-1."""
    where = Where(file, 1)
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        yield Problem(where, MISSING)
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity; what matters is raised
    data = stream.read(_LARGEST + 1).encode("latin-1", "replace")
    if len(data) > _LARGEST:
        yield Problem(where, f"a PDF of more than {_LARGEST:,} bytes")
        return
    if not data.strip():
        return
    try:
        fields = _fields(PdfReader(io.BytesIO(data)))
    except DependencyError as error:
        yield Problem(where, f"the PDF is encrypted: {error}")
    except (PyPdfError, *_ERRORS) as error:
        said = " ".join(str(error).split())[:100] or type(error).__name__
        yield Problem(where, f"not a PDF that can be read: {said}")
    else:
        yield Problem(where, "no text in the PDF: is it a scan?") if fields is None else _build(where, fields)


def _build(where: Where, fields: dict[str, Any]) -> Paper | Problem:
    return _record.build(where, fields, {}, decode=str)


def _fields(reader: PdfReader) -> dict[str, Any] | None:
    """Return the fields of the paper, None where the pages hold no text."""
    pages = reader.pages[:_PAGES]
    lines = [line for page in pages for line in page.extract_text().split("\n")]
    if not any(line.strip() for line in lines):
        return None
    named = reader.metadata
    fields = _fulltext.fields(lines, title=_title(str((named and named.title) or ""), pages[0], lines))
    if "abstract" not in fields:
        fields["abstract"] = _fulltext.opening(lines[:_FRONT])
    if named and named.author and not _NOBODY.match(str(named.author)):
        fields["author"] = str(named.author)
    return fields


def _title(named: str, page: PageObject, lines: list[str]) -> str:
    """Return the title that the file names where the first page shows it, else what the page shows largest."""
    front = tight_key(" ".join(lines[:_FRONT]))
    named = " ".join(named.split())
    if len(named.split()) > 1 and not _NO_TITLE.match(named) and tight_key(named) in front:
        return named
    largest = _as_set(_largest(page), lines[:_FRONT])
    return largest if 2 <= len(largest.split()) <= 40 else ""


def _as_set(text: str, lines: list[str]) -> str:
    """Return a text as the lines of the page have it, for a page may draw a word, a hyphen and a space one by one."""
    wanted = _letters(text)
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            found = _letters(" ".join(lines[start:end]))
            if found == wanted and wanted:
                return _fulltext.unwrap(lines[start:end])
            if not wanted.startswith(found) or (end == start + 1 and not found):
                break
    return text


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", clean(text)) if c.isalnum()).casefold()


def _largest(page: PageObject) -> str:
    """Return the first run of text in the largest type of a page, but for initials and what is turned (arXiv's stamp)."""
    runs: list[tuple[float, str]] = []

    def visit(text: str, outer: Any, matrix: Any, font: Any, size: Any) -> None:
        if text.strip() and not abs(matrix[1]) > abs(matrix[0]):
            height = round(abs(float(size)) * (abs(matrix[3]) or 1) * (abs(outer[3]) or 1), 1)
            runs.append((height, text))

    page.extract_text(visitor_text=visit)
    letters: dict[float, int] = {}
    for height, text in runs:
        letters[height] = letters.get(height, 0) + sum(c.isalpha() for c in text)
    height = max((height for height, count in letters.items() if count >= 10), default=0.0)
    taken: list[str] = []
    for size, text in runs:
        if abs(size - height) < 0.2:
            taken += text.split("\n")
        elif taken:
            break
    return " ".join(_fulltext.unwrap(taken).split())
