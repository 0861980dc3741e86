"""URLs in the text, code repositories apart from the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from kg.lexicon import Lexicon
from kg.model import Field, Url
from kg.text.document import Document

STAGE = "document"

_URL = re.compile(
    r"(?:https?: ?//|www\.)[^\s<>\"“”{}|\\^`]{3,400}"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,40}\.){1,4}(?:github\.io|github\.com|gitlab\.com|gitlab\.io|bitbucket\.org|huggingface\.co|readthedocs\.io|"
    r"(?:com|org|io|net|edu|ai|dev|app|science|info|eu|de|cn|uk|fr|ch|jp|kr)/)[^\s<>\"“”{}|\\^`]{0,300}"
    r"|(?<![\w@./-])(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|bit\.ly|goo\.gl|doi\.org|osf\.io|zenodo\.org)/[^\s<>\"“”{}|\\^`]{1,300}"
    r"|(?<![\w@./-])[a-z0-9-]{2,40}\.(?:github|gitlab)\.io\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\.[^\s.]*[/.]|: ?//|www\.", re.IGNORECASE)  # every URL holds one of these
_TRAILING = ".,;:!?'’\"*_$~"
_CODE = re.compile(
    r"^(?:www\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org|sourceforge\.net|git\.[\w.-]+|code\.google\.com|gitee\.com|"
    r"anonymous\.4open\.science|codeocean\.com|git\.io)/",
    re.IGNORECASE,
)


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Url]:
    """Yield every URL of the title and the abstract, without the punctuation that follows it."""
    fields: tuple[Field, ...] = ("title", "abstract")
    for field in fields:
        if not _LIKELY.search(doc.paper.text(field)):
            continue  # most texts hold none, and this is soon seen
        for match in _URL.finditer(doc.paper.text(field)):
            text = _without_trailing(match.group())
            iri = to_iri(text)
            code = bool(_CODE.match(iri.split("://", 1)[1]))
            yield Url(iri, text, field, match.start(), match.start() + len(text), code)


def to_iri(text: str) -> str:
    """Return the absolute address of a URL as printed, illegal characters percent-encoded.

    >>> to_iri("fox.github.io/a b")
    'https://fox.github.io/a%20b'
    """
    text = text.replace(": //", "://", 1)  # as pages that were copied have it
    absolute = text if re.match(r"https?://", text, re.IGNORECASE) else "https://" + text
    return quote(absolute, safe=":/?#@!$&'()*+,;=%~-._")


def _without_trailing(text: str) -> str:
    while text:
        if text[-1] in _TRAILING or (
            text[-1] in ")]" and text.count(")") + text.count("]") > text.count("(") + text.count("[")
        ):
            text = text[:-1]
        else:
            break
    return text
