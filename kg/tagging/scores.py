"""What the features of tokens weigh for each label, added up once for each word and looked up from then on.

Used by `kg.tagging.model`. Most tokens are words met before, so a sentence costs a look-up a token, not one a feature.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np

from kg.lexicon import Hit
from kg.tagging.crf import Crf, Reals
from kg.tagging.features import EDGES, PLACES, Given, State, of_state, of_word, pair, states
from kg.text.document import Sentence

_KEPT = 1 << 15  # words; with 15 labels some 20 MB
_MARGIN = 2  # places between sentences, as far as features reach
_EDGE = 0  # the row of those places
_NONE = -1  # the row of a model that weighs nothing

K = TypeVar("K", bound=Hashable)


class _Table(Generic[K]):
    """What each key gives to the labels of itself and of its neighbours, a row a key."""

    def __init__(self, crf: Crf, given: Callable[[K], Given], edge: Given) -> None:
        self._crf, self._given = crf, given
        self._numbers: dict[K, int] = {}
        self.rows = np.zeros((_KEPT, len(PLACES), len(crf.labels)))
        self.rows[_EDGE] = self._weigh(edge)

    def numbers(self, keys: Sequence[K]) -> list[int]:
        """Return the row of each key; those of earlier calls may be given to others."""
        if len(self._numbers) + len(keys) >= _KEPT:
            self._numbers.clear()
        known = self._numbers
        for key in keys:
            if key not in known:
                self._add(key)
        return [known[key] for key in keys]

    def _add(self, key: K) -> None:
        number = self._numbers[key] = len(self._numbers) + 1
        if number == len(self.rows):  # a paper that alone has more words than are kept
            self.rows = np.concatenate((self.rows, np.zeros_like(self.rows)))
        self.rows[number] = self._weigh(self._given(key))

    def _weigh(self, given: Given) -> Reals:
        rows, weights = self._crf.rows, self._crf.weights
        return np.stack([weights[[rows[name] for name in names if name in rows]].sum(0) for names in given])


class Scores:
    """Adds up the weights of a model for the tokens of sentences."""

    def __init__(self, crf: Crf) -> None:
        self._crf = crf
        self._words = _Table[str](crf, of_word, EDGES)
        self._states = _Table[State](crf, of_state, ([], [], [], [], []))

    def of(self, sentences: Sequence[Sentence], hits: Sequence[Sequence[Hit]]) -> Reals:
        """Return a row for each token of the sentences, one after another, with a column for each label.

        `hits` are the names of the vocabulary in each sentence.
        """
        words = [token.text for sentence in sentences for token in sentence.tokens]
        told = [state for pair in zip(sentences, hits, strict=True) for state in states(*pair)]
        lengths = [len(sentence.tokens) for sentence in sentences]
        margins = np.arange(1, len(sentences) + 1) * _MARGIN
        at = np.arange(len(words)) + np.repeat(margins, lengths)
        given = np.zeros((len(words) + margins[-1] + _MARGIN, len(PLACES), len(self._crf.labels)))
        for table, keys in ((self._words, words), (self._states, told)):
            numbers = np.full(len(given), _EDGE)
            numbers[at] = table.numbers(keys)  # type: ignore[arg-type]
            given += table.rows[numbers]
        scores: Reals = self._crf.weights[self._pairs(sentences)]
        for place, shift in enumerate(PLACES):
            scores += given[at - shift, place]
        return scores

    def _pairs(self, sentences: Sequence[Sentence]) -> list[int]:
        """Return, for each token, the row of what its form and the one before make together."""
        rows = self._crf.rows
        found = []
        for sentence in sentences:
            forms = sentence.forms
            found.append(_NONE)
            found += [rows.get(pair(before, form), _NONE) for before, form in itertools.pairwise(forms)]
        return found
