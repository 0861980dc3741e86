"""Train word vectors on abstracts: `python tools/word_vectors.py ABSTRACTS.jsonl[.xz]... -o vectors.txt [--every N]`.

word2vec (continuous bag of words, 100 dimensions) over the words that occur at least eight times, written as text with a line
each. `--every 6` reads each sixth abstract. For `tools/compare_taggers.py`; nothing that ships needs them. Wants
`pip install gensim`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from word_classes import texts  # beside this file

from kg.lexicon import form
from kg.text.tokens import tokens


def main(arguments: list[str]) -> int:
    """Train and write."""
    from gensim.models import Word2Vec

    every = int(arguments.pop(arguments.index("--every") + 1)) if "--every" in arguments else 1
    out = arguments.pop(arguments.index("-o") + 1)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus:
        for path in (a for a in arguments if not a.startswith("-")):
            for number, text in enumerate(texts(Path(path))):
                if number % every == 0:
                    corpus.write(" ".join(form(t.text).replace(" ", "_") for t in tokens(text)) + "\n")
        corpus.flush()
        model = Word2Vec(
            corpus_file=corpus.name, vector_size=100, window=4, min_count=8, epochs=5, negative=8, seed=1, workers=1
        )
    model.wv.save_word2vec_format(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if "-o" in sys.argv else print(__doc__, file=sys.stderr) or 2)
