"""What the features of tokens weigh for each label, added up once for each word and looked up from then on.

Used by `kg.tagging.model`. Most tokens are words met before, so a sentence costs a look-up a token, not one a feature.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain, pairwise
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
        self.rows[_EDGE] = self._weigh([edge])[0]

    def numbers(self, keys: Sequence[K]) -> list[int]:
        """Return the row of each key; those of earlier calls may be given to others."""
        if len(self._numbers) + len(keys) >= _KEPT:
            self._numbers.clear()
        known = self._numbers
        self._add([key for key in dict.fromkeys(keys) if key not in known])
        return [known[key] for key in keys]

    def _add(self, keys: Sequence[K]) -> None:
        if not keys:
            return
        begin = len(self._numbers) + 1
        end = begin + len(keys)
        while end > len(self.rows):  # papers that alone have more words than are kept
            self.rows = np.concatenate((self.rows, np.zeros_like(self.rows)))
        self.rows[begin:end] = self._weigh([self._given(key) for key in keys])
        self._numbers.update(zip(keys, range(begin, end), strict=True))

    def _weigh(self, given: Iterable[Given]) -> Reals:
        """Return what some keys give: for each of them a row for each place."""
        rows = self._crf.rows
        weighing: list[int] = []
        begins = []
        for names in chain.from_iterable(given):
            begins.append(len(weighing))
            weighing += (rows[name] for name in names if name in rows)
            weighing.append(_NONE)
        sums: Reals = np.add.reduceat(self._crf.weights[weighing], begins)
        return sums.reshape(-1, len(PLACES), len(self._crf.labels))


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
            found += [rows.get(pair(before, form), _NONE) for before, form in pairwise(forms)]
        return found
