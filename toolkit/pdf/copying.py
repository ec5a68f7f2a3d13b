"""Text that stays whole when it is copied or searched, however far justification pulls it apart.

Readers take a gap between two glyphs for a space: Poppler from a tenth of the type size on.  Chinese and Tibetan
have no spaces between their signs, so a stretch of them that is pulled that far says in one piece what it is
(ActualText, ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.languages import Language, is_han, is_tibetan
from toolkit.pdf.boxes import Box
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.linedraw import decorations, text_operators
from toolkit.pdf.paragraph import Line

_TAKEN_FOR_A_SPACE = 0.09  # em


class CopiedContent(PageContent):
    """The content of a page whose text comes out as it went in."""

    def text(self, line: Line, left: float, baseline: float, language: Language) -> None:
        """A line of text; `language` is what the structure element around it says already."""
        self._put(line, left, baseline, language)
        drawn = decorations(line, left, baseline)
        if drawn:
            self._decorations.append(drawn)

    def _put(self, line: Line, left: float, baseline: float, language: Language) -> None:
        parts = [("", line)]
        if language != "en" and line.extra >= _TAKEN_FOR_A_SPACE * line.boxes[0].size / 2:
            parts = list(said_parts(line))
            if not any(said for said, _ in parts):
                parts = [("", line)]
        for said, part in parts:
            if said:
                drawn = text_operators(self._fonts.silent, part, left, baseline, language)
                actual = said.encode("utf-16-be").hex().upper()
                self._operators.append(f"/Span <</ActualText <FEFF{actual}>>> BDC {drawn} EMC")
            else:
                self._operators.append(text_operators(self._fonts, part, left, baseline, language))


def said_parts(line: Line) -> Iterator[tuple[str, Line]]:
    """A line in parts, every box in its place, each with what it says where gaps would be taken for spaces, else ""."""
    boxes, extra, tight, tracking = line.boxes, line.extra, line.tight, line.tracking
    x = start = end = line.x
    first, whole, torn = 0, _has_no_spaces(boxes[0]), False
    wide = False  # the gap before the box
    for index, box in enumerate(boxes):
        if _has_no_spaces(box) != whole:
            yield (
                _said(boxes[first:index], torn=torn),
                Line(boxes[first:index], start, end - start, extra, tight, tracking),
            )
            first, start, whole, torn = index, x, not whole, False
        elif wide and whole and index > first:
            torn = True
        end = x + box.width
        gap = box.kern + box.stretch * extra - box.give * tight + tracking * len(box.shaped.glyphs)
        wide = gap > _TAKEN_FOR_A_SPACE * box.size
        x = end + gap
    yield _said(boxes[first:], torn=torn), Line(boxes[first:], start, end - start, extra, tight, tracking)


def _said(boxes: tuple[Box, ...], *, torn: bool) -> str:
    return "".join([box.shaped.text for box in boxes]) if torn else ""


def _has_no_spaces(box: Box) -> bool:
    first = box.shaped.text[0]
    return first >= "\u0f00" and (is_tibetan(first) or is_han(first))
