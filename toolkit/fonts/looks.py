"""How large a face looks, and how much room it needs: read off the outlines of its glyphs.

Two fonts of one nominal size seldom look it: Tibetan letters fill between four and six tenths of their em.  What the
eye compares is the height of letters without legs and vowel signs, so they are measured: x in Latin, ང and its like in
Tibetan, against the ideograph 国.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb

from toolkit.fonts.opened import open_face
from toolkit.fonts.script import Script

_IDEOGRAPH = 0.899
"""Height of 国 in em in Noto Serif SC; other text faces lie between 0.87 and 0.91."""
_LETTERS: Mapping[Script, str] = {"latin": "xzvuns", "tibetan": "ངཐབམལས", "han": "国"}
_BESIDE_AN_IDEOGRAPH: Mapping[Script, float] = {"latin": 0.568, "tibetan": 0.744, "han": 1.0}
"""How high such letters are beside 国 when both look equally large: as in Source Serif 4 at 1.0 times the Chinese size,
and in Noto Serif Tibetan at 1.1 times, the sizes that our pages are drawn with."""
_SMALLEST, _LARGEST = 0.7, 2.0  # cursive Tibetan hands have letters so low that the measure says too much

_HANGING = "ང"
_HEAD_LINE = 0.746
"""How high over the baseline Tibetan letters hang, in em of the Chinese: Noto Serif Tibetan at 1.1 times."""

_STACKS: Mapping[Script, tuple[str, ...]] = {
    "latin": ("ÅÉ", "gjpqy"),
    "tibetan": ("བསྒྲུབས", "རྒྱུའི", "སྤྱོད", "རྐྱེན", "དབྱིངས", "ལྷུན", "སྒྲཱུྃ"),
    "han": ("国永鬱",),
}
"""The highest and the deepest that running text brings."""
_AIR = 1.08  # between the ink of one line and of the next: 2.0 em for the 1.85 em of Noto Serif Tibetan


@dataclass(frozen=True)
class Ink:
    """How far the ink of running text reaches over and under the baseline, in em of the face's own size."""

    rise: float
    depth: float

    @property
    def height(self) -> float:
        """From the highest to the deepest point."""
        return self.rise + self.depth

    @property
    def leading(self) -> float:
        """The least distance of baselines at which no line touches the next, in em of the face's own size."""
        return round(self.height * _AIR, 2)


@functools.cache
def measured_ratio(path: Path, index: int, axes: tuple[tuple[str, float], ...], script: Script) -> float | None:
    """The size, as a multiple of the Chinese one, at which the face looks as large; to a hundredth.

    None when the face lacks the letters that are measured.
    """
    font = _font(path, index, axes)
    heights = [_height(font, letter) for letter in _LETTERS[script]]
    known = [height for height in heights if height]
    if len(known) < len(heights):
        return None
    wanted = _IDEOGRAPH * _BESIDE_AN_IDEOGRAPH[script]
    return round(min(max(wanted * len(known) / sum(known), _SMALLEST), _LARGEST), 2)


@functools.cache
def measured_ink(path: Path, index: int, axes: tuple[tuple[str, float], ...], script: Script) -> Ink:
    """The ink of typical text of `script` in the face; zeros when it has no such text."""
    font = _font(path, index, axes)
    rise = depth = 0.0
    for stack in _STACKS[script]:
        buffer = hb.Buffer()
        buffer.add_str(stack)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            extents = font.get_glyph_extents(info.codepoint) if info.codepoint else None
            if extents is not None:
                top = position.y_offset + extents.y_bearing
                rise, depth = max(rise, top), max(depth, -(top + extents.height))
    return Ink(round(rise / font.face.upem, 3), round(depth / font.face.upem, 3))


@functools.cache
def measured_lift(path: Path, index: int, axes: tuple[tuple[str, float], ...], ratio: float, script: Script) -> float:
    """How far Tibetan must be raised to hang where ours does beside Chinese and Latin; in em of the face's own size.

    Negative for the many fonts whose letters stand high over the baseline.  0 for other scripts, which stand on it.
    """
    if script != "tibetan":
        return 0.0
    font = _font(path, index, axes)
    glyph = font.get_nominal_glyph(ord(_HANGING))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return round(_HEAD_LINE / ratio - extents.y_bearing / font.face.upem, 2) if extents is not None else 0.0


def _font(path: Path, index: int, axes: tuple[tuple[str, float], ...]) -> hb.Font:
    font = hb.Font(open_face(path, index))
    if axes:
        font.set_variations(dict(axes))
    return font


def _height(font: hb.Font, letter: str) -> float:
    """Height of the ink of a letter in em; 0 when the face lacks it."""
    glyph = font.get_nominal_glyph(ord(letter))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return abs(extents.height) / font.face.upem if extents is not None else 0.0
