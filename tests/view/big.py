"""A synthetic graph of the size people start with: 78 papers, about 900 entities, topics, roles, results, odd cases.

Made of invented words from a seeded generator: the same every time, and nobody's text.
"""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from itertools import combinations

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Link, Mention, Paper, PaperNode, Result, Shared, Url
from kg.vocab import ROLES_BY_KIND, Kind, Role

_FIRST = "adaptive sparse neural graph causal contrastive latent robust federated hierarchical masked spectral modular temporal".split()
_SECOND = "fox owl heron lynx otter maple cedar granite river cloud ember prism signal lattice anchor beacon".split()
_THIRD = {
    Kind.METHOD: "network transformer attention loss encoder sampling pruning alignment".split(),
    Kind.DATASET: "Bench Set Corpus Bank Net".split(),
    Kind.TASK: "detection segmentation forecasting retrieval translation diagnosis".split(),
    Kind.METRIC: "score error rate index".split(),
    Kind.CONCEPT: "bias drift transfer uncertainty locality".split(),
}
_SHARES = {Kind.METHOD: 0.5, Kind.DATASET: 0.14, Kind.TASK: 0.14, Kind.METRIC: 0.07, Kind.CONCEPT: 0.15}
_NAMES = "Ada Grace Alan Barbara Edsger Frances Donald Radia Tim Sophie".split()
_SURNAMES = "Nightfield Okoro Lindqvist Tanaka Moreau Petrova Silva Haddad Ng Brandt".split()
_VENUES = ("Journal of Imaginary Systems", "Conference on Invented Learning", "Workshop on Made-up Data", "")
_SAYING = {
    Role.PROPOSES: "We propose {}, which needs little data and no labels.",
    Role.USES: "Our approach builds on {} and keeps its cost low.",
    Role.COMPARES_WITH: "It outperforms {} by a clear margin in every setting.",
    Role.INTRODUCES: "We release {}, collected over three seasons.",
    Role.EVALUATES_ON: "Experiments on {} confirm this.",
    Role.ADDRESSES: "We study {} under shifting conditions.",
    Role.REPORTS: "We measure the {} on held-out parts.",
    Role.ABOUT: "At the heart of it lies {}.",
    Role.MENTIONS: "Earlier work looked at {} instead.",
}


def big_graph(*, papers: int = 78, entities: int = 900, seed: int = 7) -> KnowledgeGraph:
    """Return the graph; the same arguments give the same graph."""
    rng = random.Random(seed)  # noqa: S311  (a fixed seed is the point)
    known = _entities(rng, entities)
    topics = _topics(rng, known, papers)
    nodes, facts = [], []
    for number in range(papers):
        node, stated = _paper(rng, number, topics[number % len(topics)], known)
        nodes.append(node)
        facts.extend(stated)
    holders: dict[str, set[str]] = {}
    for fact in facts:
        holders.setdefault(fact.entity, set()).add(fact.paper)
    counted = [_with_count(entity, len(holders.get(entity.id, ()))) for entity in known if entity.id in holders]
    kept = {entity.id for entity in counted}
    counted = [_with_count(e, e.paper_count, broader=tuple(p for p in e.broader if p in kept)) for e in counted]
    return KnowledgeGraph(nodes, counted, facts, _links(holders, papers))


def wide_graph(*, papers: int, seed: int = 7) -> KnowledgeGraph:
    """Return a graph that grows as libraries do: about four entities a paper, more topics, at most 12 links a paper each way.

    Made of small graphs side by side that share their most common entities.
    """
    tile, made = 78, []
    for number in range(-(-papers // tile)):
        size = min(tile, papers - number * tile)
        made.append(big_graph(papers=max(size, 5), entities=4 * max(size, 20), seed=seed + number))
    nodes, facts, links, entities = [], [], [], {}
    for number, graph in enumerate(made):
        own = {name: name if at % 10 == 0 else f"{name}-{number}" for at, name in enumerate(graph.entities)}
        new = {name: f"{name}.{number}" for name in graph.papers}
        nodes += [dataclasses.replace(node, id=new[name], results=()) for name, node in graph.papers.items()]
        facts += [dataclasses.replace(f, paper=new[f.paper], entity=own[f.entity]) for f in graph.facts]
        for link in graph.links:
            shared = tuple(Shared(own[one.entity], one.weight) for one in link.shared)
            links.append(Link(new[link.a], new[link.b], link.weight, shared))
        for name, entity in graph.entities.items():
            label = entity.label if own[name] == name else f"{entity.label} {number}"
            entities[own[name]] = dataclasses.replace(
                entity, id=own[name], key=own[name], label=label, broader=tuple(own[b] for b in entity.broader)
            )
    counts = Counter(fact.entity for fact in facts)
    known = [dataclasses.replace(entity, paper_count=counts[name]) for name, entity in entities.items()]
    kept = {entity.id for entity in known}
    known = [dataclasses.replace(e, broader=tuple(b for b in e.broader if b in kept)) for e in known]
    return KnowledgeGraph(nodes, known, facts, links)


HOSTILE_TEXTS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "{{7*7}} ${alert(4)} <!--",
)


def hostile_graph() -> KnowledgeGraph:
    """A graph whose titles, abstracts, names, authors and links are all attacks."""
    entities = [
        Entity(
            f"method/evil-{n}",
            f"evil-{n}",
            Kind.METHOD,
            text,
            (text + " alias",),
            (),
            text,
            ("javascript:alert(5)",),
            2,
        )
        for n, text in enumerate(HOSTILE_TEXTS)
    ]
    nodes, facts = [], []
    for n, title in enumerate(HOSTILE_TEXTS):
        abstract = " and ".join(HOSTILE_TEXTS)
        paper = Paper(
            str(n),
            title,
            abstract,
            authors=(title,),
            year=2000 + n,
            venue=title,
            doi=f"10.1/{title}",
            url="javascript:alert(6)",
        )
        nodes.append(
            PaperNode(f"paper/evil-{n}", paper, (), (Url("javascript:alert(7)", "x", "abstract", 0, 1, code=True),))
        )
        for entity in entities:
            start = abstract.index(entity.label)
            mention = Mention(
                Kind.METHOD,
                entity.label,
                "abstract",
                start,
                start + len(entity.label),
                Role.USES,
                entity.id,
                "x",
                0.9,
                (0, len(abstract)),
            )
            facts.append(Fact(f"paper/evil-{n}", entity.id, Role.USES, 0.9, (mention,)))
    shared = tuple(Shared(entity.id, 0.5) for entity in entities)
    links = [Link(f"paper/evil-{a}", f"paper/evil-{b}", 2.0, shared) for a, b in combinations(range(len(nodes)), 2)]
    return KnowledgeGraph(nodes, entities, facts, links)


def _entities(rng: random.Random, number: int) -> list[Entity]:
    found: dict[str, Entity] = {}
    while len(found) < number:
        kind = rng.choices(list(_SHARES), list(_SHARES.values()))[0]
        words = [rng.choice(_FIRST), rng.choice(_SECOND), rng.choice(_THIRD[kind])]
        label = words[1].title() + words[2] if kind is Kind.DATASET else " ".join(words[rng.random() < 0.2 :])
        if kind is Kind.DATASET and label in {e.label for e in found.values()}:
            label += f"-{rng.randrange(10, 99)}"
        slug = f"{kind.lower()}/{label.lower().replace(' ', '-')}"
        aliases = ("".join(word[0] for word in words).upper(),) if len(label.split()) > 2 and rng.random() < 0.4 else ()
        broader = tuple(
            e.id for e in list(found.values())[:40] if e.kind is kind and label.endswith(e.label.split()[-1])
        )[:1]
        found.setdefault(
            slug, Entity(slug, slug, kind, label, aliases, broader, "An invented thing." if rng.random() < 0.1 else "")
        )
    return list(found.values())


def _topics(rng: random.Random, known: list[Entity], papers: int) -> list[list[Entity]]:
    common = known[: max(4, len(known) // 150)]
    pool = known[len(common) : len(known) // 5]
    size = max(3, len(pool) // 7)
    return [
        common + pool[at * size : (at + 1) * size] + rng.sample(pool, 4) for at in range(max(1, min(7, papers // 5)))
    ]


def _paper(rng: random.Random, number: int, topic: list[Entity], known: list[Entity]) -> tuple[PaperNode, list[Fact]]:
    own = rng.sample(known[len(known) // 5 :], 18)
    chosen = (
        {e.id: e for e in [*rng.sample(topic, min(len(topic), rng.randint(3, 8))), *own]}
        if number % 13
        else {e.id: e for e in own[:2]}
    )
    identifier = f"paper/24{number % 12 + 1:02}.{number:05}"
    main = next((e for e in own if e.kind is Kind.METHOD), own[0])
    text, mentions = "", []
    for entity in chosen.values():
        role = Role.PROPOSES if entity is main and main.kind is Kind.METHOD else rng.choice(ROLES_BY_KIND[entity.kind])
        before, after = _SAYING[role].split("{}")
        start = len(text) + len(before)
        sentence = (len(text), start + len(entity.label) + len(after))
        mentions.append(Mention(entity.kind, entity.label, "abstract", start, start + len(entity.label), role, entity.id,
                                "synthetic", round(rng.uniform(0.5, 0.95), 2), sentence))  # fmt: skip
        text += before + entity.label + after + " "
    at = len(text)
    text += f"In all it reaches {50 + number / 4:g}% and we share the code."
    name = "".join(word.title() for word in main.label.split()[:2])
    paper = Paper(
        id=identifier.split("/")[1], title=f"{name}: {rng.choice(_FIRST).title()} {rng.choice(_SECOND).title()}s for {topic[-1].label}",
        abstract=text, authors=tuple(f"{rng.choice(_NAMES)} {rng.choice(_SURNAMES)}" for _ in range(rng.randint(1, 9))),
        year=rng.randint(2019, 2026), venue=rng.choice(_VENUES), arxiv=identifier.split("/")[1],
    )  # fmt: skip
    value = f"{50 + number / 4:g}"
    metric, dataset = (
        next((e.id for e in chosen.values() if e.kind is kind), "") for kind in (Kind.METRIC, Kind.DATASET)
    )
    result = Result(value, "", "", value + "%", "%", metric, dataset, main.id if main.kind is Kind.METHOD else "", "abstract",
                    at + 18, at + 18 + len(value), "synthetic", 0.8, (at, len(text)))  # fmt: skip
    urls = (Url(f"https://github.com/invented/{name}", name, "abstract", 0, 1, code=True),) if number % 3 == 0 else ()
    facts = [Fact(identifier, m.entity, m.role, m.confidence, (m,)) for m in mentions]
    return PaperNode(identifier, paper, (result,), urls), facts


def _with_count(entity: Entity, count: int, broader: tuple[str, ...] | None = None) -> Entity:
    kept = entity.broader if broader is None else broader
    return Entity(entity.id, entity.key, entity.kind, entity.label, entity.aliases, kept, entity.definition, (), count)


def _links(holders: dict[str, set[str]], papers: int) -> list[Link]:
    shared: dict[tuple[str, str], list[Shared]] = {}
    for entity, inside in sorted(holders.items()):
        if 1 < len(inside) < papers / 3:
            for pair in combinations(sorted(inside), 2):
                shared.setdefault(pair, []).append(Shared(entity, round(1 / len(inside), 3)))
    return [
        Link(a, b, round(sum(s.weight for s in found), 3), tuple(sorted(found, key=lambda s: (-s.weight, s.entity))))
        for (a, b), found in sorted(shared.items())
    ]
