"""A paper against what was read from it: each statement has its mention, each mention and result its words in the text.

The nodes of a paper come by together; nothing of it is kept but that it was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from kg.model import Paper
from kg.numerals import numbers
from kg.rdf.locate import locate
from kg.rdf.turtle import short_name
from kg.verify.nodes import Groups, Node, plain
from kg.verify.rules import pattern
from kg.verify.state import State, Values
from kg.vocab import KG, PREDICATES, ROLES_BY_KIND, Role

_MENTIONS = Role.MENTIONS.value
_ROLES = [role.value for role in Role if role is not Role.MENTIONS]
_ALLOWED = {kind.value: tuple(role.value for role in roles) for kind, roles in ROLES_BY_KIND.items()}
_RANGE = {p.name.partition(":")[2]: p.range.partition(":")[2] for p in PREDICATES}
_CONCEPTS = ("Task", "Metric")  # concepts of a kind of their own
_NAMED = ("metric", "dataset", "method")
_PLACE = ("field", "start", "end", "quote", "sentenceStart", "sentenceEnd")
_STANDS = ("entity", "role", "field", "start", "end", "quote", "sentenceStart", "sentenceEnd")
_SUMMED = (1 << 64) - 1


def check_papers(state: State) -> None:
    """Check the papers of a graph one after another, with their mentions, results and authors."""
    nodes = state.nodes
    mentions = Groups(nodes.section("mention"), f"{nodes.base}mention/", lambda node: _paper_said(state, node))
    results = Groups(nodes.section("result"), f"{nodes.base}result/", lambda node: _paper_named(state, node))
    persons = Groups(nodes.section("person"), f"{nodes.base}person/", lambda node: _paper_named(state, node))
    for node in nodes.section("paper"):
        local = node.subject.removeprefix(f"{nodes.base}paper/")
        own = [groups.take(node.subject, local) for groups in (mentions, results, persons)]
        _Check(state, node, local, *own).run()
    _leftover(state, mentions, results, persons)
    state.settle()


class _Check:
    """The check of one paper."""

    def __init__(
        self, state: State, node: Node, local: str, mentions: list[Node], results: list[Node], persons: list[Node]
    ) -> None:
        self.state, self.node, self.local = state, node, local
        self.mentions, self.results, self.persons = mentions, results, persons
        near = dict.fromkeys((result.subject for result in results), "Result")
        near.update(dict.fromkeys((person.subject for person in persons), "Person"))
        self.near = near
        self.values, self.right = state.read(node, "Paper", near)
        self.paper = Paper(node.subject, plain(self.values["title"] or ""), plain(self.values["abstract"] or ""))
        self.spoken: dict[str, set[str]] = {}
        self.named = f"{state.nodes.base}mention/{local}/"
        self.cut = len(state.nodes.base)
        self.fits = pattern("Mention").fullmatch

    def run(self) -> None:
        """Check the paper and all that belongs to it."""
        state = self.state
        if self.right and not self._leads_well():
            state.look(self.node, "Paper", self.near)
        for node in self.mentions:
            self._mention(node)
        for node in self.results:
            self._result(node)
        for node in self.persons:
            _, right = state.read(node, "Person")
            if right and node.subject not in self.values["creator"]:
                state.say(node.subject, "is an author of no paper")
        roles = self._roles()
        if not self._backed(roles):
            state.say(self.node.subject, *self._statements())
        state.state(roles)
        state.say(self.node.subject, *self._urls())
        for other in self.values["sharesTechniqueWith"]:
            state.sharing = (state.sharing + hash((self.node.subject, other))) & _SUMMED

    def _leads_well(self) -> bool:
        """Tell whether what the paper leads to is there, and of the right class."""
        values, state = self.values, self.state
        if not (values["title"] or values["abstract"]):
            return False
        for role in _ROLES:
            wanted = _RANGE[role]
            for entity in values[role]:
                kind = state.kind(entity)
                if not (kind == wanted or (wanted == "Concept" and kind in _CONCEPTS)):
                    return False
        return (
            all(entity in state.entities for entity in values["mentions"])
            and all(other in state.papers for name in ("cites", "sharesTechniqueWith") for other in values[name])
            and all(self.near.get(one) == "Person" for one in values["creator"])
            and all(self.near.get(one) == "Result" for one in values["hasResult"])
        )

    def _roles(self) -> dict[str, str]:
        """Return the role that the paper states for each of its entities; the first where it states several."""
        roles = dict.fromkeys(self.values["mentions"], _MENTIONS)
        for role in _ROLES:
            for entity in self.values[role]:
                if roles.get(entity, _MENTIONS) == _MENTIONS:
                    roles[entity] = role
        return roles

    def _backed(self, roles: dict[str, str]) -> bool:
        """Tell whether every statement has its mention, and nothing is wrong with any; mostly so, and this is fast."""
        stated = sum(len(self.values[role]) for role in _ROLES)
        if len(roles) != len(self.values["mentions"]) or roles.keys() != self.spoken.keys():
            return False
        if stated != sum(role != _MENTIONS for role in roles.values()):
            return False
        return all(
            role in spoken and (len(spoken) == 1 or not _stronger(self.state.kind(entity), role, spoken))
            for (entity, role), spoken in ((item, self.spoken[item[0]]) for item in roles.items())
        )

    def _statements(self) -> Iterator[str]:
        """Yield what is wrong with the roles that the paper states, in themselves and in view of its mentions."""
        mentioned = set(self.values["mentions"])
        roles: dict[str, list[str]] = {entity: [] for entity in self.values["mentions"]}
        for role in _ROLES:
            for entity in self.values[role]:
                roles.setdefault(entity, []).append(role)
        for entity, found in roles.items():
            if entity not in mentioned:
                yield f"kg:{found[0]} {short_name(entity)} without kg:mentions"
            if len(found) > 1:
                yield f"has several roles for {short_name(entity)}: {', '.join(sorted(found))}"
            role = found[0] if found else _MENTIONS
            spoken = self.spoken.get(entity, set())
            if role not in spoken:
                yield f"kg:{role} {short_name(entity)} has no mention of that role"
            if stronger := _stronger(self.state.kind(entity), role, spoken):
                yield f"kg:{role} {short_name(entity)}, but has a mention of the stronger {stronger}"
        for entity in self.spoken:
            if entity not in roles:
                yield f"does not state kg:mentions {short_name(entity)}, of which it has a mention"

    def _urls(self) -> Iterator[str]:
        for url in (*self.values["codeRepository"], *self.values["url"]):
            self.state.counts["url"] += 1
            if not locate(url, self.paper):
                yield f"has a URL that its text does not hold: {url}"

    def _mention(self, node: Node) -> None:
        state = self.state
        state.counts["Mention"] += 1
        state.mentions.append(hash(node.subject))
        found = self.fits(node.text)
        if found and self._stands(node.subject, *found.group(*_STANDS)):
            return
        values, right = state.read(node, "Mention")
        if right and values["entity"] not in state.entities:
            state.look(node, "Mention")
        self._say(node, right, values, self._said)

    def _stands(
        self, subject: str, entity: str, role: str, where: str, start: str, end: str, quote: str, begin: str, stop: str
    ) -> bool:
        """Tell whether nothing is wrong with a mention that is right in itself; most are so, and this is fast."""
        text = self.paper.title if where == "title" else self.paper.abstract
        if (
            subject != f"{self.named}{role}/{entity[self.cut :]}/{where}-{start}-{end}"
            or text[int(start) : int(end)] != (plain(quote) if "\\" in quote else quote)
            or not int(begin) <= int(start) < int(end) <= int(stop) <= len(text)
            or role not in _ALLOWED.get(self.state.kind(entity), ())
        ):
            return False
        self.spoken.setdefault(entity, set()).add(role)
        return True

    def _said(self, node: Node, values: Values) -> Iterator[str]:
        """Check who says what of which entity in a mention, and that it is named after it."""
        entity, role = values["entity"], values["role"].removeprefix(KG)
        self.spoken.setdefault(entity, set()).add(role)
        kind = self.state.kind(entity)
        if role not in _ALLOWED.get(kind, (role,)):
            yield f"gives a {kind} the role {role}"
        base = self.state.nodes.base
        place = f"{values['field']}-{values['start']}-{values['end']}"
        if node.subject != f"{self.named}{role}/{entity.removeprefix(base)}/{place}":
            yield from _misnamed(node.subject, self.named, role, place)

    def _result(self, node: Node) -> None:
        state = self.state
        values, right = state.read(node, "Result")
        state.counts["Result"] += 1
        if right and not self._names_well(values):
            state.look(node, "Result")
        if self.values["hasResult"].count(node.subject) != 1:
            state.say(node.subject, "is reported by 0 papers, not by one")
            return
        self._say(node, right, values, self._value)

    def _say(self, node: Node, right: bool, values: Values, check: Callable[[Node, Values], Iterator[str]]) -> None:
        """Check what was read at a place, unless something is missing, which the close look has said."""
        needed = (*_PLACE, *(("entity", "role") if "role" in values else ("value", "lexicalValue")))
        if any(values[name] is None for name in needed):
            return
        try:
            self.state.say(node.subject, *check(node, values), *self._place(values))
        except (ValueError, InvalidOperation) as error:
            if right:
                self.state.say(node.subject, f"cannot be read: {error}")

    def _names_well(self, values: Values) -> bool:
        kinds = ((name, self.state.kind(entity)) for name in _NAMED for entity in values[name])
        return all(kind.lower() == name for name, kind in kinds)

    def _value(self, node: Node, values: Values) -> Iterator[str]:
        """Check that the numbers of a result are among its words."""
        quote, lexical = plain(values["quote"]), plain(values["lexicalValue"])
        for name in ("value", "valueTo", "error"):
            if values[name] is not None and Decimal(values[name]) not in numbers(quote):
                yield f"has kg:{name} {values[name]}, which is not in its words {quote!r}"
        if lexical not in quote:
            yield f"has kg:lexicalValue {lexical!r}, which is not in its words {quote!r}"
        if not node.subject.endswith(f"/{values['field']}-{values['start']}-{values['end']}"):
            yield f"is named for another place than {values['field']}-{values['start']}-{values['end']}"

    def _place(self, values: Values) -> Iterator[str]:
        """Check a span against the text of the paper."""
        where, start, end = values["field"], int(values["start"]), int(values["end"])
        begin, stop = int(values["sentenceStart"]), int(values["sentenceEnd"])
        if where not in ("title", "abstract"):
            yield f"stands in a field called {where!r}"
            return
        text = self.paper.title if where == "title" else self.paper.abstract
        quote = plain(values["quote"])
        if text[start:end] != quote or start < 0:
            yield f"quotes {quote!r}, but there stands {text[max(0, start) : max(0, end)]!r}"
        if not 0 <= begin <= start < end <= stop <= len(text):
            yield f"spans {start}-{end}, which is not inside a sentence {begin}-{stop} of {len(text)} characters"


def _stronger(kind: str, role: str, spoken: set[str]) -> str:
    """Return the strongest role of some that is stronger than `role` for a kind; empty when there is none."""
    allowed = _ALLOWED.get(kind, ())
    if role not in allowed:
        return ""
    return next((other for other in allowed[: allowed.index(role)] if other in spoken), "")


def _misnamed(subject: str, prefix: str, role: str, place: str) -> Iterator[str]:
    if not subject.startswith(prefix):
        yield "is named for another paper than the one it is in"
    if f"/{role}/" not in subject:
        yield f"is named for another role than {role}"
    if not subject.endswith(f"/{place}"):
        yield f"is named for another place than {place}"
    elif subject.startswith(prefix) and f"/{role}/" in subject:
        yield "is named for another entity than its own"


def _paper_said(state: State, node: Node) -> str:
    """Return the paper that a mention says it is in."""
    start = node.text.find("kg:inPaper <")
    if start >= 0:
        return node.text[start + 12 : node.text.index(">", start)]
    return next((t.value for p, t in node.pairs(state.nodes.where) if p == KG + "inPaper"), "")


def _paper_named(state: State, node: Node) -> str:
    """Return the paper that a result or an author is named after."""
    base = state.nodes.base
    return f"{base}paper/{node.subject.removeprefix(base).partition('/')[2].rpartition('/')[0]}"


def _leftover(state: State, mentions: Groups, results: Groups, persons: Groups) -> None:
    """Name what belongs to no paper that is there."""
    for node in mentions.left():
        state.counts["Mention"] += 1
        _, right = state.read(node, "Mention")
        if right:
            wrong = state.look(node, "Mention") and not state.wrong
            state.say(node.subject, *(("is named for another paper than the one it is in",) if wrong else ()))
    for node in results.left():
        state.counts["Result"] += 1
        state.read(node, "Result")
        state.say(node.subject, "is reported by 0 papers, not by one")
    for node in persons.left():
        state.read(node, "Person")
        state.say(node.subject, "is an author of no paper")
