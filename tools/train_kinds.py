"""Train the classifier of kinds: `python tools/train_kinds.py NER_FOLDER [--check]`.

It learns which words head the names of methods, tasks, metrics, data sets and concepts, from the names in the
vocabulary and from the annotated phrases of SciERC and TDMSci (see `tools/train_tagger.py` for NER_FOLDER).
With --check a fifth of the phrases is held back and scored, and nothing is written.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite
from train_tagger import scierc, tdmsci

from kg.pipeline import load_lexicon
from kg.tagging.kinds import phrase_features
from kg.vocab import Kind

MODEL = Path(__file__).parents[1] / "kg" / "tagging" / "kinds.crf"
KINDS = {"Material": Kind.CONCEPT, "Term": Kind.CONCEPT} | {kind.value: kind for kind in Kind}
Example = tuple[str, str]


def from_vocabulary() -> Iterator[Example]:
    """Yield names of the vocabulary that are more than one opaque word."""
    for concept in load_lexicon().concepts.values():
        for name in (concept.label, *concept.aliases):
            if " " in name or "-" in name or name.islower():
                yield name, concept.kind.value


def from_texts(folder: Path) -> Iterator[Example]:
    """Yield the annotated phrases."""
    texts = [
        *scierc(folder / "scierc-train.conll"),
        *scierc(folder / "scierc-dev.conll"),
        *tdmsci(folder / "tdmsci-train.conll"),
    ]
    for text, spans in texts:
        for start, end, label in spans:
            if label in KINDS:
                yield text[start:end], KINDS[label].value


def train(examples: list[Example], file: Path) -> pycrfsuite.Tagger:
    """Train a classifier into `file` and return it opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for phrase, kind in examples:
        trainer.append([phrase_features(phrase)], [kind])
    trainer.set_params({"c1": 0.3, "c2": 0.3, "max_iterations": 100})
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    return tagger


def check(examples: list[Example]) -> None:
    """Print how many of the phrases held back get their kind, over all and by kind."""
    random.Random(1).shuffle(examples)  # noqa: S311 - a fixed split
    held = examples[: len(examples) // 5]
    seen = {phrase for phrase, _ in held}
    with tempfile.TemporaryDirectory() as folder:
        tagger = train([e for e in examples if e[0] not in seen], Path(folder) / "kinds.crf")
        right, all_ = Counter[str](), Counter[str]()
        for phrase, kind in held:
            all_[kind] += 1
            right[kind] += tagger.tag([phrase_features(phrase)]) == [kind]
    print(
        f"all {sum(right.values()) / len(held):.3f}",
        *(f"{k} {right[k] / all_[k]:.3f} of {all_[k]}" for k in sorted(all_)),
    )


def main() -> None:
    """Train or check."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    examples = [*from_vocabulary(), *from_texts(Path(sys.argv[1]))]
    if "--check" in sys.argv:
        check(examples)
    else:
        train(examples, MODEL)
        print(f"{len(examples)} phrases -> {MODEL} ({MODEL.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main()
