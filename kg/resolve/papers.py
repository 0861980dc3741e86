"""Records to papers: duplicates become one, by DOI, then arXiv id, then normalised title; and each gets its id.

Of two records of one paper the text of the one with the longest abstract stands, then the first in code-point order; what
its record leaves empty is filled from the others, in that order.
"""

from __future__ import annotations

import dataclasses
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from kg.model import Paper, PaperNode, Where
from kg.text.forms import digest, key, slug

_SLUG_LENGTH = 60
_MOST_COMMAS = 12  # in the title that a reference begins with
_LEAST_SPACES = 2  # in such a title: "Deep learning" begins too many


@dataclass(frozen=True, slots=True)
class Merged:
    """One distinct paper: its local id (``paper/...``), the merged record, and every place it was read from."""

    id: str
    paper: Paper
    origins: tuple[Where, ...] = ()


def merge_papers(papers: Iterable[Paper]) -> list[Merged]:
    """Return each distinct paper once, in order of id. Independent of input order."""
    ordered = list(papers)
    twins = Twins()
    for paper in ordered:
        twins.add(paper)
    by_id: dict[str, list[Paper]] = {}
    for group in twins.groups():
        some = [ordered[i] for i in group]
        by_id.setdefault(merge_group(some).id, []).extend(some)
    return sorted((merge_group(group) for group in by_id.values()), key=lambda one: one.id)


def merge_group(papers: Sequence[Paper]) -> Merged:
    """Return the one paper that some records are of. Independent of their order."""
    group = sorted(papers, key=_rank) if len(papers) > 1 else papers
    paper = _merge(group)
    return Merged(paper_id(paper), paper, _places(group))


def paper_id(paper: Paper) -> str:
    """Return the local id: arXiv id or DOI, else a slug of the title with a hash of its normal form.

    >>> paper_id(Paper("x", "A Title", "", doi="10.1/2"))
    'paper/10.1/2'
    >>> paper_id(Paper("x", "A Title", ""))
    'paper/a-title-aa4e9c10'
    """
    if paper.arxiv or paper.doi:
        return "paper/" + (paper.arxiv or paper.doi)
    named = paper.title or paper.abstract
    short = slug(named)[:_SLUG_LENGTH].strip("-.")
    return "paper/" + "-".join(part for part in (short, digest(title_key(named))) if part)


def title_key(title: str) -> str:
    """Return the form that titles are compared by; a title without letters or digits is compared as it is."""
    return key(title.casefold()) or title.strip()


def keys_of(paper: Paper) -> list[str]:
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


class Twins:
    """Finds the records of one paper: those that share a key, directly or through others (union-find).

    Of each key only a hash is held, so that a library of any text takes some hundred bytes a record.
    """

    def __init__(self) -> None:
        self._parent = array("I")
        self._first: dict[bytes, int] = {}

    def add(self, paper: Paper) -> None:
        """Take in the next record."""
        own = len(self._parent)
        self._parent.append(own)
        for name in keys_of(paper):
            a, b = self._root(own), self._root(self._first.setdefault(_hashed(name), own))
            self._parent[max(a, b)] = min(a, b)

    def groups(self) -> list[list[int]]:
        """Return the numbers of the records of each paper."""
        groups: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            groups.setdefault(self._root(number), []).append(number)
        return list(groups.values())

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number


def citations(papers: Sequence[Merged]) -> dict[str, tuple[str, ...]]:
    """Return which of the papers each paper's references name, by DOI, arXiv id, title or other identifier; ids in order."""
    if not any(one.paper.references for one in papers):
        return {}
    known = names_of(papers)
    cited: dict[str, tuple[str, ...]] = {}
    for one in papers:
        names = (named(reference, known) for reference in one.paper.references)
        found = tuple(sorted({name for name in names if name} - {one.id}))
        if found:
            cited[one.id] = found
    return cited


class Known(Mapping[str, str]):
    """The same as `names_of` gives, for papers that are added one by one in order of id, with a hash held of each name."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._numbers: dict[bytes, int] = {}

    def add(self, number: int, paper: Paper) -> None:
        """Take in the paper of the id of that number."""
        for name in (*keys_of(paper), *(f"id:{identifier}" for identifier in paper.identifiers)):
            self._numbers[_hashed(name)] = number

    def __getitem__(self, name: str) -> str:
        return self._ids[self._numbers[_hashed(name)]]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _hashed(name) in self._numbers

    def __iter__(self) -> Iterator[str]:
        raise TypeError("only hashes of the names are known")

    def __len__(self) -> int:
        return len(self._numbers)


def names_of(papers: Iterable[Merged | PaperNode]) -> dict[str, str]:
    """Return the local id of each paper by each name that a reference may call it by."""
    ordered = list(papers)
    known = {name: one.id for one in ordered for name in keys_of(one.paper)}
    return known | {f"id:{identifier}": one.id for one in ordered for identifier in one.paper.identifiers}


def named(reference: str, known: Mapping[str, str]) -> str:
    """Return the local id of the paper that a reference names, or nothing; `known` is from `names_of`."""
    lower = reference.lower()
    for name in (f"doi:{lower}", f"arxiv:{lower}", f"id:{reference}"):
        if name in known:
            return known[name]
    titles = (f"title:{title_key(words)}" for words in (reference, *_beginnings(reference)))
    return next((known[name] for name in titles if name in known), "")


def _beginnings(reference: str) -> Iterator[str]:
    """Yield what may be the title in ``A title, with commas, J. Foxes, 12, pp. 1-9, (2020)``, the longest first."""
    if reference.endswith(")") and ", " in reference:
        pieces = reference.split(", ")[: _MOST_COMMAS + 1]
        beginnings = (", ".join(pieces[:n]) for n in range(len(pieces) - 1, 0, -1))
        yield from (beginning for beginning in beginnings if beginning.count(" ") >= _LEAST_SPACES)


def _hashed(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _places(group: Sequence[Paper]) -> tuple[Where, ...]:
    return tuple(sorted({paper.where for paper in group if paper.where}))


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
    merged = dataclasses.replace(best, **filled, identifiers=identifiers)
    return merged if best.references or not merged.references else dataclasses.replace(merged, csl=_citing(merged))


def _citing(paper: Paper) -> str:
    """Return the kept record with the references that another record of the paper gave: the graph keeps them there."""
    record = json.loads(paper.csl) if paper.csl else {}
    own = record.get("custom")
    record["custom"] = {**(own if isinstance(own, dict) else {}), "references": list(paper.references)}
    return json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
