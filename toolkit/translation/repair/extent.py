"""How far a span may go: what no term goes across, what cannot be cut from it, what frays at its ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from toolkit import tibetan
from toolkit.translation.repair.sight import Forces, Sight
from toolkit.translation.repair.word_lists import VERBAL
from toolkit.translation.repair.words import Word, is_light, shared_words

_BARRIERS = frozenset('.;:!?\n()[]（）。；：！？།"“”‘')
_PAUSES = frozenset(",–—，/")
_BEING = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_MODALS = frozenset(["will", "would", "shall", "should", "can", "could", "may", "might", "must", "cannot", "not"])
_JOINS = f" -{tibetan.TSHEG}"
_JOINTS = frozenset(["and", "or", "དང"])
_PAUSE_COST = 0.8
_LIGHT_COST = 0.25  # of a preposition inside: “volume of”, “batch of” are rarely part of a term
_IDLE_COST = 0.2  # of a heavy word that nothing links to the constraint
_LINKED = 0.05
_UNCONFIRMED = 0.4  # what a link counts that no other sentence confirms
_EXPLAINED = 0.6  # a word so linked to other words of the source is theirs


def spans(sight: Sight, forces: Forces, longest: int) -> Iterator[tuple[float, int, int]]:
    """(score, first word, last word) of every span worth looking at."""
    target = sight.target
    pull, push, light = forces.pull, forces.push, forces.light
    confirmed = _UNCONFIRMED + (1 - _UNCONFIRMED) * np.maximum(forces.support, forces.alike)
    value = pull * confirmed - push - np.where(pull + push < 2 * _LINKED, _IDLE_COST, 0.0)
    for first in range(len(target)):
        if forces.blocked[first] or light[first] or pull[first] < _LINKED:
            continue
        total = 0.0
        for last in range(first, min(len(target), first + longest)):
            if forces.blocked[last]:
                break
            if last > first:
                cost = _step_cost(sight, forces, last)
                if cost is None:
                    break
                total -= cost
            if not light[last]:
                total += float(value[last])
                if pull[last] >= _LINKED and total > 0:
                    yield total, first, last


def _step_cost(sight: Sight, forces: Forces, column: int) -> float | None:
    """The cost of going on from the word before `column` to it; None where no term goes on."""
    key = sight.target[column].key
    between = sight.text[sight.target[column - 1].end : sight.target[column].start]
    if not (_BARRIERS - forces.signs).isdisjoint(between) or (key in VERBAL and key not in forces.wanted):
        return None
    cost = 0.0 if _PAUSES.isdisjoint(between) else _PAUSE_COST
    if key in forces.wanted:
        return cost
    if key in _JOINTS:
        return cost + _PAUSE_COST
    return cost + (_LIGHT_COST if forces.light[column] and key not in ("the", "a", "an") else 0.0)


def cut_to_size(sight: Sight, first: int, last: int, right: Sequence[Sequence[Word]]) -> tuple[int, int]:
    """The shortest stretch of the span that holds all heavy words of a rendering; the span itself where none does."""
    keys = [word.key for word in sight.target]
    for words in right:
        wanted = [word.key for word in words if not is_light(word.key, sight.language)]
        if len(wanted) < 2 or shared_words(keys[first : last + 1], wanted, sight.language) < len(wanted):
            continue
        while shared_words(keys[first + 1 : last + 1], wanted, sight.language) == len(wanted):
            first += 1
        while shared_words(keys[first:last], wanted, sight.language) == len(wanted):
            last -= 1
        return first, last
    return first, last


def whole_phrase(sight: Sight, forces: Forces, first: int, last: int) -> tuple[int, int]:
    """The span with what cannot be cut from it.

    The rest of a hyphened word and of a run of capitals, and words of the rendering that it still lacks.
    """
    while first > 0 and _belongs(sight, forces, first - 1, first):
        first -= 1
    while last + 1 < len(sight.target) and _belongs(sight, forces, last + 1, last):
        last += 1
    if (ministry := _end_of_title(sight, forces, last)) is not None:
        last = ministry
    return first, last


def _end_of_title(sight: Sight, forces: Forces, last: int) -> int | None:
    """The last word of “Ministry of Finance” where only “Ministry” was found."""
    text, target = sight.text, sight.target
    if sight.language != "en" or not text[target[last].start].isupper() or last + 2 >= len(target):
        return None
    column = last + (3 if target[last + 2].key == "the" else 2)
    if column >= len(target) or target[last + 1].key != "of" or not text[target[column].start].isupper():
        return None
    if text[target[last].end : target[column].start].split() not in (["of"], ["of", "the"]):
        return None
    if any(forces.blocked[last + 1 : column + 1]) or forces.push[column] > _EXPLAINED:
        return None
    while column + 1 < len(target) and _belongs(sight, forces, column + 1, column):
        column += 1
    return column


def _belongs(sight: Sight, forces: Forces, column: int, edge: int) -> bool:
    low, high = sorted((column, edge))
    between = sight.text[sight.target[low].end : sight.target[high].start]
    if forces.blocked[column] or between not in _JOINS:
        return False
    if between == "-":
        return True
    if forces.light[column] or forces.push[column] > _EXPLAINED:
        return False
    if sight.target[column].key in forces.wanted and forces.alike[column] > 0:
        return True
    capitals = [sight.text[sight.target[place].start].isupper() for place in (column, edge)]
    opens = column == 0 or sight.text[sight.target[column].start - 2 : sight.target[column].start] in (". ", "# ")
    return all(capitals) and not (opens and forces.pull[column] < _LINKED)


def splits_brackets(sight: Sight, first: int, last: int) -> bool:
    """Whether the span opens a bracket that it does not close."""
    inside = sight.text[sight.target[first].start : sight.target[last].end]
    return inside.count("(") != inside.count(")")


def is_verb(sight: Sight, column: int) -> bool:
    """Whether a word can only be a verb where it stands: will affect, is influenced."""
    if sight.language != "en" or column == 0:
        return False
    before = [word.key for word in sight.target[max(0, column - 2) : column]]
    word = sight.text[sight.target[column].start : sight.target[column].end]
    return before[-1] in _MODALS or (word.endswith("ed") and not _BEING.isdisjoint(before))


def loose_end(sight: Sight, forces: Forces, first: int, last: int, step: int) -> float:
    """1 when a heavy word that nothing explains stands right beside the span, 0 when none does.

    `step` is -1 for the word before `first`, 1 for the one after `last`.
    """
    edge = first if step < 0 else last
    column = edge + step
    if step > 0 and first == last and _is_half_a_title(sight, last):
        return 1.0
    if not 0 <= column < len(sight.target) or forces.blocked[column] or forces.light[column]:
        return 0.0
    low, high = sorted((column, edge))
    if sight.text[sight.target[low].end : sight.target[high].start].strip(_JOINS):
        return 0.0
    may_be_verb = step > 0 and sight.text[: sight.target[column].end].endswith(("ed", "ing"))
    return float(max(0.0, 1.0 - forces.push[column])) * (0.5 if may_be_verb else 1.0)


def _is_half_a_title(sight: Sight, column: int) -> bool:
    """Whether a lone word is the “Ministry” of “Ministry of Finance”."""
    after = sight.text[sight.target[column].end :]
    return sight.text[sight.target[column].start].isupper() and after[:4] == " of " and after[4:5].isupper()
