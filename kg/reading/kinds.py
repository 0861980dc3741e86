"""Decide what kind of thing a paper names: the vocabulary, the extractors' votes, and the words of the name itself.

Used by `kg.reading.names`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.cues.heads import looks_like_name
from kg.model import Candidate
from kg.tagging.kinds import kinds_of
from kg.vocab import Kind

OWN_EXTRACTORS = frozenset({"components", "novelties", "proposals", "titles"})
"""The extractors that tell what is a paper's own; their roles and kinds outrank the others'."""

_TOLD = OWN_EXTRACTORS | {"evaluation", "measures"}
_VOTES = {"tagger": 0.7}
_WORDS = 2.0  # how much the words of a name count, against all votes together
_ORDER = list(Kind)
_GUESSED = [kind for kind in Kind if kind is not Kind.DATASET]  # data without a name is no entity


def kind_of(group: Sequence[Candidate], known: Kind | None, names: Iterable[str]) -> Kind:
    """Return the kind that the candidates of a thing vote for; open ones do not vote.

    `known` is what the vocabulary says, if it knows the thing; `names` are the thing's, without generic nouns behind.
    The words of a described name vote too, unless a pattern told the kind. A thing without any vote is a method.
    """
    votes = _votes(group, known)
    words = [name for name in names if " " in name and not looks_like_name(name.rsplit(" ", 1)[1])]
    if words and known is None and not any(c.extractor in _TOLD for c in group):
        total = sum(votes.values()) or 1.0
        guessed = kinds_of(min(words, key=lambda name: (name.count(" "), name)))
        votes = {kind: votes.get(kind, 0.0) / total + _WORDS * guessed.get(kind, 0.0) for kind in _GUESSED}
    return max(votes, key=lambda kind: (round(votes[kind], 6), -_ORDER.index(kind)), default=Kind.METHOD)


def _votes(group: Iterable[Candidate], known: Kind | None) -> dict[Kind, float]:
    votes: dict[Kind, float] = defaultdict(float)
    if known:
        votes[known] += 1.5
    for c in group:
        if c.kind:
            votes[c.kind] += c.confidence * _weight(c)
    return dict(votes)


def _weight(candidate: Candidate) -> float:
    if candidate.extractor in OWN_EXTRACTORS:
        return 3.0
    return 0.4 if candidate.kind is Kind.CONCEPT else _VOTES.get(candidate.extractor, 1.0)
