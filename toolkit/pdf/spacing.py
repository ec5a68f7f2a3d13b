"""The white between two boxes, and what of a box may stand outside the column.

Chinese: marks are a full ideograph wide with half of it empty.  Beside another mark, at the edge of a line, and in a
line that is a little too long, the empty half goes (CLREQ 3.1.6).  Between an ideograph and a Latin letter or figure
stands a narrow space (CLREQ 3.2.2), and so beside a Tibetan letter.  Latin: points and hyphens hang a little over the
edge, so that the edge looks straight.  Tibetan: the tsheg hangs, so that the last letter's stem stands at the edge.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import NamedTuple

from toolkit.languages import is_han, is_tibetan
from toolkit.pdf.shaping import UNITS, ShapedText

TSHEG = "\u0f0b"
SOFT_HYPHEN = "\u00ad"
"""The text of a hyphen that only the line end put there (ISO 32000-1, 14.8.2.2.3)."""
SPACE_STRETCH = 3
SYLLABLE_STRETCH = 1

OPENING = frozenset("（《〈「『【〔〖“‘")
CLOSING = frozenset("、。，．：；！？）》〉」』】〕〗”’")
MARKS = OPENING | CLOSING
_PAUSES = frozenset("！？")  # their empty half is kept inside a line: they end a sentence
_HALF_WIDTH = frozenset(",.;:?!")
_NEARLY_FULL_WIDTH = 900  # 1/1000 em
_EMPTY_HALF = 440  # 1/1000 em of a full-width mark without ink

_HALF = 0.5  # em: the empty half of a full-width mark
_GIVEN_BY_MARKS = 0.4  # em of the empty half that a tight line may take: a hair of it stays
_HAN_LATIN_SPACE = 0.15  # em between an ideograph and a Latin letter or figure (CLREQ: up to 1/4)
_AFTER_HALF_WIDTH = 0.25  # em between half-width punctuation and an ideograph: such sources set no space
_GIVEN_BY_AUTOSPACE = 0.07  # em
_GIVEN_BY_SPACES = 0.08  # em: a third of a word space
_GIVEN_BY_TSHEGS = 0.03  # em

_HANGING_END = {
    ".": 0.55,
    ",": 0.55,
    "-": 0.5,
    SOFT_HYPHEN: 0.5,
    "’": 0.45,
    "”": 0.4,
    ":": 0.3,
    ";": 0.3,
    TSHEG: 0.6,
    "།": 0.25,
}
_HANGING_START = {"“": 0.4, "‘": 0.45}
"""The share of a narrow mark that stands outside the column."""


class Gap(NamedTuple):
    """The white after a box.  `kern` and `give` in em of the box: what is added, and what a tight line may take.

    `stretch` is its share in justification.
    """

    kern: float
    give: float
    stretch: int


_NO_GAP = Gap(0.0, 0.0, 0)


class _Kinds(dict[str, str]):
    """What a character is to the white beside it, in a letter."""

    def __missing__(self, character: str) -> str:
        if character in OPENING:
            kind = "o"
        elif character in CLOSING:
            kind = "c"
        elif is_han(character):
            kind = "h"
        elif is_tibetan(character):
            kind = "t"
        elif is_wide(character):
            kind = "z"
        elif character == " ":
            kind = "s"
        else:
            kind = "w" if character.isalnum() else "x"
        self[character] = kind
        return kind


KIND_OF = _Kinds()


@functools.cache
def is_wide(character: str) -> bool:
    """Whether a character is as wide as an ideograph (UAX #11: W or F)."""
    return unicodedata.east_asian_width(character) in "WF"


@functools.lru_cache(maxsize=4096)
def blanks(shaped: ShapedText) -> tuple[float, float]:
    """The empty halves before and after a full-width mark, in em; 0 for all else, and for marks set in the middle."""
    if shaped.text not in MARKS or shaped.advance < _NEARLY_FULL_WIDTH or len(shaped.glyphs) != 1:
        return 0.0, 0.0
    left, _, right, _ = shaped.face.ink(shaped.glyphs[0].gid)
    offset = shaped.glyphs[0].x_offset
    if shaped.text in OPENING:
        return (_HALF if left + offset >= _EMPTY_HALF else 0.0), 0.0
    return 0.0, (_HALF if right + offset <= UNITS - _EMPTY_HALF else 0.0)


def outside(shaped: ShapedText) -> tuple[float, float]:
    """How much of a box may stand outside the column where a line starts and where it ends, in em of the box."""
    start, end = blanks(shaped)
    if not start and not end and shaped.advance < _NEARLY_FULL_WIDTH * len(shaped.glyphs):
        glyphs = shaped.glyphs
        start = _HANGING_START.get(shaped.text[0], 0.0) * glyphs[0].advance / UNITS
        if shaped.text != TSHEG:
            end = _HANGING_END.get(shaped.text[-1], 0.0) * glyphs[-1].advance / UNITS
        nominal = shaped.face.nominal_width(glyphs[-1].gid)
        if glyphs[-1].advance > 0 and nominal > 0:
            end += (glyphs[-1].advance - nominal) / UNITS  # kerning with what no longer follows
    return start, end


def gap_between(left: ShapedText, right: str, right_blank: float, *, breakable: bool, before: str = "") -> Gap:
    """The white between a box and what follows.

    `right` is the next character and `right_blank` the empty half before it in em, 0 when it comes from another
    face; `breakable` says whether a line may end between; `before` is the character before a box that is a space.
    """
    last = left.text[-1]
    kind, following = KIND_OF[last], KIND_OF[right]
    if kind == "s":
        return _after_space(left, before, following)
    left_blank = blanks(left)[1]
    if left_blank or right_blank:
        return _beside_mark(last, right, left_blank, right_blank, breakable=breakable)
    wide = kind in "hzoc" or following in "hzoc"
    stretch = SYLLABLE_STRETCH if breakable and (last == TSHEG or is_wide(last) or is_wide(right)) else 0
    if (kind == "h" and following in "wt") or (following == "h" and (kind == "w" or (kind == "t" and last.isalpha()))):
        return Gap(_HAN_LATIN_SPACE, _GIVEN_BY_AUTOSPACE, stretch)
    if wide and last in _HALF_WIDTH and following == "h":
        return Gap(_AFTER_HALF_WIDTH, 2 * _GIVEN_BY_AUTOSPACE, stretch)
    if last == TSHEG:
        return Gap(0.0, _GIVEN_BY_TSHEGS if stretch else 0.0, stretch)
    return Gap(0.0, 0.0, stretch) if stretch else _NO_GAP


def _after_space(space: ShapedText, before: str, following: str) -> Gap:
    """A single space between an ideograph and a letter is as narrow as where none is typed."""
    kind = KIND_OF[before] if before else ""
    if space.text == " " and ((kind == "h" and following == "w") or (kind == "w" and following == "h")):
        return Gap(_HAN_LATIN_SPACE - space.advance / UNITS, _GIVEN_BY_AUTOSPACE, SYLLABLE_STRETCH)
    return Gap(0.0, _GIVEN_BY_SPACES, SPACE_STRETCH)


def _beside_mark(left: str, right: str, left_blank: float, right_blank: float, *, breakable: bool) -> Gap:
    stretch = SYLLABLE_STRETCH if breakable and (is_wide(left) or is_wide(right)) else 0
    if left in MARKS and right in MARKS:
        return Gap(-_HALF, 0.0, stretch)
    given = 0.0 if left in _PAUSES else _GIVEN_BY_MARKS
    return Gap(0.0, given, stretch)
