"""Pairs of neighbouring characters, and which texts hold them: how a like sentence is found among a million.

Texts are indexed in blocks of at most 65,536, so that a text is two bytes in the list of a pair.  A pair is known by a
hash of 24 bits; two pairs with the same hash make a list a little longer, and no result wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

GRAM_BITS = 24
BLOCK_TEXTS = 1 << 16
BLOCK_CHARACTERS = 2_000_000  # keeps the sorting of a block under 100 MB, however long its texts
_FIRST, _SECOND = 0x9E3779B1, 0x85EBCA77  # odd multipliers of 32 bits that spread neighbouring code points

Numbers = npt.NDArray[np.int64]


def grams_of(text: str, *, whole: bool = True) -> Numbers:
    """The distinct grams of one text; a `whole` one has a gram for its first and for its last character too."""
    points = np.frombuffer((f"\0{text}\0" if whole else text).encode("utf-32-le", "replace"), dtype=np.uint32)
    return _distinct(_hashed(points).astype(np.int64))


def _distinct(numbers: Numbers) -> Numbers:
    """The same `numbers`, sorted in place, without repeats.

    On millions of them ten times faster than `np.unique`, which hashes them.
    """
    numbers.sort()
    return numbers[_is_new(numbers)]


def _is_new(ordered: Numbers) -> npt.NDArray[np.bool_]:
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def _hashed(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    mixed = points[:-1] * np.uint32(_FIRST)
    mixed ^= points[1:] * np.uint32(_SECOND)
    mixed ^= mixed >> np.uint32(15)
    mixed &= np.uint32((1 << GRAM_BITS) - 1)
    return mixed


@dataclass(frozen=True)
class Block:
    """The texts of one block turned round: for each gram the texts that hold it.

    `sizes` says how many distinct grams each text has; the texts of `grams[i]` are
    `texts[starts[i]:starts[i + 1]]`, numbered within the block.
    """

    grams: Numbers
    starts: Numbers
    texts: npt.NDArray[np.uint16]
    sizes: npt.NDArray[np.uint16]

    def lists(self) -> Iterator[tuple[int, bytes]]:
        """Each gram with its texts as packed 16-bit numbers, grams ascending."""
        data = self.texts.tobytes()
        ends = (self.starts * 2).tolist()
        for number, gram in enumerate(self.grams.tolist()):
            yield gram, data[ends[number] : ends[number + 1]]


def block_of(texts: Sequence[str]) -> Block:
    """The block of `texts`, at most `BLOCK_TEXTS`."""
    joined = "\0" + "\0".join(text.replace("\0", " ") for text in texts) + "\0"
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    begins = points == 0
    pairs = _hashed(points).astype(np.int64) << 16
    pairs |= np.cumsum(begins, dtype=np.int64)[:-1] - 1
    pairs = _distinct(pairs)
    grams = pairs >> 16
    starts = np.flatnonzero(_is_new(grams))
    grams = grams[starts]
    members = (pairs & 0xFFFF).astype(np.uint16)
    sizes = np.minimum(np.bincount(members, minlength=len(texts)), 0xFFFF).astype(np.uint16)
    return Block(grams, np.append(starts, len(members)), members, sizes)


def counted(lists: Sequence[bytes], texts: int) -> Numbers:
    """In how many of `lists` each of the `texts` texts of a block stands."""
    return np.bincount(np.frombuffer(b"".join(lists), dtype=np.uint16), minlength=texts)


class Best:
    """The `most` texts of all blocks whose grams are most like those of a query, by their Dice coefficient."""

    def __init__(self, most: int) -> None:
        self.numbers: Numbers = np.zeros(0, dtype=np.int64)
        self._scores: npt.NDArray[np.float64] = np.zeros(0)
        self._most = most
        self._lowest = 0.0  # what a text has to beat

    def add(self, first: int, shared: Numbers, sizes: npt.NDArray[np.uint16], wanted: int) -> None:
        """Take in a block: the number of its `first` text, how many grams each shares with the query, and has.

        `wanted` is how many the query has.
        """
        # A text has no fewer grams than it shares, so 2·shared / (sizes + wanted) bounds what it must share.
        least = max(1, int(self._lowest * wanted / (2 - self._lowest)))
        found = np.flatnonzero(shared >= least)
        scores = 2 * shared[found] / (sizes[found].astype(np.int64) + wanted)
        self._scores = np.concatenate((self._scores, scores))
        self.numbers = np.concatenate((self.numbers, found + first))
        if len(self.numbers) > self._most:
            kept = np.argpartition(self._scores, -self._most)[-self._most :]
            self._scores, self.numbers = self._scores[kept], self.numbers[kept]
            self._lowest = float(self._scores.min())


def rarest(grams: Numbers, frequencies: Mapping[int, int] | Numbers, *, budget: int, at_least: int) -> Numbers:
    """The rarest of `grams`: as many as have together at most `budget` texts, but `at_least` so many."""
    counts = np.array([frequencies[int(gram) & 0xFFFF] for gram in grams], dtype=np.int64)
    order = np.argsort(counts, kind="stable")
    enough = int(np.searchsorted(np.cumsum(counts[order]), budget, side="right"))
    return grams[order[: max(enough, at_least)]]
