"""What kind of thing a noun phrase names, told from its last word; and which phrases name nothing."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.cues.read import cues
from kg.text.document import Sentence
from kg.text.forms import form
from kg.vocab import Kind

_JOINERS = frozenset("-–‐‑/+'’")


@cache
def _kinds() -> dict[str, Kind]:
    heads = cues("heads")["heads"]
    return {word: kind for kind in reversed(Kind) if kind.value in heads for word in heads[kind.value]}


@lru_cache(maxsize=1 << 16)
def kind_of_head(word: str) -> Kind | None:
    """Return the kind that a head noun tells, if it tells any.

    >>> kind_of_head("networks"), kind_of_head("segmentation"), kind_of_head("rabbit")
    (<Kind.METHOD: 'Method'>, <Kind.TASK: 'Task'>, None)
    """
    return _kinds().get(form(word)) or _kinds().get(word.lower())


@lru_cache(maxsize=1 << 14)
def kind_of_name(name: str) -> Kind | None:
    """Return the kind that the ending of a proper name tells, if it tells any.

    >>> kind_of_name("FoxBench"), kind_of_name("FoxNet"), kind_of_name("Foxy")
    (<Kind.DATASET: 'Dataset'>, <Kind.METHOD: 'Method'>, None)
    """
    endings = cues("heads")["endings"]
    bare = name.split()[-1].rstrip("0123456789.-+") if name.strip() else ""
    found = [kind for kind in Kind if any(bare.endswith(e) and bare != e for e in endings.get(kind.value, ()))]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1 << 16)
def is_generic(word: str) -> bool:
    """Tell whether a noun names nothing by itself (``approach``, ``results``)."""
    nouns = cues("heads")["generic"]["nouns"]
    return word.lower() in nouns or form(word) in nouns


@lru_cache(maxsize=1 << 16)
def is_empty_modifier(word: str) -> bool:
    """Tell whether a modifier says nothing of what a thing is (``novel``, ``efficient``)."""
    return word.lower() in cues("heads")["generic"]["modifiers"]


@lru_cache(maxsize=1 << 16)
def _tells(word: str) -> bool:
    """Tell whether a word in lower case says something of what a thing is."""
    return word[0].isalnum() and not is_empty_modifier(word) and not is_generic(word)


@lru_cache(maxsize=1 << 9)  # several extractors ask for the phrases of one paper
def core(sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return a phrase without empty modifiers at its front; None when nothing that names a thing is left."""
    words = sentence.lowers
    while begin < end and _droppable(sentence, begin, end):
        begin = _after_unit(sentence, begin, end)
    return (begin, end) if any(map(_tells, words[begin:end])) else None


def _droppable(sentence: Sentence, begin: int, end: int) -> bool:
    if begin == end - 1:
        return is_empty_modifier(sentence.lowers[begin])
    if sentence.lowers[begin + 1] not in _JOINERS:
        return is_empty_modifier(sentence.lowers[begin]) or sentence.tags[begin] in "FPR"
    after = _after_unit(sentence, begin, end)
    if after > begin + 2 and sentence.lowers[after - 1] in cues("heads")["generic"]["adjective_ends"]:
        return after < end  # "CNN-based human detection" names human detection, and CNN apart from it
    unit = "".join(sentence.lowers[begin:after])
    return after < end and (is_empty_modifier(unit) or (sentence.tags[begin] in "FPR" and after == begin + 1))


def _after_unit(sentence: Sentence, begin: int, end: int) -> int:
    """Return where the hyphenated unit that starts at `begin` ends."""
    at = begin + 1
    while at + 1 < end and sentence.lowers[at] in _JOINERS and sentence.tokens[at - 1].end == sentence.tokens[at].start:
        at += 2
    return min(at, end)


def apposed_kind(sentence: Sentence, at: int) -> Kind | None:
    """Return the kind that an apposition tells, whose determiner is the token `at`: "FoxNet, a low-cost, light network".

    Hyphenated words that modify a later noun are passed over.
    """
    for begin, end in sentence.phrases:
        if begin < at:
            continue
        if not all(sentence.tags[k] in "FRJMD" or sentence.lowers[k] == "," for k in range(at, begin)):
            return None
        modifies = end - begin > 2 and _after_unit(sentence, begin, end) == end
        if not modifies or sentence.lowers[end : end + 1] not in ((",",), ("and",)):
            return kind_of_head(sentence.lowers[end - 1])
        at = end + 1
    return None


def is_name(sentence: Sentence, token: int) -> bool:
    """Tell whether a token looks like a proper name: inner capitals, or letters with digits."""
    return looks_like_name(sentence.tokens[token].text)


@lru_cache(maxsize=1 << 16)
def looks_like_name(text: str) -> bool:
    """Tell whether a word has the letters of a proper name.

    >>> [looks_like_name(w) for w in ("ResNet", "GPT", "YOLOv8", "fox", "3D", "IMPORTANTLY")]
    [True, True, True, False, False, False]
    """
    if len(text) < 2 or not any(c.isalpha() for c in text) or text[:-1].isdigit():
        return False  # "5M" counts, "3D" describes
    inner = any(c.isupper() for c in text[1:]) or (any(c.isdigit() for c in text) and text[0].isalpha())
    return inner and not (text.isupper() and len(text) > 8)
