"""What Python users call: `kg.build`. The names that `import kg` gives are listed in `kg/__init__.py`.

Stands at the end of the flow, beside the command line: both only pass on what they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.pipeline import Progress


def build(
    sources: str | Path | Iterable[str | Path],
    *,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    vocabularies: Iterable[str | Path] = (),
    decisions: str | Path | None = None,
    workers: int | None = None,
    base_iri: str | None = None,
    min_confidence: float | None = None,
    tagger: bool = True,
    patience: float | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Build the graph of one or several files, folders or globs.

    `format` names the input format, `mapping` the columns of a table by field (``{"title": "Name"}``), `vocabularies` are
    SKOS files added to the vocabulary of kg, `decisions` is a file that `kg decide` keeps, `workers` the number of
    processes (by default one a core), `base_iri` what the names of nodes begin with. `min_confidence` (0 to 1, by default
    that of `kg build`) drops mentions below it; `tagger=False` leaves out the statistical part of reading.
    `patience` is how many seconds one paper may take (by default as `kg build`); slower ones are in the graph unread.
    `progress` is called with a stage, what is done and what there is to do (0: not known).

    Bad records are left out; `kg.pipeline.build` returns them beside the graph. Raises `InputError` when a source cannot
    be read at all, `UsageError` for a format or column that does not exist.

    >>> import kg, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> text = '{"title": "FoxNet", "abstract": "We propose FoxNet. It uses LoRA on ImageNet."}'
    >>> _ = (folder / "papers.jsonl").write_text(text, encoding="utf-8")
    >>> graph = kg.build(folder)
    >>> [(fact.role.value, graph.entities[fact.entity].label) for fact in graph.facts]
    [('evaluatesOn', 'ImageNet'), ('proposes', 'FoxNet'), ('uses', 'LoRA')]
    >>> [path.name for path in graph.write(folder / "graphs")]
    ['kg.ttl', 'kg.html']
    >>> kg.load(folder / "graphs").find_one("foxnet")
    'method/foxnet'
    """
    from kg import pipeline

    given = [sources] if isinstance(sources, (str, Path)) else list(sources)
    built = pipeline.build(
        [str(source) for source in given],
        format=format,
        mapping=mapping,
        vocabularies=[str(file) for file in vocabularies],
        decisions=str(decisions) if decisions is not None else None,
        workers=workers,
        base_iri=base_iri,
        min_confidence=pipeline.LEAST_CONFIDENCE if min_confidence is None else min_confidence,
        tagger=tagger,
        patience=pipeline.PATIENCE if patience is None else patience,
        progress=progress,
    )
    return built.graph
