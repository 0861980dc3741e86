"""Train the statistical tagger: `python tools/train_tagger.py NER_FOLDER [--check]`.

NER_FOLDER holds `scierc-train.conll`, `scierc-dev.conll` and `tdmsci-train.conll`. The two corpora annotate different kinds: SciERC
methods, tasks, metrics, materials and other terms; TDMSci tasks, data sets and metrics. So a tagger of each first labels, in the other's
sentences, the kinds that the other lacks, and the shipped tagger is trained on both corpora so completed (TDMSci, whose
sentences are fewer, counts twice).
With --check a fifth of TDMSci is held back and scored, with SciERC's development part, and nothing is written.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from kg.lexicon import Lexicon
from kg.model import Paper
from kg.tagging import features
from kg.tagging.model import spans
from kg.text.document import Sentence, analyse
from kg.workers import load_lexicon

MODEL = Path(__file__).parents[1] / "kg" / "tagging" / "tagger.crf"
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
NAMES = {"TASK": "Task", "DATASET": "Dataset", "METRIC": "Metric", "OtherScientificTerm": "Term"}
CLOSE_UP = set(",.;:)]!?%'") | {"'s", "n't"}
Span = tuple[int, int, str]


class Row(NamedTuple):
    """A sentence as the tagger sees it, with a label for each token."""

    features: list[list[str]]
    labels: list[str]


def scierc(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """Yield each abstract of SciERC as running text with its annotated spans."""
    words: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "-DOCSTART-"]:
        if line.startswith("-DOCSTART-"):
            if words:
                yield _running(words)
            words = []
        elif line:
            cells = line.split(" ")
            words.append((BRACKETS.get(cells[0], cells[0]), cells[-1]))


def _running(words: Iterable[tuple[str, str]]) -> tuple[str, list[Span]]:
    """Join words the way text is written, and keep their labels as spans."""
    text, found, before = "", _Spans(), ""
    for word, label in words:
        if text and word not in CLOSE_UP and before not in "([":
            text += " "
        found.add(len(text), len(text) + len(word), label)
        text += word
        before = word
    return text, found.done


def tdmsci(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """Yield each sentence of TDMSci, spaced as its offsets tell, with its annotated spans."""
    text, found, base = "", _Spans(), 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if text:
                yield text, found.done
            text, found = "", _Spans()
            continue
        word, offset, label = line.split("\t")
        base = int(offset) if not text else base
        text += " " * min(2, max(0, int(offset) - base - len(text)))
        found.add(len(text), len(text) + len(word), label)
        text += word


class _Spans:
    """Collects spans from labels in any BIO dialect."""

    def __init__(self) -> None:
        self.done: list[Span] = []
        self._open = ""

    def add(self, start: int, end: int, label: str) -> None:
        mark, _, kind = label.partition("-")
        if kind and kind == self._open and mark == "I":
            self.done[-1] = (self.done[-1][0], end, self.done[-1][2])
        elif kind:
            self.done.append((start, end, NAMES.get(kind, kind)))
        self._open = kind


def rows(texts: Iterable[tuple[str, list[Span]]], lexicon: Lexicon) -> list[Row]:
    """Return the sentences of annotated texts, ready for training."""
    return [
        Row(features.rows(sentence, lexicon.scan(sentence.tokens)), _labels(sentence, found))
        for text, found in texts
        for sentence in analyse(Paper("x", "", text)).sentences
    ]


def _labels(sentence: Sentence, found: list[Span]) -> list[str]:
    labels = ["O"] * len(sentence.tokens)
    for start, end, kind in found:
        inside = [i for i, token in enumerate(sentence.tokens) if start <= token.start < end]
        for i in inside:
            labels[i] = ("B-" if i == inside[0] else "I-") + kind
    return labels


def train(data: list[Row], file: Path, *, iterations: int = 80) -> pycrfsuite.Tagger:
    """Train a tagger into `file` and return it opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for row in data:
        trainer.append(row.features, row.labels)
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": iterations, "feature.minfreq": 2})
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    return tagger


def completed(data: list[Row], tagger: pycrfsuite.Tagger, kinds: set[str], weaker: set[str]) -> list[Row]:
    """Return the rows with another tagger's spans of `kinds` added where nothing, or only a `weaker` kind, stands."""
    out = []
    for row in data:
        labels = list(row.labels)
        for begin, end, kind in spans(tagger.tag(row.features)):
            if kind in kinds and all(label == "O" or label[2:] in weaker for label in labels[begin:end]):
                for a, b, _ in spans(labels):
                    if a < end and begin < b:
                        labels[a:b] = ["O"] * (b - a)
                labels[begin:end] = ["B-" + kind] + ["I-" + kind] * (end - begin - 1)
        out.append(Row(row.features, labels))
    return out


class Corpora(NamedTuple):
    """The sentences to train on, of each corpus and of both completed, and those held back for scoring."""

    abstracts: list[Row]
    sentences: list[Row]
    both: list[Row]
    development: list[Row]
    held: list[Row]


def corpora(folder: Path, *, hold_back: bool, scratch: Path) -> tuple[Corpora, pycrfsuite.Tagger, pycrfsuite.Tagger]:
    """Read the corpora and complete each by a tagger of the other; also returns these two taggers."""
    lexicon = load_lexicon()
    abstracts = rows(scierc(folder / "scierc-train.conll"), lexicon)
    development = rows(scierc(folder / "scierc-dev.conll"), lexicon)
    sentences = rows(tdmsci(folder / "tdmsci-train.conll"), lexicon)
    random.Random(0).shuffle(sentences)  # noqa: S311 - an order, not a secret
    cut = len(sentences) * 4 // 5 if hold_back else len(sentences)
    held, sentences = sentences[cut:], sentences[:cut]
    if not hold_back:
        abstracts = abstracts + development
    first = train(abstracts, scratch / "scierc.crf")
    second = train(sentences, scratch / "tdmsci.crf")
    both = completed(abstracts, second, {"Dataset", "Task", "Metric"}, {"Material", "Term"})
    both += 2 * completed(sentences, first, {"Method", "Material", "Term"}, set())
    return Corpora(abstracts, sentences, both, development, held), first, second


def score(name: str, tagger: pycrfsuite.Tagger, data: list[Row], kinds: set[str]) -> None:
    """Print exact-match precision, recall and F1 over `kinds`."""
    right = told = true = 0
    for row in data:
        have = {s for s in spans(tagger.tag(row.features)) if s[2] in kinds}
        want = {s for s in spans(row.labels) if s[2] in kinds}
        right, told, true = right + len(have & want), told + len(have), true + len(want)
    print(f"{name}: P {right / told:.3f}  R {right / true:.3f}  F1 {2 * right / (told + true):.3f}")


def main(arguments: list[str]) -> int:
    """Train, and check or write."""
    folder, check = Path(arguments[0]), "--check" in arguments
    with tempfile.TemporaryDirectory() as scratch:
        data, first, second = corpora(folder, hold_back=check, scratch=Path(scratch))
        model = train(data.both, Path(scratch) / "tagger.crf" if check else MODEL, iterations=100)
        if check:
            score("SciERC alone, on its dev part", first, data.development, {"Method", "Task", "Metric"})
            score("TDMSci alone, on a held-back fifth", second, data.held, {"Task", "Dataset", "Metric"})
            score("both, on SciERC's dev part", model, data.development, {"Method", "Task", "Metric"})
            score("both, on a held-back fifth of TDMSci", model, data.held, {"Task", "Dataset", "Metric"})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__, file=sys.stderr) or 2)
