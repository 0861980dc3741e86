"""What a step of a chain costs: one rule for graphs in memory (`kg.paths`) and for those that are asked (`kg.store.chain`).

The page has the same rule in path.js.
"""

from __future__ import annotations

from math import log2

_LEAST = 0.01
_LINK = 0.3  # so that a link of usual weight (0.1) costs somewhat less than the two statements it stands for


def link_cost(weight: float) -> float:
    """Return what a link between two papers costs: the less, the heavier it is.

    >>> round(link_cost(0.1), 3), round(link_cost(0.0), 3)
    (3.0, 30.0)
    """
    return _LINK / max(weight, _LEAST)


def statement_cost(confidence: float, papers: int) -> float:
    """Return what a statement costs: the more, the less sure it is and the more papers share its entity.

    So a chain does not run through what everybody uses.

    >>> statement_cost(1.0, 2), statement_cost(0.5, 2)
    (2.0, 4.0)
    """
    return (1 + log2(max(1, papers))) / max(confidence, _LEAST)
