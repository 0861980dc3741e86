"""Turn what extractors say into a probability that a mention is right: the thing is one, and of that kind.

Used by `kg.reading` last of all. The knots of the map are data (`confidence.toml`), fitted by `tools/calibrate.py` to
annotated papers: isotonic regression (Zadrozny & Elkan 2002), so the order of mentions does not change, only what the
numbers mean. `docs/quality.md` has the reliability table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from kg.model import Candidate

FOUND_AGAIN = 0.5
"""The evidence for a name that is found again where no extractor saw it."""


def evidence(behind: Sequence[Candidate]) -> float:
    """Return how strong the candidates at one place are together: extractors that agree add up, the weaker ones less."""
    best: dict[str, float] = {}
    for c in behind:
        best[c.extractor] = max(best.get(c.extractor, 0.0), c.confidence)
    doubt = 1.0
    for sure in sorted(best.values(), reverse=True):
        doubt *= 1.0 - sure * (1.0 if doubt == 1.0 else 0.5)
    return min(0.99, round(1.0 - doubt, 2)) if best else FOUND_AGAIN


@lru_cache(256)
def calibrated(strength: float) -> float:
    """Return the confidence, in two places, of a mention whose evidence has the given strength.

    >>> calibrated(0.2) < calibrated(0.5) < calibrated(0.95)
    True
    """
    points = _knots()
    for (x, y), (next_x, next_y) in pairwise(points):
        if strength <= next_x:
            return round(y + (next_y - y) * (strength - x) / (next_x - x), 2)
    return points[-1][1]


@cache
def _knots() -> tuple[tuple[float, float], ...]:
    text = resources.files("kg.reading").joinpath("confidence.toml").read_text(encoding="utf-8")
    return tuple((x, y) for x, y in tomllib.loads(text)["knots"])
