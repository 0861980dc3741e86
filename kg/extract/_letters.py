"""How well the letters of a short form are found in the words of a long one. Used by `abbreviations` and `_apart`.

After Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003): the
letters are found in order. Their greedy search from the right is replaced by an alignment that prefers letters at the
start of words, and words that all take part. A long form is short and so is a short one, so that this is quick.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

SMALL = frozenset("of the a an for and in on to with by from via at as or using through into over is &".split())
ARTICLES = frozenset({"a", "an", "the"})

_SHORT = re.compile(r"[^\W_](?:[^\s()]{0,13}[^\W_+*])?[+*]?")
_DOTTED = re.compile(r"(?:[A-Za-z]\.){2,5}[A-Za-z]?")
_LOWER = re.compile(r"[a-z](?:[0-9]?[a-z]){1,4}|[a-z]-[a-z]{2,3}")
_NO_SHORT_FORMS = frozenset("e.g. i.e. et al etc and or the see ours here this that left right both with".split())
_SPACED = re.compile(r"\s*([-‐‑–/&.+*@])\s*")
_MARKUP = re.compile(r"\\(?:text|math|emph|bf|it|rm|sc)[a-z]*|[\\${}^_~]")
_TAIL = re.compile(r"(?<=[A-Z])(?:[vV]?\d+(?:\.\d+)?|[-@:+\[].*)$")
_COUNTS_BEFORE, _COUNTS_BEHIND = re.compile(r"([a-z])([2-4])"), re.compile(r"([2-4])([a-z])")
_NUMERALS = {
    "0": ("zero",),
    "1": ("one", "first", "uni", "single"),
    "2": ("two", "to", "second", "bi", "double"),
    "3": ("three", "third", "tri"),
    "4": ("four", "for", "quad"),
    "5": ("five", "fifth"),
    "6": ("six",),
    "7": ("seven",),
    "8": ("eight",),
}
_X = ("ex", "trans", "cross")
_ODD = frozenset([*_NUMERALS, "x"])
_GREEK = dict(zip("αβγδεζηθκλμπρστφχψω", "abgdezhtklmprstfcpo", strict=True))
_DROPPED = 0.1  # what a letter that is found nowhere costs besides itself
_MANY = 5  # letters, of which one may be missing
_NEVER = -9.0


def is_short_form(text: str) -> bool:
    """Tell whether `text` can be a short form.

    >>> [is_short_form(t) for t in ("CNN", "mAP", "ViT-B", "U.S.A.", "e.g.", "2021", "our", "Are-adapter")]
    [True, True, True, True, False, False, False, True]
    """
    if _DOTTED.fullmatch(text):
        return any(c.isupper() for c in text)
    if not _SHORT.fullmatch(text) or not any(c.isalpha() for c in text) or text.count(".") > 1:
        return False
    return any(c.isupper() for c in text) and not (text.istitle() and len(text) > 6 and "-" not in text)


def is_plain_short_form(text: str) -> bool:
    """Tell whether `text` can be a short form in small letters, which only perfect initials make sure of.

    >>> [is_plain_short_form(t) for t in ("e2e", "i.i.d.", "pdf", "k-nn", "e.g.", "networks")]
    [True, True, True, True, False, False]
    """
    return text not in _NO_SHORT_FORMS and bool(_LOWER.fullmatch(text) or _DOTTED.fullmatch(text))


def tidy(short: str) -> str:
    r"""Return a short form without mark-up, quotation marks and the spaces of tokenised text.

    >>> tidy("R - PKM"), tidy(r"$\\text{SAI}^2\\text{E}$"), tidy("'CNN'")
    ('R-PKM', 'SAI2E', 'CNN')
    """
    return _SPACED.sub(r"\1", _MARKUP.sub("", short).strip("\"'“”‘’` ")).strip()


def align(short: str, words: Sequence[str]) -> float:
    """Return how well `short` abbreviates `words`, from 0 (not at all) to 1 (each letter starts a word, none is left).

    A word that starts with a hyphen continues the one before. A digit may also count the letter beside it: S2FGL is
    SSFGL or SFFGL; or stand for a word: E2E.

    >>> align("CNN", ["convolutional", "neural", "network"])
    1.0
    >>> align("CNN", ["neural", "network"])
    0.0
    """
    return max((_fit(letters, words) for letters in spellings(short)), default=0.0)


def align_most(short: str, words: Sequence[str]) -> float:
    """Return how well all letters but one of a long `short` abbreviate `words`.

    >>> align_most("ABCDE", ["alpha", "beta", "charly", "echo"]), align_most("ABC", ["alpha", "beta"])
    (0.7, 0.0)
    """
    letters = letters_of(short)
    if len(letters) < _MANY or not words or not begins(words[0], letters[0]):
        return 0.0
    fewer = (letters[:k] + letters[k + 1 :] for k in range(1, len(letters)))
    return max(0.0, round(max(_fit(f, words) for f in fewer) * (1 - 1 / len(letters)) - _DROPPED, 3))


def part_of(short: str) -> str:
    """Return a short form without what is behind its hyphen or its version number, if that leaves two capitals, or nothing.

    >>> part_of("SPIN-Bench"), part_of("TDv2"), part_of("CNN")
    ('SPIN', 'TD', '')
    """
    part = _TAIL.sub("", short)
    return part if part != short and sum(c.isupper() for c in part) > 1 else ""


def same_initials(short: str, words: Sequence[str]) -> bool:
    """Tell whether the words that count start with the letters of `short` in any order.

    >>> same_initials("UTC", ["Coordinated", "Universal", "Time"]), same_initials("URC-L", ["long", "-term", "URC"])
    (True, True)
    """
    letters = letters_of(short)
    return len(letters) > 2 and sorted(letters) == sorted("".join(initials(word) for word in words))


def initials(word: str) -> str:
    """Return what a word gives to a short form: its first letter, all letters of a short form, nothing of a small word.

    >>> initials("Time"), initials("URC"), initials("of"), initials("-term")
    ('t', 'urc', '', '')
    """
    if word[0] == "-" or _is_small(word):
        return ""
    return word.lower() if word.isupper() else word[0].lower()


@lru_cache(1 << 14)
def letters_of(short: str) -> str:
    """Return the letters and digits of a short form, in small letters, without its plural ending."""
    bare = short.rstrip("'’")
    bare = bare[:-1] if len(bare) > 2 and bare[-1] == "s" and bare[-2].isupper() else bare
    return "".join(_GREEK.get(c, c) for c in bare.lower() if c.isalnum())


@lru_cache(1 << 12)
def spellings(short: str) -> tuple[str, ...]:
    """Return what the letters and digits of a short form may count or stand for.

    >>> spellings("CNNs"), spellings("S2FGL")
    (('cnn',), ('s2fgl', 'ssfgl', 'sffgl'))
    """
    letters = letters_of(short)
    if not _COUNTS_BEFORE.search(letters):
        return (letters,) if letters else ()
    before = _COUNTS_BEFORE.sub(lambda m: m[1] * int(m[2]), letters)
    return letters, before, _COUNTS_BEHIND.sub(lambda m: m[2] * int(m[1]), letters)


@lru_cache(1 << 14)
def _is_small(word: str) -> bool:
    return word.lower() in SMALL


def _fit(letters: str, words: Sequence[str]) -> float:
    if not words or not begins(words[0], letters[0]):
        return 0.0
    plain = [word.lstrip("-")[0].lower() for word in words if not _is_small(word)]
    if "".join(plain) == letters:
        return 1.0 - 0.05 * (len(words) - len(plain)) / len(letters)
    # best[i]: the best score with the first i letters read, after the words so far; each word takes part or is skipped.
    best = {0: 0.0}
    last = len(words) - 1
    for at, word in enumerate(words):
        small = _is_small(word)
        skipped = 0.05 if small else 0.15 if word[0] == "-" else 0.7 if at == last else 0.5
        following = {i: score - skipped for i, score in best.items() if i}
        for i, score in best.items():
            if i < len(letters) and (worth := begins(word, letters[i])):
                for j, value in _within({i + 1: score + (0.8 if small else worth)}, letters, word).items():
                    following[j] = max(following.get(j, _NEVER), value)
        best = following
    return max(0.0, best.get(len(letters), _NEVER) / len(letters))


def holds(short: str, words: Sequence[str]) -> bool:
    """Tell whether the letters of `short` are found in `words` in order, the first at the start.

    >>> holds("SPADE", ["State", "Space", "Augmented", "Transformer"])
    True
    """
    letters, at = letters_of(short), 0
    text = " ".join(words).lower()
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return text[:1] == letters[:1]


def begins(word: str, letter: str) -> float:
    """Return what it is worth that a word starts with a letter, or shows it as a capital in its midst: pHonetic."""
    first = word[1:2] if word[0] == "-" else word[0]
    first = first.lower()
    if first == letter:
        return 1.0
    if letter in _ODD or first in _GREEK:
        bare = word.lstrip("-").lower()
        if _GREEK.get(first, first) == letter or bare.startswith(
            _NUMERALS.get(letter, ()) or (_X if letter == "x" else ())
        ):
            return 1.0
    return 0.9 if letter.upper() in word and word.lstrip("-")[0].islower() else 0.0


def _within(best: dict[int, float], letters: str, word: str) -> dict[int, float]:
    """Let more letters be read inside a word that has given its first; inner capitals and digits count nearly in full."""
    scores = dict(best)
    word = word.lstrip("-")
    lower = word.lower()
    for i, score in best.items():
        at, gained, j, run = 1, score, i, 0
        while j < len(letters):
            found = lower.find(letters[j], at)
            if found < 0:
                break
            run = run + 1 if found == at else 0
            loud = word[found].isupper() or word[found].isdigit()
            gained += 0.9 if loud or run > 2 else 0.6 if run else 0.35
            at, j = found + 1, j + 1
            scores[j] = max(scores.get(j, _NEVER), gained)
    return scores
