"""Compare ways to build the tagger: `python tools/compare_taggers.py NER_FOLDER [NAME...] [--vectors FILE]`.

NER_FOLDER is that of `tools/train_tagger.py`, and so is the split: SciERC's development part and a fifth of TDMSci are held back.
Each way is trained on the same sentences, both corpora completed by each other. Printed are F1 by kind, training time,
the size of the model and how many sentences a second it labels, with and without the making of features. The names:

    crf             the conditional random field that ships (L-BFGS, L1 and L2)
    perceptron      an averaged perceptron over the same features (CRFsuite's)
    no-clusters     the shipped one without the word clusters
    no-vocabulary   the shipped one without what the vocabulary knows
    convolution     a small convolutional network over word vectors: wants --vectors and `pip install jax`

`--vectors FILE` is text as word2vec writes it; `tools/word_vectors.py` makes it from abstracts. `docs/quality-taggers.md` has the results.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import pycrfsuite
from train_tagger import Row, corpora, tdmsci

from kg.model import Paper
from kg.tagging.features import rows
from kg.tagging.model import spans
from kg.text.document import analyse
from kg.workers import load_lexicon

Sentence = list[list[bytes]]
"""A sentence as its features, a list for each token."""
SCORED = {"SciERC": ("Method", "Task", "Metric"), "TDMSci": ("Task", "Dataset", "Metric")}
CLUSTERS = (b"c=", b"C=", b"-1c=", b"-1C=", b"+1c=", b"+1C=")
VOCABULARY = (b"l=", b"-1l=", b"+1l=")
CRF = {"c1": 0.1, "c2": 0.05, "max_iterations": 100, "feature.minfreq": 2}
PERCEPTRON = {"max_iterations": 20, "feature.minfreq": 2}


class Tagger(Protocol):
    """Whatever labels a sentence that is given as its features."""

    def tag(self, features: Sentence) -> list[str]:
        """Return a label for each token."""


class Trained(NamedTuple):
    """A tagger with its size in bytes; `sees` is what it sees of a sentence."""

    tagger: Tagger
    size: int
    sees: Callable[[Sentence], Sentence]


def without(prefixes: tuple[bytes, ...]) -> Callable[[Sentence], Sentence]:
    """Return a function that leaves the features out that start with one of `prefixes`."""
    if not prefixes:
        return lambda sentence: sentence
    return lambda sentence: [[name for name in row if not name.startswith(prefixes)] for row in sentence]


def crfsuite(
    data: list[Row], file: Path, algorithm: str, settings: Mapping[str, float], dropped: tuple[bytes, ...] = ()
) -> Trained:
    """Train one of CRFsuite's algorithms."""
    sees = without(dropped)
    trainer = pycrfsuite.Trainer(algorithm=algorithm, verbose=False)
    for row in data:
        trainer.append(sees(row.features), row.labels)
    trainer.set_params(settings)
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    return Trained(tagger, file.stat().st_size, sees)


def trained(name: str, data: list[Row], scratch: Path, vectors: Path | None) -> Trained:
    """Train the way that goes by `name`."""
    file = scratch / f"{name}.crf"
    if name == "convolution":
        import tagger_network

        if vectors is None:
            sys.exit("the convolution wants --vectors FILE")
        network = tagger_network.train([(row.features, row.labels) for row in data], vectors)
        return Trained(network, network.size, lambda sentence: sentence)
    if name == "perceptron":
        return crfsuite(data, file, "ap", PERCEPTRON)
    dropped = {"crf": (), "no-clusters": CLUSTERS, "no-vocabulary": VOCABULARY}[name]
    return crfsuite(data, file, "lbfgs", CRF, dropped)


def by_kind(found: Trained, data: Iterable[Row], kinds: tuple[str, ...]) -> dict[str, float]:
    """Return exact-match F1 for each kind and, as ``all``, over these kinds together."""
    right, told, true = Counter[str](), Counter[str](), Counter[str]()
    for row in data:
        have, want = set(spans(found.tagger.tag(found.sees(row.features)))), set(spans(row.labels))
        for counts, these in ((right, have & want), (told, have), (true, want)):
            for _, _, kind in these:
                if kind in kinds:
                    counts.update((kind, "all"))
    return {kind: 2 * right[kind] / max(1, told[kind] + true[kind]) for kind in (*kinds, "all")}


def margin(found: Trained, data: list[Row], kinds: tuple[str, ...]) -> float:
    """Return the half width of the 95 % interval of F1 over `kinds`, by drawing the sentences anew a thousand times."""
    counts = []
    for row in data:
        have, want = (
            {span for span in spans(labels) if span[2] in kinds}
            for labels in (found.tagger.tag(found.sees(row.features)), row.labels)
        )
        counts.append((len(have & want), len(have) + len(want)))
    draw = random.Random(0)  # noqa: S311 - the same draws for all
    scores = []
    for _ in range(1000):
        drawn = draw.choices(counts, k=len(counts))
        scores.append(2 * sum(right for right, _ in drawn) / max(1, sum(both for _, both in drawn)))
    scores.sort()
    return (scores[975] - scores[25]) / 2


def labelled_in_a_second(found: Trained, data: list[Row]) -> float:
    """Return how many sentences are labelled in a second of processor time, their features being made."""
    for row in data[:50]:
        found.tagger.tag(found.sees(row.features))  # warm up
    seen = [found.sees(row.features) for row in data]
    begin = time.process_time()
    for sentence in seen:
        found.tagger.tag(sentence)
    return len(data) / (time.process_time() - begin)


def described_in_a_second(folder: Path) -> float:
    """Return for how many sentences of TDMSci the features are made in a second of processor time."""
    lexicon = load_lexicon()
    texts = [text for text, _ in tdmsci(folder / "tdmsci-train.conll")]
    sentences = [s for text in texts[:600] for s in analyse(Paper("x", "", text)).sentences]
    begin = time.process_time()
    for sentence in sentences:
        rows(sentence, lexicon.scan(sentence.tokens))
    return len(sentences) / (time.process_time() - begin)


def main(arguments: list[str]) -> int:
    """Train the ways that are named, one after the other, and print a line of a table for each."""
    vectors = Path(arguments.pop(arguments.index("--vectors") + 1)) if "--vectors" in arguments else None
    folder, *names = [argument for argument in arguments if argument != "--vectors"]
    print(f"features of {described_in_a_second(Path(folder)):.0f} sentences/s")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        data, _, _ = corpora(Path(folder), hold_back=True, scratch=scratch)
        print(f"{len(data.both)} sentences to train on; {len(data.development)} + {len(data.held)} to score")
        for way in names or ["crf", "perceptron", "no-clusters", "no-vocabulary"]:
            begin = time.process_time()
            found = trained(way, data.both, scratch, vectors)
            seconds = time.process_time() - begin
            scores = []
            for corpus, part in (("SciERC", data.development), ("TDMSci", data.held)):
                scores += [f"{kind} {f1:.3f}" for kind, f1 in by_kind(found, part, SCORED[corpus]).items()]
                scores[-1] += f" ± {margin(found, part, SCORED[corpus]):.3f}"
            speed = labelled_in_a_second(found, data.held)
            print(
                way, *scores, f"{seconds:.0f} s", f"{found.size / 1e6:.1f} MB", f"{speed:.0f}/s", sep=" | ", flush=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__, file=sys.stderr) or 2)
