from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.lexicon import LexicalConcept, Lexicon, load, own_files, read_skos
from kg.text.tokens import tokens
from kg.vocab import Kind
from tests.papers import lexicon


def hits(text: str) -> list[tuple[str, str]]:
    words = tokens(text)
    return [
        (text[words[h.begin].start : words[h.end - 1].end], h.concept.id.split("/")[1]) for h in lexicon().scan(words)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two vision transformers", [("vision transformers", "vision-transformer")]),
        ("a Vision-Transformer", [("Vision-Transformer", "vision-transformer")]),
        ("ViTs and transformers", [("ViTs", "vision-transformer"), ("transformers", "transformer")]),
        ("pre-training", [("pre-training", "pretraining")]),
        ("with Adam we", [("Adam", "adam")]),
        ("adam was first", []),
        ("Sam said, SAM did", [("SAM", "sharpness-aware-minimization")]),
        ("on ImageNet-1k", [("ImageNet-1k", "imagenet")]),
        ("on Imagenet", [("Imagenet", "imagenet")]),
        ("image classifications", [("image classifications", "image-classification")]),
    ],
)
def test_scan(text: str, found: list[tuple[str, str]]) -> None:
    assert hits(text) == found


def test_specificity_falls_with_what_is_narrower() -> None:
    assert lexicon().specificity("method/transformer") < lexicon().specificity("method/vision-transformer") == 1.0
    assert lexicon().specificity("a name of no vocabulary") == 1.0


def test_a_skos_file_of_somebody_else(tmp_path: Path) -> None:
    file = tmp_path / "foxes.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://foxes.example/red> a skos:Concept ; skos:prefLabel "red fox"@en ; skos:altLabel "Vulpes vulpes"@la ; '
        "skos:broader <http://foxes.example/fox> .\n"
        '<http://foxes.example/fox> a skos:Concept ; skos:prefLabel "fox" .\n',
        encoding="utf-8",
    )
    red = next(c for c in read_skos(file) if c.label == "red fox")
    assert (red.id, red.kind, red.aliases, red.broader) == (
        "concept/red",
        Kind.CONCEPT,
        ("Vulpes vulpes",),
        ("concept/fox",),
    )


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("this is not turtle", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        load([file])


def test_our_own_vocabulary() -> None:
    own = load(own_files())
    assert len(own) >= 5000
    assert all(parent in own.concepts for c in own.concepts.values() for parent in c.broader)
    assert sum(bool(c.broader) for c in own.concepts.values()) > 2000
    generic = {
        "model",
        "method",
        "approach",
        "framework",
        "dataset",
        "performance",
        "experiment",
        "result",
        "feature",
        "algorithm",
    }
    assert not generic & {name.casefold() for c in own.concepts.values() for name in (c.label, *c.aliases)}


def test_the_first_of_two_concepts_with_one_id_wins() -> None:
    both = Lexicon(
        [LexicalConcept("method/a", Kind.METHOD, "first fox"), LexicalConcept("method/a", Kind.METHOD, "second fox")]
    )
    assert both.concepts["method/a"].label == "first fox"
