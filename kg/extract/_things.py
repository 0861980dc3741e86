"""What a noun phrase names when the paper says that it is the paper's own: its proper name, its long form, or its description.

Used by `proposals`, which finds such phrases.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import apposed_kind, core, is_empty_modifier, is_generic, is_name, kind_of_head, kind_of_name
from kg.extract.phrases import peel
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS, word_classes
from kg.vocab import Kind, Role

NAMED, DESCRIBED = 0.95, 0.75
_DASHES = frozenset(",-–—")
_LONGEST_NAME = 7  # tokens


def thing(doc: Document, sentence: Sentence, begin: int, end: int, *, weak: bool) -> Iterator[Candidate]:
    """Yield the candidate that a proposed noun phrase is: its name if it bears one, else its description."""
    kind = _kind_of_phrase(sentence, begin, end)
    long = _long_form_at(doc, sentence, begin, end)
    if long and not describes(sentence, long[1]):
        told = kind_of_head(doc.paper.text(sentence.field)[slice(*long)].split()[-1])
        told = told or _kind_beside(sentence, begin, end, (begin, end))
        yield Candidate(sentence.field, *long, own_kind(told), own_role(own_kind(told)), "proposals", NAMED)
        return
    named = _name_inside(sentence, begin, end)
    if named and _is_task(sentence, begin, end):
        yield candidate(sentence, *named, Kind.TASK, NAMED)
        return
    if named:
        told = _kind_beside(sentence, begin, end, named) or kind_of_name(sentence.tokens[named[1] - 1].text) or kind
        yield candidate(sentence, *named, own_kind(told), NAMED)
        return
    after = past_brackets(sentence, end)
    if after < len(sentence.tokens) and sentence.lowers[after] in cues("proposals")["naming"]:
        return  # `_named` reads it
    span = core(sentence, begin, end)
    name = _apposed(sentence, span or (begin, end), end)
    if name:
        yield candidate(sentence, *name, own_kind(kind_of_head(sentence.lowers[name[1] - 1]) or kind), DESCRIBED)
        return
    if weak and not _is_made(sentence, begin, end, kind):
        return
    if span is None or (kind is None and is_generic(sentence.lowers[span[1] - 1])):
        return
    if kind is None and not _is_capitalised(sentence, *span) and not _is_firmly_own(sentence, begin, span):
        return
    if span[1] - span[0] == 1 and _is_sort(sentence.lowers[span[0]]):
        return
    if _says_little(sentence, *span):
        yield from _purpose(sentence, end)
        return
    stop = peel(sentence, *span, cues("heads")["generic"]["vague"])
    if span[0] < stop and not all(is_generic(w) or is_empty_modifier(w) for w in sentence.lowers[span[0] : stop]):
        inner = kind_of_head(sentence.lowers[stop - 1])
        # "a contrastive learning framework": the framework is new, contrastive learning is not
        keep = stop if stop < end and inner is Kind.METHOD and kind in (Kind.METHOD, None) else end
        sure = DESCRIBED - 0.2 * (end - span[0] == 1) - 0.1 * (kind is None)
        yield candidate(sentence, span[0], keep, own_kind(kind), sure)


def _is_task(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether an apposition calls a name a task: "Foxify, a task where"."""
    words = sentence.lowers
    return words[end : end + 2] in ((",", "a"), (",", "the")) and words[end + 2 : end + 3] in (("task",), ("problem",))


def _kind_of_phrase(sentence: Sentence, begin: int, end: int) -> Kind | None:
    """Return the kind that a phrase tells by its head; a function is told by the word before it: "loss function"."""
    head = end - 2 if sentence.lowers[end - 1] in ("function", "functions") and end - begin > 1 else end - 1
    return kind_of_head(sentence.lowers[head])


def _is_made(sentence: Sentence, begin: int, end: int, kind: Kind | None) -> bool:
    """Tell whether a thing that is built or described is new: a method with an indefinite article, "we build a fox constraint"."""
    article = next((w for w in reversed(sentence.lowers[max(0, begin - 3) : begin]) if w in DETERMINERS), "")
    return kind is Kind.METHOD and article in ("a", "an") and sentence.count_words(begin, end) > 2


def _is_firmly_own(sentence: Sentence, begin: int, span: tuple[int, int]) -> bool:
    """Tell whether a thing of no telling head is proposed in so many words: "we propose a fox repository"."""
    before = sentence.lowers[max(0, begin - 4) : span[0]]
    told = "novel" in before or not cues("proposals")["firm_verbs"].isdisjoint(before)
    return span[1] - span[0] > 1 and told


def _long_form_at(doc: Document, sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return the long form, defined right here, that the phrase begins: "a Mixture of Foxes (MoF)"."""
    start, stop = sentence.tokens[begin].start, sentence.tokens[end - 1].end
    for a in doc.abbreviations:
        if a.field == sentence.field and start <= a.long_start < stop <= a.long_end:
            return a.long_start, a.long_end
    return None


def describes(sentence: Sentence, end: int) -> bool:
    """Tell whether a long form with its bracket describes what follows: "a Fox Light (FL) aided tracking method"."""
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= end), len(sentence.tokens))
    at = past_brackets(sentence, at)
    return at + 1 < len(sentence.tokens) and sentence.tags[at] in "DJ" and sentence.tags[at + 1] in "NXJ"


def _apposed(sentence: Sentence, span: tuple[int, int], end: int) -> tuple[int, int] | None:
    """Return the name that stands, bare between commas, behind a description: "a prompting scheme, two-hop prompting, that"."""
    words, tags = sentence.lowers, sentence.tags
    if end + 1 >= len(words) or words[end] not in _DASHES or not _is_sort(words[span[1] - 1]):
        return None
    if words[end] != ",":
        phrase = sentence.phrase_at(end + 1) if is_name(sentence, end + 1) else None
        return (end + 1, phrase[1]) if phrase and words[phrase[1] : phrase[1] + 1] == (words[end],) else None
    phrase = sentence.phrase_at(end + 1) if is_name(sentence, end + 1) else None
    if phrase and words[phrase[1] : phrase[1] + 1] in (("that",), ("which",), ("to",), (".",), ("for",)):
        return end + 1, phrase[1]
    stop = next((k for k in range(end + 1, len(words)) if words[k] in (",", "(", "–", "—")), 0)
    bare = all(tags[k] in "NXJD" or "-" in (words[k], words[k + 1]) for k in range(end + 1, stop))
    return (end + 1, stop) if bare and 1 < stop - end - 1 <= _LONGEST_NAME and tags[stop - 1] in "NX" else None


def _is_sort(word: str) -> bool:
    """Tell whether a noun says only what sort of thing something is: "algorithm", "approach"."""
    return is_generic(word) or word in cues("heads")["generic"]["peeled"]


def _says_little(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a description is one modifier and a generic noun: "adaptive scheme", "multi-stage solution"."""
    if not is_generic(sentence.lowers[end - 1]):
        return False
    words = [k for k in range(begin, end) if sentence.lowers[k][0].isalnum()]
    hyphenated = len(words) == 3 and words[1] == words[0] + 2 and sentence.tags[words[0]] not in "NX"
    return hyphenated or (len(words) == 2 and sentence.tags[words[0]] == "J")


def _purpose(sentence: Sentence, end: int) -> Iterator[Candidate]:
    """Yield the technique that a vague description is for: "an adaptive scheme for action quantization"."""
    if end + 1 < len(sentence.lowers) and sentence.lowers[end] in ("for", "of"):
        phrase = next((p for p in sentence.phrases if p[0] == end + 1), None)
        span = core(sentence, *phrase) if phrase else None
        if span and span[1] - span[0] > 1 and kind_of_head(sentence.lowers[span[1] - 1]) is Kind.METHOD:
            yield candidate(sentence, *span, Kind.METHOD, DESCRIBED - 0.15)


def _name_inside(sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return the proper name in a phrase, as at "the FoxNet framework": capitals in a row, at least one of them unusual."""
    runs: list[tuple[int, int]] = []
    k = begin
    while k < end:
        if (sentence.tags[k] == "X" and sentence.tokens[k].text[0].isupper()) or is_name(sentence, k):
            stop = k + 1
            while stop < end:
                if sentence.tokens[stop].text in "-/+" and stop + 1 < end and sentence.tags[stop + 1] in "XMNJ":
                    stop += 2
                elif sentence.tags[stop] in "XM":
                    stop += 1
                else:
                    break
            runs.append((k, stop))
            k = stop
        k += 1
    runs = [
        run
        for run in runs
        if run[1] - run[0] > 1 or is_name(sentence, run[0]) or word_classes().get(sentence.lowers[run[0]]) != "J"
    ]
    if not runs:
        return None
    first, stop = runs[-1]
    bare = sentence.lowers[first:stop]
    if stop < end and not all(is_generic(w) or kind_of_head(w) for w in sentence.lowers[stop:end]):
        return None  # "a CNN feature detector": CNN is not what is new
    if stop < end and not (first == begin and (_is_new_name(sentence, first, stop))):
        return None
    return (first, stop) if not all(is_generic(w) for w in bare) else None


def _is_new_name(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell names such as FoxNet or UDAMA from common short forms before a noun ("the CNN model" is nothing new)."""
    text = sentence.tokens[begin].text
    mixed = any(c.islower() for c in text) and any(c.isupper() for c in text[1:])
    return mixed or end - begin > 1 or len(text) > 4


def _kind_beside(sentence: Sentence, begin: int, end: int, name: tuple[int, int]) -> Kind | None:
    """Return the kind that the words beside a name tell: "the X dataset", "X, a new dataset", "a dataset, X"."""
    if name[1] < end:
        return kind_of_head(sentence.lowers[end - 1])
    after = past_brackets(sentence, end)
    words = sentence.lowers
    if after + 1 < len(words) and words[after] in (",", ":", "-", "–", "—"):
        for phrase in sentence.phrases:
            if after < phrase[0] <= after + 4:
                head = words[phrase[1] - 1]
                if (
                    phrase[1] < len(words)
                    and words[phrase[1]] == "of"
                    and head in ("set", "suite", "collection", "series")
                ):
                    return Kind.DATASET
                return apposed_kind(sentence, after + 1) if words[after] == "," else kind_of_head(head)
    if name[0] > begin:
        return kind_of_head(words[name[0] - 1])
    return None


def past_brackets(sentence: Sentence, at: int) -> int:
    words = sentence.lowers
    if at < len(words) and words[at] == "(":
        close = next((k for k in range(at, len(words)) if words[k] == ")"), -1)
        return close + 1 if close > 0 else at
    return at


def own_kind(kind: Kind | None) -> Kind:
    return kind if kind in (Kind.DATASET, Kind.METRIC) else Kind.METHOD


def own_role(kind: Kind) -> Role:
    """Return the role of something of the paper's own, by its kind."""
    return {Kind.DATASET: Role.INTRODUCES, Kind.METRIC: Role.REPORTS, Kind.TASK: Role.ADDRESSES}.get(
        kind, Role.PROPOSES
    )


def candidate(sentence: Sentence, begin: int, end: int, kind: Kind, confidence: float) -> Candidate:
    span = sentence.span(begin, end)
    return Candidate(span.field, span.start, span.end, kind, own_role(kind), "proposals", confidence)


def _is_capitalised(sentence: Sentence, begin: int, end: int) -> bool:
    words = [sentence.tokens[k].text for k in range(begin, end) if sentence.tokens[k].text[0].isalpha()]
    return len(words) > 1 and all(w[0].isupper() for w in words)


def is_method(name: str) -> bool:
    """Tell whether the last word of a name says that it is a method."""
    return kind_of_head(name.split()[-1]) is Kind.METHOD
