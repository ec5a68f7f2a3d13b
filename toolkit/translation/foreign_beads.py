"""Which units of one text stand for which of another: a shortest path over lengths and anchors.

Dynamic programming over beads after Gale and Church 1993 (“A program for aligning sentences in bilingual corpora”),
with log length ratios, and with anchors: figures, names and terms that must come out on the other side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.constraints.constraint import Constraint, Kind
from toolkit.languages import Language

_CHARACTERS_PER_HAN: dict[Language, float] = {"en": 3.4, "bo": 4.2, "zh": 1.0}
_SPREAD = 0.45  # standard deviation of the log length ratio
_SMOOTHING = 12.0  # characters: a two-character heading says little by its length
_ANCHOR_FOUND = 1.6
_ANCHOR_MISSED = 0.35
_FIGURE_MISSED = 0.9  # a term may have become anything, a figure is seldom lost
_MOST_ANCHORS = 6.0
_BAND = 0.35  # of the shorter side: how far from the diagonal a path may stray in long texts
_SHORT = 40


@dataclass(frozen=True)
class Bead:
    """Units `sources` (from, to) of the source stand for units `targets` (from, to) of the translation."""

    sources: tuple[int, int]
    targets: tuple[int, int]


@dataclass(frozen=True)
class Moves:
    """What a bead may be, and what it costs: numbers of (source, target) units with a penalty in nats.

    A unit without counterpart costs more the longer it is: `per_character` of an English text, up to `most`.
    """

    penalties: Mapping[tuple[int, int], float]
    per_character: float
    most: float


@dataclass
class Anchors:
    """Which constraints of a source unit stand in a target unit; found once for each pair of texts."""

    constraints: Sequence[Sequence[Constraint]]
    targets: Sequence[str]
    language: Language
    _seen: dict[tuple[object, int], bool] = field(default_factory=dict)

    def score(self, sources: range, targets: range) -> float:
        """What anchors say for these units standing for each other: above 0 for, below 0 against."""
        total = 0.0
        for unit in sources:
            score = 0.0
            for constraint in self.constraints[unit]:
                if not constraint.is_weak:
                    found = any(self._stands(constraint, target) for target in targets)
                    missed = _FIGURE_MISSED if constraint.kind is Kind.FIGURE else _ANCHOR_MISSED
                    score += _ANCHOR_FOUND if found else -missed
            total += min(score, _MOST_ANCHORS)  # each for itself, or a unit with many would pay for joining another
        return max(-_MOST_ANCHORS, total)

    def _stands(self, constraint: Constraint, target: int) -> bool:
        key = ((constraint.source, constraint.targets), target)
        if key not in self._seen:
            self._seen[key] = bool(constraint.find_in(self.targets[target], self.language))
        return self._seen[key]


def align(
    sources: Sequence[str], targets: Sequence[str], moves: Moves, anchors: Anchors, language: Language
) -> tuple[Bead, ...]:
    """The beads of the best path: in order, every unit of both sides in exactly one bead."""
    rate = _rate(sources, targets, language)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(sources) + 1):
        for j in range(len(targets) + 1):
            here = best.get((i, j))
            if here is None or not _near_diagonal(i, j, len(sources), len(targets)):
                continue
            for (taken, given), penalty in moves.penalties.items():
                to = (i + taken, j + given)
                if to[0] > len(sources) or to[1] > len(targets):
                    continue
                cost = here[0] + penalty
                expected = rate * sum(len(text) for text in sources[i : to[0]])
                length = sum(len(text) for text in targets[j : to[1]])
                if taken and given:
                    cost += _length_cost(expected, length) - anchors.score(range(i, to[0]), range(j, to[1]))
                else:
                    cost += min(moves.most, moves.per_character * (expected + length))
                if to not in best or cost < best[to][0]:
                    best[to] = (cost, (i, j))
    return _path(best, (len(sources), len(targets)))


def _rate(sources: Sequence[str], targets: Sequence[str], language: Language) -> float:
    """Characters of the target for one of the source: what these texts have, unless too much seems to be missing."""
    usual = _CHARACTERS_PER_HAN[language]
    here = sum(map(len, targets)) / max(1, sum(map(len, sources)))
    return max(0.7 * usual, min(here, 1.5 * usual))


def _path(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], end: tuple[int, int]) -> tuple[Bead, ...]:
    beads: list[Bead] = []
    while end != (0, 0):
        start = best[end][1]
        beads.append(Bead((start[0], end[0]), (start[1], end[1])))
        end = start
    return tuple(reversed(beads))


def _length_cost(expected: float, given: float) -> float:
    ratio = math.log((given + _SMOOTHING) / (expected + _SMOOTHING)) / _SPREAD
    return ratio * ratio / 2


def _near_diagonal(i: int, j: int, rows: int, columns: int) -> bool:
    if min(rows, columns) < _SHORT:
        return True
    return abs(i / rows - j / columns) <= _BAND or i in (0, rows) or j in (0, columns)
