"""What is above what: the closure of `skos:broader`, and through which of its things a paper has a broader one.

Two papers with BERT and RoBERTa share Transformers, which neither may name. `kg.link` finds that; whoever shows a link, or
writes or checks it, asks here for the words that it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Above(Generic[T]):
    """Gives all that is above a thing, once each; rings do no harm. What was asked is kept."""

    def __init__(self, broader: Callable[[T], Iterable[T]]) -> None:
        self._broader = broader
        self._known: dict[T, tuple[T, ...]] = {}

    def __call__(self, thing: T) -> tuple[T, ...]:
        """Return all that is above a thing, at any height."""
        if thing not in self._known:
            found: dict[T, None] = {}
            todo = list(self._broader(thing))
            while todo:
                over = todo.pop()
                if over != thing and over not in found:
                    found[over] = None
                    todo.extend(self._broader(over))
            self._known[thing] = tuple(found)
        return self._known[thing]


def basis(thing: T, had: Iterable[tuple[T, float]], above: Above[T]) -> T | None:
    """Return that of the things which a paper has by which it has `thing`: itself, or else one that it is above.

    `had` comes in order of the things, with how much each counts in the paper; that which counts most is taken, of equals
    the first. None when the paper has no such thing.

    >>> basis("b", [("x", 0.2), ("y", 0.7), ("z", 0.7)], Above({"x": "b", "y": "a", "z": "ab", "a": "", "b": ""}.__getitem__))
    'z'
    """
    found, most = None, -1.0
    for own, factor in had:
        if own == thing:
            return own
        if factor > most and thing in above(own):
            found, most = own, factor
    return found
