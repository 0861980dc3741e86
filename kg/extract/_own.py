"""Whose things a sentence speaks of: the paper's own, by the subject of a verb or by a name it gave, or somebody else's.

Used by `proposals`, `components`, `novelties` and `titles`. Words are data: `cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.cues import cues
from kg.cues.heads import is_name
from kg.cues.voice import speaks_of_paper
from kg.extract._things import past_brackets
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence

NEAR = 12  # tokens from a verb to the name of what is proposed
_REACH = 9  # tokens between the subject ("we") and the verb
_BETWEEN = frozenset({"which", ",", "that", "also", "then", "and"})


@lru_cache(maxsize=2)  # asked for each sentence
def first_own(doc: Document) -> int:
    """Return the index of the first sentence of the abstract that speaks of the paper."""
    return next((s.index for s in doc.abstract if speaks_of_paper(s)), len(doc.sentences))


@lru_cache(maxsize=2)
def own_names(doc: Document) -> frozenset[str]:
    """Return the unusual words that the paper names its own things with: before the title's colon, or after "we propose"."""
    names = set()
    firm = cues("proposals")["firm_verbs"]
    for sentence in doc.sentences:
        words = sentence.lowers
        if sentence.field == "title":
            spans = [range(words.index(":") if ":" in words else 0)]
        else:
            spans = [range(k + 1, min(k + NEAR, len(words))) for k in own_verbs(sentence, firm)]
        names |= {sentence.tokens[k].text for span in spans for k in span if is_name(sentence, k)}
    return frozenset(names)


def own_verbs(sentence: Sentence, verbs: frozenset[str]) -> Iterator[int]:
    """Yield where some verbs stand whose subject is the paper."""
    if not verbs.isdisjoint(sentence.bag):
        for at, word in enumerate(sentence.lowers):
            if word in verbs and is_own(sentence, at):
                yield at


def is_own(sentence: Sentence, verb: int) -> bool:
    """Tell whether the paper is the subject of the verb: "we propose", "this paper, first, introduces", "(2) release"."""
    words, tags = sentence.lowers, sentence.tags
    if words[verb] in cues("proposals")["participles"]:
        return verb > 0 and words[verb - 1] in ("by", ",", "and", "in")
    subjects = cues("proposals")["subjects"]
    for k in range(verb - 1, max(-1, verb - 1 - _REACH), -1):
        if words[k] in subjects:
            return not (
                words[k] in ("work", "study", "paper", "works", "report")
                and words[max(0, k - 1)] not in ("this", "our", "the", "present", "current")
            )
        if words[k] in (";", ")") or (words[k] in ("and", "then", ",", "also") and k == verb - 1):
            before = range(k - 1, -1, -1)
            return any(words[m] in ("we", "paper") or (words[m] in ("this", "our") and tags[m] == "F") for m in before)
        if words[k] == "to" and k == verb - 1 and words[verb] in cues("proposals")["infinitives"]:
            return any(words[m] == "we" or (m and words[m - 1 : m + 1] == ("this", "paper")) for m in range(k))
        if tags[k] in "NXJ" or words[k] in ("that", "which", "to", "be", "been"):
            return False
    return False


def is_own_thing(doc: Document, sentence: Sentence, verb: int) -> bool:
    """Tell whether the subject of a verb is the paper's own: "our model", "the framework", or a name that it proposed."""
    words = sentence.lowers
    end = verb
    if words[verb - 1] == "and":  # "FoxNet finds foxes, and introduces ..."
        return any(token.text in own_names(doc) for token in sentence.tokens[:verb])
    while end and (sentence.tags[end - 1] == "R" or words[end - 1] in _BETWEEN):
        end -= 1
    if words[end - 1 : end] == ("it",):
        return True
    phrase = next(
        (p for p in sentence.phrases if p[1] == end or (p[1] < end and past_brackets(sentence, p[1]) == end)), None
    )
    if phrase is None:
        return False
    begin, stop = phrase
    before = words[begin - 1] if begin else ""
    if before == "our" or "proposed" in words[begin:stop]:
        return True
    if before in ("the", "this") and words[stop - 1] in cues("heads")["generic"]["peeled"]:
        return True
    return any(token.text in own_names(doc) for token in sentence.tokens[begin:stop])


@lru_cache(maxsize=2)
def proposed_at(doc: Document) -> int:
    """Return the index of the sentence in which the paper first says that it proposes something."""
    verbs = cues("proposals")["firm_verbs"] | {"present", "presents"}
    own = (sentence.index for sentence in doc.abstract for _ in own_verbs(sentence, verbs))
    return next(own, len(doc.sentences))


def is_taken(doc: Document, sentence: Sentence, begin: int, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Tell whether a part is somebody else's: "a pretrained fox encoder", "a chain-of-fox layer" where that chain is known."""
    if not cues("proposals")["taken"].isdisjoint(sentence.lowers[begin : span[1]]):
        return True
    texts = (doc.text(sentence.span(span[0], end)) for end in (span[1], span[1] - 1))
    return any(lexicon.named(text) for text in texts)


def unknown(doc: Document, found: Iterable[Candidate], lexicon: Lexicon, *, most: float = 1.0) -> Iterator[Candidate]:
    """Yield the candidates that the vocabulary does not know, no surer than `most`."""
    for one in found:
        if not lexicon.named(doc.text(one)):
            yield one._replace(confidence=min(one.confidence, most))
