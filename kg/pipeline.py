"""Build a graph: the only room that knows the order of the stages.

sources -> readers -> reading (in worker processes) -> resolve -> link -> KnowledgeGraph
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import decisions as decisions_file
from kg.lexicon import Lexicon
from kg.making.gather import Progress as Progress
from kg.making.gather import gather, tell
from kg.model import Extraction, Paper, Problem, Where
from kg.text.document import LONGEST
from kg.vocab import BASE
from kg.workers import PATIENCE, extract_one, load_lexicon, processes

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.making.cache import Cache
    from kg.resolve.papers import Merged

LEAST_CONFIDENCE = 0.5
"""What is less sure is extracted, but left out of a graph unless asked for."""

_BATCH = 3200  # records of `extract` that are read before they are given out


@dataclass(frozen=True, slots=True)
class ExtractedRecord:
    """One input record with what was read from it."""

    paper: Paper
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Build:
    """A built graph and what a user should know of how it came about."""

    graph: KnowledgeGraph
    problems: list[Problem]
    records: int
    duplicates: int
    origins: list[tuple[str, Where]]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build will take, estimated from the input's size and this machine's measured speed."""

    files: int
    bytes: int
    papers: int
    seconds: float
    memory_mb: float
    disk_mb: float


def build(
    sources: Sequence[str],
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    vocabularies: Sequence[str] = (),
    decisions: str | None = None,
    workers: int | None = None,
    base_iri: str | None = None,
    min_confidence: float = LEAST_CONFIDENCE,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Build:
    """Read `sources` and return their graph.

    `mapping` names columns by field, as `kg.readers.read` says. `min_confidence` drops mentions below it. A paper that
    takes more than `patience` seconds to read is in the graph with its record only. What is in the `cache` is not read
    again; afterwards it holds what these papers gave, and no more. Raises `InputError` when a source, vocabulary or file
    of decisions cannot be read at all; single bad records are in `Build.problems`.
    """
    from kg.rdf.iris import base_iri as base_of
    from kg.resolve.papers import merge_papers

    said = decisions_file.read(Path(decisions)) if decisions else []
    records: list[Paper] = []
    problems: list[Problem] = []
    for item in _read_sources(sources, format, mapping):
        (records if isinstance(item, Paper) else problems).append(item)  # type: ignore[arg-type]
        tell(progress, "reading files", len(records), 0)
    problems += _too_long(records)
    papers = merge_papers(records)
    lexicon = load_lexicon(vocabularies)
    texts = [one.paper for one in papers]
    gathered = gather(texts, lexicon, vocabularies, workers=workers, patience=patience, cache=cache, progress=progress)
    problems += (_unread(papers[number], reason) for number, reason in sorted(gathered.failed.items()))
    extractions = [_above(extraction, min_confidence) for extraction in gathered.extractions]
    graph = _assemble(papers, extractions, lexicon, said, base_of(base_iri or BASE))
    origins = [(one.id, where) for one in papers for where in one.origins]
    duplicates = len(records) - len(papers)
    return Build(graph, problems, len(records), duplicates, origins, _warnings(papers, extractions))


def extract(
    sources: Sequence[str],
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    vocabularies: Sequence[str] = (),
    workers: int | None = None,
) -> Iterator[ExtractedRecord | Problem]:
    """Yield what was read from each record, one for one and in input order; nothing is merged."""
    lexicon = load_lexicon(vocabularies)
    for batch in _batches(_read_sources(sources, format, mapping), _BATCH):
        papers = [item for item in batch if isinstance(item, Paper)]
        gathered = gather(papers, lexicon, vocabularies, workers=workers)
        numbers = iter(range(len(papers)))
        for item in batch:
            if isinstance(item, Problem):
                yield item
                continue
            number = next(numbers)
            yield ExtractedRecord(item, gathered.extractions[number])
            if number in gathered.failed:
                yield Problem(item.where or Where(item.id), gathered.failed[number])


def plan(
    sources: Sequence[str],
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    vocabularies: Sequence[str] = (),
) -> Plan:
    """Estimate what a build would take, by reading the files and extracting from a sample of up to 40 records."""
    import time

    from kg.readers import sources as expand

    paths = [Path(file) for source in sources for file in expand(source) if file != "-"]
    papers = [item for item in _read_sources(sources, format, mapping) if isinstance(item, Paper)]
    lexicon = load_lexicon(vocabularies)
    sample = papers[:: max(1, len(papers) // 40)][:40]
    begin = time.perf_counter()
    for paper in sample:
        extract_one(lexicon, paper)
    each = (time.perf_counter() - begin) / max(1, len(sample))
    seconds = 1.0 + len(papers) * (each * 1.3 / min(processes(None), 2) + 0.004)
    size = sum(path.stat().st_size for path in paths)
    return Plan(len(paths), size, len(papers), seconds, 150 + len(papers) * 0.35, len(papers) * 0.03)


def _read_sources(sources: Sequence[str], format: str, mapping: Mapping[str, str] | None) -> Iterator[Paper | Problem]:
    from kg.readers import read

    return chain.from_iterable(read(source, format=format, mapping=mapping) for source in sources)


def _above(extraction: Extraction, least: float) -> Extraction:
    mentions = tuple(m for m in extraction.mentions if m.confidence >= least)
    results = tuple(r for r in extraction.results if r.confidence >= least)
    return Extraction(mentions, extraction.abbreviations, results, extraction.urls)


def _assemble(
    papers: Sequence[Merged],
    extractions: Sequence[Extraction],
    lexicon: Lexicon,
    said: Sequence[decisions_file.Decision],
    base_iri: str,
) -> KnowledgeGraph:
    """Resolve, link and put together."""
    from kg.graph import KnowledgeGraph
    from kg.link import link
    from kg.resolve.entities import resolve
    from kg.resolve.facts import facts, paper_node
    from kg.resolve.papers import citations
    from kg.resolve.rekey import rekey, separations
    from kg.resolve.tally import Tally, tally

    apart = separations(said, lexicon)
    extractions = [rekey(extraction, apart) for extraction in extractions]
    total: dict[str, Tally] = {}
    for extraction in extractions:
        for name, counted in tally(extraction).items():
            if name in total:
                total[name].add(counted)
            else:
                total[name] = counted
    resolution = resolve(total, lexicon, said)
    all_facts = [
        fact
        for one, extraction in zip(papers, extractions, strict=True)
        for fact in facts(one.id, extraction, resolution.ids)
    ]
    held = Counter(fact.entity for fact in all_facts)
    entities = {name: replace(entity, paper_count=held[name]) for name, entity in resolution.entities.items()}
    cited = citations(papers)
    nodes = [
        paper_node(one.id, one.paper, extraction, resolution.ids, cited.get(one.id, ()))
        for one, extraction in zip(papers, extractions, strict=True)
    ]
    links = link(all_facts, entities)
    return KnowledgeGraph(nodes, entities.values(), all_facts, links, base=base_iri)


def _too_long(records: Sequence[Paper]) -> list[Problem]:
    """Name the records whose text is too long to be an abstract; they are in the graph, but read in part."""
    reason = "the text has {:,} characters; names were looked for in the first {:,} only"
    return [
        Problem(paper.where or Where(paper.id), reason.format(length, LONGEST))
        for paper in records
        if (length := max(len(paper.title), len(paper.abstract))) > LONGEST
    ]


def _unread(one: Merged, reason: str) -> Problem:
    where = one.origins[0] if one.origins else Where(one.id)
    return Problem(where, f"{reason}; {one.id} is in the graph, but not what it says")


def _warnings(papers: Sequence[Merged], extractions: Sequence[Extraction]) -> list[str]:
    """Say so where few papers hit the vocabulary or the text is not English."""
    found = []
    if not papers:
        return ["no papers were read"]
    known = sum(any("/" in m.entity for m in x.mentions) for x in extractions)
    if known < 0.5 * len(papers):
        found.append(
            f"only {known} of {len(papers)} papers name anything of the vocabulary; add your field's with --vocabulary FILE"
        )
    foreign = sum(_is_foreign(one.paper) for one in papers)
    if foreign > 0.1 * len(papers):
        found.append(f"{foreign} of {len(papers)} papers do not look English; kg reads English")
    return found


def _is_foreign(paper: Paper) -> bool:
    words = paper.abstract.lower().split()
    common = {"the", "of", "and", "to", "in", "a", "is", "for", "we", "that", "with", "on", "are", "this"}
    return len(words) > 30 and sum(word in common for word in words) < 0.12 * len(words)


def _batches(items: Iterable[Paper | Problem], size: int) -> Iterator[list[Paper | Problem]]:
    batch: list[Paper | Problem] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
