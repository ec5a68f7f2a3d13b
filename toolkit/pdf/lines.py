"""Lines of text: which boxes stand where, and how a line is made as wide as its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.model import Mark
from toolkit.bulletin.theme import Alignment
from toolkit.languages import Language
from toolkit.pdf.boxes import Box
from toolkit.pdf.fit import Room, Span
from toolkit.pdf.lineends import free_ends

_MOST_STRETCH: dict[Language, float] = {"zh": 0.25, "en": 0.26, "bo": 0.24}  # em per unit of `Box.stretch`
_EASY_STRETCH: dict[Language, float] = {"zh": 0.08, "en": 0.09, "bo": 0.06}  # em, hardly seen
_TRACKING: dict[Language, float] = {"zh": 0.0, "en": 0.025, "bo": 0.0}  # em after each glyph, where nothing else helps
_NEARER: dict[Language, float] = {"zh": 0.0, "en": 0.01, "bo": 0.0}  # em that glyphs come nearer in a tight line
_TIGHTEST: dict[Language, float] = {"zh": 3.0, "en": 8.0, "bo": 8.0}  # price of a line that gives all it can
_CRUMB: dict[Language, float] = {"zh": 9.0, "en": 8.0, "bo": 6.0}  # price of a last line that holds next to nothing
_LONE: dict[Language, float] = {"zh": 12.0, "en": 12.0, "bo": 20.0}  # more, when that is a single piece
_SHORT, _SHORT_SHARE = 2.5, 0.14  # em, and share of the column, whichever is more: what is enough for a last line


@dataclass(frozen=True, slots=True)
class Line:
    """Boxes on one line.  Lengths in pt.

    `x` is the start, from the column's left edge, negative where the first box hangs out; `width` the width as set of
    what stands inside the column.  After each box stands its `kern`,
    `extra` for each unit of its `stretch`, less the share `tight` (0 to 1) of its `give`; after each glyph `tracking`,
    which is negative in a tight line.
    """

    boxes: tuple[Box, ...]
    x: float
    width: float
    extra: float
    tight: float = 0.0
    tracking: float = 0.0

    @property
    def text(self) -> str:
        """The characters on the line."""
        return "".join([box.shaped.text for box in self.boxes])

    def places(self) -> Iterator[tuple[float, Box]]:
        """Each box with its left edge, from the column's left edge."""
        x = self.x
        for box in self.boxes:
            yield x, box
            x += self.advance(box)

    def advance(self, box: Box) -> float:
        """From the left edge of `box` to that of the next one."""
        white = box.kern + box.stretch * self.extra - box.give * self.tight
        return box.width + white + self.tracking * len(box.shaped.glyphs)

    def links(self) -> list[tuple[str, float, float]]:
        """The addresses on the line, each with where its text begins and ends, from the column's left edge."""
        spans: list[tuple[str, float, float]] = []
        around = ""
        for x, box in self.places():
            link = box.ink.link
            if link:
                start = spans.pop()[1] if link == around else x
                spans.append((link, start, x + box.width))
            around = link
        return spans


def bullet_and_rest(line: Line) -> tuple[Line | None, Line | None]:
    """The bullet that a line begins with, and what stands behind it, each in its place; None for what is not there."""
    places = list(line.places())
    count = next((at for at, (_, box) in enumerate(places) if box.ink.mark is not Mark.ORNAMENT), len(places))
    if not count:
        return None, line
    x, last = places[count - 1]
    bullet = replace(line, boxes=line.boxes[:count], width=x + last.width - line.x)
    if count == len(places):
        return bullet, None
    start = places[count][0]
    return bullet, replace(line, boxes=line.boxes[count:], x=start, width=line.x + line.width - start)


@dataclass(frozen=True, slots=True)
class Measure:
    """The shape of a paragraph: `width` of the column and `indent` of the first line, in pt."""

    width: float
    indent: float
    align: Alignment
    language: Language


def room_of(boxes: Sequence[Box], measure: Measure) -> Room:
    """What lines made of `boxes` may be in `measure`."""
    size = max([box.size for box in boxes])
    return Room(
        first=measure.width - measure.indent,
        others=measure.width,
        easy=_EASY_STRETCH[measure.language] * size,
        most=_MOST_STRETCH[measure.language] * size,
        tracking=_TRACKING[measure.language] * size,
        nearer=_nearer(boxes, measure.language),
        tightest=_TIGHTEST[measure.language],
        short=max(_SHORT * size, _SHORT_SHARE * measure.width),
        crumb=_CRUMB[measure.language],
        lone=_LONE[measure.language],
        justified=measure.align == "justify",
    )


def _nearer(boxes: Sequence[Box], language: Language) -> float:
    """By how much glyphs may come nearer in a tight line, in pt; not at all where the marks of a stack would move."""
    share = _NEARER[language]
    if not share or any(not box.shaped.text.isascii() and box.shaped.needs_actual_text for box in boxes):
        return 0.0
    return share * max([box.size for box in boxes])


class LineSetter:
    """Sets the lines of one paragraph."""

    def __init__(self, boxes: Sequence[Box], measure: Measure) -> None:
        self._boxes = boxes
        self._measure = measure
        self._nearer = _nearer(boxes, measure.language)

    def line(self, span: Span, *, is_first: bool, is_last: bool) -> Line:
        """The line of `span`, as wide as its column if it may and can be."""
        measure = self._measure
        boxes = self._boxes_of(span)
        inner, last = boxes[:-1], boxes[-1]
        indent = measure.indent if is_first else 0.0
        trim = 0.0 if indent else boxes[0].trim_start
        natural = sum([box.width + box.kern for box in inner]) + last.width - last.trim_end - trim
        slack = measure.width - indent - natural
        x = indent or -trim
        if measure.align == "center":
            x += slack / 2
        extra = tight = tracking = 0.0
        if measure.align == "justify":
            if slack < 0:
                tight, tracking = self._squeezed(boxes, -slack)
                natural += slack
            elif not is_last:
                extra, tracking = self._stretched(boxes, slack)
                natural += slack if extra or tracking else 0.0
        return Line(tuple(boxes), x, natural, extra, tight, tracking)

    def _stretched(self, boxes: Sequence[Box], slack: float) -> tuple[float, float]:
        """What to add to each unit of stretch and after each glyph so that `slack` is gone; nothing if that is ugly."""
        language = self._measure.language
        units = sum([box.stretch for box in boxes[:-1]])
        if not units:
            return 0.0, 0.0
        size = max([box.size for box in boxes])
        most = _MOST_STRETCH[language] * size
        if slack <= most * units:
            return slack / units, 0.0
        glyphs = sum([len(box.shaped.glyphs) for box in boxes]) - 1
        tracking = (slack - most * units) / glyphs if glyphs else size
        if tracking > _TRACKING[language] * size or any(box.shaped.needs_actual_text for box in boxes):
            return 0.0, 0.0  # the marks of a stack may not come apart
        return most, tracking

    def _squeezed(self, boxes: Sequence[Box], excess: float) -> tuple[float, float]:
        """The share of what the boxes may give, and what goes between glyphs: a hair more for an end shaped anew."""
        given = sum([box.give for box in boxes[:-1]])
        glyphs = sum([len(box.shaped.glyphs) for box in boxes]) - 1
        if excess <= given + self._nearer * glyphs:
            tight = excess / (given + self._nearer * glyphs)
            return tight, -self._nearer * tight
        return (1.0 if given else 0.0), ((given - excess) / glyphs if glyphs else 0.0)

    def _boxes_of(self, span: Span) -> list[Box]:
        boxes = list(self._boxes[span.start : span.end])
        if span.rest is not None:
            boxes[:1] = [span.rest]
        if span.divided is not None:
            boxes.append(span.divided)
        free_ends(boxes)
        return boxes
