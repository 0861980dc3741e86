"""Records to papers: duplicates become one, by DOI, then arXiv id, then normalised title; and each gets its id.

Of two records of one paper the text of the one with the longest abstract stands, then the first in code-point order; what
its record leaves empty is filled from the others, in that order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from kg.model import Paper
from kg.text.forms import digest, key, slug

_SLUG_LENGTH = 60


def merge_papers(papers: Iterable[Paper]) -> list[tuple[str, Paper]]:
    """Return each distinct paper once with its local id (``paper/...``), in order of id. Independent of input order."""
    ordered = sorted(papers, key=_rank)
    merged = [_merge([ordered[i] for i in group]) for group in _groups(ordered)]
    return sorted(((paper_id(paper), paper) for paper in merged), key=lambda pair: pair[0])


def paper_id(paper: Paper) -> str:
    """Return the local id: arXiv id or DOI, else a slug of the title with a hash of its normal form.

    >>> paper_id(Paper("x", "A Title", "", doi="10.1/2"))
    'paper/10.1/2'
    >>> paper_id(Paper("x", "A Title", ""))
    'paper/a-title-75a4d0a2'
    """
    if paper.arxiv or paper.doi:
        return "paper/" + (paper.arxiv or paper.doi)
    named = paper.title or paper.abstract
    short = slug(named)[:_SLUG_LENGTH].strip("-.")
    return "paper/" + "-".join(part for part in (short, digest(title_key(named))) if part)


def title_key(title: str) -> str:
    """Return the form that titles are compared by; a title without letters or digits is compared as it is."""
    return key(title) or title.strip()


def _keys(paper: Paper) -> list[str]:
    """Return what a record is known by; an empty key never matches."""
    keys = [("doi", paper.doi.lower()), ("arxiv", paper.arxiv.lower()), ("title", title_key(paper.title))]
    if not paper.title:
        keys.append(("abstract", title_key(paper.abstract)))
    return [f"{name}:{value}" for name, value in keys if value]


def _rank(paper: Paper) -> tuple[object, ...]:
    rest = (
        paper.authors,
        paper.year or 0,
        paper.venue,
        paper.doi,
        paper.arxiv,
        paper.csl,
        paper.id,
        paper.url,
        paper.keywords,
    )
    return (-len(paper.abstract), paper.abstract, paper.title, *rest, paper.identifiers, paper.references)


def _groups(papers: Sequence[Paper]) -> list[list[int]]:
    """Join records that share a key, directly or through others (union-find)."""
    parent = list(range(len(papers)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    for i, paper in enumerate(papers):
        for name in _keys(paper):
            j = first.setdefault(name, i)
            a, b = root(i), root(j)
            parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for i in range(len(papers)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _merge(group: Sequence[Paper]) -> Paper:
    """Fill what the first record of a group leaves empty from the others."""
    best = group[0]
    if len(group) == 1:
        return best
    filled = {
        name: next((getattr(p, name) for p in group if getattr(p, name)), getattr(best, name))
        for name in ("title", "authors", "year", "venue", "doi", "arxiv", "keywords", "references", "url", "csl")
    }
    identifiers = tuple(sorted({i for p in group for i in p.identifiers}))
    return dataclasses.replace(best, **filled, identifiers=identifiers)
