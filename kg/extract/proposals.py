"""What a paper says is its own: "we propose X", "X is introduced", "a benchmark named X".

The role is certain here, and the noun beside a name tells its kind ("a dataset called X"). Verbs and naming words are
data: `cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import is_generic, is_name, kind_of_head
from kg.extract._own import first_own, own_verbs
from kg.extract._things import NAMED, candidate, own_kind, past_brackets, thing
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS
from kg.vocab import Kind

STAGE = "names"


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate with its role for each thing the paper says it proposes or introduces."""
    verbs, naming = cues("proposals")["verbs"], cues("proposals")["naming"]
    for sentence in doc.abstract:
        bag = sentence.bag
        for at in own_verbs(sentence, verbs):
            yield from (c for c in objects(doc, sentence, at) if not _is_common(doc, c, lexicon))
        if not _PASSIVE.isdisjoint(bag):
            yield from _passive(doc, sentence)
        if not naming.isdisjoint(bag) and sentence.index >= first_own(doc):
            yield from _named(sentence, lexicon)


def _is_common(doc: Document, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Tell whether a phrase is a known thing with an indefinite article: "we train a vision transformer"."""
    text = doc.paper.text(candidate.field)
    before = text[max(0, candidate.start - 8) : candidate.start].split()
    known = lexicon.named(text[candidate.start : candidate.end])
    return known is not None and before[-1:] in (["a"], ["an"])


def objects(doc: Document, sentence: Sentence, verb: int) -> Iterator[Candidate]:
    """Yield what stands after the verb, and after each comma or "and" that goes on listing."""
    weak = sentence.lowers[verb] in cues("proposals")["weak_verbs"]
    at = verb + 1
    while at < len(sentence.tokens):
        while at < len(sentence.tokens) and (_is_adverb(sentence, at) or sentence.lowers[at] in FILLERS):
            at += 1
        phrase = phrase_from(sentence, at)
        if (
            phrase
            and sentence.lowers[phrase[1] - 1] in cues("proposals")["classes"]
            and sentence.lowers[phrase[1] : phrase[1] + 1] == ("of",)
        ):
            phrase = phrase_from(sentence, phrase[1] + 1)  # "the concept of fox trees"
        if phrase is None:
            return
        listed = list(_listed(sentence, *phrase))
        yield from listed or thing(doc, sentence, *phrase, weak=weak)
        at = _next_item(sentence, phrase[1])
        if at < 0:
            at = -1 if weak else _later_item(sentence, phrase[1])
        if at < 0:
            return


def _is_adverb(sentence: Sentence, at: int) -> bool:
    return sentence.tags[at] == "R" and sentence.lowers[at + 1 : at + 2] != ("-",)


def _listed(sentence: Sentence, begin: int, end: int) -> Iterator[Candidate]:
    """Yield the names that follow what they are: "two efficient algorithms, FoxSelect and HareSelect, which ..."."""
    words = sentence.lowers
    kind = kind_of_head(words[end - 1])
    if end + 2 >= len(words) or words[end] not in (",", ":") or not words[end - 1].endswith("s") or kind is None:
        return
    at = end + 1
    while at < len(words) and (is_name(sentence, at) or (words[end] == ":" and sentence.tags[at] == "X")):
        phrase = sentence.phrase_at(at) or (at, at + 1)
        yield candidate(sentence, at, phrase[1], own_kind(kind), NAMED)
        at = past_brackets(sentence, phrase[1])
        while at < len(words) and words[at] in (",", "and", "the"):
            at += 1


FILLERS = frozenset(
    "also then further here first second both the a an our two three four several 1".split()
) | frozenset(":()\"“'`*")


def phrase_from(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return the noun phrase that starts at a token or right after its determiner and adverbs."""
    for begin, end in sentence.phrases:
        if begin <= at < end:
            return at, end
        if at < begin <= at + 3 and all(
            sentence.tags[k] in "FRJMD"
            or sentence.lowers[k] in "\"“'`*"
            or (sentence.lowers[k] == "," and sentence.tags[k - 1] == "J")  # "a coherent, phase-aware method"
            for k in range(at, begin)
        ):
            return (begin, end) if not any(sentence.lowers[k] in STOPS for k in range(at, begin)) else None
    return None


STOPS = frozenset(
    "using that how which whether when why what where to in on for of with from by as is are was were".split()
)


def _next_item(sentence: Sentence, at: int) -> int:
    """Return where the next item of a list starts, past an abbreviation in brackets; -1 when the list ends."""
    words = sentence.lowers
    at = past_brackets(sentence, at)
    if at < len(words) and words[at] == ",":
        at += 1
        if at < len(words) and words[at] in ("and", "as"):
            return at + 1 if words[at] == "and" and at + 1 < len(words) and words[at + 1] in DETERMINERS else -1
        return -1  # what follows a bare comma is an apposition
    if at + 1 < len(words) and words[at] == "and" and (words[at + 1] in DETERMINERS or is_name(sentence, at + 1)):
        return at + 1
    return -1


def _later_item(sentence: Sentence, at: int) -> int:
    """Return where "and a ..." goes on with the list after a purpose: "propose A to do B and a C"; -1 when nowhere."""
    words = sentence.lowers
    for k in range(at, len(words) - 2):
        if words[k] in (";", "that", "which", "where", "we") or (words[k] == "," and words[k + 1] != "and"):
            return -1
        if words[k] == "and" and words[k + 1] in ("a", "an"):
            phrase = phrase_from(sentence, k + 1)
            return k + 1 if phrase and kind_of_head(words[phrase[1] - 1]) is Kind.METHOD else -1
    return -1


def _named(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names after "called", "termed", "dubbed", "namely" where the thing named is a method, data set or measure."""
    for at, word in enumerate(sentence.lowers):
        if word not in cues("proposals")["naming"] or at == 0:
            continue
        begin = at + 1
        while begin < len(sentence.tokens) and sentence.lowers[begin] in (
            "the",
            "as",
            "a",
            '"',
            "“",
            "'",
            "`",
            "``",
            "*",
            "by",
        ):
            begin += 1
        phrase = sentence.phrase_at(begin) if begin < len(sentence.tokens) else None
        before = max((p for p in sentence.phrases if p[1] <= at), default=None)
        ordinal = any(
            w in ("first", "second", "third", "latter", "former", "other", "one") for w in sentence.lowers[:at]
        )
        if phrase is None or ((before is None or at - before[1] > 8) and not ordinal):
            continue
        kind = kind_of_head(sentence.lowers[before[1] - 1]) if before else Kind.METHOD
        if before and sentence.lowers[before[1] - 1].startswith(("task", "problem")):
            continue  # a task with a name is nothing that one proposes
        if word == "namely" and (
            not (is_name(sentence, phrase[0]) or sentence.tags[phrase[0]] == "X")
            or _is_known(sentence, phrase, lexicon)
        ):
            continue
        if kind is None and before and not is_generic(sentence.lowers[before[1] - 1]):
            continue
        yield candidate(sentence, phrase[0], phrase[1], own_kind(kind), NAMED)


def _is_known(sentence: Sentence, phrase: tuple[int, int], lexicon: Lexicon) -> bool:
    return bool(lexicon.scan(sentence.tokens[phrase[0] : phrase[1]]))


_PASSIVE = frozenset({"proposed", "introduced", "presented", "developed", "designed", "devised"})


def _passive(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """Subjects of "X is proposed (in this paper)"."""
    words = sentence.lowers
    for at in range(1, len(words)):
        if words[at] in _PASSIVE and words[at - 1] in ("is", "are", "was", "were"):
            before = [p for p in sentence.phrases if p[1] <= at]
            past = words[at - 1] in ("was", "were") and words[at] != "proposed"
            if not before or (past and words[:2] != ("in", "this")):
                continue
            if at > 1 and words[at - 2] in ("that", "which"):
                continue  # "models that are designed for foxes"
            head = _head_of_subject(sentence, before)
            yield from thing(doc, sentence, *head, weak=False)


def _head_of_subject(sentence: Sentence, before: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first phrase of a subject such as "a scheme based on X for Y"."""
    head = before[-1]
    for phrase in reversed(before[:-1]):
        between = sentence.lowers[phrase[1] : head[0]]
        if any(w in (",", ";", "that", "which", "where") for w in between):
            break
        head = phrase
    return head
