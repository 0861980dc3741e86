"""What the panel of the page shows of each paper and entity, as plain JSON-able values.

A sentence is never copied: mentions and results point at spans of the title or abstract, which the page carries once.
Spans count UTF-16 units, as the page's strings do. Reads the graph, feeds `kg.view.data`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from kg.model import Entity, Fact, Mention, Paper, PaperNode, Result, Url
from kg.vocab import Role

Json = dict[str, object]
Number = Mapping[str, int]

ROLES = tuple(role.value for role in Role)
_FIELDS = ("title", "abstract")


def paper_details(node: PaperNode, facts: Sequence[Fact], number: Number) -> Json:
    """Return what the panel shows of a paper; empty fields are left out.

    `facts` are (entity, role, confidence in percent, mentions); a mention is (start, end, sentence, role), a sentence
    (field, start, end) with field 0 for the title and 1 for the abstract.
    """
    paper = node.paper
    spans = _Spans(paper)
    listed = [
        [number[fact.entity], ROLES.index(fact.role), round(100 * fact.confidence), [spans.mention(m) for m in fact.mentions]] for fact in facts
    ]
    return _full(
        abstract=paper.abstract,
        authors=list(paper.authors),
        year=paper.year,
        venue=paper.venue,
        doi=paper.doi,
        arxiv=paper.arxiv,
        url=paper.url,
        facts=listed,
        results=[spans.result(result, number) for result in node.results],
        urls=[spans.url(url) for url in node.urls],
        cites=[number[cited] for cited in node.cites if cited in number],
        sentences=spans.sentences,
    )


def entity_details(entity: Entity, number: Number) -> Json:
    """Return what the panel shows of an entity besides the papers that name it; empty fields are left out."""
    return _full(
        aliases=[alias for alias in entity.aliases if alias != entity.label],
        broader=[number[parent] for parent in entity.broader if parent in number],
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
    """The spans of one paper; collects its sentences as they are pointed at."""

    def __init__(self, paper: Paper) -> None:
        self.at = {"title": utf16(paper.title), "abstract": utf16(paper.abstract)}
        self.sentences: list[tuple[int, int, int]] = []
        self._known: dict[tuple[int, int, int], int] = {}

    def mention(self, mention: Mention) -> list[int]:
        at = self.at[mention.field]
        return [at(mention.start), at(mention.end), self._sentence(mention), ROLES.index(mention.role)]

    def result(self, result: Result, number: Number) -> Json:
        at = self.at[result.field]
        return _full(
            at=[at(result.start), at(result.end), self._sentence(result)],
            value=result.lexical or result.value,
            unit="" if result.unit and result.unit in result.lexical else result.unit,
            metric=number.get(result.metric),
            dataset=number.get(result.dataset),
            method=number.get(result.method),
        )

    def url(self, url: Url) -> Json:
        return _full(iri=url.iri, code=url.code)

    def _sentence(self, evidence: Mention | Result) -> int:
        at = self.at[evidence.field]
        span = (_FIELDS.index(evidence.field), at(evidence.sentence[0]), at(evidence.sentence[1]))
        if span not in self._known:
            self._known[span] = len(self.sentences)
            self.sentences.append(span)
        return self._known[span]


def _full(**fields: object) -> Json:
    """Return the fields that say something: a missing one reads the same as an empty one."""
    return {name: value for name, value in fields.items() if value or value == 0 and value is not False}
