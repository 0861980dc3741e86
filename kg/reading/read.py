"""Read one paper: extractors in their order, then names, then mentions with roles, then values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from kg import plugins
from kg.lexicon import Lexicon
from kg.model import Abbreviation, Candidate, Extraction, Mention, Paper, Result, Url
from kg.reading.faint import faint_mentions
from kg.reading.mentions import find_mentions
from kg.reading.names import settle
from kg.text.document import Document, analyse
from kg.text.latex import hidden, verbatim

Evidence = Abbreviation | Candidate | Result | Url


def documents(papers: Iterable[Paper], lexicon: Lexicon, *, tagger: bool = True) -> list[Document]:
    """Return papers as extractors see them, after those extractors that take less time for several papers at once."""
    docs = [analyse(_shown(paper)) for paper in papers]
    for stage in ("document", "names", "values"):
        for module in _extractors(stage, tagger=tagger):
            if hasattr(module, "together"):
                docs = module.together(docs, lexicon)
    return docs


def read(paper: Paper, lexicon: Lexicon, *, tagger: bool = True, doc: Document | None = None) -> Extraction:
    """Return everything that one paper says. Linear in the length of its text.

    Without `tagger`, lists and patterns alone are read by, which takes about two thirds of the time. `doc` is what `documents` made of
    the paper, where it did.
    """
    doc = doc or analyse(_shown(paper))
    shown = doc.paper
    facts = list(_run("document", doc, lexicon))
    abbreviations = tuple(e for e in facts if isinstance(e, Abbreviation))
    urls = tuple(e for e in facts if isinstance(e, Url))
    doc = dataclasses.replace(doc, abbreviations=abbreviations)
    candidates = [
        e for e in _run("names", doc, lexicon, tagger=tagger) if isinstance(e, Candidate) and not _in_url(e, urls)
    ]
    things = settle(doc, candidates, lexicon)
    mentions = tuple(find_mentions(doc, things, urls))
    mentions = tuple(
        sorted((*mentions, *faint_mentions(doc, mentions, candidates)), key=lambda m: (m.field != "title", m.start))
    )
    doc = dataclasses.replace(doc, mentions=mentions)
    results = tuple(e for e in _run("values", doc, lexicon) if isinstance(e, Result))
    if (shown.title, shown.abstract) != (paper.title, paper.abstract):
        mentions = tuple(_as_written(m, paper, shown) for m in mentions)
        results = tuple(dataclasses.replace(r, lexical=paper.text(r.field)[r.start : r.end]) for r in results)
        abbreviations = tuple(dataclasses.replace(a, long=" ".join(a.long.split())) for a in abbreviations)
    return Extraction(mentions, abbreviations, results, urls)


def _shown(paper: Paper) -> Paper:
    """Return a paper as extractors see it: with spaces for LaTeX commands that only set how words look."""
    title, abstract = hidden(paper.title), hidden(paper.abstract)
    if (title, abstract) == (paper.title, paper.abstract):
        return paper
    return dataclasses.replace(paper, title=title, abstract=abstract)


def _as_written(mention: Mention, paper: Paper, shown: Paper) -> Mention:
    """Return a mention of what extractors saw with the words as the paper has them."""
    text = paper.text(mention.field)
    start = verbatim(text, shown.text(mention.field), mention.start)
    return dataclasses.replace(mention, text=text[start : mention.end], start=start)


@cache
def extractors(stage: str) -> tuple[ModuleType, ...]:
    """Return the extractors of one stage, in order of name."""
    modules = (plugins.load("kg.extract", name) for name in plugins.names("kg.extract"))
    return tuple(module for module in modules if module.STAGE == stage)


def _extractors(stage: str, *, tagger: bool) -> Iterator[ModuleType]:
    return (module for module in extractors(stage) if tagger or module.__name__ != "kg.extract.tagger")


def _run(stage: str, doc: Document, lexicon: Lexicon, *, tagger: bool = True) -> Iterator[Evidence]:
    for module in _extractors(stage, tagger=tagger):
        yield from module.extract(doc, lexicon)


def _in_url(candidate: Candidate, urls: tuple[Url, ...]) -> bool:
    return any(u.field == candidate.field and u.start < candidate.end and candidate.start < u.end for u in urls)
