"""Room between lines for guests: Tibetan stacks in a column whose lines stand closer than the stacks are high."""

from __future__ import annotations

import functools

from toolkit.languages import is_tibetan
from toolkit.pdf.boxes import Box
from toolkit.pdf.lines import Line
from toolkit.pdf.shaping import UNITS, ShapedText

_HAIR = 0.03  # em between the ink of two lines


def least_leading(above: Line, below: Line) -> float:
    """The distance of two baselines, in pt, at which no Tibetan stack of either line touches the other; 0 without any.

    Only boxes that stand over one another are compared, so that a line is moved for no stack but those in its way.
    For columns of Chinese and English: a Tibetan column is led for its stacks.
    """
    guests = _is_host(above), _is_host(below)
    if not any(guests):
        return 0.0
    least = 0.0
    lower = [(x, x + box.width, box) for x, box in below.places() if not box.space]
    for x, box in above.places():
        if box.space:
            continue
        end = x + box.width
        depth = -_ink(box.shaped)[0] * box.size / UNITS - box.rise
        for start, stop, other in lower:
            if start < end and x < stop and (is_guest(box) or is_guest(other)):
                rise = _ink(other.shaped)[1] * other.size / UNITS + other.rise
                least = max(least, depth + rise + _HAIR * min(box.size, other.size))
    return least


def is_guest(box: Box) -> bool:
    """Whether a box is Tibetan."""
    return is_tibetan(box.shaped.text[0])


def _is_host(line: Line) -> bool:
    return any(is_guest(box) for box in line.boxes)


@functools.lru_cache(maxsize=4_000)
def _ink(shaped: ShapedText) -> tuple[float, float]:
    """How far down (negative) and up ink reaches from the baseline, in 1/1000 em."""
    low = high = 0.0
    for glyph in shaped.glyphs:
        _, bottom, _, top = shaped.face.ink(glyph.gid)
        if top > bottom:
            low, high = min(low, bottom + glyph.y_offset), max(high, top + glyph.y_offset)
    return low, high
