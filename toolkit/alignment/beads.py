"""Which sentences stand for which units: the sum over all ways to pair them, and the way most likely right.

Dynamic programming over beads as Gale and Church described it (1993, “A program for aligning sentences in bilingual
corpora”), with the probabilities of all paths added up (forward and backward, as for hidden Markov models), so that
each bead has a probability of its own; the answer is the path with the highest sum of those.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolkit.alignment.clues import Clues
from toolkit.alignment.units import Unit

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Bead:
    """Sentences `sources` (from, to) stand for units `targets` (from, to), with this probability."""

    sources: tuple[int, int]
    targets: tuple[int, int]
    probability: float = 1.0


@dataclass(frozen=True)
class Weights:
    """What is usual, in nats."""

    joined: tuple[float, ...] = (0.0, -3.0, -5.5)
    missing: float = -4.0
    added: float = -6.0
    gap: float = 0.0
    clue: float = 0.8
    length: float = 1.0
    spread: float = 0.04
    spread_short: float = 0.6
    null_spread: float = 0.55
    bound: float = 1.0
    cut: float = 1.0
    surest: float = 1.4
    both_break: float = 1.2
    one_breaks: float = -2.0
    inside: float = -3.0
    keep: float = 0.05  # a bead less likely than this is not worth having


WEIGHTS = Weights()
_SMOOTHING = 8.0
_WIDEST = 3.5


class Lattice:
    """All beads of two texts with their scores, row by row."""

    def __init__(
        self,
        sources: Sequence[str],
        source_paragraphs: Sequence[int],
        units: Sequence[Unit],
        clues: Clues,
        rate: float,
        weights: Weights = WEIGHTS,
    ) -> None:
        self.rows, self.columns = len(sources), len(units)
        self._w = weights
        self._clues = clues
        self._rate = rate
        self._source_lengths = np.array([len("".join(text.split())) for text in sources], dtype=float)
        lengths = np.array([unit.length for unit in units], dtype=float)
        self._reach = np.concatenate([[0.0], np.cumsum(lengths)])
        odds = np.array([unit.end for unit in units], dtype=float)
        ends = -np.logaddexp(0, -odds) * weights.cut  # log p
        goes_on = -np.logaddexp(0, np.minimum(odds, weights.surest)) * weights.bound
        self._ends = np.concatenate([[0.0], ends])
        self._goes_on = np.concatenate([[0.0], np.cumsum(goes_on)])
        self._source_breaks = [False] * (self.rows + 1)
        for number in range(1, self.rows):
            self._source_breaks[number] = source_paragraphs[number] != source_paragraphs[number - 1]
        self._target_breaks = np.zeros(self.columns + 1)
        for number in range(1, self.columns):
            self._target_breaks[number] = units[number].paragraph != units[number - 1].paragraph
        many, few = sum(self._source_breaks), int(self._target_breaks.sum())
        agreement = min(many, few) / max(many, few, 1)
        self._break_weight = agreement if min(many, few) else 0.0
        self._breaks_before = np.concatenate([[0.0], np.cumsum(self._target_breaks)])
        self._made: dict[tuple[int, int], Scores] = {}

    def beads(self, row: int, taken: int) -> Scores:
        """Scores of the beads that take so many sentences from `row` on: row j, column n - 1 units from j on."""
        key = (row, taken)
        if key not in self._made:
            if len(self._made) > 8:
                del self._made[next(iter(self._made))]
            self._made[key] = self._beads(row, taken)
        return self._made[key]

    def _width(self, expected: float) -> int:
        most = _WIDEST * expected + 60
        reach = self._reach
        return max(1, int((np.searchsorted(reach, reach + most, side="right") - 1 - np.arange(len(reach))).max()))

    def _beads(self, row: int, taken: int) -> Scores:
        w = self._w
        length = float(self._source_lengths[row : row + taken].sum())
        expected = self._rate * (length if taken else float(self._source_lengths.mean()))
        width = min(self.columns, self._width(expected))
        j = np.arange(self.columns + 1)[:, None]
        to = j + np.arange(1, width + 1)[None, :]
        inside = to <= self.columns
        to = np.minimum(to, self.columns)
        given = self._reach[to] - self._reach[j]
        score = self._goes_on[np.maximum(to - 1, 0)] - self._goes_on[j] + self._ends[to]
        score += self._breaks(row, taken, j, to)
        if taken:
            ratio = np.log((given + _SMOOTHING) / (expected + _SMOOTHING))
            variance = w.spread + w.spread_short / max(length, 1.0)
            score += w.length * (-ratio * ratio / (2 * variance) - 0.5 * math.log(variance / w.null_spread**2))
            score += w.joined[taken - 1]
            score += w.clue * sum(self._clues.scores(one, width) for one in range(row, row + taken))
        else:
            score += w.added - w.gap * given
        return np.where(inside, score, -np.inf)

    def missing(self, row: int) -> float:
        """Score of a sentence that stands for nothing."""
        return self._w.missing - self._w.gap * self._rate * float(self._source_lengths[row])

    def _breaks(self, row: int, taken: int, j: NDArray[np.int64], to: NDArray[np.int64]) -> Scores:
        w = self._w
        ends_here = self._target_breaks[to]
        source_ends = self._source_breaks[row + taken] and taken > 0
        crossed = self._breaks_before[to] - self._breaks_before[np.minimum(j + 1, self.columns)]
        score = w.inside * crossed
        if taken:
            score = score + (
                np.where(ends_here, w.both_break, w.one_breaks) if source_ends else w.one_breaks * ends_here
            )
            score = score + w.inside * sum(self._source_breaks[row + 1 : row + taken])
        weighted: Scores = self._break_weight * score
        return weighted

    def joinable(self) -> int:
        """How many sentences one bead may take."""
        return len(self._w.joined)


def probable_beads(lattice: Lattice, least: float = 0.002) -> tuple[tuple[Bead, ...], float]:
    """Every bead whose probability is at least `least`."""
    rows, columns = lattice.rows, lattice.columns
    forward = np.full((rows + 1, columns + 1), -np.inf)
    forward[0, 0] = 0.0
    for i in range(rows + 1):
        added = lattice.beads(i, 0) if columns else np.zeros((1, 0))
        here = forward[i]
        for j in range(columns):
            if here[j] > -np.inf:
                n = min(added.shape[1], columns - j)
                np.logaddexp(here[j + 1 : j + 1 + n], here[j] + added[j, :n], out=here[j + 1 : j + 1 + n])
        if i == rows:
            break
        np.logaddexp(forward[i + 1], here + lattice.missing(i), out=forward[i + 1])
        for taken in range(1, min(lattice.joinable(), rows - i) + 1):
            scores = lattice.beads(i, taken)
            there = forward[i + taken]
            for n in range(1, scores.shape[1] + 1):
                part = there[n:]
                np.logaddexp(part, here[: columns + 1 - n] + scores[: columns + 1 - n, n - 1], out=part)
    total = float(forward[rows, columns])
    backward = np.full((rows + 1, columns + 1), -np.inf)
    backward[rows, columns] = 0.0
    found: list[Bead] = []
    with np.errstate(invalid="ignore"):
        for i in range(rows, -1, -1):
            here = backward[i]
            if i < rows:
                step = backward[i + 1] + lattice.missing(i)
                found += _likely(forward[i] + step - total, (i, i + 1), 0, least)
                np.logaddexp(here, step, out=here)
                for taken in range(1, min(lattice.joinable(), rows - i) + 1):
                    scores = lattice.beads(i, taken)
                    for n in range(1, scores.shape[1] + 1):
                        step = backward[i + taken][n:] + scores[: columns + 1 - n, n - 1]
                        found += _likely(forward[i][: columns + 1 - n] + step - total, (i, i + taken), n, least)
                        np.logaddexp(here[: columns + 1 - n], step, out=here[: columns + 1 - n])
            added = lattice.beads(i, 0) if columns else np.zeros((1, 0))
            for j in range(columns - 1, -1, -1):
                n = min(added.shape[1], columns - j)
                steps = here[j + 1 : j + 1 + n] + added[j, :n]
                likely = np.exp(np.minimum(forward[i, j] + steps - total, 0.0))
                found += [Bead((i, i), (j, j + 1 + int(k)), float(likely[k])) for k in np.flatnonzero(likely > least)]
                here[j] = np.logaddexp(here[j], np.logaddexp.reduce(steps))
    return tuple(found), total


def _likely(scores: Scores, sources: tuple[int, int], n: int, least: float) -> Iterator[Bead]:
    for j in np.flatnonzero(scores > math.log(least)):
        yield Bead(sources, (int(j), int(j) + n), min(1.0, math.exp(float(scores[j]))))


def best_path(beads: Sequence[Bead], rows: int, columns: int, keep: float) -> tuple[Bead, ...]:
    """The path over `beads` with the highest sum of probabilities."""
    by_start: dict[tuple[int, int], list[Bead]] = {}
    for bead in beads:
        by_start.setdefault((bead.sources[0], bead.targets[0]), []).append(bead)
    best: dict[tuple[int, int], tuple[float, Bead | None]] = {(0, 0): (0.0, None)}
    for start in sorted({(0, 0), *by_start, *((b.sources[1], b.targets[1]) for b in beads)}):
        here = best.get(start)
        if here is None:
            continue
        for bead in by_start.get(start, ()):
            to = (bead.sources[1], bead.targets[1])
            worth = here[0] + bead.probability - keep
            if to not in best or worth > best[to][0]:
                best[to] = (worth, bead)
    path: list[Bead] = []
    end = (rows, columns)
    while end != (0, 0):
        last = best[end][1]
        assert last is not None
        path.append(last)
        end = (last.sources[0], last.targets[0])
    return tuple(reversed(path))
