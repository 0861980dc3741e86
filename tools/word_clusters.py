"""Cluster words by how abstracts use them: `python tools/word_clusters.py ABSTRACTS.jsonl[.xz]... > kg/tagging/clusters.tsv`.

Word vectors (word2vec, continuous bag of words, 100 dimensions) of the words that occur at least twelve times, then k-means into 64
coarse and 512 fine clusters. Needs `pip install gensim scikit-learn`, which nothing else here does; takes about ten minutes for
150,000 abstracts. The tagger is to be trained again afterwards (`tools/train_tagger.py`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from word_classes import texts  # beside this file

from kg.text.tokens import tokens


def main(paths: list[str]) -> int:
    """Write a line for each word: the word, its coarse and its fine cluster."""
    import numpy
    from gensim.models import Word2Vec
    from sklearn.cluster import MiniBatchKMeans

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus:
        for path in paths:
            for text in texts(Path(path)):
                words = ("0" if t.text[0].isdigit() else t.text.lower().replace(" ", "_") for t in tokens(text))
                corpus.write(" ".join(words) + "\n")
        corpus.flush()
        model = Word2Vec(
            corpus_file=corpus.name, vector_size=100, window=4, min_count=12, epochs=5, negative=8, seed=1, workers=1
        )
    vectors = model.wv.vectors / numpy.linalg.norm(model.wv.vectors, axis=1, keepdims=True)
    labels = [MiniBatchKMeans(k, random_state=0, batch_size=4096, n_init=3).fit(vectors).labels_ for k in (64, 512)]
    for word, coarse, fine in zip(model.wv.index_to_key, *labels, strict=True):
        print(f"{word}\t{coarse}\t{fine}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__, file=sys.stderr) or 2)
