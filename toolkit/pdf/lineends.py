"""The boxes at the ends of a line, in the form they have where nothing stands beside them."""

from __future__ import annotations

import functools
import itertools

from toolkit.pdf.boxes import Box
from toolkit.pdf.shaping import UNITS, ShapedText
from toolkit.pdf.spacing import SOFT_HYPHEN, outside

_RESHAPED = 6  # boxes at the edge of a line


def free_ends(boxes: list[Box]) -> None:
    """Bring the first and the last box of a line into the form that they have without what stood beyond the line.

    A kern with the space that is no longer there goes; a vowel that made room for that of the next syllable returns.
    """
    for edge in (0, -1):
        shaped = boxes[edge].shaped
        if not _is_plain(shaped) and shaped.glyphs != shaped.face.shape(shaped.text, boxes[edge].ink.language).glyphs:
            _reshape(boxes, edge)


@functools.lru_cache(maxsize=4_000)
def _is_plain(shaped: ShapedText) -> bool:
    """Whether a box is certainly in the form it has alone: no kerning, no mark, nothing moved; or cut to be alone."""
    if shaped.text[-1] == SOFT_HYPHEN:
        return True
    width = shaped.face.nominal_width
    return all(
        glyph.advance > 0 and not glyph.x_offset and not glyph.y_offset and glyph.advance == width(glyph.gid)
        for glyph in (shaped.glyphs[0], shaped.glyphs[-1], *(() if shaped.text.isascii() else shaped.glyphs[1:-1]))
    )


def _reshape(boxes: list[Box], edge: int) -> None:
    """Shape the boxes at the beginning (0) or the end (-1) of a line anew, without what stood beyond.

    A few boxes are shaped, and the outer ones of them taken: no face looks further than that.
    """
    pattern = boxes[edge]
    face, language = pattern.shaped.face, pattern.ink.language
    alike = list(
        itertools.takewhile(
            lambda box: box.shaped.face is face and box.ink.language == language and box.shaped.text[-1] != SOFT_HYPHEN,
            boxes[:_RESHAPED] if edge == 0 else boxes[: -_RESHAPED - 1 : -1],
        )
    )
    whole = len(alike) < _RESHAPED
    run = face.run("".join([box.shaped.text for box in (alike if edge == 0 else reversed(alike))]), language)
    at = 0 if edge == 0 else len(run.text)
    for number, box in enumerate(alike if whole else alike[: _RESHAPED // 2]):
        length = len(box.shaped.text)
        start, end = (at, at + length) if edge == 0 else (at - length, at)
        if run.starts[start] >= 0 and run.starts[end] >= 0:
            shaped = run.cut(start, end)
            if shaped.glyphs != box.shaped.glyphs:  # not by identity: a face forgets words now and then
                width, trim = shaped.advance * box.size / UNITS, outside(shaped)[1] * box.size
                index = number if edge == 0 else -1 - number
                boxes[index] = box._replace(shaped=shaped, width=width, trim_end=trim)
        at = end if edge == 0 else start
