"""Lines: boxes broken at the column's width, and stretched to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.pdf.boxes import Box, box_from
from toolkit.pdf.fit import Divide, Span, total_fit
from toolkit.pdf.hyphenation import divisions
from toolkit.pdf.linebreak import line_class
from toolkit.pdf.lines import Line, LineSetter, Measure, room_of
from toolkit.pdf.shaping import first_cluster
from toolkit.pdf.spacing import SOFT_HYPHEN

__all__ = ["SOFT_HYPHEN", "Line", "Measure", "break_lines", "fill_lines", "room_of"]

_TOLERANCE = 0.01  # pt
_HALVINGS = 7  # of the half of a column in which the narrowest is looked for: to 2 pt or less on any page
_IDEOGRAPHIC_SPACE = "\u3000"
_PHRASE_ENDS = frozenset(_IDEOGRAPHIC_SPACE + "，。；：？！")
_NEVER_FIRST = frozenset(("BA", "EX", "CL", "CP", "IS", "NS", "IN", "QU", "PO", "GL", "WJ"))


def break_lines(boxes: Sequence[Box], measure: Measure) -> list[Line]:
    """The lines of a paragraph, chosen for the paragraph as a whole.

    No line is wider than the column, but for what hangs.  A line that justification would pull apart is left ragged.
    Centred lines are as even as can be: a title ends in no single word.
    """
    if not boxes:
        return []
    least = measure.width - max(measure.indent, 0.0)
    divide: Divide | None = divisions if measure.align == "justify" else None
    if max([box.width for box in boxes]) > least:
        boxes = _narrowed(boxes, least)
        divide = divide or (lambda word: divisions(word) if word.width > least else ())
    spans = total_fit(boxes, room_of(boxes, measure), divide)
    if spans is None:
        boxes = _narrowed(boxes, least, hyphenated=False)
        spans = _filled(boxes, measure)
    elif measure.align == "center" and len(spans) > 1:
        spans = _evened(boxes, measure, spans, divide)
    return _set_lines(boxes, measure, spans)


def _evened(boxes: Sequence[Box], measure: Measure, spans: list[Span], divide: Divide | None) -> list[Span]:
    """The lines of the narrowest column, down to half of this one, that takes no more of them than `spans`.

    In Chinese they end where phrases do, if the column holds them so.
    """
    most = len(spans)
    if measure.language == "zh":
        phrases = [box._replace(breakable=box.breakable and _ends_phrase(box)) for box in boxes]
        found = total_fit(phrases, room_of(boxes, measure), divide)
        if found is not None and len(found) <= most:
            boxes, spans = phrases, found
    narrow, wide = measure.width / 2, measure.width
    for _ in range(_HALVINGS):
        width = (narrow + wide) / 2
        found = total_fit(boxes, room_of(boxes, replace(measure, width=width)), divide)
        if found is not None and len(found) <= most:
            spans, wide = found, width
        else:
            narrow = width
    return spans


def _ends_phrase(box: Box) -> bool:
    return box.space or box.shaped.text[-1:] in _PHRASE_ENDS


def fill_lines(boxes: Sequence[Box], measure: Measure) -> list[Line]:
    """The lines of a paragraph, each filled with as many boxes as fit: what `break_lines` is measured against."""
    return _set_lines(boxes, measure, _filled(boxes, measure))


def _set_lines(boxes: Sequence[Box], measure: Measure, spans: Sequence[Span]) -> list[Line]:
    setter = LineSetter(boxes, measure)
    lines = [setter.line(span, is_first=not number, is_last=span is spans[-1]) for number, span in enumerate(spans)]
    return [_by_its_ink(line, measure) for line in lines] if measure.align == "center" else lines


def _by_its_ink(line: Line, measure: Measure) -> Line:
    """A centred line whose middle is that of its letters, not of the ideographic space it ends in."""
    last = line.boxes[-1]
    if not last.shaped.text.endswith(_IDEOGRAPHIC_SPACE):
        return line
    room = measure.width - line.x - line.width
    return replace(line, x=line.x + max(0.0, min(last.size / 2, room)))


def _narrowed(boxes: Sequence[Box], width: float, *, hyphenated: bool = True) -> list[Box]:
    """The boxes, those wider than `width` replaced by their letters; but for words that a hyphen makes fit."""
    narrowed: list[Box] = []
    for box in boxes:
        ways = divisions(box) if hyphenated and box.width > width else []
        if box.width <= width or box.space or any(max(way.head_width, way.tail_width) <= width for way in ways):
            narrowed.append(box)
            continue
        run = box.shaped.face.run(box.shaped.text, box.ink.language)
        start = end = 0
        letters = []
        for letter in _letters(run.text):
            end += len(letter)
            if run.starts[end] >= 0:
                letters.append(box_from(run.cut(start, end), box, breakable=True))
                start = end
        last = letters[-1]._replace(kern=box.kern, stretch=box.stretch, give=box.give, breakable=box.breakable)
        narrowed += [*letters[:-1], last]
    return narrowed


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


def _filled(boxes: Sequence[Box], measure: Measure) -> list[Span]:
    """Each line filled with as many boxes as fit, cut between any two where the text allows no break in time."""
    spans: list[Span] = []
    index = _after_spaces(boxes, 0)
    while index < len(boxes):
        start = index
        room = measure.width - (0.0 if spans else measure.indent) + _TOLERANCE
        width = -boxes[start].trim_start if spans else 0.0
        best = start
        while index < len(boxes):
            box = boxes[index]
            if not box.space and width + box.width - box.trim_end > room and index > start:
                break
            width += box.width + box.kern
            index += 1
            if box.breakable or index == len(boxes):
                best = index
        end = best if best > start else index
        index = _after_spaces(boxes, end)
        while end > start + 1 and boxes[end - 1].space:
            end -= 1
        spans.append(Span(start, end))
    return spans


def _after_spaces(boxes: Sequence[Box], index: int) -> int:
    while index < len(boxes) and boxes[index].space:
        index += 1
    return index
