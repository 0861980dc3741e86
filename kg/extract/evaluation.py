"""What a paper measures on and against: "on X and Y datasets", "experiments on X", "outperforms Z", "compared to Z".

Data sets are told by the noun beside a name; a bare name after "on" counts where the sentence evaluates. Words are data:
`cues/evaluation.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.cues import cues
from kg.cues.heads import is_name
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.forms import form
from kg.vocab import Kind, Role

STAGE = "names"
_SPLITS = frozenset({"test", "validation", "evaluation", "training"})


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield data sets evaluated on and methods compared with."""
    for sentence in doc.sentences:
        evaluates = sentence.field == "abstract" and not cues("evaluation")["evaluating"].isdisjoint(sentence.bag)
        yield from _beside_noun(sentence, evaluates=evaluates)
        if evaluates:
            yield from _after_on(sentence)
        if not cues("evaluation")["comparing"].isdisjoint(sentence.bag):
            yield from _compared(sentence)


def _beside_noun(sentence: Sentence, *, evaluates: bool) -> Iterator[Candidate]:
    """Names before "dataset", "benchmark", ...: the phrase's own, and those listed before it."""
    strong, weak = cues("evaluation")["dataset_nouns"], cues("evaluation")["weak_dataset_nouns"]
    for begin, end in sentence.phrases:
        stop = end
        while stop > begin and (_is_data_noun(sentence.lowers[stop - 1]) or sentence.lowers[stop - 1] in _SPLITS):
            stop -= 1
        if stop == end:
            continue
        noun = form(sentence.lowers[end - 1])
        if stop == begin or not (noun in strong or (noun in weak and evaluates)):
            continue
        if _proper(sentence, begin, stop):
            span = _without_lower_front(sentence, begin, stop)
            yield _dataset(sentence, *span, 0.85 if noun in strong else 0.65)
            yield from _listed_before(sentence, begin)
    for begin, _end in sentence.phrases:  # "the dataset X", "benchmarks: X and Y", "cohorts (X and Y)"
        at = _before_list(sentence, begin)
        noun = form(sentence.lowers[at - 1]) if at else ""
        if noun in strong or (noun in weak and evaluates):
            yield from _run_of_names(sentence, begin, 0.85 if noun in strong else 0.6)


def _before_list(sentence: Sentence, begin: int) -> int:
    """Return where a noun ends that a list of names belongs to: "datasets (", "datasets such as", "datasets, including"."""
    words = sentence.lowers
    if begin < 2:
        return 0
    if words[begin - 1] in ("(", ":", "called", "named"):
        return begin - 1
    at = begin - 1 if words[begin - 1] in cues("evaluation")["before_names"] else 0
    at = begin - 2 if words[begin - 2 : begin] == ("such", "as") else at
    return at - 1 if at > 1 and words[at - 1] in (",", "(") else at


@lru_cache(maxsize=1 << 16)
def _is_data_noun(word: str) -> bool:
    return form(word) in cues("evaluation")["dataset_nouns"] | cues("evaluation")["weak_dataset_nouns"]


def _after_on(sentence: Sentence) -> Iterator[Candidate]:
    for at in range(len(sentence.tokens) - 1):
        if sentence.lowers[at] in ("on", "in", "over", "across"):
            begin = at + 1
            while begin < len(sentence.tokens) and sentence.lowers[begin] in cues("evaluation")["before_data"]:
                begin += 1
            if sentence.lowers[at] == "on" or (begin < len(sentence.tokens) and _followed_by_noun(sentence, begin)):
                yield from _run_of_names(sentence, begin)


def _followed_by_noun(sentence: Sentence, at: int) -> bool:
    phrase = sentence.phrase_at(at)
    return phrase is not None and form(sentence.lowers[phrase[1] - 1]) in cues("evaluation")["dataset_nouns"]


def _run_of_names(sentence: Sentence, at: int, sure: float = 0.6) -> Iterator[Candidate]:
    """Yield the proper names of a list that starts at a token: "X, Y (n=3), and Z"."""
    while at < len(sentence.tokens):
        phrase = sentence.phrase_at(at)
        if phrase is None or (phrase[0] != at and at != phrase[0]):
            return
        begin, end = at, phrase[1]
        stop = end
        while stop > begin and _is_data_noun(sentence.lowers[stop - 1]):
            stop -= 1
        if not _proper(sentence, begin, stop) or not _is_data(sentence, begin, stop):
            return
        yield _dataset(sentence, begin, stop, sure)
        at = _next(sentence, end)
        if at < 0:
            return


def _is_data(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a proper phrase after "on" can be data: capitals throughout, and no machine, task or list of models."""
    if form(sentence.lowers[end - 1]) in cues("evaluation")["not_data"]:
        return False
    words = [sentence.tokens[k].text for k in range(begin, end)]
    capital = all(sentence.tags[k] in "XMP" or words[k - begin][0].isupper() for k in range(begin, end))
    return capital and "|" not in words and any(word[0].isupper() or len(word) > 2 for word in words)


def _next(sentence: Sentence, at: int) -> int:
    words = sentence.lowers
    if at < len(words) and words[at] == "(":
        at = next((k + 1 for k in range(at, len(words)) if words[k] == ")"), len(words))
    started = at
    while at < len(words) and (words[at] in (",", "and", "&", "the", "or") or (words[at] == "/" and at == started)):
        at += 1
    return at if started < at < len(words) else -1


def _listed_before(sentence: Sentence, begin: int) -> Iterator[Candidate]:
    """Yield the names listed before the one that the noun follows: "X, Y and Z datasets" has X and Y."""
    at = begin
    while at >= 2:
        k = at - 1
        if sentence.lowers[k] in ("and", "&", "or"):
            k -= 1
        if sentence.lowers[k] == ",":
            k -= 1
        if k == at - 1:
            return
        phrase = sentence.phrase_at(k)
        if (
            phrase is None
            or phrase[1] != k + 1
            or not _proper(sentence, *phrase)
            or sentence.tags[phrase[0]] not in "XM"
        ):
            return
        yield _dataset(sentence, *_without_lower_front(sentence, *phrase), 0.7)
        at = phrase[0]


def _compared(sentence: Sentence) -> Iterator[Candidate]:
    """Names after "outperforms", "compared to", "than", "baselines such as"."""
    comparing = cues("evaluation")["comparing"]
    for at in range(len(sentence.tokens)):
        if sentence.lowers[at] not in comparing:
            continue
        begin = at + 1
        while begin < len(sentence.tokens) and (
            sentence.tags[begin] in "FRJMD" or sentence.lowers[begin] in cues("evaluation")["before_rival"]
        ):
            begin += 1
            if begin - at > 8:
                break
        for name in _names_from(sentence, begin):
            span = sentence.span(*name)
            yield Candidate(span.field, span.start, span.end, Kind.METHOD, Role.COMPARES_WITH, "evaluation", 0.6)


def _names_from(sentence: Sentence, at: int) -> Iterator[tuple[int, int]]:
    while 0 <= at < len(sentence.tokens):
        phrase = sentence.phrase_at(at)
        if phrase is None or phrase[0] < at:
            return
        if _proper(sentence, *phrase) and is_name(sentence, phrase[0]):
            stop = phrase[0]
            while stop < phrase[1] and (sentence.tags[stop] in "XM" or sentence.tokens[stop].text in "-/+"):
                stop += 1
            yield phrase[0], stop
        else:
            return
        at = _next(sentence, phrase[1])


def _proper(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a phrase holds a proper name: a token with capitals in a sentence, or unusual letters anywhere."""
    if begin >= end or cues("evaluation")["languages"].issuperset(sentence.lowers[begin:end]):
        return False
    if sentence.field == "title":
        return any(is_name(sentence, k) for k in range(begin, end))
    return any(sentence.tags[k] == "X" and any(c.isupper() for c in sentence.tokens[k].text) for k in range(begin, end))


def _without_lower_front(sentence: Sentence, begin: int, end: int) -> tuple[int, int]:
    """Drop common words before the name: "challenging out-of-domain MESS" -> MESS."""
    first = next(
        (
            k
            for k in range(begin, end)
            if sentence.tags[k] in "XM"
            and sentence.tokens[k].text[0].isalnum()
            and (sentence.tokens[k].text[0].isupper() or is_name(sentence, k))
        ),
        begin,
    )
    return first, end


def _dataset(sentence: Sentence, begin: int, end: int, confidence: float) -> Candidate:
    span = sentence.span(begin, end)
    return Candidate(span.field, span.start, span.end, Kind.DATASET, None, "evaluation", confidence)
