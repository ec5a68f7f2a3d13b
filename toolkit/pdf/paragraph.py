"""Lines: boxes broken at the column's width, and stretched to it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyphen

from toolkit.bulletin.theme import Alignment
from toolkit.languages import Language
from toolkit.pdf.boxes import TSHEG, Box, box_of
from toolkit.pdf.fit import SHORT_LAST_LINE, Room, price, total_fit
from toolkit.pdf.linebreak import line_class
from toolkit.pdf.shaping import ShapedText, first_cluster

SOFT_HYPHEN = "\u00ad"
"""The text of a hyphen that only the line end put there (ISO 32000-1, 14.8.2.2.3)."""

_TOLERANCE = 0.01  # pt
_MOST_STRETCH: dict[Language, float] = {"zh": 0.2, "en": 0.26, "bo": 0.16}  # em per unit of `Box.stretch`
_MOST_SHRINK = 0.02  # em per unit of `Box.stretch`: a quarter of a word space, a hair after a tsheg
_LOOSE_SPACE = 0.16  # em a space may grow before a word is hyphenated
_HYPHENATED_IN_A_ROW = 2
_EVEN_ENOUGH = 0.06  # price per line under which first-fit lines are taken as they are
_HYPHEN_PRICE = 0.3
_NEVER_FIRST = frozenset(("BA", "EX", "CL", "CP", "IS", "NS", "IN", "QU", "PO", "GL", "WJ"))
_WORD = re.compile(r"([^A-Za-z]*)([a-z]{6,}|[A-Z][a-z]{6,})([^A-Za-z]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """Boxes on one line.  Lengths in pt.

    `x` is the start, from the column's left edge; `width` the visible width as set; `extra` what each
    unit of `Box.stretch` adds.
    """

    boxes: tuple[Box, ...]
    x: float
    width: float
    extra: float

    @property
    def text(self) -> str:
        """The characters on the line."""
        return "".join(box.shaped.text for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Measure:
    """The shape of a paragraph: `width` of the column and `indent` of the first line, in pt."""

    width: float
    indent: float
    align: Alignment
    language: Language


def break_lines(boxes: Sequence[Box], measure: Measure) -> list[Line]:
    """The lines of a paragraph: filled one after the other, or fitted as a whole where that is more even.

    No line is wider than the column.  A line that justification would pull apart is left ragged.
    """
    lines = fill_lines(boxes, measure)
    if measure.align != "justify" or len(lines) < 2:
        return lines
    room = room_of(boxes, measure)
    filled = price_of(lines, room)
    if filled <= _EVEN_ENOUGH * len(lines):
        return lines
    ends = total_fit(boxes, room)
    if ends is None:
        return lines
    fitted = _Breaker(list(boxes), measure).lines_at(ends)
    return fitted if price_of(fitted, room) < filled else lines


def fill_lines(boxes: Sequence[Box], measure: Measure) -> list[Line]:
    """The lines of a paragraph, each filled with as many boxes as fit; English words hyphenated where it helps."""
    return _Breaker(list(boxes), measure).lines()


def room_of(boxes: Sequence[Box], measure: Measure) -> Room:
    """What lines made of `boxes` may be in `measure`."""
    size = max(box.size for box in boxes)
    return Room(
        first=measure.width - measure.indent,
        others=measure.width,
        stretch=_MOST_STRETCH[measure.language] * size,
        shrink=_MOST_SHRINK * size,
    )


def price_of(lines: Sequence[Line], room: Room) -> float:
    """What a paragraph set in `lines` costs: for looseness, ragged ends, hyphens and a last line of one box."""
    total = 0.0
    for number, line in enumerate(lines[:-1]):
        width = room.others if number else room.first
        units = sum(box.stretch for box in line.boxes[:-1])
        total += price(width - line.width + line.extra * units, units, width, room)
        total += _HYPHEN_PRICE if line.text.endswith(SOFT_HYPHEN) else 0.0
    return total + (SHORT_LAST_LINE if len(lines[-1].boxes) == 1 else 0.0)


class _Breaker:
    def __init__(self, boxes: list[Box], measure: Measure) -> None:
        self._boxes = boxes
        self._measure = measure
        self._justified = measure.align == "justify"
        self._hyphens = 0  # lines just set that end in a hyphen

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        start = self._skip_spaces(0)
        while start < len(self._boxes):
            indent = 0.0 if lines else self._measure.indent
            end = self._line_end(start, indent)
            following = self._skip_spaces(end)
            lines.append(self._set(start, end, indent, is_last=following >= len(self._boxes)))
            start = following
        return lines

    def lines_at(self, ends: Sequence[tuple[int, int]]) -> list[Line]:
        """The lines that run from the first box of each pair to the one before the second."""
        last = len(ends) - 1
        return [
            self._set(start, end, 0.0 if number else self._measure.indent, is_last=number == last)
            for number, (start, end) in enumerate(ends)
        ]

    def _skip_spaces(self, index: int) -> int:
        while index < len(self._boxes) and self._boxes[index].space:
            index += 1
        return index

    def _line_end(self, start: int, indent: float) -> int:
        """The index after the last box of the line that begins at `start`."""
        room = self._measure.width - indent + _TOLERANCE
        advance = -self._boxes[start].trim_start if not indent else 0.0
        shrink = 0.0
        best: int | None = None
        index = start
        while index < len(self._boxes):
            box = self._boxes[index]
            if not box.space and advance + box.width - box.trim_end - shrink > room:
                if self._hyphenate(start, best, index, room - advance, indent):
                    self._hyphens += 1
                    return index + 1
                if best is not None:
                    break
                if self._shatter(index):
                    continue
                best = max(index, start + 1)
                break
            advance += box.width + box.kern
            if self._justified and (box.space or box.shaped.text[-1] == TSHEG):
                shrink += _MOST_SHRINK * box.stretch * box.size
            index += 1
            if box.breakable or index == len(self._boxes):
                best = index
        self._hyphens = 0
        return best if best is not None else len(self._boxes)

    def _hyphenate(self, start: int, best: int | None, index: int, room: float, indent: float) -> bool:
        """Cut the word at `index` so that its first part and a hyphen fill `room`, if the line would be loose."""
        word = self._boxes[index]
        if not self._justified or word.ink.language != "en" or self._hyphens >= _HYPHENATED_IN_A_ROW:
            return False
        match = _WORD.fullmatch(word.shaped.text)
        if match is None or (best is not None and self._skip_spaces(index + 1) == len(self._boxes)):
            return False  # the last word of a paragraph would leave half a word on its last line
        before, core, after = match.groups()
        if best is not None and not self._is_loose(start, best, indent, torn=core[0].isupper()):
            return False
        for position in reversed(_syllable_ends(core)):
            head = box_of(before + core[:position], word, breakable=False)
            hyphen = box_of(SOFT_HYPHEN, word, breakable=True, drawn_as="-")
            if head.width + hyphen.width <= room:
                tail = box_of(core[position:] + after, word, breakable=word.breakable)
                tail = replace(tail, kern=word.kern, stretch=word.stretch)
                joined = _join(head, hyphen)
                self._boxes[index : index + 1] = [joined, tail]
                return True
        return False

    def _is_loose(self, start: int, end: int, indent: float, *, torn: bool) -> bool:
        """Whether a line wants a hyphen; `torn`: whether it could not even be justified (a name is cut only then)."""
        room = self._measure.width - indent - self._natural(start, end, indent)
        boxes = self._boxes[start : self._trimmed(start, end)]
        if torn:
            limit = _MOST_STRETCH[self._measure.language] * max(box.size for box in boxes)
            return room > limit * sum(box.stretch for box in boxes[:-1])
        return room > _LOOSE_SPACE * sum(box.size for box in boxes if box.space)

    def _shatter(self, index: int) -> bool:
        """Replace a box wider than the column by its letters; False when it cannot be made narrower."""
        box = self._boxes[index]
        parts = [box_of(letters, box, breakable=True) for letters in _letters(box.shaped.text)]
        if len(parts) == 1:
            return False
        parts[-1] = replace(parts[-1], kern=box.kern, stretch=box.stretch, breakable=box.breakable)
        self._boxes[index : index + 1] = parts
        return True

    def _trimmed(self, start: int, end: int) -> int:
        while end > start + 1 and self._boxes[end - 1].space:
            end -= 1
        return end

    def _natural(self, start: int, end: int, indent: float) -> float:
        """The visible width of a line before justification."""
        boxes = self._boxes[start : self._trimmed(start, end)]
        width = sum(box.width + box.kern for box in boxes) - boxes[-1].kern - boxes[-1].trim_end
        return width - (0.0 if indent else boxes[0].trim_start)

    def _set(self, start: int, end: int, indent: float, *, is_last: bool) -> Line:
        boxes = tuple(self._boxes[start : self._trimmed(start, end)])
        room = self._measure.width - indent
        natural = self._natural(start, end, indent)
        slack = room - natural
        x = indent if indent else -boxes[0].trim_start
        extra = 0.0
        if self._justified and (slack < 0 or not is_last):
            units = sum(box.stretch for box in boxes[:-1])
            limit = _MOST_STRETCH[self._measure.language] * max(box.size for box in boxes)
            if units and slack / units <= limit:
                extra = slack / units
        elif self._measure.align == "center":
            x += slack / 2
        return Line(boxes, x, natural + extra * sum(box.stretch for box in boxes[:-1]), extra)


def _letters(text: str) -> list[str]:
    """`text` letter by letter; marks, tsheg and closing punctuation stay with the letter before."""
    letters: list[str] = []
    while text:
        letter = first_cluster(text)
        text = text[len(letter) :]
        if letters and line_class(letter[0]) in _NEVER_FIRST:
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


def _join(word: Box, hyphen: Box) -> Box:
    shaped = ShapedText(
        word.shaped.face,
        word.shaped.text + hyphen.shaped.text,
        word.shaped.glyphs + hyphen.shaped.glyphs,
        word.shaped.advance + hyphen.shaped.advance,
    )
    return replace(word, shaped=shaped, width=word.width + hyphen.width, breakable=True)


@functools.cache
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=3, right=3)


@functools.lru_cache(maxsize=10_000)
def _syllable_ends(word: str) -> list[int]:
    return list(_hyphenator().positions(word))
