"""Give each mention the role that its sentence gives it: proposed, used, compared with, evaluated on, or only mentioned.

A proposal outranks everything; then words right before the mention ("outperforms X", "using X"); then whether the
sentence speaks of the paper ("we", "our") or of the field ("recent work ..."). Words: `kg/cues/evaluation.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.cues import cues
from kg.cues.heads import looks_like_name
from kg.cues.voice import speaks_of_paper
from kg.model import Candidate
from kg.reading.kinds import OWN_EXTRACTORS
from kg.reading.names import Thing
from kg.text.document import Document, Sentence
from kg.vocab import Kind, Role, role_for

_WINDOW = 7


class Roles:
    """The roles of one paper's mentions; knows which sentences speak of the paper."""

    def __init__(self, doc: Document, things: Mapping[str, Thing]) -> None:
        words = cues("evaluation")
        self._comparing, self._using, self._telling = words["comparing"], words["using"], words["telling"]
        background = words["background"]
        abstract = list(doc.abstract)
        first = next(
            (s.index for s in abstract if speaks_of_paper(s)),
            len(abstract) // 2 if len(abstract) > 1 else 0,
        )
        self._speaks_of_field = {
            s.index
            for s in abstract
            if not speaks_of_paper(s) and (s.index < first or background & set(s.lowers[:3]))
        }  # fmt: skip
        own = {thing.kind for thing in things.values() if thing.proposed}
        self._evaluated = {s.index: found for s in abstract if (found := _evaluated(s))}
        self._only_tests = bool(self._evaluated) and Kind.METHOD not in own
        telling = cues("proposals")["surely_survey" if own else "survey"]
        titled = any(w in telling for s in doc.title for w in s.lowers[-6:])
        self._is_survey = titled or (not own and any(map(_says_it_surveys, abstract)))

    def role(self, thing: Thing, sentence: Sentence, begin: int, end: int, behind: Sequence[Candidate]) -> Role:
        """Return the role of a mention at tokens `begin` to `end`; `behind` are the candidates at its place."""
        told = [c for c in behind if c.role is not None]
        strongest = max(told, key=lambda c: (c.extractor in OWN_EXTRACTORS, c.confidence, c.extractor), default=None)
        if strongest is not None and strongest.role is not None and strongest.extractor in OWN_EXTRACTORS:
            return self._checked(thing.kind, strongest.role)
        if thing.kind is Kind.METHOD:
            return self._method(thing, sentence, begin, strongest)
        field = sentence.index in self._speaks_of_field
        if strongest is not None and strongest.role is not None and not field:
            return role_for(thing.kind, strongest.role)
        if thing.proposed and thing.kind is Kind.DATASET:
            return Role.EVALUATES_ON if not field else Role.MENTIONS
        return Role.MENTIONS if field else role_for(thing.kind, Role.USES)

    def _method(self, thing: Thing, sentence: Sentence, begin: int, told: Candidate | None) -> Role:
        before = sentence.lowers[max(0, begin - _WINDOW) : begin]
        for k in range(len(before) - 1, -1, -1):
            if before[k] in (";", ".", "that", "which", "while"):
                break
            if before[k] in self._comparing or (before[k] == "over" and len(before) - k <= 3):
                return Role.USES if thing.proposed else Role.COMPARES_WITH
            if before[k] in self._using:
                break
        if told is not None and told.role is Role.COMPARES_WITH:
            return Role.COMPARES_WITH
        if self._is_survey and sentence.field == "abstract":
            return Role.COMPARES_WITH
        if sentence.index in self._speaks_of_field:
            return Role.MENTIONS
        if begin in self._evaluated.get(sentence.index, ()) and not thing.proposed:
            return Role.COMPARES_WITH
        if self._only_tests and any(map(looks_like_name, thing.names)) and not sentence.bag.isdisjoint(self._telling):
            return Role.COMPARES_WITH
        return Role.USES

    def _checked(self, kind: Kind, role: Role) -> Role:
        """Return the role as it stands, but for a survey, which proposes nothing."""
        if self._is_survey and role is Role.PROPOSES:
            return role_for(kind, Role.USES)
        return role_for(kind, role)


def _evaluated(sentence: Sentence) -> range:
    """Return the tokens that say what the paper evaluates: "we evaluate several trackers (A, B) on ..."; else none."""
    verbs, ends = cues("evaluation")["testing"], cues("evaluation")["after_tested"]
    if verbs.isdisjoint(sentence.bag):
        return range(0)
    words = sentence.lowers
    for at, word in enumerate(words):
        if word in verbs and "we" in words[max(0, at - 3) : at]:
            return range(at + 1, next((k for k in range(at + 1, len(words)) if words[k] in ends), len(words)))
    return range(0)


def _says_it_surveys(sentence: Sentence) -> bool:
    """Tell whether a sentence says that the paper is a survey: "this survey", "we review", "our review article"."""
    telling = cues("proposals")["surely_survey"]
    return any(word in telling and before in ("this", "our", "we") for before, word in pairwise(sentence.lowers))
