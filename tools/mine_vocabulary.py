"""Mine candidates for a vocabulary: `python tools/mine_vocabulary.py PAPERS... [-o candidates.tsv] [options]`.

PAPERS are files or folders of any format that kg reads. A candidate is a name or a phrase that the vocabulary does not
have. What speaks for it: how many papers have it; its C-value (`tools/term_tally.py`); lists of examples ("methods such as
X"); "the X dataset" and "on X"; the long forms of abbreviations; what the tagger proposes. Each gets a guess of its kind,
of a broader concept, and whether its name is an ordinary word.

    --kind Method        only this kind (Method, Dataset, Task, Metric, Concept); may be given again
    --at-least N         in at least N papers (default 3)
    --most N             the best N only
    --every N            read each N-th paper
    --vocabulary FILE    what is known besides the built-in vocabulary; may be given again
    --no-tagger          leave the tagger out: three times as fast
    -o FILE              where to write; standard output if not given

The first six columns are those that `tools/vocabulary.py add` reads (kind, label, other names, broader, definition, word); then
come the number of papers, the score, the evidence and where an example stands (paper:sentence). Nothing is to be added
unseen: judge each line, mend it or delete it (`docs/vocabulary.md`). Linear in the papers; memory is bounded.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from term_tally import Tally, Term, c_values, short_of

from kg.cues import cues
from kg.cues.heads import core, is_empty_modifier, is_generic, looks_like_name
from kg.extract import abbreviations, enumerations, evaluation, names, tagger, tasks
from kg.lexicon import Lexicon
from kg.model import Abbreviation, Paper
from kg.readers import read
from kg.tagging.kinds import kinds_of
from kg.text.document import Document, Sentence, analyse
from kg.text.forms import form, key
from kg.text.words import word_classes
from kg.vocab import Kind
from kg.workers import load_lexicon

EXTRACTORS = (enumerations, evaluation, names, tasks)
WEIGHTS = {"enumerations": 1.0, "evaluation": 1.0, "abbreviations": 1.0, "tasks": 0.8, "tagger": 0.8, "names": 0.4}
LONGEST = 6  # words
LEAST_VALUE = 0.2  # of its papers, for a term that stands inside longer ones only
ARTICLES = ("the ", "a ", "an ", "our ", "this ", "these ", "its ", "their ")


class Row(NamedTuple):
    """A line of the table."""

    kind: Kind
    label: str
    others: list[str]
    broader: str
    ordinary: bool
    papers: int
    score: float
    evidence: str
    example: str

    def line(self) -> str:
        """Return the row as `tools/vocabulary.py` reads it, with what speaks for it behind."""
        word = "word" if self.ordinary else ""
        cells = [self.kind.value, self.label, "|".join(self.others), self.broader, "", word]
        return "\t".join([*cells, str(self.papers), f"{self.score:.0f}", self.evidence, self.example])


class Miner:
    """Reads papers one by one into a `Tally`."""

    def __init__(self, lexicon: Lexicon, *, with_tagger: bool, longest: int | None = None) -> None:
        self.lexicon = lexicon
        self.tally = Tally(longest) if longest else Tally()
        self.papers = 0
        self._extractors = (*EXTRACTORS, tagger) if with_tagger else EXTRACTORS

    def read(self, paper: Paper) -> None:
        """Count what one paper has."""
        doc = analyse(paper)
        found = tuple(a for a in abbreviations.extract(doc, self.lexicon) if isinstance(a, Abbreviation))
        doc = dataclasses.replace(doc, abbreviations=found)
        self.papers += 1
        for sentence in doc.sentences:
            for begin, end in sentence.phrases:
                span = core(sentence, begin, end)
                if span:
                    self._count_phrase(doc, sentence, *span)
        for abbreviation in found:
            term = self._count(doc, abbreviation.long, "abbreviations", None, abbreviation.long_start)
            if term:
                short_of(term, _singular(abbreviation.short))
        for module in self._extractors:
            for candidate in module.extract(doc, self.lexicon):
                text = doc.paper.text(candidate.field)[candidate.start : candidate.end]
                self._count(doc, text, candidate.extractor, candidate.kind, candidate.start, candidate.confidence)

    def _count_phrase(self, doc: Document, sentence: Sentence, begin: int, end: int) -> None:
        """Count a noun phrase and, of a long one, what is left without its first words."""
        for first in range(begin, max(begin + 1, end - 1)):
            if first > begin and sentence.tokens[first].start == sentence.tokens[first - 1].end:
                continue  # no part of a compound
            if sentence.tags[first] in "NXJAGD":
                text = _without_vague(doc.text(sentence.span(first, end)))
                self._count(doc, text, "", None, sentence.tokens[first].start)

    def _count(
        self, doc: Document, text: str, evidence: str, kind: Kind | None, start: int, sure: float = 1.0
    ) -> Term | None:
        text = _trimmed(text)
        if not _may_be_term(text) or self.lexicon.named(text) or self.lexicon.named(_peeled(text)):
            return None
        place = next((s.index for s in doc.sentences if s.start <= start < s.end), 0)
        term = self.tally.add(key(text), text, self.papers, f"{doc.paper.id}:{place}")
        if evidence:
            term.evidence[evidence] += 1
        if kind:
            term.kinds[kind.value] += sure  # type: ignore[assignment]
        return term


def ranked(miner: Miner, *, at_least: int) -> Iterator[Row]:
    """Yield the terms of at least so many papers as rows, the best first.

    The score is the C-value, raised by a half for each kind of evidence that a tenth of the papers with the term gives.
    """
    terms = {name: term for name, term in miner.tally.terms.items() if term.papers >= at_least}
    values = c_values({name: term.papers for name, term in terms.items()})
    scores = {}
    for name, term in terms.items():
        told = sum(WEIGHTS[e] for e, count in term.evidence.items() if count >= max(1, term.papers / 10))
        scores[name] = max(values[name], LEAST_VALUE * term.papers) * (0.3 + told / 2)
    for name in sorted(terms, key=lambda name: (-scores[name], name)):
        term = terms[name]
        if term.evidence:
            yield _row(term, scores[name], miner.lexicon)


def _row(term: Term, score: float, lexicon: Lexicon) -> Row:
    label = _plain_label(term)
    kind = _kind(term, label)
    shorts = [s for s, count in term.shorts.most_common() if 2 * count >= max(term.shorts.values()) and count > 1]
    shorts = [short for short in shorts if lexicon.named(short) is None and key(short) != key(label)]
    evidence = ", ".join(
        f"{name} {count}" for name, count in sorted(term.evidence.items(), key=lambda e: (-e[1], e[0]))
    )
    return Row(
        kind, label, shorts, _broader(label, kind, lexicon), _is_word(label), term.papers, score, evidence, term.example
    )


def _plain_label(term: Term) -> str:
    """Return the commonest way of writing; what is capitalised in a title only is written small."""
    label = term.label
    small = label.lower()
    return small if small in term.surfaces and not looks_like_name(label) else label


def _kind(term: Term, label: str) -> Kind:
    """Return the likeliest kind: what the places say, and what the words of the phrase say."""
    votes = {kind: float(term.kinds[kind.value]) for kind in Kind}
    total = sum(votes.values())
    words = kinds_of(label)
    trust = 1.5 if " " in label or label.islower() else 0.2
    return max(Kind, key=lambda kind: (votes[kind] / (total + 1.0) + trust * words.get(kind, 0.0), kind.value))


def _broader(label: str, kind: Kind, lexicon: Lexicon) -> str:
    """Return the concept of the same kind that the label ends with: "graph fox network" is a network."""
    words = label.split()
    for first in range(1, len(words)):
        concept = lexicon.named(" ".join(words[first:]), kind)
        if concept and not concept.ordinary:
            return concept.label
    return ""


def _is_word(label: str) -> bool:
    """Tell whether a name is an ordinary word as well."""
    return " " not in label and label.isalpha() and (label.lower() in word_classes() or label.islower())


def _trimmed(text: str) -> str:
    """Return a phrase without articles and empty modifiers before it, and without signs around it."""
    text = " ".join(text.split()).strip("\"'“”‘’`.,;: ")
    while True:
        first, _, rest = text.partition(" ")
        if not rest or not (text.lower().startswith(ARTICLES) or is_empty_modifier(first)):
            return text
        text = rest


def _peeled(text: str) -> str:
    """Return a phrase without the nouns at its end that say nothing: "the fox network model"."""
    words = text.split()
    while len(words) > 1 and words[-1].lower() in cues("heads")["generic"]["peeled"]:
        words.pop()
    return " ".join(words)


def _without_vague(text: str) -> str:
    """Return a phrase without the nouns at its end that are no part of any name: "FoxTracks dataset", "den hashing method"."""
    vague = cues("heads")["generic"]["vague"] | cues("evaluation")["dataset_nouns"]
    words = text.split()
    while len(words) > 1 and form(words[-1].lower()) in vague:
        words.pop()
    if len(words) == 2 and looks_like_name(words[0]) and words[1].lower() in cues("heads")["generic"]["peeled"]:
        words.pop()
    return " ".join(words)


def _may_be_term(text: str) -> bool:
    """Tell whether a text may be a name: letters, few words, no generic word alone, no mark-up, no number before."""
    words = text.split()
    if not words or len(words) > LONGEST or not 2 < len(text) < 70 or set("\\${}=<>()[]") & set(text):
        return False
    if not text[0].isalpha() and not (text[0].isdigit() and len(words[0]) > 1 and not words[0].isdigit()):
        return False
    if len(words) == 1 and text.islower() and "-" not in text:
        return False
    return (
        not is_generic(words[-1]) if len(words) == 1 else not all(is_generic(w) or is_empty_modifier(w) for w in words)
    )


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the papers and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="+")
    parser.add_argument("--kind", action="append", type=Kind, default=[], choices=list(Kind))
    parser.add_argument("--at-least", type=int, default=3)
    parser.add_argument("--most", type=int)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--vocabulary", action="append", default=[])
    parser.add_argument("--no-tagger", action="store_true")
    parser.add_argument("-o", "--out", type=Path)
    asked = parser.parse_args(arguments)
    miner = Miner(load_lexicon(asked.vocabulary), with_tagger=not asked.no_tagger)
    papers = (item for source in asked.papers for item in read(source) if isinstance(item, Paper))
    for number, paper in enumerate(papers):
        if number % asked.every == 0:
            miner.read(paper)
            if miner.papers % 1000 == 0:
                print(f"{miner.papers} papers, {len(miner.tally.terms)} terms", file=sys.stderr)
    rows = (row for row in ranked(miner, at_least=asked.at_least) if not asked.kind or row.kind in asked.kind)
    lines = [row.line() for _, row in zip(range(asked.most or sys.maxsize), rows, strict=False)]
    text = "".join(line + "\n" for line in lines)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8", newline="\n")
        print(f"{len(lines)} candidates from {miner.papers} papers -> {asked.out}", file=sys.stderr)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
