"""The frozen types that cross from one stage to the next.

    Paper, Problem                                  readers -> extract
    Candidate                                       extract -> reading
    Mention, Abbreviation, Result, Url, Extraction  reading -> resolve
    Entity, Fact, PaperNode                         resolve -> link
    Link, Shared                                    link    -> graph

All are plain immutable values without behaviour beyond small derived properties, so that a stage can be run in another
process, cached by content, or replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.vocab import Kind, Role

Field = Literal["title", "abstract"]


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """The place a record was read from. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """A record (or file) that could not be used, and why. The rest of the input is read all the same."""

    where: Where
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One record of an input: text cleaned as `kg.text.clean` says, metadata as the record gives them.

    `id` is the record's own identifier, else a hash of its content; `csl` is the whole record as CSL-JSON text.
    `where` takes no part in comparison: the graph does not depend on where a paper was read.
    """

    id: str
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    identifiers: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    url: str = ""
    csl: str = ""
    where: Where | None = field(default=None, compare=False)

    def text(self, name: Field) -> str:
        """Return the title or the abstract."""
        return self.title if name == "title" else self.abstract


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive, Unicode code points) of one field."""

    field: Field
    start: int
    end: int


class Candidate(NamedTuple):
    """Words that one extractor takes for a name; what it cannot tell is None. `concept` is a vocabulary id, or empty."""

    field: Field
    start: int
    end: int
    kind: Kind | None
    role: Role | None
    extractor: str
    confidence: float
    concept: str = ""


class Tagged(NamedTuple):
    """Tokens `begin` to `end` (exclusive) of a sentence with a tagger's label, and how probable the least probable of them is."""

    begin: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a paper that name an entity, and the role that these words give it.

    `entity` is the resolution key: the identifier of a vocabulary concept (``method/vision-transformer``) or else the
    normal form of the fullest name the paper uses for the thing. `sentence` is the start and end of the sentence.
    """

    kind: Kind
    text: str
    field: Field
    start: int
    end: int
    role: Role
    entity: str
    extractor: str
    confidence: float
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form that a paper defines, with its long form."""

    short: str
    long: str
    field: Field
    short_start: int
    short_end: int
    long_start: int
    long_end: int


@dataclass(frozen=True, slots=True)
class Result:
    """A value that a paper reports. `metric`, `dataset` and `method` are resolution keys, or empty.

    `value`, `value_to` and `error` are canonical decimals as text; `lexical` is the value as printed.
    """

    value: str
    value_to: str
    error: str
    lexical: str
    unit: str
    metric: str
    dataset: str
    method: str
    field: Field
    start: int
    end: int
    extractor: str
    confidence: float
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Url:
    """A URL in the text. `iri` is the absolute, percent-encoded address; `code` tells a code repository."""

    iri: str
    text: str
    field: Field
    start: int
    end: int
    code: bool


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one paper: a pure function of the paper, the vocabulary and the version."""

    mentions: tuple[Mention, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    results: tuple[Result, ...] = ()
    urls: tuple[Url, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, one node. `id` is its local IRI (``method/vision-transformer``), `key` the resolution key.

    `reasons` says, a line for each name that was joined, why it is the same thing; `specificity` how much it tells that two
    papers share it, from 0 (as broad as the field) to 1.
    """

    id: str
    key: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    matches: tuple[str, ...] = ()
    paper_count: int = 0
    specificity: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A paper's strongest role for an entity, with every mention of it in that paper, the best one of each role first.

    `paper` and `entity` are local ids (``paper/2010.11929``, ``method/vision-transformer``).
    """

    paper: str
    entity: str
    role: Role
    confidence: float
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What one shared entity contributes to a link."""

    entity: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two papers (local ids, `a` before `b`) that share techniques; `shared` is sorted by falling weight."""

    a: str
    b: str
    weight: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class PaperNode:
    """A paper as the graph holds it: its local id, the merged record, and what belongs to it alone.

    In `results`, `metric`, `dataset` and `method` are local entity ids; `cites` holds local ids of papers.
    """

    id: str
    paper: Paper
    results: tuple[Result, ...] = ()
    urls: tuple[Url, ...] = ()
    cites: tuple[str, ...] = ()
