"""What a paper calls new or its own in passing: "a novel X", "the proposed X", "our X", "our key mechanism, X, applies".

Beside `proposals`, which reads what the paper says it proposes. Words are data: `cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.cues import cues
from kg.cues.heads import core, is_empty_modifier, is_generic, is_name, kind_of_head
from kg.extract._own import first_own, unknown
from kg.extract._things import DESCRIBED, NAMED, candidate, is_method, own_kind, past_brackets, thing
from kg.extract.proposals import phrase_from
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.vocab import Kind

STAGE = "names"
_PASSING = 0.65


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate with its role for each thing that a sentence calls new, proposed or ours."""
    for sentence in doc.abstract:
        for found in _read(doc, sentence, lexicon):
            yield found._replace(extractor="novelties")


def _read(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    bag = sentence.bag
    if "novel" in bag or "new" in bag:
        yield from _novel(doc, sentence)
    if "our" in bag:
        yield from _our(doc, sentence, lexicon)
    if "proposed" in bag:
        yield from _called_proposed(doc, sentence, lexicon)


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
            if phrase and subject and is_method(sentence.lowers[phrase[1] - 1]):
                yield candidate(sentence, *subject, Kind.METHOD, DESCRIBED)  # "Fox Training is a novel strategy"
                continue
            if phrase and _may_be_new(sentence, max(k, phrase[0]), phrase[1]):
                yield from thing(doc, sentence, max(k, phrase[0]), phrase[1], weak=False)


def _subject_before(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Return the capitalised name that a copula ends: "Fox Training is"."""
    if verb < 1 or sentence.lowers[verb] not in ("is", "are"):
        return None
    phrase = next((p for p in sentence.phrases if past_brackets(sentence, p[1]) == verb), None)
    words = [sentence.tokens[k].text[0] for k in range(*phrase)] if phrase else []
    return phrase if len(words) > 1 and not any(map(str.islower, words)) else None


def _may_be_new(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a phrase can name a new method: by its head, or, of several words, by a head that is nothing else."""
    head = sentence.lowers[end - 1]
    kind = kind_of_head(head)
    words = [k for k in range(begin, end) if not is_empty_modifier(sentence.lowers[k])]
    return kind is Kind.METHOD or (kind is None and not is_generic(head) and len(words) > 2)


def _is_name_before(sentence: Sentence, at: int) -> bool:
    """Tell whether a proper name, or a bracket behind one, ends at a token."""
    return sentence.lowers[at] == ")" or is_name(sentence, at) or sentence.tags[at] == "X"


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
        if not is_method(sentence.lowers[end - 1]) or sentence.lowers[end - 1] in cues("heads")["generic"]["vague"]:
            continue  # "our fox tracking method" is a method for a known task
        span = core(sentence, begin, end)
        if span and sentence.count_words(*span) > 2 and not lexicon.named(doc.text(sentence.span(*span))):
            for found in thing(doc, sentence, begin, end, weak=False):
                yield found._replace(confidence=min(found.confidence, _PASSING))


def _is_family(words: Sequence[str]) -> bool:
    """Tell whether words behind a name say no more than what sort of thing it is: "FoxNet approach"."""
    return bool(words) and cues("heads")["generic"]["peeled"].issuperset(words)


def _called_proposed(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what the paper calls proposed in passing: "the proposed hybrid gripper"."""
    for begin, end in sentence.phrases:
        at = next((k for k in range(max(0, begin - 1), end - 1) if sentence.lowers[k] == "proposed"), -1)
        earlier = sentence.lowers[max(0, at - 1)] in cues("proposals")["earlier"]
        if at >= 0 and not earlier and _may_be_new(sentence, begin, end):
            yield from unknown(doc, thing(doc, sentence, at + 1, end, weak=False), lexicon, most=_PASSING)
