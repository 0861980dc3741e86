"""Where a page stands among others, when a graph takes several: what leads from it to them.

Made by `kg.view.split`, shown by way of `kg.view.data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paper of another page that shares techniques with one of this page.

    `page` is its number in `Place.pages`; `shared` holds local ids of entities, the weightiest first.
    """

    page: int
    paper: str
    title: str
    weight: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a page is called, the address of the index, the files beside it, and what is on them.

    `elsewhere` names for some papers (local ids) the nearest ones on other pages; `totals` says how many papers name an
    entity on all pages.
    """

    name: str = ""
    index: str = ""
    pages: tuple[str, ...] = ()
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)


ALONE = Place()
"""The place of the one page of a graph."""
