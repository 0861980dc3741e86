"""Find the identifiers of a record among its fields, wherever it keeps them. Used by `_record` and `_cited`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.readers import _ids
from kg.readers._values import first, text_of
from kg.text.clean import clean

_SCHEME = re.compile(r"^[a-z0-9]+:[\w.:/-]+$")
_LONGEST_NOTE = 80  # characters of a line that is nothing but an identifier
_HOLD_DOI_OR_ARXIV = ("DOI", "arxiv", "URL", "id", "note", "container-title")
_HOLD_OTHERS = ("id", "PMID", "PMCID", "identifiers")


def doi_and_arxiv(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return DOI and arXiv identifier, from their own fields or else from address, identifier and venue."""
    if fields.keys().isdisjoint(_HOLD_DOI_OR_ARXIV):
        return "", ""
    url, own = first(fields.get("URL")), text_of(fields.get("id"))
    doi = _ids.doi(text_of(fields.get("DOI"))) or _ids.doi_of_url(url) or _ids.doi_of_url(own)
    if not doi and own.startswith("10."):
        doi = _ids.doi(own)
    noted = _noted(fields)
    doi = doi or next((found for line in noted if (found := _ids.doi(line))), "")
    for text in (text_of(fields.get("arxiv")), own, url, doi, first(fields.get("container-title")), *noted):
        if text and (arxiv := _ids.arxiv(text)):
            return clean(doi), arxiv
    return clean(doi), ""


def others(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the identifiers besides DOI and arXiv, each with the name of its scheme."""
    if fields.keys().isdisjoint(_HOLD_OTHERS):
        return ()
    found = ((scheme, _ids.bare(clean(text_of(fields.get(scheme))))) for scheme in ("PMID", "PMCID"))
    named = [f"{scheme.lower()}:{value}" for scheme, value in found if value]
    given = fields.get("identifiers")
    named += (
        [item for item in given if isinstance(item, str) and _SCHEME.match(item)] if isinstance(given, list) else []
    )
    own = _ids.other(text_of(fields.get("id")))
    return tuple(dict.fromkeys(name for name in [*named, own] if name))


def _noted(fields: Mapping[str, Any]) -> list[str]:
    """Return the lines of a note that are nothing but an identifier ("arXiv:1706.03762 [cs]"), as Zotero keeps them."""
    lines = [line.strip() for line in text_of(fields.get("note")).splitlines()]
    return [line for line in lines if len(line) < _LONGEST_NOTE and line.lower().startswith(("arxiv:", "doi:"))]
