"""What a title says is the paper's own: the name before its colon, or the data set that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import cues
from kg.cues.heads import core, is_name, kind_of_head, kind_of_name
from kg.extract._own import own_names, own_verbs
from kg.extract._things import own_role
from kg.lexicon import Lexicon
from kg.model import Candidate
from kg.text.document import Document, Sentence
from kg.text.words import DETERMINERS
from kg.vocab import Kind, Role

STAGE = "names"
_CONFIDENCE = 0.9
_DESCRIBED = 0.7


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the name before the colon of a title, unless the paper surveys; the words after tell what it is."""
    title = next(doc.title, None)
    if title is None or ":" not in title.lowers:
        yield from _titled_dataset(doc, title)
        yield from _titled_method(doc, title, lexicon)
        yield from _titled_by_purpose(doc, title, lexicon)
        return
    colon = title.lowers.index(":")
    after = title.lowers[colon + 1 :]
    if not 0 < colon <= 7 or any(w in cues("proposals")["survey"] for w in after[-4:]) or "?" in title.lowers[:colon]:
        return
    name = doc.paper.title[: title.tokens[colon - 1].end]
    if not (_is_title_name(doc, title, colon, name) or _is_only_in_title(doc, title, colon, name, lexicon)):
        return
    kind = Kind.DATASET if _is_of_data(title, colon) or kind_of_name(name) is Kind.DATASET else Kind.METHOD
    start, end = title.tokens[0].start, title.tokens[colon - 1].end
    yield Candidate("title", start, end, kind, own_role(kind), "titles", _CONFIDENCE)


def _is_of_data(title: Sentence, colon: int) -> bool:
    """Tell whether the words behind a title's colon say that the name before it is data: "A Benchmark for Foxes on Dens"."""
    data = cues("proposals")["data"]
    first = next((p for p in title.phrases if p[0] > colon), None)
    if first and title.lowers[first[1] - 1] in data:
        return True
    heads = (
        k
        for k in range(colon + 1, len(title.lowers))
        if title.lowers[k] in data and title.tags[k + 1 : k + 2] not in ("N", "X", "J")
    )
    return next(heads, 0) > 0 and not {"on", "against"} & set(title.lowers[colon + 1 :])


def _titled_dataset(doc: Document, title: Sentence | None) -> Iterator[Candidate]:
    """Yield the name of a title such as "The FOX datasets for ...", where the abstract introduces data without a name."""
    if title is None or not _introduces_data(doc):
        return
    for k in range(min(3, len(title.tokens) - 1)):
        phrase = title.phrase_at(k)
        if (
            phrase
            and is_name(title, k)
            and any(w in cues("proposals")["data"] for w in title.lowers[k + 1 : phrase[1]])
        ):
            span = title.span(k, k + 1)
            yield Candidate(span.field, span.start, span.end, Kind.DATASET, Role.INTRODUCES, "titles", _CONFIDENCE)
            return


def _titled_method(doc: Document, title: Sentence | None, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the description of a title such as "A Burrow Model for ...": what gets an indefinite article there is new."""
    if title is None or title.lowers[0] not in ("a", "an") or len(title.lowers) < 5:
        return
    phrase = next((p for p in title.phrases if p[0] <= 2 < p[1] + 1), None)
    span = core(title, *phrase) if phrase else None
    if span is None or phrase is None or phrase[1] >= len(title.lowers) or title.lowers[phrase[1]] not in _PURPOSE:
        return
    text = doc.text(title.span(*span))
    if span[1] - span[0] > 1 and kind_of_head(title.lowers[span[1] - 1]) is Kind.METHOD and not lexicon.named(text):
        chars = title.span(*span)
        yield Candidate("title", chars.start, chars.end, Kind.METHOD, Role.PROPOSES, "titles", _DESCRIBED)


def _titled_by_purpose(doc: Document, title: Sentence | None, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the description of a title such as "Fox-Guided Den Network for ...", where the abstract proposes what it does not name."""
    begins = title and title.phrases and (title.phrases[0][0] == 0 or title.lowers[0] in DETERMINERS)
    span = core(title, *title.phrases[0]) if title and begins else None
    if title is None or span is None or span[1] == len(title.lowers):
        return
    head, behind = title.lowers[span[1] - 1], title.lowers[span[1]]
    is_one = kind_of_head(head) is Kind.METHOD and not head.endswith("s") and title.count_words(*span) > 2
    if is_one and behind in cues("proposals")["title_purpose"] and _proposes_nameless(doc):
        chars = title.span(*span)
        if not lexicon.named(doc.text(chars)):
            yield Candidate("title", chars.start, chars.end, Kind.METHOD, Role.PROPOSES, "titles", _DESCRIBED)


def _proposes_nameless(doc: Document) -> bool:
    """Tell whether the abstract proposes something, and nothing with a name."""
    firm = cues("proposals")["firm_verbs"]
    return not own_names(doc) and any(True for s in doc.abstract for _ in own_verbs(s, firm))


def _is_only_in_title(doc: Document, title: Sentence, colon: int, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a few capitalised words before the colon name what the abstract proposes without a name."""
    words = [k for k in range(colon) if title.lowers[k][0].isalnum()]
    return (
        1 < len(words) < 4
        and colon < 6
        and all(title.tags[k] in "NXJ" and title.tokens[k].text[0].isupper() for k in words)
        and kind_of_head(title.lowers[colon - 1]) in (None, Kind.METHOD)
        and lexicon.named(name) is None
        and name.lower() not in doc.paper.abstract.lower()
        and _proposes_nameless(doc)
    )


_PURPOSE = ("for", "to", "of", "with", "using", "in", "based")


def _introduces_data(doc: Document) -> bool:
    verbs, data = cues("proposals")["verbs"], cues("proposals")["data"]
    return any(not data.isdisjoint(s.lowers[k + 1 : k + 6]) for s in doc.abstract for k in own_verbs(s, verbs))


def _is_title_name(doc: Document, title: Sentence, colon: int, name: str) -> bool:
    """Tell a name from a phrase before the colon: unusual letters, or used as a name in the abstract."""
    words = [k for k in range(colon) if title.lowers[k][0].isalnum()]
    if not words:
        return False
    if len(words) == 1 or " " not in name:
        return any(is_name(title, k) for k in words) or name in doc.paper.abstract
    if any(title.lowers[k] in DETERMINERS or title.tags[k] in "V" for k in words) or len(words) > 4:
        return False
    return name in doc.paper.abstract and not all(
        title.tags[k] in "NJ" and name.lower() in doc.paper.abstract for k in words
    )
