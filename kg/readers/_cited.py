"""Name what a record cites: the last word on references, whatever shape a format gives them. Used by `_record`.

A reference is named by its DOI, else arXiv identifier, else its title, its text or its identifier in a catalogue. Names that
are names already stay as they are, so that the references of a kept record (`kg:cslJson`) can be read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from kg.readers import _fields, _ids, _known
from kg.readers._values import text_of
from kg.text.clean import clean, strip_markup

_TITLES = ("article-title", "volume-title", "series-title", "journal-title", "unstructured")
_PIECES = re.compile(r"[;|\n]")
_ENDED = re.compile(
    r"\((?:1[5-9]|20)\d\d[a-z]?\)"
)  # Scopus divides authors as it divides references, but each has one year
_AUTHOR = re.compile(r"^[^,;()]{1,80} (?:\(?[A-Z]\.?[ -]?){1,5}\)?,\s+")  # "Cui M., Global burden, Spine, 50, (2025)"
_AUTHORS_BEFORE = re.compile(r"^(?:[^,;()]{1,60}, (?:[A-Z]\.[ -]?){1,5}(?:,|\s&)\s+(?:et al\.,?\s*)?)+")  # until 2022
_YEAR_INSIDE = re.compile(r"\s\((?:1[5-9]|20)\d\d[a-z]?\)\s+(?=\S)")
_MOST = 20_000  # references of one text


def names(value: object) -> tuple[str, ...]:
    """Return a name for each thing in `value`: a list of texts or objects, or a text that lists references.

    >>> names([{"DOI": "10.1234/A"}, "arXiv:1706.03762", "https://openalex.org/W1", {"article-title": "Foxes"}])
    ('10.1234/a', '1706.03762', 'openalex:W1', 'Foxes')
    >>> names("Hare B.; Elk C., Of Foxes, J. Hare, 1, (2002); https://doi.org/10.1234/a")
    ('Of Foxes, J. Hare, 1, (2002)', '10.1234/a')
    """
    if isinstance(value, str):
        value = list(_of_text(value))
    if not isinstance(value, list):
        return ()
    return tuple(dict.fromkeys(name for item in value if (name := clean(_name(item)))))


def of_csl(csl: str) -> tuple[str, ...]:
    """Return the names of what a record cites that is kept as CSL-JSON text; none where it is silent.

    >>> of_csl('{"custom": {"references": ["pmid:1", "Of Foxes"]}}'), of_csl("")
    (('pmid:1', 'Of Foxes'), ())
    """
    if '"references"' not in csl:
        return ()
    try:
        record = json.loads(csl)
    except ValueError:  # a graph edited by hand
        return ()
    custom = record.get("custom") if isinstance(record, Mapping) else None
    return names(custom.get("references")) if isinstance(custom, Mapping) else ()


def _name(item: object) -> str:
    """Return the best name of one reference."""
    if isinstance(item, Mapping):
        known, _ = _fields.assign((str(key), value) for key, value in item.items())
        doi, arxiv = _known.doi_and_arxiv(known)
        titles = (text_of(known.get("title")), *(text_of(item.get(key)) for key in _TITLES))
        text = next((title for title in titles if title), "")
        return doi or arxiv or clean(strip_markup(text)) or next(iter(_known.others(known)), "")
    text = text_of(item)
    return _ids.doi(text) or _ids.arxiv(text) or _ids.other(text) or clean(strip_markup(text))


def _of_text(text: str) -> Iterator[str]:
    """Cut a text that lists references. A piece is one where it has an identifier, or where Scopus' year ends it."""
    parts: list[str] = []
    pieces = (piece.strip() for piece in _PIECES.split(text, _MOST))
    for piece in pieces:
        if _ids.doi(piece) or _ids.arxiv(piece) or piece.startswith(("http://", "https://")):
            yield piece
            parts = []
        elif _ENDED.search(piece):
            yield _without_authors(piece)
            parts = []
        else:
            parts.append(piece)


def _without_authors(piece: str) -> str:
    """Return what follows the last author of a reference of Scopus; before 2023 the year stood after the title."""
    found = _AUTHOR.match(piece)
    if found:
        return piece[found.end() :]
    rest = piece[found.end() :] if (found := _AUTHORS_BEFORE.match(piece)) else piece
    return _YEAR_INSIDE.split(rest, maxsplit=1)[0] if found else rest
