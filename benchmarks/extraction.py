"""How many abstracts a second are read, beside others that look for phrases: `python -m benchmarks.extraction [FILE]`.

FILE is anything that `kg` reads (by default the seeds). Everything runs on the same abstracts in the same run and in one
process, unless told otherwise, and the best of a few tries counts; only the ratios mean something on another machine.
The peers look for the same names (spaCy's PhraseMatcher, ahocorasick_rs) or for key phrases (YAKE); they are no
dependency of kg, and a line says so where one is not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from benchmarks.table import head, row, say
from benchmarks.timing import SEEDS, seconds
from kg.lexicon import Lexicon
from kg.model import Paper
from kg.readers import read as read_files
from kg.workers import load_lexicon, read_each

MOST = 300  # papers that are read
FEW = 60  # papers for what is slow
Scan = Callable[[str], object]


def ours(papers: list[Paper], lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Yield abstracts a second of kg, with and without the tagger, in one process and in two."""
    for tagger in (True, False):
        for workers in (1, 2):
            spread = papers * (1 if len(papers) > MOST // 2 else MOST // len(papers))  # enough for two to be started

            def extract(tagger: bool = tagger, workers: int = workers, spread: list[Paper] = spread) -> None:
                for _ in read_each(spread, lexicon, (), workers, tagger=tagger):
                    pass

            name = f"kg, {'with' if tagger else 'without'} the tagger, {workers} worker{'s' * (workers > 1)}"
            yield name, len(spread) / seconds(extract, 2)


def yake(names: list[str]) -> Scan:
    """Return YAKE's keyphrases of a text."""
    extractor: Any = import_module("yake").KeywordExtractor(lan="en", n=3, top=20)
    return lambda text: extractor.extract_keywords(text)


def spacy(names: list[str]) -> Scan:
    """Return the names that spaCy's PhraseMatcher finds, by lower case."""
    nlp: Any = import_module("spacy").blank("en")
    matcher: Any = import_module("spacy.matcher").PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("names", list(nlp.tokenizer.pipe(names)))
    return lambda text: matcher(nlp(text))


def ahocorasick_rs(names: list[str]) -> Scan:
    """Return the names that an Aho-Corasick automaton finds, by lower case; it looks inside words as well."""
    module: Any = import_module("ahocorasick_rs")
    automaton = module.AhoCorasick([n.lower() for n in names], matchkind=module.MatchKind.LeftmostLongest)
    return lambda text: automaton.find_matches_as_indexes(text.lower())


def peers(papers: list[Paper], lexicon: Lexicon) -> Iterator[tuple[str, float | None]]:
    """Yield abstracts a second of each peer; None where it is not installed."""
    names = sorted({name for c in lexicon.concepts.values() for name in (c.label, *c.aliases)})
    for peer, count in ((yake, FEW), (spacy, MOST), (ahocorasick_rs, MOST)):
        texts = [f"{paper.title}. {paper.abstract}" for paper in papers[:count]]
        try:
            scan = peer(names)
        except ImportError:
            yield peer.__name__, None
            continue

        def find(texts: list[str] = texts, scan: Scan = scan) -> None:
            for text in texts:
                scan(text)

        yield peer.__name__, len(texts) / seconds(find, 2)


def main(arguments: list[str]) -> None:
    """Print the table: who, abstracts a second, and how often as many as kg by default in one process."""
    source = arguments[0] if arguments else str(SEEDS)
    papers = list(islice((item for item in read_files(source) if isinstance(item, Paper)), MOST))
    lexicon = load_lexicon()
    say(f"{len(papers)} abstracts, {len(lexicon):,} concepts:")
    head("", "abstracts a second", "ratio")
    base = 0.0
    for name, rate in (*ours(papers, lexicon), *peers(papers, lexicon)):
        if rate is None:
            row(name, "not installed", "")
            continue
        base = base or rate
        row(name, f"{rate:,.0f}", f"{rate / base:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
