"""Build a graph: the only room that knows the order of the stages.

    sources -> readers -> reading (in worker processes) -> resolve -> link -> KnowledgeGraph -> files

`build` makes a graph in memory. `build_files` writes one to a folder: the same way, or from `STREAM_FROM` records on in a
stream (`kg.making.stream`), with the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg import decisions as decisions_file
from kg.errors import UsageError
from kg.making.gather import Progress as Progress
from kg.making.gather import above, gather, tell
from kg.making.items import Items
from kg.making.options import LEAST_CONFIDENCE as LEAST_CONFIDENCE
from kg.making.options import Options as Options
from kg.making.plan import Plan as Plan
from kg.making.plan import estimate
from kg.model import Entity, Extraction, Paper, Problem, Where
from kg.workers import PATIENCE as PATIENCE
from kg.workers import load_lexicon

if TYPE_CHECKING:
    from kg.cluster.engine import Engine
    from kg.graph import KnowledgeGraph
    from kg.lexicon import Lexicon
    from kg.making.cache import Cache
    from kg.making.portrait import Portrait
    from kg.rdf.statements import Mentions
    from kg.resolve.papers import Merged

STREAM_FROM = 20_000
"""Records up to which everything is held in memory."""

_STREAMED = {"turtle"}  # the formats that are written in a stream
_LEFT_OUT = {"html"}  # and those that are left out there, with a word
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
    portrait: Portrait
    problems: list[Problem]
    records: int
    duplicates: int
    origins: list[tuple[str, Where]]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Written:
    """A graph that was written to files, and what a user should know of it. `origins` and `entities` can be read once."""

    portrait: Portrait
    problems: list[Problem]
    warnings: list[str]
    paths: list[Path]
    origins: Iterable[tuple[str, Where]]
    entities: Iterable[Entity]


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
    tagger: bool = True,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Build:
    """Read `sources` and return their graph.

    `mapping` names columns by field, as `kg.readers.read` says; the rest is as `Options` has it. Raises `InputError` when a
    source, vocabulary or file of decisions cannot be read at all; single bad records are in `Build.problems`.
    """
    options = Options(vocabularies, decisions, workers, tagger, base_iri, min_confidence, patience, cache, progress)
    items = Items(_read_sources(sources, format, mapping), progress)
    return _in_memory(list(items), items.problems, options)


def build_files(
    sources: Sequence[str],
    out: Path,
    formats: Sequence[str] = ("turtle", "html"),
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    mentions: Mentions = "best",
    options: Options | None = None,
) -> Written:
    """Read `sources` and write their graph to the folder `out`, in some formats; all files are replaced or none.

    Beyond `STREAM_FROM` records, and always on a cluster (`Options.scheduler`), Turtle is written in a stream, and the page is
    left out. Other formats need the graph in memory. Raises what `build` raises, `OutputError` when a file cannot be written,
    and for a cluster `KgError` when it cannot be had, `UsageError` for other formats.
    """
    from kg.export import write_all

    options = options or Options()
    items = Items(_read_sources(sources, format, mapping), options.progress)
    if options.scheduler:
        return _on_a_cluster(options.scheduler, items, out, formats, mentions, options)
    records: list[Paper] = []
    for paper in items:
        records.append(paper)
        if len(records) > STREAM_FROM and set(formats) & _STREAMED and set(formats) <= _STREAMED | _LEFT_OUT:
            return _in_a_stream(chain(records, items), items.problems, out, formats, mentions, options)
    built = _in_memory(records, items.problems, options)
    paths = write_all(built.graph, out, formats, mentions=mentions)
    entities = built.graph.entities.values()
    return Written(built.portrait, built.problems, built.warnings, paths, built.origins, entities)


def extract(
    sources: Sequence[str],
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    vocabularies: Sequence[str] = (),
    workers: int | None = None,
    tagger: bool = True,
) -> Iterator[ExtractedRecord | Problem]:
    """Yield what was read from each record, one for one and in input order; nothing is merged."""
    lexicon = load_lexicon(vocabularies)
    for batch in _batches(_read_sources(sources, format, mapping), _BATCH):
        papers = [item for item in batch if isinstance(item, Paper)]
        gathered = gather(papers, lexicon, vocabularies, workers=workers, tagger=tagger)
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
    options: Options | None = None,
) -> Plan:
    """Estimate what a build would take, by reading the files and building the graph of a sample."""
    from kg.readers import sources as expand

    options = options or Options()
    files = [Path(file) for source in sources for file in expand(source) if file != "-"]
    papers = (item for item in _read_sources(sources, format, mapping) if isinstance(item, Paper))
    return estimate(
        papers,
        files,
        options.vocabularies,
        workers=options.workers,
        tagger=options.tagger,
        most_in_memory=STREAM_FROM,
        assemble=lambda some: _in_memory(some, [], replace(options, workers=1)).graph,
    )


def _in_memory(records: Sequence[Paper], problems: Sequence[Problem], options: Options) -> Build:
    from kg.making.portrait import is_foreign, names_known, portrait_of
    from kg.resolve.papers import merge_papers

    said = options.said()
    papers = merge_papers(records)
    lexicon = load_lexicon(options.vocabularies)
    gathered = gather(
        [one.paper for one in papers],
        lexicon,
        options.vocabularies,
        workers=options.workers,
        tagger=options.tagger,
        patience=options.patience,
        cache=options.cache,
        progress=options.progress,
    )
    extractions = [above(extraction, options.min_confidence) for extraction in gathered.extractions]
    graph = _assemble(papers, extractions, lexicon, said, options.base)
    origins = [(one.id, where) for one in papers for where in one.origins]
    unread = [_unread(papers[number], reason) for number, reason in sorted(gathered.failed.items())]
    portrait = portrait_of(graph)
    portrait.duplicates = len(records) - len(papers)
    portrait.known = sum(map(names_known, extractions))
    portrait.foreign = sum(is_foreign(one.paper) for one in papers)
    found = [*problems, *unread]
    return Build(graph, portrait, found, len(records), portrait.duplicates, origins, portrait.warnings())


def _on_a_cluster(
    scheduler: str, items: Items, out: Path, formats: Sequence[str], mentions: Mentions, options: Options
) -> Written:
    if others := sorted(set(formats) - _STREAMED - _LEFT_OUT):
        hint = f"build with --to turtle, then: kg export {others[0]}"
        raise UsageError(f"a cluster writes Turtle, not {', '.join(others)}", hint=hint)
    from kg.cluster.dask_ import Dask

    with Dask(scheduler) as engine:
        return _in_a_stream(items, items.problems, out, formats, mentions, options, engine)


def _in_a_stream(
    records: Iterable[Paper],
    problems: list[Problem],
    out: Path,
    formats: Sequence[str],
    mentions: Mentions,
    options: Options,
    engine: Engine | None = None,
) -> Written:
    from kg.making.folder import forget_page, work_folder
    from kg.making.library import Library
    from kg.making.stream import Settings, Stream

    said = options.said()
    folder = work_folder(out)
    library = Library(folder)
    for paper in records:
        library.add(paper)
    library.close()
    lexicon = load_lexicon(options.vocabularies)
    settings = Settings(
        lexicon,
        options.vocabularies,
        said,
        options.base,
        options.min_confidence,
        mentions,
        options.workers,
        options.tagger,
        options.patience,
        options.cache,
        options.progress,
    )
    path = out / "kg.ttl"
    if engine:
        from kg.cluster.stream import ClusterStream

        made = ClusterStream(library, folder, settings, engine).write(path)
    else:
        made = Stream(library, folder, settings).write(path)
    problems += (_unread(library.merged(number), reason) for number, reason in sorted(made.failed.items()))
    warnings = made.portrait.warnings()
    tell(options.progress, "making the store for queries", 0, 0)
    warnings += _stored(path)
    if set(formats) & _LEFT_OUT:
        forget_page(out)
        why = "a cluster makes no page" if engine else f"{len(library):,} papers are more than a page can show"
        warnings.append(f"{why}; kg.html is left out")
    return Written(made.portrait, problems, warnings, [path], made.origins(), made.entities())


def _stored(path: Path) -> Iterator[str]:
    """Make the store that a large graph is asked from; yield a warning when that fails, for the graph is there without it."""
    from kg.store import disk

    try:
        disk.make(path)
    except OSError as error:
        yield f"the store for queries could not be made ({error.strerror or error}); the first query will make it"


def _read_sources(sources: Sequence[str], format: str, mapping: Mapping[str, str] | None) -> Iterator[Paper | Problem]:
    from kg.readers import read

    return chain.from_iterable(read(source, format=format, mapping=mapping) for source in sources)


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
    links = link(all_facts, entities, {one.id: one.paper for one in papers})
    return KnowledgeGraph(nodes, entities.values(), all_facts, links, base=base_iri)


def _unread(one: Merged, reason: str) -> Problem:
    where = one.origins[0] if one.origins else Where(one.id)
    return Problem(where, f"{reason}; {one.id} is in the graph, but not what it says")


def _batches(items: Iterable[Paper | Problem], size: int) -> Iterator[list[Paper | Problem]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
