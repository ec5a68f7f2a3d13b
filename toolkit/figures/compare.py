"""Which figure of a translation stands for which of its source: one to one, the best likeness first."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.figures.english_mentions import english_mentions
from toolkit.figures.figure import Figure
from toolkit.figures.find import find_figures, folded_for_figures
from toolkit.figures.reading import Mention, Part, Reading, Role, best
from toolkit.figures.source_parts import is_licensed, licences, parts_of
from toolkit.figures.tibetan_mentions import tibetan_mentions
from toolkit.languages import Language

_SAID_ONCE = (Role.YEAR, Role.MONTH)  # “from 8 to 10 August” names the month once for both


@dataclass(frozen=True)
class Pair:
    """A part of a source figure and the part of the target that stands for it; `likeness` as in `reading.likeness`."""

    figure: Figure
    source: Part
    mention: Mention
    target: Part
    likeness: int
    source_reading: Reading
    target_reading: Reading


@dataclass(frozen=True)
class Comparison:
    """`missing` parts of the source and `invented` ones of the target stand for nothing on the other side.

    `idle` parts of the target stand for nothing either, but say what the source says somewhere.
    """

    pairs: tuple[Pair, ...]
    missing: tuple[tuple[Figure, Part], ...]
    invented: tuple[tuple[Mention, Part], ...]
    idle: tuple[tuple[Mention, Part], ...]


def mentions_of(text: str, language: Language) -> tuple[Mention, ...]:
    """The figures of a translation."""
    return tibetan_mentions(text) if language == "bo" else english_mentions(text)


def compare(source: str, target: str, language: Language) -> Comparison:
    """Pair the figures of a Chinese `source` with those of its `target`."""
    figures = find_figures(source)
    mentions = mentions_of(target, language)
    wanted = [(figure, part) for figure in figures for part in parts_of(figure)]
    there = [(mention, part) for mention in mentions for part in mention.parts]
    pairs, open_source, open_target = _matched(wanted, there)
    allowed = licences(folded_for_figures(source), figures)
    missing = tuple(
        wanted[index] for index in sorted(open_source) if not wanted[index][1].weak and not _said(*wanted[index], pairs)
    )
    invented = tuple(
        there[index]
        for index in sorted(open_target)
        if not there[index][1].weak and not any(is_licensed(reading, allowed) for reading in there[index][1].readings)
    )
    idle = tuple(there[index] for index in sorted(open_target) if there[index] not in invented)
    return Comparison(tuple(pairs), missing, invented, idle)


def _matched(
    wanted: list[tuple[Figure, Part]], there: list[tuple[Mention, Part]]
) -> tuple[list[Pair], set[int], set[int]]:
    candidates = []
    for row, (_, part) in enumerate(wanted):
        for column, (_, other) in enumerate(there):
            likeness, one, two = best(part, other)
            if likeness:
                drift = abs((row + 0.5) / len(wanted) - (column + 0.5) / len(there))
                weakness = part.weak + other.weak
                candidates.append((-likeness, weakness, drift, row, column, one, two))
    candidates.sort(key=lambda candidate: candidate[:5])
    open_source, open_target = set(range(len(wanted))), set(range(len(there)))
    pairs = []
    for negative, _, _, row, column, one, two in candidates:
        if row in open_source and column in open_target:
            open_source.discard(row)
            open_target.discard(column)
            figure, part = wanted[row]
            mention, other = there[column]
            pairs.append(Pair(figure, part, mention, other, -negative, one, two))
    return pairs, open_source, open_target


def _said(figure: Figure, part: Part, pairs: list[Pair]) -> bool:
    """Whether a year, a month, 两 or the very same date is said already, for another figure."""
    reading = part.readings[0]
    is_once = reading.role in _SAID_ONCE or (
        reading.role is Role.NUMBER and not reading.unit and (reading.value == 2 or 1900 <= reading.value <= 2100)
    )
    moment = figure.moment
    if moment is not None and any(pair.figure.moment == moment for pair in pairs):
        is_once = True
    if moment is not None and moment.month is None and reading.role is Role.DAY:
        is_once = True  # 9月27日电 … 27日: the same day
    return is_once and any(
        pair.source_reading.value == reading.value
        and (pair.source_reading.role is Role.DAY) is (reading.role is Role.DAY)
        for pair in pairs
    )


def find_figure(figure: Figure, text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Where `figure` stands in a translation `text`, in any right form: in order, none inside another.

    A figure of several values (a date, a range) is found where all of them stand close together.
    """
    wanted = parts_of(figure)
    mentions = mentions_of(text, language)
    if not wanted:
        return ()
    spans = []
    last = -1
    for index in range(len(mentions)):
        if mentions[index].start < last:
            continue
        span = _all_from(wanted, mentions[index:])
        if span is not None:
            spans.append(span)
            last = span[1]
    return tuple(spans)


_NEAR = 40  # characters between the first and the last value of one figure


def _all_from(wanted: tuple[Part, ...], mentions: tuple[Mention, ...]) -> tuple[int, int] | None:
    """The span of the mentions, the first among them, in which every wanted part stands."""
    left = list(wanted)
    start = end = -1
    for mention in mentions:
        if start >= 0 and mention.start - end > _NEAR:
            break
        used = False
        for part in mention.parts:
            found = max(left, key=lambda one: best(one, part)[0], default=None)
            if found is not None and best(found, part)[0] > 3:
                left.remove(found)
                used = True
        if not used:
            if start < 0:
                return None
            continue
        start = mention.start if start < 0 else start
        end = mention.end
        if not left:
            return start, end
    return None
