"""A graph whose every text tries to break out of the format it is written in."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Mention, Paper, PaperNode, Result, Shared
from kg.vocab import Kind, Role

EVIL = (
    "</script><img src=x onerror=alert(1)> & \"q\" 'a' \\ ]]> -->",
    "| a ]] [[x|y]] [l](javascript:alert(1)) `c` *b* %% == $x$",
    "=cmd|'/c calc'!A0; 1,2\t3 {} }{ %40 &amp; &lt;",
    "TY  - JOUR ER  - @article{x, } --- # 日本語 𝔘 \ufffd",
    "con",
)


def hostile_graph() -> KnowledgeGraph:
    """Papers, entities of each kind, a result and a link, with such texts for title, abstract, names and labels."""
    kinds = list(Kind)
    entities = [
        Entity(f"{kind.lower()}/e{i}", f"e{i}", kind, evil, aliases=(evil + "; x",), definition=evil, paper_count=2)
        for i, (kind, evil) in enumerate(zip(kinds, EVIL, strict=True))
    ]
    roles = [Role.PROPOSES, Role.EVALUATES_ON, Role.ADDRESSES, Role.REPORTS, Role.ABOUT]
    papers, facts = [], []
    for i, evil in enumerate(EVIL):
        paper = Paper(
            f"p{i}",
            evil,
            f"We {evil} now.",
            authors=(evil,),
            venue=evil,
            url=f"javascript:alert({i})",
            doi=f"10.1/{evil}",
        )
        span, whole = (3, 3 + len(evil)), (0, len(paper.abstract))
        entity = entities[i]
        result = Result("1.5", "", "", f"1.5 {evil}", evil, "metric/e3", "dataset/e1", "method/e0", "abstract", 0, 2,
                        "results", 0.5, whole)  # fmt: skip
        papers.append(PaperNode(f"paper/p{i}", paper, (result,)))
        for k, other in enumerate(entities):
            role = roles[k] if other is entity else Role.MENTIONS
            mention = Mention(other.kind, evil, "abstract", *span, role, other.id, "lexicon", 0.5, whole)
            facts.append(Fact(f"paper/p{i}", other.id, role, 0.5, (mention,)))
    links = [Link("paper/p0", "paper/p1", 0.5, (Shared("method/e0", 0.5),))]
    return KnowledgeGraph(papers, entities, facts, links)
