"""The IRIs of the graph, built from what they identify; and local ids read back from IRIs.

A local id (``paper/10.1234/x``, ``method/vision-transformer``) is appended to the base IRI. What an IRI may not hold is
percent-encoded; ``%`` always is, so that decoding gives the id back. Used by the rest of `kg.rdf` and by `kg.query`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from kg.model import Mention, Result

# RFC 3987, `ucschar`: the characters beyond ASCII that a path may hold (no private use, no bidirectional marks)
_UCS = "\u00a0-\u200d\u2010-\u2027\u202f-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16 if plane < 14 else 0xE1000)}-{chr((plane << 16) | 0xFFFD)}" for plane in range(1, 15)
)
_NOT_PATH = re.compile(rf"[^A-Za-z0-9\-._~!$&'()*+,;=:@/{_UCS}]")
_NOT_HOST = re.compile(rf"[^A-Za-z0-9\-._~!$&'()*+,;=%{_UCS}]")
_NOT_USER = re.compile(rf"[^A-Za-z0-9\-._~!$&'()*+,;=:%{_UCS}]")
_NOT_REST = re.compile(rf"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%{_UCS}]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(?://([^/?#]*))?([^#]*)(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(.*?)(?::([0-9]*))?", re.DOTALL)


def base_iri(base: str) -> str:
    """Return the base that local ids are appended to: it ends in ``/`` or ``#``, else ``/`` is added.

    >>> base_iri("https://example.org/kg"), base_iri("https://example.org/kg#")
    ('https://example.org/kg/', 'https://example.org/kg#')
    """
    iri = safe_iri(base)
    return iri if iri.endswith(("/", "#")) else iri + "/"


@lru_cache(maxsize=1 << 16)
def encode(local: str) -> str:
    """Return a local id as it is written in an IRI; ``/`` stays.

    >>> encode("paper/10.1002/a<1661::x>3.0")
    'paper/10.1002/a%3C1661::x%3E3.0'
    """
    return _percent(_NOT_PATH, local)


def decode(text: str) -> str:
    """Return the local id that `encode` made `text` of."""
    return unquote(text) if "%" in text else text


@lru_cache(maxsize=1 << 12)
def safe_iri(text: str) -> str:
    """Return `text` as a legal absolute IRI: ``https://`` is put before one without scheme, the illegal is encoded.

    >>> safe_iri("github.com/a/b"), safe_iri("https://x.org/a b|c%zz#d#e")
    ('https://github.com/a/b', 'https://x.org/a%20b%7Cc%25zz#d%23e')
    """
    parts = _PARTS.fullmatch(text)
    if not parts or (parts[2] is None and "." in parts[1]):
        parts = _PARTS.fullmatch("https://" + text.lstrip("/:"))
    if not parts:
        raise ValueError(f"not an IRI: {text!r}")  # cannot happen: every text matches after https://
    scheme, authority, path, fragment = parts.groups()
    if authority is None and path.startswith("//"):
        path = "/" + path.lstrip("/")
    before = f"{scheme}:" if authority is None else f"{scheme}://{_safe_authority(authority)}"
    after = "" if fragment is None else "#" + _safe(_NOT_REST, fragment)
    return before + _safe(_NOT_REST, path) + after


def mention_iri(base: str, paper: str, entity: str, mention: Mention) -> str:
    """Return the IRI of a mention; `paper` and `entity` are local ids."""
    where = f"{mention.field}-{mention.start}-{mention.end}"
    return f"{base}mention/{bare(paper)}/{mention.role}/{encode(entity)}/{where}"


def result_iri(base: str, paper: str, result: Result) -> str:
    """Return the IRI of a result, which its place in the paper identifies."""
    return f"{base}result/{bare(paper)}/{result.field}-{result.start}-{result.end}"


def person_iri(base: str, paper: str, position: int) -> str:
    """Return the IRI of the author at `position` (from 1) of a paper."""
    return f"{base}person/{bare(paper)}/{position}"


def link_iri(base: str, a: str, b: str) -> str:
    """Return the IRI of the link of two papers, whichever is given first."""
    first, second = sorted((a, b))
    return f"{base}link/{bare(first)}--{bare(second)}"


def shared_iri(base: str, a: str, b: str, entity: str) -> str:
    """Return the IRI of what one entity contributes to a link."""
    return f"{link_iri(base, a, b)}/{encode(entity)}"


def bare(paper: str) -> str:
    """Return the encoded local id of a paper without its ``paper/``."""
    return encode(paper).removeprefix("paper/")


def _safe_authority(text: str) -> str:
    match = _AUTHORITY.fullmatch(text)
    user, host, port = match.groups() if match else (None, text, None)
    before = "" if user is None else _safe(_NOT_USER, user) + "@"
    return before + _safe(_NOT_HOST, host) + ("" if port is None else ":" + port)


def _safe(unfit: re.Pattern[str], text: str) -> str:
    return _LONE_PERCENT.sub("%25", _percent(unfit, text))


def _percent(unfit: re.Pattern[str], text: str) -> str:
    return unfit.sub(lambda m: "".join(f"%{byte:02X}" for byte in m.group().encode("utf-8", "replace")), text)
