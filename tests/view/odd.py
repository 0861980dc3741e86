"""Graphs at the edges of what people have: one paper, nothing shared, very long names, scripts from right to left."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Mention, Paper, PaperNode, Shared
from kg.vocab import Kind, Role

_SAYING = "We use the fox transformer here."
_LONG = "Supercalifragilistic" * 12


def odd_graphs() -> dict[str, KnowledgeGraph]:
    """Return the graphs by name."""
    return {
        "one paper": _graph(["The only paper there is"], [_SAYING], shared=False),
        "nothing read": _graph(["A paper without an abstract"], [""], shared=False),
        "nothing shared": _graph([f"Lonely paper {n}" for n in range(12)], [_SAYING, ""] * 6, shared=False),
        "one topic": _graph([f"Friendly paper {n} on foxes" for n in range(9)], [_SAYING] * 9),
        "right to left": _graph(
            ["التعلم العميق لتحليل الصور", "למידה עמוקה לניתוח תמונות", "Mixed عربي and English"],
            ["אנחנו משתמשים ב fox transformer " + "שלום עולם " * 20, _SAYING, _SAYING],
        ),
        "long names": _graph(
            [_LONG, "A title that goes on and on and " * 12, "x" * 400, "Normal"],
            [f"We use {_LONG}. {_SAYING}"] * 4,
            names=(_LONG, "fox transformer"),
        ),
        "no titles": _graph(["", "", ""], [_SAYING] * 3),
    }


def _graph(
    titles: list[str], abstracts: list[str], *, shared: bool = True, names: tuple[str, ...] = ("fox transformer",)
) -> KnowledgeGraph:
    nodes = [
        PaperNode(f"paper/{n}", Paper(str(n), t, a)) for n, (t, a) in enumerate(zip(titles, abstracts, strict=True))
    ]
    facts = [
        _fact(f"paper/{n}", f"method/{at}", name, abstract)
        for n, abstract in enumerate(abstracts)
        for at, name in enumerate(names)
        if name in abstract
    ]
    entities = [
        Entity(f"method/{at}", str(at), Kind.METHOD, name, paper_count=count)
        for at, name in enumerate(names)
        if (count := sum(fact.entity == f"method/{at}" for fact in facts))
    ]
    pairs = [(a, b) for b in range(len(titles)) for a in range(b)] if shared else []
    links = [Link(f"paper/{a}", f"paper/{b}", 0.5, (Shared("method/0", 0.5),)) for a, b in pairs]
    return KnowledgeGraph(nodes, entities, facts, links)


def _fact(paper: str, entity: str, name: str, abstract: str) -> Fact:
    start = abstract.index(name)
    span = (0, len(abstract))
    mention = Mention(Kind.METHOD, name, "abstract", start, start + len(name), Role.USES, entity, "odd", 0.9, span)
    return Fact(paper, entity, Role.USES, 0.9, (mention,))
