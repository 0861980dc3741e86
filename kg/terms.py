"""The words of papers that can name things, counted: what `kg.link` and `kg.profiles` weigh beside the techniques.

No function words, finite verbs or adverbs (`kg.text.words`), each in the form in which names are compared.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import lru_cache
from zlib import crc32

from kg.text.forms import form
from kg.text.words import word_class

TITLE = 3
"""As often as this counts a word in a title."""

_WORD = re.compile(r"[^\W\d_][^\W_]+")
_NO_NAMES = "FVR"  # function words, finite verbs, adverbs
_MOST = (1 << 16) - 1


def words(text: str) -> list[str]:
    """Return the words of a text that can name things, in the form in which names are compared.

    >>> words("We propose Vision-Transformers that quickly detect 7 foxes")
    ['vision', 'transformer', 'fox']
    """
    return [word for word in map(form, _WORD.findall(text)) if _can_name(word)]


def counted(title: str, abstract: str) -> Counter[str]:
    """Return how often a paper says each word, those of its title counted `TITLE` times.

    >>> counted("Foxes", "A fox and a hare")
    Counter({'fox': 4, 'hare': 1})
    """
    said = Counter(words(abstract))
    for word in words(title):
        said[word] += TITLE
    return said


def numbered(title: str, abstract: str) -> tuple[array[int], array[int]]:
    """Return the words of a paper as numbers (a hash of each, in order), and how often it says each."""
    said = Counter[int]()
    for word, count in counted(title, abstract).items():
        said[_number(word)] += count
    numbers = sorted(said)
    return array("I", numbers), array("H", (min(said[number], _MOST) for number in numbers))


@lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 17)
def _can_name(word: str) -> bool:
    return word_class(word) not in _NO_NAMES
