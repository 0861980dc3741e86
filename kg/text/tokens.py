"""Sentences and tokens, with offsets into the text they were cut from. The first step of extraction.

Web pages and PDF copies drop spaces after full stops, write LaTeX and cite ``et al.``; the splitter expects that.
All patterns are linear: no nested repetition.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

_TOKEN = re.compile(
    r"https?://[^\s<>\"]+"
    r"|\$[^$\s][^$]{0,80}\$"  # inline math
    r"|\d+(?:[.,]\d+)*(?![^\W\d_])"  # numbers stay whole: 1,024.5
    r"|\d+[^\W\d_][^\W_]*"  # 3D, 5x
    r"|[^\W\d_](?:[^\W_]|(?<=\w)['’](?=[^\W\d_])(?!s\b)|(?<=\w)\.(?=\d))*"  # words with digits: YOLOv8, GPT4, F1, ViT
    r"(?:\++|(?<=[A-Z0-9])\*(?![\w*]))?"  # C++, RRT*
    r"|[^\s]"
)
_GLUED = re.compile(r"(?<=[a-z)\]])[.?!](?=[A-Z][a-z]+[\s,])")  # "method.We propose": the space is missing
_END = re.compile(r"[.?!][\"”’')\]]*(?=\s)")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|Refs|No|approx|Dr|Prof|St|w\.r\.t|a\.k\.a|viz|[A-Z]))\.$"
)


class Token(NamedTuple):
    """A word, number or sign of a text. `end` is exclusive."""

    text: str
    start: int
    end: int


_make = partial(tuple.__new__, Token)  # twice as fast as calling `Token`, and every word of every paper is one


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`, with offsets into `text`.

    >>> [t.text for t in tokens("ViT-B/16 gets 84.2% on ImageNet-1k.")]
    ['ViT', '-', 'B', '/', '16', 'gets', '84.2', '%', 'on', 'ImageNet', '-', '1k', '.']
    """
    stop = len(text) if end is None else end
    if text.find("$", start, stop) >= 0:  # inline math is one token, spaces and all
        return [Token(m.group(), *m.span()) for m in _TOKEN.finditer(text, start, stop)]
    words: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for chunk in text[start:stop].split(" "):
        for word, begin, end in _pieces(chunk) if len(chunk) < _LONG else _cut(chunk):
            words.append(word)
            begins.append(start + begin)
            ends.append(start + end)
        start += len(chunk) + 1
    return list(map(_make, zip(words, begins, ends, strict=True)))


def _cut(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Return the tokens of what stands between two spaces."""
    return tuple((m.group(), *m.span()) for m in _TOKEN.finditer(chunk))


_pieces = lru_cache(maxsize=1 << 16)(_cut)  # nineteen of twenty chunks of a text were met before
_LONG = 50  # characters; longer chunks are not met again


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`; together they cover it but for the spaces between them.

    >>> s = "We use SAM (e.g. as in Fig. 2). It works.Then, we stop."
    >>> [s[a:b] for a, b in sentences(s)]
    ['We use SAM (e.g. as in Fig. 2).', 'It works.', 'Then, we stop.']
    """
    cuts = {m.end() for m in _GLUED.finditer(text)}
    for m in _END.finditer(text):
        if not _NO_END.search(text, max(0, m.start() - 12), m.start() + 1) and _starts_sentence(text, m.end()):
            cuts.add(m.end())
    spans = []
    begin = 0
    for cut in [*sorted(cuts), len(text)]:
        piece = text[begin:cut]
        left = begin + len(piece) - len(piece.lstrip())
        if piece.strip():
            spans.append((left, left + len(piece.strip())))
        begin = cut
    return spans


def _starts_sentence(text: str, at: int) -> bool:
    """Tell whether what follows a full stop can begin a sentence: anything but a lower-case word."""
    rest = text[at : at + 40].lstrip()
    return not rest or not rest[0].islower() or rest.split(None, 1)[0] != rest.split(None, 1)[0].lower()
