"""Count which part words play in abstracts: `python tools/word_classes.py ABSTRACTS.jsonl[.xz]... > classes.tsv`.

Each input line is a JSON object with an `abstract`. What stands before and after a word tells its class (`kg/text/words.py` has the
letters): verbs follow "we" and "to" and come before "the"; adjectives follow "the" and never end a phrase. `kg/text/words.tsv` was
made of this table, then mended by hand: function words, and nouns that elsewhere are verbs ("transfer", "output").
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]|[A-Za-z]|[.,;:()?!]")
BEFORE = dict.fromkeys("the a an of our this these its their each any for with in on".split(), "noun")
BEFORE |= dict.fromkeys("to we can will may must should could not they which that".split(), "verb")
BEFORE |= dict.fromkeys("is are be been was were has have".split(), "participle")
AFTER = dict.fromkeys("of is are was has have can . , ) (".split(), "end")
AFTER |= dict.fromkeys("the a an our that these its this how".split(), "object")
AFTER |= {"by": "agent"}
RARE = 25
Counts = Counter[tuple[str, str]]


def texts(path: Path) -> Iterator[str]:
    """Yield the abstracts of a file."""
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        for line in lines:
            yield json.loads(line)["abstract"]


def letter(word: str, total: int, counts: Counts) -> str:
    """Return the class letter of a word; N where nothing else is plain."""
    verb, noun = counts[word, "verb"], counts[word, "noun"]
    as_verb = verb / (noun + verb + 1)
    with_object, at_end = counts[word, "object"] / total, counts[word, "end"] / total
    if word.endswith("ly") and at_end < 0.35:
        return "R"
    if word.endswith("ing"):
        return "G" if with_object > 0.12 else "J" if at_end < 0.10 and noun / total > 0.2 else "N"
    passive = max(counts[word, "participle"], counts[word, "agent"]) / total
    if word.endswith(("ed", "wn", "en", "lt", "ught", "ade")) and (passive > 0.12 or with_object > 0.15):
        return "D"
    if with_object > 0.35 or (as_verb > 0.8 and (with_object > 0.05 or as_verb > 0.93)):
        return "V"
    if as_verb > 0.3 or with_object > 0.12:
        return "V" if noun / total < 0.07 and with_object > 0.08 else "A"
    return "J" if at_end < 0.13 and noun / total > 0.08 else "N"


def main(paths: list[str]) -> int:
    """Count the words of all files and print those that are not simply nouns."""
    total: Counter[str] = Counter()
    counts: Counts = Counter()
    for path in paths:
        for text in texts(Path(path)):
            words = [word.lower() for word in WORD.findall(text)]
            total.update(words)
            for first, second in pairwise(words):
                if first in BEFORE:
                    counts[second, BEFORE[first]] += 1
                if second in AFTER:
                    counts[first, AFTER[second]] += 1
    for word, count in sorted(total.items()):
        kind = letter(word, count, counts) if count >= RARE and word.replace("-", "").isalpha() else "N"
        if kind != "N":
            print(f"{word}\t{kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__, file=sys.stderr) or 2)
