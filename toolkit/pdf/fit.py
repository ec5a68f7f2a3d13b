"""Line ends chosen for the whole paragraph at once, after Knuth and Plass, "Breaking Paragraphs into Lines" (1981).

A first-fit line may leave the next one loose.  Here every possible line has a price that grows with the
cube of its looseness, and the cheapest way through the paragraph wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from toolkit.pdf.boxes import Box

_TORN = 8.0  # price of a line too loose to be justified
_RAGGED = 100.0  # times the share of the line that then stays empty
SHORT_LAST_LINE = 1.5  # price of a last line that holds a single box
_TOLERANCE = 0.01  # pt


@dataclass(frozen=True, slots=True)
class Room:
    """What lines may be: `first` and `others` in pt; `stretch` and `shrink` the most a unit of `Box.stretch` gives."""

    first: float
    others: float
    stretch: float
    shrink: float


def price(slack: float, units: int, width: float, room: Room) -> float:
    """The price of a line `width` pt wide whose `units` of stretch take up `slack` pt."""
    if slack > room.stretch * units:
        return _TORN + _RAGGED * slack / width
    limit = room.stretch if slack > 0 else 2 * room.shrink
    return abs(slack / (units * limit)) ** 3 if units else 0.0


def total_fit(boxes: Sequence[Box], room: Room) -> list[tuple[int, int]] | None:
    """The first box and the one after the last of each line; None when no breaks keep lines in their room."""
    advances = [0.0, *accumulate(box.width + box.kern for box in boxes)]
    stretches = [0, *accumulate(box.stretch for box in boxes)]
    best: dict[int, tuple[float, int, int]] = {}  # start of a line: price so far, start and end of the line before
    starts = [_after_spaces(boxes, 0)]
    total = {starts[0]: 0.0}
    for index, box in enumerate(boxes):
        is_end = index == len(boxes) - 1 or _after_spaces(boxes, index + 1) == len(boxes)
        if not (box.breakable or is_end) or index + 1 <= starts[0]:
            continue
        end = index if box.space else index + 1
        following = _after_spaces(boxes, index + 1)
        cheapest: tuple[float, int, int] | None = None
        for start in starts[:]:
            width = advances[end] - advances[start] - boxes[end - 1].kern - boxes[end - 1].trim_end
            limit = room.first if start == _after_spaces(boxes, 0) else room.others
            units = stretches[end - 1] - stretches[start]
            slack = limit - width + _TOLERANCE
            if slack < -room.shrink * units:
                starts.remove(start)
                continue
            cost = (SHORT_LAST_LINE if end - start == 1 else 0.0) if is_end else price(slack, units, limit, room)
            if cheapest is None or total[start] + cost < cheapest[0]:
                cheapest = (total[start] + cost, start, end)
        if cheapest is not None and (following not in total or cheapest[0] < total[following]):
            total[following] = cheapest[0]
            best[following] = cheapest
            if following < len(boxes) and following not in starts:
                starts.append(following)
        if not starts or is_end:
            break
    return _trace(best, len(boxes))


def _after_spaces(boxes: Sequence[Box], index: int) -> int:
    while index < len(boxes) and boxes[index].space:
        index += 1
    return index


def _trace(best: dict[int, tuple[float, int, int]], end: int) -> list[tuple[int, int]] | None:
    lines: list[tuple[int, int]] = []
    while end in best:
        _, start, stop = best[end]
        lines.append((start, stop))
        end = start
    return lines[::-1] or None
