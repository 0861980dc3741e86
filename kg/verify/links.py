"""Links against what they rest on: both papers, the parts and their weights, the mentions that each part points to.

The parts of a link come soon after it. That papers and links name the same pairs is checked by a sum over both; only when
the sums differ, the pairs are compared, some of them at a time. Links need not wait for the mentions to come by: what they
point to is kept as hashes, and looked for at the end. So a process of its own can check them beside the papers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from kg.broader import Above
from kg.rdf.turtle import short_name
from kg.verify.nodes import Node
from kg.verify.state import State, Values

_SUMMED = (1 << 64) - 1
_AT_ONCE = 2_000_000  # pairs that are held when papers and links are compared


@dataclass(slots=True)
class _Open:
    """A link whose parts have not all come by.

    `mentions` is what the names of mentions in its two papers begin with, `total` the weight of the parts that have come by.
    """

    subject: str
    mentions: tuple[str, str]
    weight: Decimal | None
    missing: set[str]
    total: Decimal = Decimal(0)


@dataclass(slots=True)
class Ties:
    """What the links of a graph tell: a sum over the pairs of papers, their number, hashes of the mentions they point to."""

    sharing: int = 0
    pairs: int = 0
    mentions: array[int] = field(default_factory=lambda: array("q"))


def check_links(state: State) -> Ties:
    """Check the links of a graph and their parts against the papers and entities there are."""
    ties = Ties()
    above = Above[str](lambda entity: state.broader.get(entity, ()))
    waiting: dict[str, _Open] = {}  # part -> its link
    parts = places = 0
    for node in state.nodes.section("link"):
        if _is_part(node):
            parts += 1
            link = waiting.pop(node.subject, None)
            _part(state, ties, node, link, above)
            if link:
                places += 1
                _close(state, link)
            continue
        link = _link(state, ties, node)
        if link:
            waiting.update(dict.fromkeys(link.missing, link))
            _close(state, link)
    for part, link in waiting.items():
        state.say(link.subject, f"kg:shared leads to {short_name(part)}, which is no kg:SharedTechnique")
    for link in {id(link): link for link in waiting.values()}.values():
        _weigh(state, link)
    if parts != places:
        state.problems.append(f"{parts} shared techniques belong to {places} places in links")
    return ties


def compare(state: State, ties: Ties) -> None:
    """Check the links against the mentions and papers, when all of them have come by."""
    if (state.sharing - ties.sharing) & _SUMMED:
        _compare(state, 1 + 2 * ties.pairs // _AT_ONCE)
    if not all(map(state.has_mention, sorted(set(ties.mentions)))):
        for node in state.nodes.section("link"):
            values = _quietly(state, node, "SharedTechnique") if _is_part(node) else {}
            if not all(state.has_mention(hash(mention)) for mention in values.get("evidence", ())):
                state.look(node, "SharedTechnique")


def _link(state: State, ties: Ties, node: Node) -> _Open | None:
    """Check a link; None when it does not tie two papers."""
    values, right = state.read(node, "Link")
    papers = sorted(values["paper"])
    if len(papers) != 2:
        state.say(node.subject, f"has {len(papers)} papers, not two")
        return None
    a, b = papers
    ties.sharing = (ties.sharing + hash((a, b)) + hash((b, a))) & _SUMMED
    ties.pairs += 1
    if right and not (a in state.papers and b in state.papers):
        state.look(node, "Link")
    base = state.nodes.base
    one, other = (paper.removeprefix(f"{base}paper/") for paper in papers)
    if node.subject not in (f"{base}link/{one}--{other}", f"{base}link/{other}--{one}"):
        state.say(node.subject, "is named for other papers than it ties")
    mentions = (f"{base}mention/{one}/", f"{base}mention/{other}/")
    return _Open(node.subject, mentions, _decimal(values), set(values["shared"]))


def _part(state: State, ties: Ties, node: Node, link: _Open | None, above: Above[str]) -> None:
    """Check what an entity contributes to a link, and add it to the link."""
    values, right = state.read(node, "SharedTechnique")
    entity, found = values["sharedEntity"], values["evidence"]
    ties.mentions.extend(map(hash, found))
    if right and entity not in state.entities:
        state.look(node, "SharedTechnique")
    if link is None or entity is None:
        return
    link.missing.discard(node.subject)
    link.total += _decimal(values) or 0
    if not _speaks(state.nodes.base, link, entity, found, above):
        state.say(link.subject, f"does not point to one mention of {short_name(entity)} in each paper")


def _speaks(base: str, link: _Open, entity: str, found: list[str], above: Above[str]) -> bool:
    """Tell whether there is one mention of an entity, or of something narrower, for each paper of a link.

    A mention is named after its paper, role and entity.
    """
    if len(found) != 2:
        return False
    first, second = link.mentions
    a, b = found if found[0].startswith(first) else (found[1], found[0])
    for mention, start in ((a, first), (b, second)):
        own = base + mention[len(start) :].partition("/")[2].rpartition("/")[0]
        if not mention.startswith(start) or (own != entity and entity not in above(own)):
            return False
    return True


def _close(state: State, link: _Open) -> None:
    """Weigh a link when its last part has come by."""
    if not link.missing:
        _weigh(state, link)


def _weigh(state: State, link: _Open) -> None:
    if link.weight is not None and link.weight != link.total:
        state.say(link.subject, f"weighs {link.weight}, but what it shares {link.total}")


def _compare(state: State, rounds: int) -> None:
    """Name the pairs that papers and links do not both have, a share of all pairs in each round."""
    for turn in range(rounds):
        linked, stated = set[tuple[str, str]](), set[tuple[str, str]]()
        for a, b in _linked(state):
            linked.update(pair for pair in ((a, b), (b, a)) if hash(pair[0]) % rounds == turn)
        for node in state.nodes.section("paper"):
            if hash(node.subject) % rounds == turn:
                stated.update((node.subject, other) for other in _quietly(state, node, "Paper")["sharesTechniqueWith"])
        for a, b in sorted(linked ^ stated):
            missing = "no kg:Link" if (a, b) in stated else "no kg:sharesTechniqueWith"
            state.problems.append(f"{short_name(a)} and {short_name(b)} have {missing}")


def _linked(state: State) -> Iterator[tuple[str, str]]:
    for node in state.nodes.section("link"):
        papers = sorted(_quietly(state, node, "Link").get("paper") or ())
        if len(papers) == 2:
            yield papers[0], papers[1]


def _quietly(state: State, node: Node, own: str) -> Values:
    """Return what is said of a node that was checked before."""
    before = len(state.problems)
    values, _ = state.read(node, own)
    del state.problems[before:]
    return values


def _decimal(values: Values) -> Decimal | None:
    try:
        return Decimal(values["weight"])
    except (InvalidOperation, TypeError):
        return None  # named already


def _is_part(node: Node) -> bool:
    return node.text.startswith("    a kg:SharedTechnique ") or any(
        thing.value.endswith("#SharedTechnique") for _, thing in node.said
    )
