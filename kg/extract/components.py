"""What a paper's own thing is made of: "two key components: X and Y", "FoxNet introduces X", "it consists of an X and a Y".

Beside `proposals`, which reads what the paper says it proposes; here the sentence is about the proposal. Words are data:
`cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import core, kind_of_head
from kg.extract._own import NEAR, first_own, is_own_thing, is_taken, own_verbs, proposed_at, unknown
from kg.extract._things import DESCRIBED, candidate, describes, is_method, own_kind, own_role, past_brackets, thing
from kg.extract.proposals import FILLERS, STOPS, objects, phrase_from
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS
from kg.vocab import Kind

STAGE = "names"
_PART = 0.65


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate with its role for each part of the paper's own thing."""
    for sentence in doc.abstract:
        for found in _read(doc, sentence, lexicon):
            yield found._replace(extractor="components")


def _read(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    bag = sentence.bag
    if not cues("proposals")["brings"].isdisjoint(bag):
        yield from _brought(doc, sentence, lexicon)
    if not cues("proposals")["holds"].isdisjoint(bag):
        yield from _held(doc, sentence, lexicon)
    if ":" in bag:
        yield from _parts(doc, sentence, lexicon)
    if doc.abbreviations:
        yield from _defined(doc, sentence, lexicon)
    yield from _capitalised(doc, sentence, lexicon)
    yield from _indefinite(doc, sentence, lexicon)
    yield from _counted(doc, sentence)


def _brought(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper's own thing brings: "FoxNet introduces a tail gate", "our framework further proposes Fox Pooling"."""
    if sentence.index < first_own(doc):
        return
    for at, word in enumerate(sentence.lowers):
        if word in cues("proposals")["brings"] and is_own_thing(doc, sentence, at):
            yield from unknown(doc, objects(doc, sentence, at), lexicon)


def _held(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper's own thing is said to be made of: "FoxNet consists of a tail gate and a den module"."""
    if sentence.index < first_own(doc):
        return
    words = sentence.lowers
    for at, word in enumerate(words):
        if word not in cues("proposals")["holds"] or not (
            is_own_thing(doc, sentence, at) or _is_behind_own(sentence, at)
        ):
            continue
        for begin, end in _listed(sentence, at + 1 + (words[at + 1 : at + 2] == ("of",))):
            if is_method(words[end - 1]) and not is_taken(doc, sentence, begin, (begin, end), lexicon):
                for found in thing(doc, sentence, begin, end, weak=False):
                    yield found._replace(confidence=_PART)


def _is_behind_own(sentence: Sentence, at: int) -> bool:
    """Tell whether a word stands behind a thing that the sentence proposes: "we design a fox structure, including ..."."""
    near = any(at - NEAR <= verb < at for verb in own_verbs(sentence, cues("proposals")["firm_verbs"]))
    before = sentence.lowers[at - 1]
    return near and (before == "," or before in cues("heads")["generic"]["peeled"])


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


_NUMBERS = frozenset({"one", "two", "three", "four"})


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
            (words[0][:1].isupper() and words[-1][:1].isupper()) or (not the and is_method(a.long))
        ):
            kind = own_kind(kind_of_head(a.long.split()[-1]))
            yield Candidate(a.field, a.long_start, a.long_end, kind, own_role(kind), "proposals", DESCRIBED)


def _is_taken_up(sentence: Sentence, at: int, long: str) -> bool:
    """Tell whether a defined name is said to be used: "using a Large Fox Model (LFM)", "we employ a fox network (FN)"."""
    before = sentence.lowers[max(0, at - 2)]
    return before in ("using", "on", "upon") or (long.islower() and before in cues("evaluation")["using"])


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
    if sentence.index <= proposed_at(doc):
        return
    parts = cues("proposals")["own_parts"]
    for begin, end in sentence.phrases:
        if begin and sentence.lowers[begin - 1] in ("a", "an") and sentence.lowers[end - 1] in parts:
            span = core(sentence, begin, end)
            if span and sentence.count_words(*span) > 2 and not is_taken(doc, sentence, begin, span, lexicon):
                yield from unknown(doc, thing(doc, sentence, begin, end, weak=False), lexicon, most=_PART)


def _counted(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """Yield what an ordinal takes up of what the sentence before counted: "two fusion methods. The first is a fox fusion"."""
    words = sentence.lowers
    if len(words) < 5 or words[0] != "the" or words[1] not in ("first", "second", "third"):
        return
    earlier = [s for s in doc.abstract if s.index < sentence.index][-2:]
    firm = cues("proposals")["firm_verbs"]
    if not any(_NUMBERS.intersection(s.lowers[k : k + 3]) - {"one"} for s in earlier for k in own_verbs(s, firm)):
        return
    verb = next((k for k in range(2, min(6, len(words) - 2)) if words[k] in ("is", ",")), 0)
    phrase = phrase_from(sentence, verb + 2) if verb and words[verb + 1] in ("a", "an") else None
    if phrase:
        yield from thing(doc, sentence, *phrase, weak=False)
