"""Link papers by the techniques they share, the way bibliographic coupling links them by the references they share.

The weight of a link is the sum over shared entities of

    factor(a) * factor(b) * specificity / log2(1 + n)

where n is the number of papers that have the entity (Adamic & Adar, "Friends and neighbors on the Web", Social Networks
2003: rare common neighbours tell most), `factor` is how much a paper's role for it counts (`ROLE_FACTORS`), and `specificity`
is the entity's intrinsic information content (`kg.lexicon`): two papers that share deep learning share little, in a library of any
size. As n counts papers of one entity and not of the library, a new paper changes only the weights of what it shares, and two
papers alone still link (Kessler, "Bibliographic coupling between scientific papers", American Documentation 1963).

Cost: entities shared by more than `COMMON` papers raise no candidates (they still add weight to pairs that rarer entities
raise), so the work is bounded by the sum of n squared over rare entities, linear in the number of papers; of each paper's
links the `TOP` strongest are kept, and any link that is among the strongest of either of its papers.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Entity, Fact, Link, Shared
from kg.vocab import Role

ROLE_FACTORS: Mapping[Role, float] = {
    Role.PROPOSES: 1.0,
    Role.USES: 1.0,
    Role.COMPARES_WITH: 0.7,
    Role.INTRODUCES: 0.7,
    Role.EVALUATES_ON: 0.6,
    Role.ADDRESSES: 0.7,
    Role.ABOUT: 0.5,
    Role.REPORTS: 0.2,
    Role.MENTIONS: 0.3,
}
"""How much each role counts: techniques first; data sets, tasks and notions less; a mere mention little."""

COMMON = 500
TOP = 12
LEAST = 0.08


def link(facts: Iterable[Fact], entities: Mapping[str, Entity]) -> list[Link]:
    """Return the links between papers, ordered by their ids. Independent of the order of the facts."""
    holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for fact in facts:
        holders[fact.entity].append((fact.paper, ROLE_FACTORS[fact.role]))
    shared = {entity: sorted(papers) for entity, papers in sorted(holders.items()) if len(papers) > 1}
    rarity = {entity: entities[entity].specificity / math.log2(1 + len(papers)) for entity, papers in shared.items()}
    pairs = _pairs(shared, rarity)
    common = {entity: dict(papers) for entity, papers in shared.items() if len(papers) > COMMON}
    links = [_link(a, b, found, common, rarity) for (a, b), found in pairs.items()]
    return sorted(_strongest(one for one in links if one.weight >= LEAST), key=lambda one: (one.a, one.b))


def _pairs(
    shared: Mapping[str, list[tuple[str, float]]], rarity: Mapping[str, float]
) -> dict[tuple[str, str], list[Shared]]:
    pairs: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for entity, papers in shared.items():
        if len(papers) > COMMON:
            continue
        for i, (a, factor_a) in enumerate(papers):
            for b, factor_b in papers[i + 1 :]:
                pairs[a, b].append(Shared(entity, factor_a * factor_b * rarity[entity]))
    return pairs


def _link(
    a: str, b: str, found: list[Shared], common: Mapping[str, Mapping[str, float]], rarity: Mapping[str, float]
) -> Link:
    """Return a link with rounded weights that add up; contributions that round to nothing are left out."""
    for entity, papers in common.items():
        if a in papers and b in papers:
            found.append(Shared(entity, papers[a] * papers[b] * rarity[entity]))
    rounded = (Shared(one.entity, round(one.weight, 3)) for one in found)
    kept = sorted((one for one in rounded if one.weight > 0), key=lambda one: (-one.weight, one.entity))
    return Link(a, b, round(sum(one.weight for one in kept), 3), tuple(kept))


def _strongest(links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links that are among the strongest of either of their papers."""
    of: dict[str, list[Link]] = defaultdict(list)
    everything = list(links)
    for one in everything:
        of[one.a].append(one)
        of[one.b].append(one)
    kept: set[tuple[str, str]] = set()
    for mine in of.values():
        kept.update((one.a, one.b) for one in heapq.nsmallest(TOP, mine, key=lambda one: (-one.weight, one.a, one.b)))
    return (one for one in everything if (one.a, one.b) in kept)
