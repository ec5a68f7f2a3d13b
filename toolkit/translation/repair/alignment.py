"""Which word of a draft stands for which word of its source, learnt from the draft itself.

IBM Model 1 with a preference for the diagonal (Dyer, Chahuneau and Smith 2013, “A simple, fast, and effective
reparameterization of IBM Model 2”) and a sparse Dirichlet prior, in both directions.  A report of a hundred
sentences, the terms it needs and other drafts by the same hand are enough to tell what goes with what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Pair = tuple[Sequence[str], Sequence[str]]

_ROUNDS = 6
_TENSION = 4.0
_NULL = 0.08  # prior probability that a word stands for nothing on the other side
_SPARSITY = 0.02  # Dirichlet parameter


@dataclass(frozen=True)
class Links:
    """How likely word i of the source and word j of the target stand for each other, as seen from either side.

    `given_target[i, j]` sums to at most 1 over i, `given_source[i, j]` over j; the rest stands for nothing.
    `elsewhere[i, j]` is how often other pairs link the two words.
    """

    given_target: Floats
    given_source: Floats
    elsewhere: Floats


def link_words(pairs: Sequence[Pair], wanted: int) -> list[Links]:
    """Learn from all `pairs` of (source words, target words), and link those of the first `wanted`."""
    forward = _posteriors(pairs, wanted)
    backward = _posteriors([(target, source) for source, target in pairs], wanted)
    return [
        Links(to_target, to_source.T, np.minimum(there, back.T))
        for (to_target, there), (to_source, back) in zip(forward, backward, strict=True)
    ]


def _posteriors(pairs: Sequence[Pair], wanted: int) -> list[tuple[Floats, Floats]]:
    """For each pair two matrices [word of the first text, word of the second].

    What the second's words come from, and how often the same link was made elsewhere.
    """
    cells = _Cells.of(pairs)
    chances = np.full(len(cells.source_of_entry), 1.0)
    shares, counts = cells.prior, chances
    for _ in range(_ROUNDS):
        weights = cells.prior * chances[cells.entry]
        totals = np.bincount(cells.column, weights, minlength=cells.columns)
        shares = weights / totals[cells.column]
        counts = np.bincount(cells.entry, shares, minlength=len(chances)).astype(np.float64)
        sums = np.bincount(cells.source_of_entry, counts)
        sizes = np.bincount(cells.source_of_entry)
        over = (sums + _SPARSITY * sizes)[cells.source_of_entry]
        chances = np.exp(_digamma(counts + _SPARSITY) - _digamma(over))
    elsewhere = np.maximum(0.0, counts[cells.entry] - shares)
    return list(zip(cells.matrices(shares, pairs, wanted), cells.matrices(elsewhere, pairs, wanted), strict=True))


@dataclass(frozen=True)
class _Cells:
    """Every (source word or nothing, target word) of every pair, flat."""

    entry: Integers  # number of the word pair
    column: Integers  # number of the target word it belongs to
    prior: Floats
    source_of_entry: Integers
    columns: int

    @staticmethod
    def of(pairs: Sequence[Pair]) -> _Cells:
        vocabulary: dict[str, int] = {}
        others: dict[str, int] = {}
        keys, columns, priors = [], [], []
        first_column = 0
        for source, target in pairs:
            rows = np.array([0] + [vocabulary.setdefault(word, len(vocabulary) + 1) for word in source])
            across = np.array([others.setdefault(word, len(others)) for word in target], dtype=np.int64)
            if not len(across):
                continue
            keys.append((rows[:, None] * (1 << 32) + across[None, :]).ravel())
            columns.append(np.tile(np.arange(first_column, first_column + len(across)), len(rows)))
            priors.append(_prior(len(source), len(target)).ravel())
            first_column += len(across)
        if not keys:
            empty = np.zeros(0, dtype=np.int64)
            return _Cells(empty, empty, np.zeros(0), empty, 0)
        unique, entry = np.unique(np.concatenate(keys), return_inverse=True)
        return _Cells(entry, np.concatenate(columns), np.concatenate(priors), unique >> 32, first_column)

    def matrices(self, shares: Floats, pairs: Sequence[Pair], wanted: int) -> list[Floats]:
        found = []
        position = 0
        for source, target in pairs[:wanted]:
            size = (len(source) + 1) * len(target)
            found.append(shares[position : position + size].reshape(len(source) + 1, len(target))[1:])
            position += size
        return found


def _prior(rows: int, columns: int) -> Floats:
    """How likely each source word (row 0: nothing) is before anything is known of the words."""
    where = (np.arange(rows) + 0.5) / max(rows, 1)
    there = (np.arange(columns) + 0.5) / columns
    near = np.exp(-_TENSION * np.abs(where[:, None] - there[None, :]))
    near = (1 - _NULL) * near / near.sum(axis=0, keepdims=True) if rows else near
    return np.vstack([np.full((1, columns), _NULL), near])


def _digamma(values: Floats) -> Floats:
    """The digamma function for positive values, by recurrence and its asymptotic series (DLMF 5.11.2)."""
    result = np.zeros_like(values)
    values = values.copy()
    for _ in range(6):
        result -= 1 / values
        values += 1
    squares = 1 / (values * values)
    return result + np.log(values) - 0.5 / values - squares * (1 / 12 - squares * (1 / 120 - squares / 252))
