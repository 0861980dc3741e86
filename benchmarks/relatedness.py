"""Measure how well `kg related` and the links rank the seeds, against plain ways of ranking texts.

    python benchmarks/relatedness.py

`relatedness/gradings.json` holds 36 papers of the seeds and, of all others, which share a technique with each: 3 the same core
technique, 2 an important one, 1 a weak but real one; what is not listed is 0. The papers were graded by reading titles and
abstracts, before any ranking of them was looked at, pairs alike in both directions. Settings were chosen on the part
"development" alone. The figure is nDCG@10 with gain 2^grade - 1 (and with gain grade, in brackets).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from math import log, log2, sqrt
from pathlib import Path
from typing import TypedDict

import kg
from kg.graph import KnowledgeGraph
from kg.text.forms import key
from kg.text.words import word_class

HERE = Path(__file__).parent
Ranking = Callable[[str], list[str]]
_Bags = Mapping[str, Counter[str]]


class Graded(TypedDict):
    """One paper and the grades of those that share a technique with it, all by title."""

    query: str
    part: str
    grades: dict[str, int]


def ndcg(ranked: list[str], grades: Mapping[str, int], gain: Callable[[int], float], depth: int = 10) -> float:
    """Return the discounted cumulative gain of a ranking, divided by the best there is.

    >>> ndcg(["a", "x"], {"a": 1}, float), round(ndcg(["x", "a"], {"a": 1}, float), 2)
    (1.0, 0.63)
    """
    best = sorted(grades.values(), reverse=True)
    return _discounted([gain(grades.get(one, 0)) for one in ranked[:depth]]) / _discounted([*map(gain, best[:depth])])


def _discounted(gains: list[float]) -> float:
    return sum(gain / log2(at + 2) for at, gain in enumerate(gains))


def bm25(bags: _Bags, *, often: bool, k: float = 1.5, b: float = 0.75) -> Ranking:
    """Rank by BM25, the words of the asked paper counted once, or as often as it says them."""
    rarity = {word: log(1 + (len(bags) - n + 0.5) / (n + 0.5)) for word, n in _papers_with(bags).items()}
    mean = sum(bag.total() for bag in bags.values()) / len(bags)

    def score(asked: Counter[str], bag: Counter[str]) -> float:
        length = k * (1 - b + b * bag.total() / mean)
        parts = ((rarity[w] * bag[w] * (k + 1) / (bag[w] + length), n) for w, n in asked.items() if w in bag)
        return sum(part * (n if often else 1) for part, n in parts)

    return lambda query: _ranked({one: score(bags[query], bag) for one, bag in bags.items() if one != query})


def tfidf(bags: _Bags) -> Ranking:
    """Rank by the cosine of (1 + ln tf) * (1 + ln((1 + N) / (1 + n)))."""
    n = _papers_with(bags)
    weights = {
        one: {word: (1 + log(count)) * (1 + log((1 + len(bags)) / (1 + n[word]))) for word, count in bag.items()}
        for one, bag in bags.items()
    }
    length = {one: sqrt(sum(x * x for x in of.values())) for one, of in weights.items()}

    def score(query: str, other: str) -> float:
        return sum(x * weights[other].get(word, 0) for word, x in weights[query].items()) / length[other]

    return lambda query: _ranked({one: score(query, one) for one in bags if one != query})


def _papers_with(bags: _Bags) -> Counter[str]:
    return Counter(word for bag in bags.values() for word in bag)


def _ranked(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda one: (-scores[one], one))


def rankings(graph: KnowledgeGraph) -> dict[str, Ranking]:
    """Return the ways of ranking by name; each takes a title and returns titles, the nearest first."""
    at = {node.paper.title: one for one, node in graph.papers.items()}
    said = {title: _words(title + " . " + graph.papers[one].paper.abstract) for title, one in at.items()}
    bags = {title: Counter(words) for title, words in said.items()}
    pairs = {title: Counter([*words, *pairwise(words)]) for title, words in said.items()}

    def title(paper: str) -> str:
        return graph.papers[paper].paper.title

    return {
        "BM25, each word of the paper once": bm25(bags, often=False),
        "BM25, as often as the paper says it": bm25(bags, often=True),
        "TF-IDF, words and pairs of words": tfidf(pairs),  # type: ignore[arg-type]
        "kg related": lambda query: [title(one.paper) for one in graph.related(at[query], by="techniques")],
        "kg:weight of the links": lambda query: [
            title(link.b if link.a == at[query] else link.a) for link in graph.links_of(at[query])
        ],
    }


def _words(text: str) -> list[str]:
    return [word for word in key(text).split() if word_class(word) != "F"]


def main() -> None:
    """Print a table."""
    graded: list[Graded] = json.loads((HERE / "relatedness" / "gradings.json").read_text(encoding="utf-8"))
    parts = sorted({one["part"] for one in graded})
    sys.stdout.write("| nDCG@10 | " + " | ".join(parts) + " |\n|---|" + "---|" * len(parts) + "\n")
    for name, rank in rankings(kg.build(HERE.parent / "seeds")).items():
        cells = []
        for part in parts:
            of = [(rank(one["query"]), one["grades"]) for one in graded if one["part"] == part]
            steep = sum(ndcg(ranked, grades, lambda grade: 2**grade - 1) for ranked, grades in of) / len(of)
            even = sum(ndcg(ranked, grades, float) for ranked, grades in of) / len(of)
            cells.append(f"{steep:.3f} ({even:.3f})")
        sys.stdout.write(f"| {name} | " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main()
