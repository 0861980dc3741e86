"""Read one paper: extractors in their order, then names, then mentions with roles, then values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
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


def read(paper: Paper, lexicon: Lexicon, *, tagger: bool = True) -> Extraction:
    """Return everything that one paper says. Linear in the length of its text.

    Without `tagger`, lists and patterns alone are read by, which takes about half the time.
    """
    shown = _shown(paper)
    doc = analyse(shown)
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
    if shown is not paper:
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


def _run(stage: str, doc: Document, lexicon: Lexicon, *, tagger: bool = True) -> Iterator[Evidence]:
    for module in extractors(stage):
        if tagger or module.__name__ != "kg.extract.tagger":
            yield from module.extract(doc, lexicon)


def _in_url(candidate: Candidate, urls: tuple[Url, ...]) -> bool:
    return any(u.field == candidate.field and u.start < candidate.end and candidate.start < u.end for u in urls)
