"""Rows as laid out, and the parts of them that stand on one page: all columns are cut together."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field

from toolkit.bulletin.model import Cell, Row, Run
from toolkit.pdf.paragraph import Line
from toolkit.pdf.pictures import Size

_TOGETHER = 2  # lines of a paragraph that stay together at a page's foot and head
_TOLERANCE = 0.01  # pt
_LOWEST_PICTURE = 1.0  # pt


@dataclass(frozen=True, slots=True)
class Slug:
    """A line with its share of the column.  `height` and `ascent` (top to baseline) in pt.

    `paragraph` is 0 for the cell's text, 1, 2, … for its notes.  `sign` says of a note's first line that it tells what
    a check found: "error", "warning" or, where nothing was found, nothing.
    """

    line: Line
    height: float
    ascent: float
    rise: float
    depth: float
    paragraph: int
    sign: str = ""


@dataclass(frozen=True, slots=True)
class CellLayout:
    """A cell's slugs and its place in the page's width, in pt.

    `notes` are the texts of its paragraphs 1, 2, …  `tops` has the height of all slugs before each one, and at its end
    that of all together.
    """

    cell: Cell
    left: float
    width: float
    slugs: tuple[Slug, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    tops: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        heights = itertools.accumulate((slug.height for slug in self.slugs), initial=0.0)
        object.__setattr__(self, "tops", tuple(heights))

    def next_cut(self, start: int, limit: int) -> int:
        """The last place at or before `limit` where the slugs may be cut, when they are taken from `start` on.

        `start` itself when there is none.  No paragraph leaves a single line on either side.
        """
        end = len(self.slugs)
        for cut in range(min(limit, end), start, -1):
            if cut == end or self._may_cut(start, cut):
                return cut
        return start

    def first_cut(self, start: int) -> int:
        """The first place after `start` where the slugs may be cut, or their end."""
        end = len(self.slugs)
        return next((cut for cut in range(start + 1, end) if self._may_cut(start, cut)), end)

    def _may_cut(self, start: int, cut: int) -> bool:
        slugs = self.slugs
        before, after = slugs[cut - 1].paragraph, slugs[cut].paragraph
        if before != after:
            return before != 0 or after == 0
        first, last = cut - _TOGETHER, cut + _TOGETHER - 1  # as many lines on either side belong together
        return first >= start and last < len(slugs) and slugs[first].paragraph == before == slugs[last].paragraph


@dataclass(frozen=True, slots=True)
class RowLayout:
    """A row as laid out.  `before` and `after` are the white space around it, in pt.

    `picture` is the size of what stands over the cells, `picture_gap` the white between, in pt.
    """

    row: Row
    cells: tuple[CellLayout, ...]
    before: float
    after: float
    keep_with_next: bool
    picture: Size | None = None
    picture_gap: float = 0.0

    def whole(self) -> RowSlice:
        """All of the row."""
        return RowSlice(self, tuple((0, len(cell.slugs)) for cell in self.cells), self.picture)


@dataclass(frozen=True, slots=True)
class RowSlice:
    """The part of a row that stands on one page: for each cell, from which slug to which.

    `picture` is the size at which its picture is drawn here.  `ascent` is the distance from the top of the text to the
    baseline that all first lines share; `height` that of the picture and the tallest column.  Lengths in pt.
    """

    layout: RowLayout
    spans: tuple[tuple[int, int], ...]
    picture: Size | None = None
    ascent: float = field(init=False, repr=False)
    height: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shown = [
            (cell, start, end) for cell, (start, end) in zip(self.layout.cells, self.spans, strict=True) if start < end
        ]
        ascent = max((cell.slugs[start].ascent for cell, start, _ in shown), default=0.0)
        height = max(
            (ascent - cell.slugs[start].ascent + cell.tops[end] - cell.tops[start] for cell, start, end in shown),
            default=0.0,
        )
        object.__setattr__(self, "ascent", ascent)
        object.__setattr__(self, "height", height + self.picture_height)

    @property
    def picture_height(self) -> float:
        """The height of the picture with the white under it, in pt; 0 without one."""
        return 0.0 if self.picture is None else self.picture.height + self.layout.picture_gap

    def slugs(self, column: int) -> tuple[Slug, ...]:
        """The slugs of one column."""
        start, end = self.spans[column]
        return self.layout.cells[column].slugs[start:end]

    @property
    def starts_row(self) -> bool:
        """Whether this is the first part of its row."""
        return all(start == 0 for start, _ in self.spans)

    @property
    def ends_row(self) -> bool:
        """Whether nothing of the row is left after this part."""
        cells = self.layout.cells
        return all(end == len(cell.slugs) for (_, end), cell in zip(self.spans, cells, strict=True))

    def drop(self, column: int) -> float:
        """How far the first line of a column is lowered: under the picture, and to the common baseline, in pt."""
        start, end = self.spans[column]
        if start == end:
            return 0.0
        return self.picture_height + self.ascent - self.layout.cells[column].slugs[start].ascent

    @property
    def least(self) -> float:
        """The height of the smallest first part that can be cut off well, in pt; that of the slice if none can."""
        heights = []
        for column, (start, end) in enumerate(self.spans):
            if start < end:
                cell = self.layout.cells[column]
                cut = min(cell.first_cut(start), end)
                heights.append(self.drop(column) + cell.tops[cut] - cell.tops[start])
        return max(heights, default=self.height)

    def split(self, room: float, *, force: bool = False) -> tuple[RowSlice, RowSlice] | None:
        """This slice cut so that the first part is at most `room` high; None when it cannot be cut well.

        `force` cuts anywhere, after at least one line: for rows that no page can hold otherwise.
        """
        cuts = []
        for column, (start, end) in enumerate(self.spans):
            limit = self._lines_within(column, room)
            if force:
                cut = max(limit, min(start + 1, end))
            else:
                cut = self.layout.cells[column].next_cut(start, limit)
                if cut == start < end:
                    return None
            cuts.append(cut)
        if all(cut == end for cut, (_, end) in zip(cuts, self.spans, strict=True)):
            return None
        head = tuple((start, cut) for cut, (start, _) in zip(cuts, self.spans, strict=True))
        tail = tuple((cut, end) for cut, (_, end) in zip(cuts, self.spans, strict=True))
        return RowSlice(self.layout, head, self.picture), RowSlice(self.layout, tail)

    def with_picture_lower(self, height: float) -> RowSlice:
        """This slice with its picture made smaller, so that slice is at most `height` pt high."""
        if self.picture is None or self.height <= height:
            return self
        lower = max(self.picture.height - self.height + height, _LOWEST_PICTURE)
        return RowSlice(self.layout, self.spans, self.picture.lowered(lower))

    def _lines_within(self, column: int, room: float) -> int:
        """The slug of a column before which `room` ends."""
        start, end = self.spans[column]
        tops = self.layout.cells[column].tops
        last = room + _TOLERANCE - self.drop(column) + tops[start]
        return max(bisect.bisect_right(tops, last, start, end + 1) - 1, start)
