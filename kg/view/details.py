"""What the panel of the page shows of each paper and entity, as plain JSON-able values.

No words are copied: mentions, results and sentences are spans of the title or abstract, which the page carries once; the
page looks up the sentence a mention is in. Spans count UTF-16 units, as the page's strings do. Reads the graph, feeds `kg.view.data`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.model import Entity, Fact, Mention, Paper, PaperNode, Result
from kg.view.pack import pack
from kg.view.place import ALONE, Elsewhere, Place
from kg.vocab import Role

Json = dict[str, object]
Number = Mapping[str, int]

ROLES = tuple(role.value for role in Role)


def paper_details(node: PaperNode, facts: Sequence[Fact], number: Number, place: Place = ALONE) -> Json:
    """Return what the panel shows of a paper; empty fields are left out.

    `facts`, in the order of the paper's edges, and `sentences` of the abstract are packed numbers (`kg.view.pack`): of a
    fact its confidence in percent, the number of its mentions and the mentions; of a mention what it is (see
    `_Spans.mention`), its distance from the mention before and its length; of a sentence distance and length.
    """
    paper = node.paper
    spans = _Spans(paper)
    return _full(
        abstract=paper.abstract,
        authors=list(paper.authors),
        venue=paper.venue,
        doi=paper.doi,
        arxiv=paper.arxiv,
        url=paper.url,
        facts=pack(spans.facts(facts)),
        results=[spans.result(result, number) for result in node.results],
        urls=[_full(iri=url.iri, code=url.code) for url in node.urls],
        cites=[number[cited] for cited in node.cites if cited in number],
        sentences=pack(_distances(sorted(spans.sentences))),
        elsewhere=[_elsewhere(other, number) for other in place.elsewhere.get(node.id, ())],
    )


def _elsewhere(other: Elsewhere, number: Number) -> Json:
    """Return a related paper of another page; what it shares is on this page too."""
    shared = [number[entity] for entity in other.shared]
    return {"page": other.page, "key": other.paper, "title": other.title, "weight": other.weight, "shared": shared}


def entity_details(entity: Entity, place: Place = ALONE) -> Json:
    """Return what the panel shows of an entity besides the papers that name it; empty fields are left out."""
    total = place.totals.get(entity.id, 0)
    return _full(
        total=total if total != entity.paper_count else None,
        aliases=_telling(entity),
        definition=entity.definition,
        matches=list(entity.matches),
    )


def utf16(text: str) -> Callable[[int], int]:
    """Return a function from code points to UTF-16 units of a text.

    >>> at = utf16("a𝔘b")
    >>> [at(n) for n in range(4)]
    [0, 1, 3, 4]
    """
    wide = [] if text.isascii() else [at for at, character in enumerate(text) if ord(character) > 0xFFFF]
    return (lambda at: at + bisect_left(wide, at)) if wide else (lambda at: at)


class _Spans:
    """The spans of one paper; collects the sentences of its abstract as they are pointed into."""

    def __init__(self, paper: Paper) -> None:
        self.at = {"title": utf16(paper.title), "abstract": utf16(paper.abstract)}
        self.sentences: set[tuple[int, int]] = set()

    def facts(self, facts: Sequence[Fact]) -> Iterator[int]:
        before = 0
        for fact in facts:
            yield from (round(100 * fact.confidence), len(fact.mentions))
            for mention in fact.mentions:
                start, length = self._span(mention)
                yield from (self.mention(mention, fact.role), _unsigned(start - before), length)
                before = start

    def mention(self, mention: Mention, role: Role) -> int:
        """Return 0 in the abstract, 1 in the title; plus 2 for each place of its role where that is not the fact's."""
        other = 0 if mention.role is role else 2 + 2 * ROLES.index(mention.role)
        return other + (mention.field == "title")

    def result(self, result: Result, number: Number) -> Json:
        return _full(
            at=self._span(result),
            title=result.field == "title",
            value=result.lexical or result.value,
            unit="" if result.unit and result.unit in result.lexical else result.unit,
            metric=number.get(result.metric),
            dataset=number.get(result.dataset),
            method=number.get(result.method),
        )

    def _span(self, evidence: Mention | Result) -> list[int]:
        at = self.at[evidence.field]
        if evidence.field == "abstract":
            first, last = (at(place) for place in evidence.sentence)
            self.sentences.add((first, last - first))
        return [at(evidence.start), at(evidence.end) - at(evidence.start)]


def _unsigned(step: int) -> int:
    return 2 * step if step >= 0 else -2 * step - 1


def _distances(spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    before = 0
    for start, length in spans:
        yield from (start - before, length)
        before = start


def _telling(entity: Entity) -> list[str]:
    """Return the aliases that differ by more than case, hyphens and a plural: search takes those as the same."""
    seen = {_form(entity.label)}
    kept = []
    for alias in entity.aliases:
        if (form := _form(alias)) not in seen:
            seen.add(form)
            kept.append(alias)
    return kept


def _form(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split()).removesuffix("s")


def _full(**fields: object) -> Json:
    """Return the fields that say something: a missing one reads the same as an empty one."""
    return {name: value for name, value in fields.items() if value or (value == 0 and value is not False)}
