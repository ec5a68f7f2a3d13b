"""Styled text as a row of boxes: the pieces that a line is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.bulletin.model import Mark, Run
from toolkit.bulletin.theme import TextStyle
from toolkit.languages import Language, is_han
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.linebreak import break_opportunities, line_classes
from toolkit.pdf.shaping import Face, ShapedText, face_of

TSHEG = "\u0f0b"
SPACE_STRETCH = 3
SYLLABLE_STRETCH = 1

_OPENING = frozenset("（《〈「『【〔〖“‘")
_CLOSING = frozenset("、。，．；：）》〉」』】〕〗”’")
_PUNCTUATION = _OPENING | _CLOSING
_HALF = 0.5  # em: the empty half of a full-width mark (CLREQ 3.1.6)
_HAN_LATIN_SPACE = 0.15  # em between an ideograph and a Latin letter or figure (CLREQ 3.2.2 allows up to 1/4)
_AFTER_HALF_WIDTH = 0.25  # em between half-width punctuation and an ideograph: such sources set no space
_HALF_WIDTH = frozenset(",.;:?!")
_NEARLY_FULL_WIDTH = 900


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run is drawn.  `color` as RRGGBB."""

    color: str
    language: Language
    mark: Mark


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text that is never cut: a word, a syllable with its tsheg, an ideograph, or the space between.

    Lengths in pt.  `size` is the font size with the face's ratio in it.  `kern` is added after the box
    unless the line ends there.  `trim_start` and `trim_end` are the empty halves of full-width
    punctuation, dropped where a line starts or ends.  `stretch` is the box's share in justification.
    """

    shaped: ShapedText
    size: float
    width: float
    ink: Ink
    kern: float = 0.0
    trim_start: float = 0.0
    trim_end: float = 0.0
    stretch: int = 0
    breakable: bool = False
    space: bool = False


class _Piece(NamedTuple):
    text: str
    face: Face
    ink: Ink
    breakable: bool
    shaped: ShapedText


def boxes_of(runs: Sequence[Run], style: TextStyle, itemizer: Itemizer, accent: str) -> list[Box]:
    """The boxes of a paragraph made of `runs`, in order; `accent` (RRGGBB) is the colour of emphasis and ornaments."""
    pieces = list(_pieces(runs, style, itemizer, accent))
    followers: list[_Piece | None] = [*pieces[1:], None] if pieces else []
    return [_box(piece, follower, style.size) for piece, follower in zip(pieces, followers, strict=True)]


def box_of(text: str, pattern: Box, *, breakable: bool, drawn_as: str = "") -> Box:
    """A box for `text` in the face, size and ink of `pattern`; `drawn_as` names another character to draw for it."""
    shaped = pattern.shaped.face.shape(drawn_as or text, pattern.ink.language)
    if drawn_as:
        glyphs = tuple(glyph._replace(text=text) for glyph in shaped.glyphs)
        shaped = ShapedText(shaped.face, text, glyphs, shaped.advance)
    return Box(shaped, pattern.size, shaped.advance * pattern.size / 1000, pattern.ink, breakable=breakable)


def _pieces(runs: Sequence[Run], style: TextStyle, itemizer: Itemizer, accent: str) -> Iterator[_Piece]:
    texts = [itemizer.printable(run.text) for run in runs]
    classes = [value for run, text in zip(runs, texts, strict=True) for value in line_classes(text, run.language)]
    breaks = set(break_opportunities("".join(texts), classes))
    offset = 0
    for run, text in zip(runs, texts, strict=True):
        ink = _ink(run, style, accent)
        for face_run in itemizer.runs(text, run.language, bold=style.bold or run.bold):
            face = face_of(face_run.file)
            start, first, end = face_run.start, face_run.start, face_run.end
            shaped = face.run(text[first:end], run.language)
            for index in range(first + 1, end + 1):
                is_break = offset + index in breaks
                if index == end or (
                    (is_break or _is_cut(text[index - 1], text[index])) and index - first in shaped.starts
                ):
                    word = shaped.cut(start - first, index - first)
                    yield _Piece(word.text, face, ink, is_break, word)
                    start = index
        offset += len(text)


def _ink(run: Run, style: TextStyle, accent: str) -> Ink:
    accented = run.emphasis or run.mark is Mark.ORNAMENT
    return Ink(accent if accented else style.color, run.language, run.mark)


def _is_cut(left: str, right: str) -> bool:
    """Whether a box ends between two characters where no line may: spaces and punctuation have their own."""
    return (left == " ") != (right == " ") or left in _PUNCTUATION or right in _PUNCTUATION


def _box(piece: _Piece, follower: _Piece | None, nominal_size: float) -> Box:
    size = nominal_size * piece.face.file.ratio
    shaped = piece.shaped
    space = piece.text[0] == " "
    full_width = shaped.advance >= _NEARLY_FULL_WIDTH
    return Box(
        shaped=shaped,
        size=size,
        width=shaped.advance * size / 1000,
        ink=piece.ink,
        kern=_kern(piece, follower, size, full_width) if follower else 0.0,
        trim_start=_HALF * size if full_width and piece.text in _OPENING else 0.0,
        trim_end=_HALF * size if full_width and piece.text in _CLOSING else 0.0,
        stretch=_stretch(piece, follower, space) if follower else 0,
        breakable=piece.breakable,
        space=space,
    )


def _kern(piece: _Piece, follower: _Piece, size: float, full_width: bool) -> float:
    left, right = piece.text[-1], follower.text[0]
    if full_width and left in _PUNCTUATION and right in _PUNCTUATION and piece.face is follower.face:
        return 0.0 if left in _OPENING and right in _CLOSING else -_HALF * size
    if (is_han(left) and _is_word_character(right)) or (_is_word_character(left) and is_han(right)):
        return _HAN_LATIN_SPACE * size
    if left in _HALF_WIDTH and is_han(right):
        return _AFTER_HALF_WIDTH * size
    return 0.0


def _is_word_character(character: str) -> bool:
    return character.isalnum() and not _is_wide(character) and not "\u0f00" <= character <= "\u0fff"


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _stretch(piece: _Piece, follower: _Piece, space: bool) -> int:
    if space:
        return SPACE_STRETCH
    if not piece.breakable:
        return 0
    left, right = piece.text[-1], follower.text[0]
    return SYLLABLE_STRETCH if left == TSHEG or _is_wide(left) or _is_wide(right) else 0
