"""What part a word plays in a phrase, told from a word list and its neighbours. Feeds the noun phrases of `kg.text.phrases`.

`words.tsv` gives the words that are not simply nouns a class letter; it was counted over abstracts (which words follow
``we`` and ``to``, which follow ``the``; `tools/word_classes.py`), so it needs no tagger at run time:

    F function word   V finite verb   A verb or noun   G gerund   D participle   J adjective   R adverb
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from kg.text.tokens import Token

DETERMINERS = frozenset(
    "a an the this that these those each every any some no both our its their his her your such".split()
)
_ENDINGS = {
    "V": ("izes", "ises", "ifies"),
    "D": ("ized", "ised", "ified", "ated"),
    "J": ("able", "ible", "ous", "ical", "ful", "less", "ic", "ive"),
    "R": ("ically", "ively", "ously", "ably"),
}
_SUBJECTS = frozenset("we to can could may might must should will would not cannot they which that who it also".split())


@cache
def word_classes() -> dict[str, str]:
    """Return the class letter of every word in the list."""
    lines = resources.files("kg.text").joinpath("words.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def tag(tokens: Sequence[Token], *, title: bool = False) -> str:
    """Return one letter for each token: N noun, X name, M number, P sign, or a class letter with A settled.

    In a title, where every word is capitalised, capitals alone do not make a name.

    >>> from kg.text.tokens import tokens
    >>> tag(tokens("We use the proposed vision model to improve YOLOv8 training."))
    'FVFJNNFVXNP'
    """
    return tag_words([token.text for token in tokens], [token.text.lower() for token in tokens], title=title)


def tag_words(words: Sequence[str], lowers: Sequence[str], *, title: bool = False) -> str:
    """Return what `tag` does, for words whose lower-case forms are at hand."""
    if not words:
        return ""
    letters = list(map(_guess_in_title if title else _guess_inside, words))
    letters[0] = _first_guess(words[0], True, title)
    for i, letter in enumerate(letters):
        if letter in "AGDV":
            letters[i] = _settle(letters, lowers, i)
    return "".join(letters)


def word_class(word: str) -> str:
    """Return the class of a lower-case word by itself: as listed, else guessed from its ending."""
    return word_classes().get(word) or _by_ending(word)


@lru_cache(maxsize=1 << 17)
def _guess_inside(word: str) -> str:
    return _first_guess(word, False, False)


@lru_cache(maxsize=1 << 16)
def _guess_in_title(word: str) -> str:
    return _first_guess(word, False, True)


def _first_guess(text: str, start: bool, title: bool) -> str:
    classes = word_classes()
    first = text[0]
    if first == "$" and len(text) > 1:
        return "M"
    if not first.isalnum():
        return "P"
    if first.isdigit():
        return "X" if len(text) > 1 and text[-1].isalpha() and text[-1] not in "xX" else "M"
    lower = text.lower()
    if lower != text and text[1:] != lower[1:]:
        return "X" if lower not in classes or not text.isupper() or not title else classes[lower]
    if lower != text and not start and not title and classes.get(lower, "") != "F":
        return "X"
    if lower == text and any(c.isdigit() for c in text):
        return "X"
    return word_class(lower)


def _by_ending(word: str) -> str:
    """Guess the part of a word that is not in the list by how it ends."""
    if len(word) > 6:
        for letter, endings in _ENDINGS.items():
            if word.endswith(endings):
                return letter
    return "N"


def _settle(letters: list[str], lowers: Sequence[str], i: int) -> str:
    """Decide for a word that is a verb here and a noun or adjective there, by its neighbours."""
    letter = letters[i]
    before, left = (lowers[i - 1], letters[i - 1]) if i else ("", "P")
    after, right = (lowers[i + 1], letters[i + 1]) if i + 1 < len(lowers) else ("", "P")
    hyphen_after, hyphen_before = after == "-", before == "-"
    if letter == "D":
        if hyphen_before:
            return "J"
        modifies = (
            right in "NXJDG"
            and left not in "NX"
            and before not in ("is", "are", "was", "were", "be", "been", "has", "have")
        )
        return "J" if modifies or hyphen_after else "D"
    if hyphen_after or hyphen_before:
        return "N"
    if letter == "A":
        if before in _SUBJECTS or (left == "R" and right == "F"):
            return "V"
        return "V" if left in "NX" and after in DETERMINERS else "N"
    if letter == "V":
        return "N" if before in DETERMINERS and before not in _SUBJECTS else "V"
    if after in DETERMINERS or (right == "P" and left not in "NJX"):
        return "V"
    if left in "NX" and right == "J":
        return "V"  # "a pipeline exporting annotated images"
    return "N" if left in "NJX" else "V"
