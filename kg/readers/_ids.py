"""Find DOIs and arXiv identifiers in what a record holds. Used by `_record` for every format."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`]+", re.IGNORECASE)
_DOI_ALONE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"{}|\\^`]+)$", re.IGNORECASE)
_SHORT_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/)?(10/[a-z0-9]+)$", re.IGNORECASE)
_DOI_HOST = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARXIV = r"(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
_ARXIV_BARE = re.compile(rf"^(?:arxiv:\s*)?{_ARXIV}$", re.IGNORECASE)
_ARXIV_IN = re.compile(rf"(?:arxiv\.org/[a-z]+/|arxiv:\s*|^10\.48550/arxiv\.){_ARXIV}(?![\d/])", re.IGNORECASE)
_OTHER = re.compile(
    r"^(?:https?://(?:api\.)?openalex\.org/(?:works/)?(?P<openalex>W\d+)|openalex:(?P<openalex_>W\d+)|wos:(?P<wos>\d{6,18})"
    r"|(?P<eid>2-s2\.0-\d+)|pmid:(?P<pmid>\d+)|pmcid:(?P<pmcid>PMC\d+)|s2:(?P<s2>\w+))$",
    re.IGNORECASE,
)


def doi(text: str) -> str:
    """Return the bare, lower-case DOI that `text` holds, or nothing.

    >>> doi("https://doi.org/10.1000/ABC.1."), doi("doi: 10.1000/x(1)"), doi("10/fqd6hj"), doi("n/a")
    ('10.1000/abc.1', '10.1000/x(1)', '10/fqd6hj', '')
    """
    text = text.strip()
    if short := _SHORT_DOI.match(text):
        return short.group(1).lower()
    if whole := _DOI_ALONE.match(text):  # old ones hold < and >
        return _without_trailing(unquote(whole.group(1))).lower()
    found = _DOI.search(unquote(text) if "%2" in text else text)
    return _without_trailing(found.group()).lower() if found else ""


def doi_of_url(url: str) -> str:
    """Return the DOI of an address of doi.org, or nothing.

    >>> doi_of_url("http://dx.doi.org/10.1000/1"), doi_of_url("https://example.org/10.1000/1")
    ('10.1000/1', '')
    """
    return doi(url) if _DOI_HOST.match(url.strip()) else ""


def arxiv(text: str) -> str:
    """Return the arXiv identifier that `text` is or names, without version, or nothing.

    >>> [arxiv(t) for t in ("2010.11929v2", "https://arxiv.org/pdf/cs/0112017.pdf", "10.48550/arXiv.1706.03762", "12")]
    ['2010.11929', 'cs/0112017', '1706.03762', '']
    """
    text = text.strip()
    found = _ARXIV_BARE.match(text) or _ARXIV_IN.search(text)
    return found.group(1) if found else ""


def bare(text: str) -> str:
    """Return the number of PubMed that `text` is or holds as an address, else `text`.

    >>> bare("https://pubmed.ncbi.nlm.nih.gov/38799228"), bare("PMC1373603")
    ('38799228', 'PMC1373603')
    """
    return text.rstrip("/").rsplit("/", 1)[-1]


def other(text: str) -> str:
    """Return the identifier of a catalogue that `text` is, with the name of its scheme, or nothing.

    >>> other("https://openalex.org/W2755950973"), other("WOS:000123"), other("2-s2.0-85092"), other("pmid:12"), other("W1")
    ('openalex:W2755950973', 'wos:000123', 'eid:2-s2.0-85092', 'pmid:12', '')
    """
    found = _OTHER.match(text.strip())
    if not found:
        return ""
    scheme = next(name for name, value in found.groupdict().items() if value)
    return f"{scheme.rstrip('_')}:{found.group(scheme)}"


def _without_trailing(text: str) -> str:
    """Drop the punctuation that follows a DOI in running text; brackets that it opens itself stay."""
    surplus = {closing: text.count(closing) - text.count(opening) for opening, closing in ("()", "[]")}
    end = len(text)
    while end and (text[end - 1] in ".,;:'" or surplus.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in surplus:
            surplus[text[end]] -= 1
    return text[:end]
