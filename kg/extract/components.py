"""What a paper's own thing is made of, and what else it calls new: "a novel X", "two key components: X and Y", "its X".

Beside `proposals`, which reads what the paper says it proposes; here the sentence is about the proposal. Words are data:
`cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.cues import cues
from kg.cues.heads import core, is_empty_modifier, is_generic, is_name, kind_of_head
from kg.extract._things import DESCRIBED, NAMED, candidate, describes, own_kind, own_role, past_brackets, thing
from kg.extract.proposals import FILLERS, NEAR, STOPS, first_own, is_own, objects, own_names, phrase_from
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS
from kg.vocab import Kind

STAGE = "names"
_PART = 0.65


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate with its role for each thing that a sentence about the paper's own thing calls new or a part of it."""
    for sentence in doc.abstract:
        for found in _read(doc, sentence, lexicon):
            yield found._replace(extractor="components")


def _read(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    bag = sentence.bag
    if "novel" in bag or "new" in bag:
        yield from _novel(doc, sentence)
    if not _brings().isdisjoint(bag):
        yield from _brought(doc, sentence, lexicon)
    if not _holds().isdisjoint(bag):
        yield from _held(doc, sentence, lexicon)
    if "our" in bag:
        yield from _our(doc, sentence, lexicon)
    if "proposed" in bag:
        yield from _called_proposed(doc, sentence, lexicon)
    if ":" in bag:
        yield from _parts(doc, sentence, lexicon)
    if doc.abbreviations:
        yield from _defined(doc, sentence, lexicon)
    yield from _capitalised(doc, sentence, lexicon)
    yield from _indefinite(doc, sentence, lexicon)
    yield from _counted(doc, sentence)


@cache
def _brings() -> frozenset[str]:
    verbs: frozenset[str] = cues("proposals")["brings"]
    return verbs


def _brought(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper's own thing brings: "FoxNet introduces a tail gate", "our framework further proposes Fox Pooling"."""
    if sentence.index < first_own(doc):
        return
    for at, word in enumerate(sentence.lowers):
        if word in _brings() and _is_own_thing(doc, sentence, at):
            for found in objects(doc, sentence, at):
                if not lexicon.named(doc.text(found)):
                    yield found


def _is_own_thing(doc: Document, sentence: Sentence, verb: int) -> bool:
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


@cache
def _holds() -> frozenset[str]:
    verbs: frozenset[str] = cues("proposals")["holds"]
    return verbs


def _held(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper's own thing is said to be made of: "FoxNet consists of a tail gate and a den module"."""
    if sentence.index < first_own(doc):
        return
    words = sentence.lowers
    for at, word in enumerate(words):
        if word not in _holds() or not (_is_own_thing(doc, sentence, at) or _is_behind_own(sentence, at)):
            continue
        for begin, end in _listed(sentence, at + 1 + (words[at + 1 : at + 2] == ("of",))):
            if _is_method(words[end - 1]) and not _is_taken(doc, sentence, begin, (begin, end), lexicon):
                for found in thing(doc, sentence, begin, end, weak=False):
                    yield found._replace(confidence=_PART)


def _is_behind_own(sentence: Sentence, at: int) -> bool:
    """Tell whether a word stands behind a thing that the sentence proposes: "we design a fox structure, including ..."."""
    verbs = cues("proposals")["firm_verbs"]
    verb = next((k for k in range(at - 1, -1, -1) if sentence.lowers[k] in verbs and is_own(sentence, k)), -1)
    before = sentence.lowers[at - 1]
    return 0 <= verb and at - verb <= NEAR and (before == "," or before in cues("heads")["generic"]["peeled"])


def _listed(sentence: Sentence, at: int) -> Iterator[tuple[int, int]]:
    """Yield the phrases of a list with an article or a number each: "a tail gate, a den module and two heads"."""
    words = sentence.lowers
    while at < len(words) and (words[at] in DETERMINERS or words[at] in _NUMBERS or sentence.tags[at] == "R"):
        phrase = phrase_from(sentence, at)
        if phrase is None:
            return
        yield phrase
        at = past_brackets(sentence, phrase[1])
        if words[at : at + 1] == (",",):
            at += 1
        elif words[at : at + 1] != ("and",):
            return
        if words[at : at + 1] == ("and",):
            at += 1


def _our(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the name beside what the paper calls its own: "our key mechanism, Fox Scheduling, applies ..."."""
    words = sentence.lowers
    yield from _described_as_our(doc, sentence, lexicon)
    for begin, end in sentence.phrases:
        if begin and words[begin - 1] == "our" and words[end : end + 1] == (",",) and is_generic(words[end - 1]):
            name = next((p for p in sentence.phrases if p[0] == end + 1), None)
            if name and words[name[1] : name[1] + 1] == (",",) and sentence.tokens[name[0]].text[0].isupper():
                if not lexicon.named(doc.text(sentence.span(*name))):
                    yield candidate(sentence, *name, own_kind(kind_of_head(words[name[1] - 1])), DESCRIBED)


def _described_as_our(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a method that the paper calls its own in so many words: "our fox-guided den sampler"."""
    for begin, end in sentence.phrases:
        if not begin or sentence.lowers[begin - 1] != "our":
            continue
        if is_name(sentence, begin) and _is_family(sentence.lowers[begin + 1 : end]):
            yield candidate(sentence, begin, begin + 1, Kind.METHOD, NAMED)  # "our FoxNet approach"
            continue
        if not _is_method(sentence.lowers[end - 1]) or sentence.lowers[end - 1] in cues("heads")["generic"]["vague"]:
            continue  # "our fox tracking method" is a method for a known task
        span = core(sentence, begin, end)
        if span and sentence.count_words(*span) > 2 and not lexicon.named(doc.text(sentence.span(*span))):
            for found in thing(doc, sentence, begin, end, weak=False):
                yield found._replace(confidence=min(found.confidence, _PART))


def _is_family(words: Sequence[str]) -> bool:
    """Tell whether words behind a name say no more than what sort of thing it is: "FoxNet approach"."""
    return bool(words) and cues("heads")["generic"]["peeled"].issuperset(words)


_NUMBERS = frozenset({"one", "two", "three", "four"})
_BETWEEN = frozenset({"which", ",", "that", "also", "then", "and"})


def _called_proposed(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper calls proposed in passing: "the proposed hybrid gripper"."""
    for begin, end in sentence.phrases:
        at = next((k for k in range(max(0, begin - 1), end - 1) if sentence.lowers[k] == "proposed"), -1)
        earlier = sentence.lowers[max(0, at - 1)] in ("-", "recently", "previously", "originally", "first")
        if at >= 0 and not earlier and _may_be_new(sentence, begin, end):
            for found in thing(doc, sentence, at + 1, end, weak=False):
                if not lexicon.named(doc.text(found)):
                    yield found._replace(confidence=min(found.confidence, _PART))


def _novel(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """Yield what a sentence about the paper calls novel: "our model adopts a novel dilated attention"."""
    if sentence.index < first_own(doc):
        return
    for k in range(1, len(sentence.tokens)):
        if sentence.lowers[k] in ("novel", "new") and sentence.lowers[k - 1] in ("a", "an"):
            if k > 2 and sentence.lowers[k - 2] == "," and _is_name_before(sentence, k - 3):
                continue  # "FoxNet, a novel network": what is new is FoxNet
            phrase = sentence.phrase_at(k) or phrase_from(sentence, k + 1)
            subject = _subject_before(sentence, k - 2)
            if phrase and subject and _is_method(sentence.lowers[phrase[1] - 1]):
                yield candidate(sentence, *subject, Kind.METHOD, DESCRIBED)  # "Fox Training is a novel strategy"
                continue
            if phrase and _may_be_new(sentence, max(k, phrase[0]), phrase[1]):
                yield from thing(doc, sentence, max(k, phrase[0]), phrase[1], weak=False)


def _subject_before(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Return the capitalised name that a copula ends: "Fox Training is"."""
    if verb < 1 or sentence.lowers[verb] not in ("is", "are"):
        return None
    phrase = next((p for p in sentence.phrases if past_brackets(sentence, p[1]) == verb), None)
    return phrase if phrase and all(sentence.tags[k] in "XMP" for k in range(*phrase)) else None


def _may_be_new(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a phrase can name a new method: by its head, or, of several words, by a head that is nothing else."""
    head = sentence.lowers[end - 1]
    kind = kind_of_head(head)
    words = [k for k in range(begin, end) if not is_empty_modifier(sentence.lowers[k])]
    return kind is Kind.METHOD or (kind is None and not is_generic(head) and len(words) > 2)


def _is_name_before(sentence: Sentence, at: int) -> bool:
    """Tell whether a proper name, or a bracket behind one, ends at a token."""
    return sentence.lowers[at] == ")" or is_name(sentence, at) or sentence.tags[at] == "X"


def _parts(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper lists as its parts: "two key components: a fox gate and Tail Pooling, which ..."."""
    words = sentence.lowers
    if sentence.index < first_own(doc):
        return
    colon = words.index(":")
    if colon == 0 or words[colon - 1] not in cues("proposals")["parts"]:
        return
    for at in range(colon + 1, len(words)):
        starts = at == colon + 1 or words[at - 1] == ";" or (words[at - 1] == "and" and at > colon + 2)
        while starts and at < len(words) - 1 and words[at] in FILLERS:
            at += 1
        phrase = phrase_from(sentence, at) if starts else None
        if phrase and not lexicon.named(doc.text(sentence.span(*phrase))):
            for found in thing(doc, sentence, *phrase, weak=False):
                yield found._replace(confidence=_PART)


def _defined(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Capitalised long forms that the paper defines as its own: "we insert a Fox Gate (FG)", "its core, the Fox Gate (FG)"."""
    if sentence.index < first_own(doc):
        return
    starts = {token.start: k for k, token in enumerate(sentence.tokens)}
    for a in doc.abbreviations:
        k = starts.get(a.long_start, 0)
        if a.field != sentence.field or not 0 < k or lexicon.named(a.long) or describes(sentence, a.long_end):
            continue
        if _is_taken_up(sentence, k, a.long):
            continue
        words = [w for w in a.long.replace("-", " ").split() if w.lower() not in STOPS]
        the = sentence.lowers[k - 1] == "the" and (k == 1 or sentence.lowers[k - 2] == ",")
        if (the or sentence.lowers[k - 1] in ("a", "an", "novel", "new", "our", "its")) and (
            (words[0][:1].isupper() and words[-1][:1].isupper()) or (not the and _is_method(a.long))
        ):
            kind = own_kind(kind_of_head(a.long.split()[-1]))
            yield Candidate(a.field, a.long_start, a.long_end, kind, own_role(kind), "proposals", DESCRIBED)


def _is_taken_up(sentence: Sentence, at: int, long: str) -> bool:
    """Tell whether a defined name is said to be used: "using a Large Fox Model (LFM)", "we employ a fox network (FN)"."""
    before = sentence.lowers[max(0, at - 2)]
    return before in ("using", "on", "upon") or (long.islower() and before in cues("evaluation")["using"])


def _is_method(name: str) -> bool:
    """Tell whether the last word of a name says that it is a method."""
    return kind_of_head(name.split()[-1]) is Kind.METHOD


def _capitalised(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Parts of the paper's own thing that it writes as names: "the Fox-guided Modules exploit ..."."""
    if sentence.index <= first_own(doc):
        return
    for begin, end in sentence.phrases:
        if begin == 0 or sentence.lowers[begin - 1] not in ("the", "our", "its", "a", "an"):
            continue
        words = [k for k in range(begin, end) if sentence.tokens[k].text[0].isalpha() and sentence.lowers[k - 1] != "-"]
        if len(words) > 1 and all(sentence.tokens[k].text[0].isupper() for k in words):
            head = sentence.lowers[end - 1]
            if head.rstrip("s") in cues("proposals")["own_parts"] and not lexicon.named(
                doc.text(sentence.span(begin, end))
            ):
                yield candidate(sentence, begin, end, Kind.METHOD, DESCRIBED)


def _indefinite(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Parts with an indefinite article, after the paper has proposed something: "a fox-guided module filters ..."."""
    if sentence.index <= _proposed_at(doc):
        return
    parts = cues("proposals")["own_parts"]
    for begin, end in sentence.phrases:
        if begin and sentence.lowers[begin - 1] in ("a", "an") and sentence.lowers[end - 1] in parts:
            span = core(sentence, begin, end)
            if span and sentence.count_words(*span) > 2 and not _is_taken(doc, sentence, begin, span, lexicon):
                for found in thing(doc, sentence, begin, end, weak=False):
                    if not lexicon.named(doc.text(found)):
                        yield found._replace(confidence=min(found.confidence, _PART))


def _is_taken(doc: Document, sentence: Sentence, begin: int, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Tell whether a part is somebody else's: "a pretrained fox encoder", "a chain-of-fox layer" where that chain is known."""
    if not cues("proposals")["taken"].isdisjoint(sentence.lowers[begin : span[1]]):
        return True
    texts = (doc.text(sentence.span(span[0], end)) for end in (span[1], span[1] - 1))
    return any(lexicon.named(text) for text in texts)


@lru_cache(maxsize=2)
def _proposed_at(doc: Document) -> int:
    """Return the index of the sentence in which the paper first says that it proposes something."""
    verbs = cues("proposals")["firm_verbs"] | {"present", "presents"}
    own = (s.index for s in doc.abstract if any(s.lowers[k] in verbs and is_own(s, k) for k in range(len(s.lowers))))
    return next(own, len(doc.sentences))


def _counted(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """Yield what an ordinal takes up of what the sentence before counted: "two fusion methods. The first is a fox fusion"."""
    words = sentence.lowers
    if len(words) < 5 or words[0] != "the" or words[1] not in ("first", "second", "third"):
        return
    earlier = [s for s in doc.abstract if s.index < sentence.index][-2:]
    verbs, numbers = cues("proposals")["firm_verbs"], ("two", "three", "four")
    if not any(
        s.lowers[k] in verbs and is_own(s, k) and any(w in numbers for w in s.lowers[k : k + 3])
        for s in earlier
        for k in range(len(s.lowers))
    ):
        return
    verb = next((k for k in range(2, min(6, len(words) - 2)) if words[k] in ("is", ",")), 0)
    phrase = phrase_from(sentence, verb + 2) if verb and words[verb + 1] in ("a", "an") else None
    if phrase:
        yield from thing(doc, sentence, *phrase, weak=False)
