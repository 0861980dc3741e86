"""What the panel of the page shows of each paper and entity, as plain JSON-able values.

No words are copied: mentions, results and sentences are spans of the title or abstract, which the page carries once; the
page looks up the sentence a mention is in. Spans count UTF-16 units, as the page's strings do. Reads the graph, feeds `kg.view.data`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from kg.model import Entity, Fact, Mention, Paper, PaperNode, Result
from kg.vocab import Role

Json = dict[str, object]
Number = Mapping[str, int]

ROLES = tuple(role.value for role in Role)
_FIELDS = ("title", "abstract")


def paper_details(node: PaperNode, facts: Sequence[Fact], number: Number) -> Json:
    """Return what the panel shows of a paper; empty fields are left out.

    `facts`, in the order of the paper's edges, are [confidence in percent, mention...]; a mention is [start, length,
    field, role], with what is at its end left out where it is the abstract and the role of the fact. `sentences` are
    [start, length] of the abstract.
    """
    paper = node.paper
    spans = _Spans(paper)
    return _full(
        abstract=paper.abstract,
        authors=list(paper.authors),
        year=paper.year,
        venue=paper.venue,
        doi=paper.doi,
        arxiv=paper.arxiv,
        url=paper.url,
        facts=[[round(100 * fact.confidence), *(spans.mention(m, fact.role) for m in fact.mentions)] for fact in facts],
        results=[spans.result(result, number) for result in node.results],
        urls=[_full(iri=url.iri, code=url.code) for url in node.urls],
        cites=[number[cited] for cited in node.cites if cited in number],
        sentences=sorted(spans.sentences),
    )


def entity_details(entity: Entity) -> Json:
    """Return what the panel shows of an entity besides the papers that name it; empty fields are left out."""
    return _full(
        aliases=[alias for alias in entity.aliases if alias != entity.label],
        definition=entity.definition,
        matches=list(entity.matches),
    )


def utf16(text: str) -> Callable[[int], int]:
    """Return a function from code points to UTF-16 units of a text.

    >>> at = utf16("a𝔘b")
    >>> [at(n) for n in range(4)]
    [0, 1, 3, 4]
    """
    wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]
    return (lambda at: at + bisect_left(wide, at)) if wide else (lambda at: at)


class _Spans:
    """The spans of one paper; collects the sentences of its abstract as they are pointed into."""

    def __init__(self, paper: Paper) -> None:
        self.at = {"title": utf16(paper.title), "abstract": utf16(paper.abstract)}
        self.sentences: set[tuple[int, int]] = set()

    def mention(self, mention: Mention, role: Role) -> list[int]:
        span = self._span(mention)
        if mention.role is not role:
            return [*span, _FIELDS.index(mention.field), ROLES.index(mention.role)]
        return span if mention.field == "abstract" else [*span, 0]

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


def _full(**fields: object) -> Json:
    """Return the fields that say something: a missing one reads the same as an empty one."""
    return {name: value for name, value in fields.items() if value or (value == 0 and value is not False)}
