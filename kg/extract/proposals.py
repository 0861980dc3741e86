"""What a paper says is its own: "we propose X", "X: a ...", "a benchmark named X", a name before the title's colon.

The role is certain here, and the noun beside a name tells its kind ("a dataset called X"). Verbs and naming words are
data: `cues/proposals.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract._cues import cues
from kg.extract._heads import core, is_empty_modifier, is_generic, is_name, kind_of_head
from kg.extract.phrases import peel
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS, word_classes
from kg.vocab import Kind, Role

STAGE = "names"
_NAMED, _DESCRIBED, _TITLE = 0.95, 0.75, 0.9
_REACH = 9  # tokens between the subject ("we") and the verb


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate with its role for each thing the paper says it proposes or introduces."""
    yield from _from_title(doc)
    for sentence in doc.abstract:
        for at in range(len(sentence.tokens)):
            if sentence.lowers[at] in cues("proposals")["verbs"] and _is_own(sentence, at):
                yield from _objects(doc, sentence, at)
        yield from _passive(doc, sentence)
        yield from _named(sentence, lexicon)
        yield from _novel(doc, sentence)
        yield from _defined(doc, sentence, lexicon)


def _is_own(sentence: Sentence, verb: int) -> bool:
    """Tell whether the paper is the subject of the verb: "we propose", "this paper, first, introduces", "(2) release"."""
    words, tags = sentence.lowers, sentence.tags
    if words[verb] in ("proposing", "introducing", "presenting", "releasing"):
        return verb > 0 and words[verb - 1] in ("by", ",", "and", "in")
    subjects = cues("proposals")["subjects"]
    for k in range(verb - 1, max(-1, verb - 1 - _REACH), -1):
        if words[k] in subjects:
            return not (words[k] in ("work", "study", "paper", "works", "report") and words[max(0, k - 1)] not in ("this", "our", "the", "present", "current"))
        if words[k] in (";", ")") or (words[k] in ("and", "then", ",", "also") and k == verb - 1):
            before = range(k - 1, -1, -1)
            return any(words[m] in ("we", "paper") or (words[m] in ("this", "our") and tags[m] == "F") for m in before)
        if tags[k] in "NXJ" or words[k] in ("that", "which", "to", "be", "been"):
            return False
    return False


def _objects(doc: Document, sentence: Sentence, verb: int) -> Iterator[Candidate]:
    """Yield what stands after the verb, and after each comma or "and" that goes on listing."""
    weak = sentence.lowers[verb] in cues("proposals")["weak_verbs"]
    at = verb + 1
    while at < len(sentence.tokens):
        while at < len(sentence.tokens) and (sentence.tags[at] == "R" or sentence.lowers[at] in _FILLERS):
            at += 1
        phrase = _phrase_from(sentence, at)
        if phrase is None:
            return
        yield from _thing(doc, sentence, *phrase, weak=weak)
        at = _next_item(sentence, phrase[1])
        if at < 0:
            at = -1 if weak else _later_item(sentence, phrase[1])
        if at < 0:
            return


_FILLERS = frozenset({"also", "then", "further", "here", "first", "second", "both", ":", "the", "a", "an", "our", "two", "three", "four", "several", "(", "1", ")", "\"", "“", "'", "`", "*"})


def _phrase_from(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return the noun phrase that starts at a token or right after its determiner and adverbs."""
    for begin, end in sentence.phrases:
        if begin <= at < end:
            return at, end
        if at < begin <= at + 3 and all(sentence.tags[k] in "FRJMD" or sentence.lowers[k] in "\"“'`*" for k in range(at, begin)):
            return (begin, end) if not any(sentence.lowers[k] in _STOPS for k in range(at, begin)) else None
    return None


_STOPS = frozenset("that how which whether when why what where to in on for of with from by as is are was were".split())


def _next_item(sentence: Sentence, at: int) -> int:
    """Return where the next item of a list starts, past an abbreviation in brackets; -1 when the list ends."""
    words = sentence.lowers
    at = _past_brackets(sentence, at)
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
            phrase = _phrase_from(sentence, k + 1)
            return k + 1 if phrase and kind_of_head(words[phrase[1] - 1]) is Kind.METHOD else -1
    return -1


def _past_brackets(sentence: Sentence, at: int) -> int:
    words = sentence.lowers
    if at < len(words) and words[at] == "(":
        close = next((k for k in range(at, len(words)) if words[k] == ")"), -1)
        return close + 1 if close > 0 else at
    return at


def _thing(doc: Document, sentence: Sentence, begin: int, end: int, *, weak: bool) -> Iterator[Candidate]:
    """Yield the candidate that a proposed noun phrase is: its name if it bears one, else its description."""
    kind = kind_of_head(sentence.lowers[end - 1])
    long = _long_form_at(doc, sentence, begin, end)
    if long:
        told = kind_of_head(doc.paper.text(sentence.field)[slice(*long)].split()[-1])
        yield Candidate(sentence.field, *long, _own_kind(told), _role(_own_kind(told)), "proposals", _NAMED)
        return
    named = _name_inside(sentence, begin, end)
    if named:
        yield _candidate(sentence, *named, _own_kind(_kind_beside(sentence, begin, end, named) or kind), _NAMED)
        return
    after = _past_brackets(sentence, end)
    if after < len(sentence.tokens) and sentence.lowers[after] in cues("proposals")["naming"]:
        return  # `_named` reads it
    span = core(sentence, begin, end)
    name = _apposed(sentence, span or (begin, end), end)
    if name:
        yield _candidate(sentence, *name, _own_kind(kind_of_head(sentence.lowers[name[1] - 1]) or kind), _DESCRIBED)
        return
    if weak or span is None or (kind is None and is_generic(sentence.lowers[span[1] - 1])):
        return
    if kind is None and not _is_capitalised(sentence, *span) and span[1] - span[0] < 2:
        return
    if _says_little(sentence, *span):
        yield from _purpose(sentence, end)
        return
    stop = peel(sentence, *span)
    if span[0] < stop and not all(is_generic(w) or is_empty_modifier(w) for w in sentence.lowers[span[0] : stop]):
        inner = kind_of_head(sentence.lowers[stop - 1])
        # "a contrastive learning framework": the framework is new, contrastive learning is not
        keep = stop if stop < end and inner is not None and kind in (Kind.METHOD, None) else end
        sure = _DESCRIBED - 0.2 * (end - span[0] == 1) - 0.1 * (kind is None)
        yield _candidate(sentence, span[0], keep, _own_kind(kind), sure)


def _long_form_at(doc: Document, sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return the long form, defined right here, that the phrase begins: "a Mixture of Foxes (MoF)"."""
    start, stop = sentence.tokens[begin].start, sentence.tokens[end - 1].end
    for a in doc.abbreviations:
        if a.field == sentence.field and start <= a.long_start < stop <= a.long_end:
            return a.long_start, a.long_end
    return None


def _apposed(sentence: Sentence, span: tuple[int, int], end: int) -> tuple[int, int] | None:
    """Return the name that stands, bare between commas, behind a description: "a prompting scheme, two-hop prompting, that"."""
    words = sentence.lowers
    if end + 1 >= len(words) or words[end] != "," or not is_generic(words[span[1] - 1]):
        return None
    phrase = next((p for p in sentence.phrases if p[0] == end + 1), None)
    if phrase and phrase[1] < len(words) and words[phrase[1]] in (",", "(", "–", "—") and phrase[1] - phrase[0] > 1:
        return phrase if sentence.tags[end + 1] in "NXJ" else None
    return None


def _says_little(sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a description is one adjective and a generic noun: "adaptive scheme"."""
    words = [k for k in range(begin, end) if sentence.lowers[k][0].isalnum()]
    return len(words) == 2 and sentence.tags[words[0]] == "J" and is_generic(sentence.lowers[words[1]])


def _purpose(sentence: Sentence, end: int) -> Iterator[Candidate]:
    """Yield the technique that a vague description is for: "an adaptive scheme for action quantization"."""
    if end + 1 < len(sentence.lowers) and sentence.lowers[end] in ("for", "of"):
        phrase = next((p for p in sentence.phrases if p[0] == end + 1), None)
        span = core(sentence, *phrase) if phrase else None
        if span and span[1] - span[0] > 1 and kind_of_head(sentence.lowers[span[1] - 1]) is Kind.METHOD:
            yield _candidate(sentence, *span, Kind.METHOD, _DESCRIBED - 0.15)


def _novel(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """What a sentence about the paper calls novel: "our model adopts a novel dilated attention"."""
    if sentence.index < _first_own(doc):
        return
    for k in range(1, len(sentence.tokens)):
        if sentence.lowers[k] in ("novel", "new") and sentence.lowers[k - 1] in ("a", "an"):
            phrase = sentence.phrase_at(k) or _phrase_from(sentence, k + 1)
            if phrase and kind_of_head(sentence.lowers[phrase[1] - 1]) is Kind.METHOD:
                yield from _thing(doc, sentence, max(k, phrase[0]), phrase[1], weak=False)


def _first_own(doc: Document) -> int:
    """Return the index of the first sentence of the abstract that speaks of the paper."""
    own = cues("evaluation")["own"]
    return next((s.index for s in doc.abstract if own & set(s.lowers)), len(doc.sentences))


def _defined(doc: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Capitalised long forms that the paper defines as its own: "we insert a Fox Gate (FG)", "its core, the Fox Gate (FG)"."""
    if sentence.index < _first_own(doc):
        return
    starts = {token.start: k for k, token in enumerate(sentence.tokens)}
    for a in doc.abbreviations:
        k = starts.get(a.long_start, 0)
        if a.field != sentence.field or not 0 < k or lexicon.named(a.long) or lexicon.named(a.short):
            continue
        words = [w for w in a.long.replace("-", " ").split() if w.lower() not in _STOPS]
        the = sentence.lowers[k - 1] == "the" and (k == 1 or sentence.lowers[k - 2] == ",")
        if (the or sentence.lowers[k - 1] in ("a", "an", "novel", "new", "our", "its")) and words[0][:1].isupper() and words[-1][:1].isupper():
            kind = _own_kind(kind_of_head(a.long.split()[-1]))
            yield Candidate(a.field, a.long_start, a.long_end, kind, _role(kind), "proposals", _DESCRIBED)


def _name_inside(sentence: Sentence, begin: int, end: int) -> tuple[int, int] | None:
    """Return the proper name in a phrase, as at "the FoxNet framework": capitals in a row, at least one of them unusual."""
    runs: list[tuple[int, int]] = []
    k = begin
    while k < end:
        if sentence.tags[k] == "X" and sentence.tokens[k].text[0].isupper() or is_name(sentence, k):
            stop = k + 1
            while stop < end and (sentence.tags[stop] in "XM" or sentence.tokens[stop].text in "-/+" and stop + 1 < end and sentence.tags[stop + 1] in "XMNJ"):
                stop += 1
            runs.append((k, stop))
            k = stop
        k += 1
    runs = [run for run in runs if run[1] - run[0] > 1 or is_name(sentence, run[0]) or word_classes().get(sentence.lowers[run[0]]) != "J"]
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
    after = _past_brackets(sentence, end)
    words = sentence.lowers
    if after + 1 < len(words) and words[after] in (",", ":", "-", "–", "—"):
        for phrase in sentence.phrases:
            if after < phrase[0] <= after + 4:
                head = words[phrase[1] - 1]
                if phrase[1] < len(words) and words[phrase[1]] == "of" and head in ("set", "suite", "collection", "series"):
                    return Kind.DATASET
                return kind_of_head(head)
    if name[0] > begin:
        return kind_of_head(words[name[0] - 1])
    return None


def _named(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names after "called", "termed", "dubbed", "namely" where the thing named is a method, data set or measure."""
    for at, word in enumerate(sentence.lowers):
        if word not in cues("proposals")["naming"] or at == 0:
            continue
        begin = at + 1
        while begin < len(sentence.tokens) and sentence.lowers[begin] in ("the", "as", "a", "\"", "“", "'", "`", "``", "*", "by"):
            begin += 1
        phrase = sentence.phrase_at(begin) if begin < len(sentence.tokens) else None
        before = max((p for p in sentence.phrases if p[1] <= at), default=None)
        ordinal = any(w in ("first", "second", "third", "latter", "former", "other", "one") for w in sentence.lowers[:at])
        if phrase is None or (before is None or at - before[1] > 8) and not ordinal:
            continue
        kind = kind_of_head(sentence.lowers[before[1] - 1]) if before else Kind.METHOD
        if word == "namely" and (not (is_name(sentence, phrase[0]) or sentence.tags[phrase[0]] == "X") or _is_known(sentence, phrase, lexicon)):
            continue
        if kind is None and before and not is_generic(sentence.lowers[before[1] - 1]):
            continue
        yield _candidate(sentence, phrase[0], phrase[1], _own_kind(kind), _NAMED)


def _is_known(sentence: Sentence, phrase: tuple[int, int], lexicon: Lexicon) -> bool:
    return any(True for _ in lexicon.scan(sentence.tokens[phrase[0] : phrase[1]]))


def _passive(doc: Document, sentence: Sentence) -> Iterator[Candidate]:
    """Subjects of "X is proposed (in this paper)"."""
    words = sentence.lowers
    for at in range(1, len(words)):
        if words[at] in ("proposed", "introduced", "presented", "developed", "designed", "devised") and words[at - 1] in ("is", "are", "been", "was", "were"):
            before = [p for p in sentence.phrases if p[1] <= at]
            if words[at - 1] in ("was", "were") and words[at] != "proposed" or not before:
                continue
            head = _head_of_subject(sentence, before)
            yield from _thing(doc, sentence, *head, weak=False)


def _head_of_subject(sentence: Sentence, before: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first phrase of a subject such as "a scheme based on X for Y"."""
    head = before[-1]
    for phrase in reversed(before[:-1]):
        between = sentence.lowers[phrase[1] : head[0]]
        if any(w in (",", ";", "that", "which", "where") for w in between):
            break
        head = phrase
    return head


def _from_title(doc: Document) -> Iterator[Candidate]:
    """The name before the colon of a title, unless the paper surveys, and what it is, told by the words after."""
    title = next(doc.title, None)
    if title is None or ":" not in title.lowers:
        yield from _titled_dataset(doc, title)
        return
    colon = title.lowers.index(":")
    after = title.lowers[colon + 1 :]
    if not 0 < colon <= 7 or any(w in cues("proposals")["survey"] for w in after[-4:]) or "?" in title.lowers[:colon]:
        return
    name = doc.paper.title[: title.tokens[colon - 1].end]
    if not _is_title_name(doc, title, colon, name):
        return
    kind = Kind.DATASET if any(w in cues("proposals")["data"] for w in after) and not any(w in ("on", "against") for w in after) else None
    yield Candidate("title", title.tokens[0].start, title.tokens[colon - 1].end, kind or Kind.METHOD, _role(kind or Kind.METHOD), "proposals", _TITLE)


def _titled_dataset(doc: Document, title: Sentence | None) -> Iterator[Candidate]:
    """"The FOX datasets for ..." as a title, where the abstract says that it introduces data without a name."""
    if title is None or not _introduces_data(doc):
        return
    for k in range(min(3, len(title.tokens) - 1)):
        phrase = title.phrase_at(k)
        if phrase and is_name(title, k) and any(w in cues("proposals")["data"] for w in title.lowers[k + 1 : phrase[1]]):
            span = title.span(k, k + 1)
            yield Candidate(span.field, span.start, span.end, Kind.DATASET, Role.INTRODUCES, "proposals", _TITLE)
            return


def _introduces_data(doc: Document) -> bool:
    verbs, data = cues("proposals")["verbs"], cues("proposals")["data"]
    return any(
        s.lowers[k] in verbs and _is_own(s, k) and any(w in data for w in s.lowers[k + 1 : k + 6])
        for s in doc.abstract
        for k in range(len(s.lowers))
    )


def _is_title_name(doc: Document, title: Sentence, colon: int, name: str) -> bool:
    """Tell a name from a phrase before the colon: unusual letters, or used as a name in the abstract."""
    words = [k for k in range(colon) if title.lowers[k][0].isalnum()]
    if len(words) == 1 or " " not in name:
        return is_name(title, words[0]) or any(is_name(title, k) for k in words) or name in doc.paper.abstract
    if any(title.lowers[k] in DETERMINERS or title.tags[k] in "V" for k in words) or len(words) > 4:
        return False
    return name in doc.paper.abstract and not all(title.tags[k] in "NJ" and name.lower() in doc.paper.abstract for k in words)


def _is_capitalised(sentence: Sentence, begin: int, end: int) -> bool:
    words = [sentence.tokens[k].text for k in range(begin, end) if sentence.tokens[k].text[0].isalpha()]
    return len(words) > 1 and all(w[0].isupper() for w in words)


def _own_kind(kind: Kind | None) -> Kind:
    return kind if kind in (Kind.DATASET, Kind.METRIC) else Kind.METHOD


def _role(kind: Kind) -> Role:
    return {Kind.DATASET: Role.INTRODUCES, Kind.METRIC: Role.REPORTS}.get(kind, Role.PROPOSES)


def _candidate(sentence: Sentence, begin: int, end: int, kind: Kind, confidence: float) -> Candidate:
    span = sentence.span(begin, end)
    return Candidate(span.field, span.start, span.end, kind, _role(kind), "proposals", confidence)
