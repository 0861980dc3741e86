"""Join the variants of one name within one paper: "lensless imaging method", "lensless imaging framework", "lensless imaging".

Used by `kg.reading.names` between grouping and judging. Three kinds of variant are known: a generic noun behind, a
modifier before that only describes, and another wording that a defined short form abbreviates as well. What the
vocabulary or the paper itself tells apart stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.cues import cues
from kg.cues.heads import is_empty_modifier, looks_like_name
from kg.extract.abbreviations import align
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.reading.kinds import OWN_EXTRACTORS
from kg.text.document import Document
from kg.text.forms import key
from kg.text.words import word_class

_SPELLED = 0.7  # of `align`
Groups = dict[str, list[Candidate]]


def join_variants(doc: Document, groups: Groups, longs: Mapping[str, str], lexicon: Lexicon) -> None:
    """Move the candidates of each variant to the name that it is a variant of; in place."""
    free = [entity for entity in sorted(groups) if entity not in lexicon.concepts]
    words = {entity: _words(doc, groups[entity]) for entity in free}
    cores = {entity: _core(words[entity]) for entity in free}
    for entity in free:
        target = (
            _reworded(words[entity], longs, groups, lexicon)
            or _known(entity, words[entity], groups, lexicon)
            or _plainer(entity, words[entity], cores, groups)
        )
        if target is not None and target != entity:
            moved = groups.pop(entity)
            groups[target].extend(moved)


def drop_shadows(groups: Groups, lexicon: Lexicon) -> None:
    """Drop descriptions that hide the only places of a proper name of the vocabulary: "frozen FoxNet embeddings"."""
    for entity in sorted(groups):
        concept = lexicon.concepts.get(entity)
        if concept is None or not looks_like_name(concept.label):
            continue
        hiding = {other for other in groups if other not in lexicon.concepts and _hides(groups[other], groups[entity])}
        if hiding and all(any(_holds(c, o) for h in hiding for o in groups[h]) for c in groups[entity]):
            for other in hiding:
                del groups[other]


def _hides(group: list[Candidate], named: list[Candidate]) -> bool:
    return not _is_proposed(group) and all(any(_holds(c, o) for c in named) for o in group)


def _holds(inner: Candidate, outer: Candidate) -> bool:
    return inner.field == outer.field and outer.start <= inner.start and inner.end < outer.end


def _reworded(words: list[str], longs: Mapping[str, str], groups: Groups, lexicon: Lexicon) -> str | None:
    """Return the group of the long form that a name only words otherwise: one short form spells both."""
    parts = [part for word in words for part in word.split("-") if part]
    for short, long in longs.items():
        others = long.lower().replace("-", " ").split()
        if len(parts) > 1 and parts[0] == others[0] and 2 * len(set(parts) & set(others)) > len(others):
            if align(short, parts) >= _SPELLED:
                known = lexicon.named(long)
                target = known.id if known else key(long)
                return target if target in groups else None
    return None


def _known(entity: str, words: list[str], groups: Groups, lexicon: Lexicon) -> str | None:
    """Return the concept of the vocabulary that a name is with a generic noun behind, if the paper names it too."""
    bare = without_tail(words)
    if len(bare) == len(words) or _is_proposed(groups[entity]):
        return None
    known = lexicon.named(" ".join(bare))
    return known.id if known and known.id in groups and not known.ordinary else None


def _plainer(entity: str, words: list[str], cores: dict[str, str], groups: Groups) -> str | None:
    """Return the group of the same name in fewer words, else the first one that differs in what describes it alone."""
    for name in _shorter(words):
        if name in cores and name in groups:
            return name
    core = cores[entity]
    return next((o for o in cores if o < entity and o in groups and " " in core and core == cores[o]), None)


def _words(doc: Document, group: list[Candidate]) -> list[str]:
    return doc.text(group[0]).lower().split()


def _shorter(words: list[str]) -> Iterator[str]:
    """Yield the names of two words or more that are left without the noun behind, then without adjectives before."""
    bare = without_tail(words)
    least = 1 if words[-1] in cues("tasks")["before"] else 2  # "segmentation task"
    if least <= len(bare) < len(words):
        yield key(" ".join(bare))
    for end in {len(words): words, len(bare): bare}.values():
        for at in range(1, _first_noun(end) + 1):
            yield key(" ".join(end[at:]))


def _core(words: list[str]) -> str:
    """Return the form of a name without what only describes it."""
    bare = without_tail(words)
    return key(" ".join(bare[_first_noun(bare) :]))


def _first_noun(words: list[str]) -> int:
    """Return how many words of a name are adjectives before its noun; two words are always left."""
    at = 0
    while at < len(words) - 2 and (word_class(words[at]) == "J" or is_empty_modifier(words[at]) or "-" in words[at]):
        at += 1
    return at


def without_tail(words: list[str]) -> list[str]:
    """Return the words of a name without generic nouns behind and what makes an adjective of it ("-based approach")."""
    generic = cues("heads")["generic"]
    end = len(words)
    while end > 1 and words[end - 1] in generic["peeled"]:
        end -= 1
    stem, hyphen, ending = words[end - 1].rpartition("-")
    return [*words[: end - 1], stem] if hyphen and ending in generic["adjective_ends"] else words[:end]


def _is_proposed(group: Iterable[Candidate]) -> bool:
    return any(c.role is not None and c.extractor in OWN_EXTRACTORS for c in group)


def _covers(candidate: Candidate, others: Iterable[Candidate]) -> bool:
    """Tell whether a candidate holds one of the others: the shorter one is the name."""
    return any(o.field == candidate.field and candidate.start <= o.start and o.end <= candidate.end for o in others)
