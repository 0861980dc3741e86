"""Fit what a confidence means: `python tools/calibrate.py PAPERS.jsonl GOLD.json [--check]`.

GOLD.json annotates the papers (`kg score` explains the form). A mention is right when its paper's annotations name the
thing with the same kind. Prints the reliability of the evidence as it stands and, by tenfold cross-validation over
papers, of the fitted map; without --check the map fitted to all papers is written to `kg/reading/confidence.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from kg.model import Paper
from kg.pipeline import load_lexicon
from kg.readers import read as read_papers
from kg.reading import confidence, read
from kg.resolve.labels import names_in
from kg.score.gold import gold_entity, normal_forms, read_gold

FILE = Path(__file__).parents[1] / "kg" / "reading" / "confidence.toml"
CUTS = (0.45, 0.58, 0.7, 0.8, 0.9)
"""Where the evidence is cut into bands; the first ends where the tagger's lone voice does."""
Point = tuple[int, float, bool]


def points(papers: Path, gold: Path) -> Iterator[Point]:
    """Yield paper number, strength of the evidence and rightness of each mention."""
    lexicon = load_lexicon()
    annotated = {normal_forms([record["title"]]): record for record in read_gold(gold)}
    confidence.calibrated.cache_clear()
    for number, paper in enumerate(p for p in read_papers(str(papers)) if isinstance(p, Paper)):
        wanted = [gold_entity(entry) for entry in annotated[normal_forms([paper.title])]["entities"]]
        for mention in read(paper, lexicon).mentions:
            concept = lexicon.concepts.get(mention.entity)
            names = [*names_in(mention.text), *((concept.label, *concept.aliases) if concept else ())]
            forms = normal_forms(names)
            yield number, mention.confidence, any(g.forms & forms and g.kind == mention.kind for g in wanted)


def fit(data: Sequence[Point]) -> list[tuple[float, float]]:
    """Return knots: the middle of each band and how often it is right, never falling (pool adjacent violators)."""
    bands = [[p for p in data if low <= p[1] < high] for low, high in zip((0.0, *CUTS), (*CUTS, 1.01), strict=True)]
    pools: list[list[list[Point]]] = []
    for band in filter(None, bands):
        pools.append([band])
        while len(pools) > 1 and _rate(pools[-2]) > _rate(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    knots = [(_middle(band), _rate(pool)) for pool in pools for band in pool]
    first = knots[0][1]  # level to the end of its band: the lone voice never reaches what others confirm
    return [
        (0.0, round(first * 0.8, 2)),
        knots[0],
        (CUTS[0], first),
        (CUTS[0] + 0.01, knots[1][1]),
        *knots[1:],
        (1.0, max(knots[-1][1], 0.99)),
    ]


def _rate(pool: Sequence[Sequence[Point]]) -> float:
    inside = [right for band in pool for _, _, right in band]
    return round((sum(inside) + 1) / (len(inside) + 2), 2)  # Laplace: no band is ever certain


def _middle(band: Sequence[Point]) -> float:
    return round(sum(sure for _, sure, _ in band) / len(band), 3)


def _map(knots: Sequence[tuple[float, float]]) -> Callable[[float], float]:
    def mapped(strength: float) -> float:
        for (x, y), (next_x, next_y) in pairwise(knots):
            if strength <= next_x:
                return y + (next_y - y) * (strength - x) / (next_x - x)
        return knots[-1][1]

    return mapped


def report(name: str, said: Sequence[tuple[float, bool]]) -> None:
    """Print a reliability table and the expected calibration error."""
    print(f"\n{name}\n| confidence | mentions | said | right |\n|---|---|---|---|")
    error = 0.0
    for low in range(10):
        band = [(s, r) for s, r in said if low <= min(9, int(s * 10)) < low + 1]
        if band:
            mean, right = sum(s for s, _ in band) / len(band), sum(r for _, r in band) / len(band)
            error += abs(mean - right) * len(band) / len(said)
            print(f"| {low / 10:.1f} - {low / 10 + 0.1:.1f} | {len(band)} | {mean:.2f} | {right:.2f} |")
    brier = sum((s - r) ** 2 for s, r in said) / len(said)
    print(f"expected calibration error {error:.3f}, Brier score {brier:.3f}")


def main() -> None:
    """Fit, print, write."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kept = FILE.read_text(encoding="utf-8")
    header = kept.splitlines()[0]
    FILE.write_text(f"{header}\nknots = [[0.0, 0.0], [1.0, 1.0]]\n", encoding="utf-8")  # the evidence as it stands
    try:
        data = list(points(Path(sys.argv[1]), Path(sys.argv[2])))
    finally:
        FILE.write_text(kept, encoding="utf-8")
    report("Evidence as it stands", [(s, r) for _, s, r in data])
    held = []
    for fold in range(10):
        mapped = _map(fit([p for p in data if p[0] % 10 != fold]))
        held += [(mapped(s), r) for n, s, r in data if n % 10 == fold]
    report("Fitted, by cross-validation", held)
    knots = fit(data)
    print("\nknots", knots)
    if "--check" not in sys.argv:
        rows = ", ".join(f"[{x}, {y}]" for x, y in knots)
        FILE.write_text(f"{header}\nknots = [{rows}]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
