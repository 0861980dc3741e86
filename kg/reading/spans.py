"""Mend the ends of candidates that were cut freely: brackets, joining words, and the verb that starts a title.

Used by `kg.reading.names` before candidates are grouped. What a list, a definition or a pattern with a name found is
left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from kg.cues import cues
from kg.model import Candidate
from kg.text.document import Document
from kg.vocab import Kind

_FREE = frozenset({"phrases", "concepts", "tasks", "tagger", "enumerations"})
_OPENS = re.compile(r"\s*[(\[]")
_JOINS = re.compile(r"(?:and|or|&|of|for|the|a|an)\s+")
_OWNER = re.compile(r"[a-z-]+['’]s\s+")  # "the model's training"
_GOES_ON = re.compile(r"\s+(?:through|via|using|into|based on|by|on|over|across|between|under|from)\s")
_DOING = re.compile(
    r"(?:balancing|improving|reducing|increasing|maximizing|minimizing|achieving|measuring|comparing|optimizing)\s+"
)
_ACT = re.compile(r"[A-Z][a-z]{2,}ing\s+(?=\S+\s+\S)")  # "Learning Fox Representation"


def mend(doc: Document, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates with better ends; one of which nothing is left is dropped."""
    shorts = {a.short for a in doc.abbreviations}
    for c in candidates:
        if c.extractor not in _FREE:
            yield c
            continue
        text = doc.text(c)
        start, end = 0, min(_before_bracket(text, shorts), _before_purpose(text, c.kind), _before_based(text))
        joined = _JOINS.match(text) or _OWNER.match(text)
        if joined:
            start = joined.end()
        elif c.field == "title" and c.kind is not None and _starts_title(doc, c.start):
            start = _after_act(text, c.kind)
        elif c.kind is Kind.METRIC:
            act = _DOING.match(text)
            start = act.end() if act else 0
        if start < end and not _is_adjective(text[start:end]):
            yield c if end - start == len(text) else c._replace(start=c.start + start, end=c.start + end)


def _is_adjective(text: str) -> bool:
    """Tell whether a text ends in an adjective made of a noun: "context-based" names nothing."""
    _, hyphen, ending = text.rpartition("-")
    return bool(hyphen) and ending.lower() in cues("heads")["generic"]["adjective_ends"]


def _before_bracket(text: str, shorts: Container[str]) -> int:
    """Return where a text ends without the bracket behind or inside it; that of a short form is left, and one without a space."""
    opened, closed = text.count("("), text.count(")")
    if closed > opened:  # "(e.g., FoxNet)" was cut behind its name
        return text.rindex(")") if opened else text.index(")")
    bracket = _OPENS.search(text)
    if bracket is None or (opened == closed and (text[bracket.start()] in "([" or _in_bracket(text) in shorts)):
        return len(text)
    return bracket.start()


def _in_bracket(text: str) -> str:
    """Return what stands in the first bracket of a text."""
    return text.partition("(")[2].partition(")")[0]


def _after_act(text: str, kind: Kind) -> int:
    """Return where a title's phrase starts without the verb before it; most gerunds belong to the name of a task."""
    act = _ACT.match(text)
    is_verb = act and (kind is not Kind.TASK or act.group().strip().lower() in cues("tasks")["acts"])
    return act.end() if act and is_verb else 0


def _before_purpose(text: str, kind: Kind | None) -> int:
    """Return where a name ends that was cut with what it is made of: "fox encoder through tail pooling". A task goes on."""
    goes_on = None if kind is Kind.TASK else _GOES_ON.search(text)
    return goes_on.start() if goes_on else len(text)


def _before_based(text: str) -> int:
    """Return where a name ends that an adjective was made of without a hyphen: "fox tracking based"."""
    name, space, ending = text.rpartition(" ")
    return len(name) if space and ending.lower() in cues("heads")["generic"]["unjoined_ends"] else len(text)


def _starts_title(doc: Document, at: int) -> bool:
    before = doc.paper.title[:at].rstrip()
    return not before or before[-1] in ":.?!–—"
