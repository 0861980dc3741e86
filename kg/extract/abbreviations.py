"""Abbreviations with their long forms, defined in either order, with or without brackets.

After Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003):
a short form in brackets, its letters found in order in the words before. Their greedy search from the right is replaced
by an alignment that prefers letters at the start of words and words that all take part, which finds the right left end
of the long form more often; and definitions without brackets, and in titles ("UDA: Unsupervised Domain ..."), are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.model import Abbreviation
from kg.text.document import Document, Sentence
from kg.text.tokens import Token

STAGE = "document"

_MOST_WORDS = 12
_GOOD_ENOUGH = 0.62
_SMALL = frozenset("of the a an for and in on to with by from via at as or using through into over".split())
_SPELLING = frozenset(
    "short stands standing abbreviated abbreviation acronym known henceforth hereafter "
    "called named dubbed termed coined denoted call name term dub".split()
)
_COUNTED = re.compile(r"([A-Za-z])([2-4])([A-Za-z])")
_SHORT = re.compile(r"[^\W_](?:[^\s()]{0,13}[^\W_+*])?[+*]?")
_STANDS_FOR = re.compile(
    r"[,(]?\s*(?:which\s+)?(?:short for|stands for|standing for|abbreviation of|abbreviated from|acronym for)\s+(?:the\s+)?"
)
_FOR_SHORT = re.compile(
    r",?\s*(?:\(?or|(?:which we )?(?:called|named|dubbed|termed|coined|denoted|call|name|term|dub)(?: as| by)?"
    r"|abbreviated (?:as|to|by)|also known as|henceforth|hereafter)"
    r"\s+(?:the\s+)?([^\s,.()]{2,14})(?:\s+for short)?"
)


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Abbreviation]:
    """Yield every definition of an abbreviation, in the order of the text."""
    for sentence in doc.sentences:
        yield from _in_brackets(doc, sentence)
        yield from _spelled_out(doc, sentence)
    yield from _in_title(doc)


def is_short_form(text: str) -> bool:
    """Tell whether `text` can be a short form.

    >>> [is_short_form(t) for t in ("CNN", "mAP", "ViT-B", "e.g.", "2021", "our", "Are-adapter")]
    [True, True, True, False, False, False, True]
    """
    if not _SHORT.fullmatch(text) or not any(c.isalpha() for c in text) or text.count(".") > 1:
        return False
    return any(c.isupper() for c in text) and not (text.istitle() and len(text) > 6 and "-" not in text)


def align(short: str, words: Sequence[str]) -> float:
    """Return how well `short` abbreviates `words`, from 0 (not at all) to 1 (each letter starts a word, none is left).

    A digit may also count the letter beside it: S2FGL is SSFGL or SFFGL.

    >>> align("CNN", ["convolutional", "neural", "network"])
    1.0
    >>> align("CNN", ["neural", "network"])
    0.0
    """
    counted = _COUNTED.search(short)
    if counted:
        (before, digit, after), spelled = counted.groups(), _COUNTED.sub("{}", short, count=1)
        return max(
            _align(spelled.format(letters), words)
            for letters in (before * int(digit) + after, before + after * int(digit), counted[0])
        )
    return _align(short, words)


def _align(short: str, words: Sequence[str]) -> float:
    letters = [c for c in _bare(short).lower() if c.isalnum()]
    if not letters or not words or words[0][:1].lower() != letters[0]:
        return 0.0
    # best[i]: the best score with the first i letters read, after the words so far; each word takes part or is skipped.
    best = {1: 1.0 if words[0][:1].lower() == letters[0] else -9.0}
    best = _within(best, letters, words[0])
    for word in words[1:]:
        skipped = 0.0 if word.lower() in _SMALL else -0.55
        following = {i: score + skipped for i, score in best.items()}
        for i, score in best.items():
            starts = {i + 1: score + 1.0} if i < len(letters) and word[:1].lower() == letters[i] else {}
            for j, value in _within(starts, letters, word).items():
                following[j] = max(following.get(j, -9.0), value)
        best = following
    return max(0.0, best.get(len(letters), -9.0) / len(letters))


def _within(best: dict[int, float], letters: Sequence[str], word: str) -> dict[int, float]:
    """Let more letters be read inside a word that has given its first; inner capitals and digits count nearly in full."""
    scores = dict(best)
    for i, score in best.items():
        at, gained, j, run = 1, score, i, 0
        while j < len(letters):
            found = next((k for k in range(at, len(word)) if word[k].lower() == letters[j]), -1)
            if found < 0:
                break
            run = run + 1 if found == at else 0
            gained += 0.9 if word[found].isupper() or word[found].isdigit() or run > 2 else 0.6 if run else 0.35
            at, j = found + 1, j + 1
            scores[j] = max(scores.get(j, -9.0), gained)
    return scores


def _bare(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def _in_brackets(doc: Document, sentence: Sentence) -> Iterator[Abbreviation]:
    text = doc.paper.text(sentence.field)
    for at, token in enumerate(sentence.tokens):
        if token.text not in "([" or at == 0:
            continue
        close = next((k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text in ")]"), None)
        if close is None or close == at + 1:
            continue
        stop = next((k for k in range(at + 1, close) if sentence.tokens[k].text in ",;:"), close)
        start, end = sentence.tokens[at + 1].start, sentence.tokens[stop - 1].end
        inside = text[start:end].strip("\"'“”‘’ ")
        start = text.index(inside, start)
        end = start + len(inside)
        if is_short_form(inside):
            long = _long_before(sentence, at, inside)
            if long:
                yield _abbreviation(text, sentence, (start, end), long)
                continue
        short = _short_before(text, sentence, at)
        words = _words(sentence.tokens[at + 1 : stop])
        if short and len(words) > 1 and align(text[short[0] : short[1]], [w.text for w in words]) >= _GOOD_ENOUGH:
            yield _abbreviation(text, sentence, short, (words[0].start, words[-1].end))


def _long_before(sentence: Sentence, at: int, short: str) -> tuple[int, int] | None:
    """Return the span of the words before token `at` that `short` abbreviates best."""
    words: list[Token] = []
    for k in range(at - 1, max(-1, at - 1 - 2 * _MOST_WORDS), -1):
        token = sentence.tokens[k]
        if token.text in "()[],;:.?!" and token.text:
            break
        words.insert(0, token)
    words = _words(words)[-_MOST_WORDS:]
    most = min(_MOST_WORDS, 2 * len(short) + 2)
    best, found = _GOOD_ENOUGH, None
    for first in range(len(words) - 1, max(-1, len(words) - 1 - most), -1):
        if words[first].text.lower() in _SMALL:
            continue
        score = align(short, [w.text for w in words[first:]])
        if score > best + 0.01:
            best, found = score, (words[first].start, words[-1].end)
    return found


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [_plain(t) for t in tokens if t.text.strip("$\\")[:1].isalnum()]


def _plain(token: Token) -> Token:
    """Return a token without the signs of mathematics around it: the k of $k$-means."""
    return Token(token.text.strip("$\\"), token.start, token.end) if token.text[0] in "$\\" else token


def _short_before(text: str, sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return the span of the unbroken word before a bracket, if it can be a short form."""
    k = at - 1
    while (
        k > 0 and sentence.tokens[k - 1].end == sentence.tokens[k].start and sentence.tokens[k - 1].text not in "([,;"
    ):
        k -= 1
    span = sentence.tokens[k].start, sentence.tokens[at - 1].end
    return span if is_short_form(text[span[0] : span[1]]) else None


def _spelled_out(doc: Document, sentence: Sentence) -> Iterator[Abbreviation]:
    """Yield definitions without brackets: "X, short for Y" and "Y, or X for short"."""
    if not _SPELLING & set(sentence.lowers):
        return
    text = doc.paper.text(sentence.field)
    for match in _STANDS_FOR.finditer(text, sentence.start, sentence.end):
        before = [t for t in sentence.tokens if t.end <= match.start()]
        after = _words([t for t in sentence.tokens if t.start >= match.end()][:_MOST_WORDS])
        if before and is_short_form(before[-1].text):
            short = before[-1]
            for count in range(len(after), 0, -1):
                if align(short.text, [w.text for w in after[:count]]) >= _GOOD_ENOUGH + 0.15:
                    yield _abbreviation(
                        text, sentence, (short.start, short.end), (after[0].start, after[count - 1].end)
                    )
                    break
    for match in _FOR_SHORT.finditer(text, sentence.start, sentence.end):
        if is_short_form(match.group(1)):
            at = next((i for i, t in enumerate(sentence.tokens) if t.start >= match.start()), 0)
            long = _long_before(sentence, at, match.group(1))
            if long:
                yield _abbreviation(text, sentence, match.span(1), long)


def _in_title(doc: Document) -> Iterator[Abbreviation]:
    """Yield the name before the title's colon where the words after it spell it."""
    text = doc.paper.title
    name, colon, _ = text.partition(":")
    if not colon or not is_short_form(name.strip()):
        return
    sentence = next(doc.title)
    words = _words([t for t in sentence.tokens if t.start > len(name)])[:_MOST_WORDS]
    best, count = _GOOD_ENOUGH + 0.1, 0
    for k in range(2, len(words) + 1):
        score = align(name.strip(), [w.text for w in words[:k]])
        if score > best + 0.01:
            best, count = score, k
    following = [t.start for t in sentence.tokens if count and t.start > words[count - 1].start]
    while (
        count and count < len(words) and words[count].start == following[0] and words[count].text.lower() not in _SMALL
    ):
        count, following = count + 1, following[1:]  # the noun phrase goes on: "... Adversarial Training"
        break
    if count:
        start = text.index(name.strip())
        yield _abbreviation(text, sentence, (start, start + len(name.strip())), (words[0].start, words[count - 1].end))


def _abbreviation(text: str, sentence: Sentence, short: tuple[int, int], long: tuple[int, int]) -> Abbreviation:
    return Abbreviation(text[slice(*short)], text[slice(*long)], sentence.field, *short, *long)
