"""Reader of the field-tagged text of Web of Science (plain text and .ciw), from ``PT`` to ``ER``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _ids, _record, _tagged

_TAG = re.compile(r"^([A-Z][A-Z0-9])(?: (.*))?()$")
_ONE_A_LINE = frozenset({"AU", "AF", "CR", "C1", "BA", "BF", "BE", "ED", "GP", "RI", "OI", "FX"})
_KNOWN = frozenset(
    "PT AU AF TI SO AB PY PD DI UT DE ID CR VL IS BP EP AR PM SN BN LA DT PU PI J9 JI ED BE CT CL EF".split()
)
_KINDS = {"J": "article-journal", "B": "book", "C": "paper-conference", "S": "chapter", "P": "patent"}
_START = re.compile(r"^\ufeff?(?:FN |VR |PT [A-Z]\s*$)", re.MULTILINE)


def sniff(head: str) -> float:
    """Tell how surely `head` begins tagged text of Web of Science: by its first tags and the share of lines with one."""
    begins = re.search(r"^\ufeff?PT [A-Z][\w ]{0,40}$", head, re.MULTILINE)
    if not begins or not re.search(r"^(?:TI|AU|SO|UT) ", head, re.MULTILINE) or not _START.search(head[:1000]):
        return 0.0
    return 0.95 if _tagged.share(head, _TAG) > 0.7 else 0.1


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the records of an export."""
    lines = _tagged.records(
        stream,
        _TAG,
        begins=lambda tag, record: tag == "PT",
        one_a_line=_ONE_A_LINE,
        ends=frozenset({"ER"}),
    )
    for record in lines:
        yield _paper(Where(file, record.line), record)


def _paper(where: Where, record: _tagged.Tagged) -> Paper | Problem:
    ident = record.first("UT")
    fields: dict[str, Any] = {
        "id": ident,
        "type": _KINDS.get(record.first("PT"), "article")
        if "Proceedings Paper" not in record.first("DT")
        else "paper-conference",
        "title": record.joined("TI"),
        "abstract": record.joined("AB"),
        "author": record.all("AF", "AU", "BF", "BA"),
        "editor": record.all("ED", "BE"),
        "issued": record.first("PY") or record.first("PD", "EY", "EA"),
        "container-title": record.joined("SO"),
        "container-title-short": record.first("JI", "J9"),
        "volume": record.first("VL"),
        "issue": record.first("IS"),
        "page-first": record.first("BP"),
        "page-last": record.first("EP"),
        "number": record.first("AR"),
        "DOI": record.first("DI"),
        "PMID": record.first("PM"),
        "ISSN": record.first("SN", "EI"),
        "ISBN": record.first("BN"),
        "language": record.first("LA"),
        "publisher": record.joined("PU"),
        "publisher-place": record.joined("PI"),
        "event-title": record.joined("CT"),
        "event-place": record.joined("CL"),
        "keyword": _words(record.joined("DE")) or _words(record.joined("ID")),
        "references": [_ids.doi(cited) or cited for cited in record.all("CR")],
    }
    rest = record.rest(_KNOWN) | {"keywords plus": _words(record.joined("ID")), "document type": record.first("DT")}
    return _record.build(where, fields, rest)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]
