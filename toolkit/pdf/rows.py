"""Rows: cells side by side whose first lines are level, cut across pages with all columns together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Cell, Edition, Row, RowKind, Run
from toolkit.bulletin.theme import NOTE, TextStyle
from toolkit.languages import Language
from toolkit.pdf.boxes import boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.paragraph import Line, Measure, break_lines

_INK: dict[Language, tuple[float, float]] = {"zh": (0.88, 0.12), "en": (0.72, 0.22), "bo": (1.32, 0.77)}
"""How far ink reaches over and under the baseline, in em of the style's size; Tibetan with vowels and stacks."""

_TOGETHER = 2  # lines of a paragraph that stay together at a page's foot and head
_NOTE_SPACE = 3.0  # pt over the first note


def ink_extent(style: TextStyle, language: Language) -> tuple[float, float]:
    """How far the ink of a line reaches over and under its baseline, in pt."""
    rise, depth = _INK[language]
    return rise * style.size, depth * style.size


@dataclass(frozen=True, slots=True)
class Slug:
    """A line with its share of the column.  `height` and `ascent` (top to baseline) in pt.

    `paragraph` is 0 for the cell's text, 1, 2, … for its notes.
    """

    line: Line
    height: float
    ascent: float
    rise: float
    depth: float
    paragraph: int


@dataclass(frozen=True, slots=True)
class CellLayout:
    """A cell's slugs and its place in the page's width, in pt."""

    cell: Cell
    left: float
    width: float
    slugs: tuple[Slug, ...]

    def next_cut(self, start: int, limit: int) -> int:
        """The last place at or before `limit` where the slugs may be cut, when they are taken from `start` on.

        `start` itself when there is none.  No paragraph leaves a single line on either side.
        """
        end = len(self.slugs)
        for cut in range(min(limit, end), start, -1):
            if cut == end or self._may_cut(start, cut):
                return cut
        return start

    def _may_cut(self, start: int, cut: int) -> bool:
        before, after = self.slugs[cut - 1].paragraph, self.slugs[cut].paragraph
        if before != after:
            return before != 0 or after == 0
        upper = sum(1 for slug in self.slugs[start:cut] if slug.paragraph == before)
        lower = sum(1 for slug in self.slugs[cut:] if slug.paragraph == before)
        return upper >= _TOGETHER and lower >= _TOGETHER


@dataclass(frozen=True, slots=True)
class RowLayout:
    """A row as laid out.  `before` and `after` are the white space around it, in pt."""

    row: Row
    cells: tuple[CellLayout, ...]
    before: float
    after: float
    keep_with_next: bool

    def whole(self) -> RowSlice:
        """All of the row."""
        return RowSlice(self, tuple((0, len(cell.slugs)) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class RowSlice:
    """The part of a row that stands on one page: for each cell, from which slug to which."""

    layout: RowLayout
    spans: tuple[tuple[int, int], ...]

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

    @property
    def ascent(self) -> float:
        """From the top of the slice to the baseline that all its first lines share, in pt."""
        return max((slugs[0].ascent for slugs in map(self.slugs, range(len(self.spans))) if slugs), default=0.0)

    def drop(self, column: int) -> float:
        """How far the first line of a column is lowered so that its baseline is level, in pt."""
        slugs = self.slugs(column)
        return self.ascent - slugs[0].ascent if slugs else 0.0

    @property
    def height(self) -> float:
        """The height of the tallest column, in pt."""
        columns = range(len(self.spans))
        return max((self.drop(k) + sum(slug.height for slug in self.slugs(k)) for k in columns), default=0.0)

    def split(self, room: float, *, force: bool = False) -> tuple[RowSlice, RowSlice] | None:
        """This slice cut so that the first part is at most `room` high; None when it cannot be cut well.

        `force` cuts anywhere, after at least one line: for rows that no page can hold otherwise.
        """
        cuts = []
        for column, (start, end) in enumerate(self.spans):
            limit = start + self._lines_within(column, room)
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
        return RowSlice(self.layout, head), RowSlice(self.layout, tail)

    def _lines_within(self, column: int, room: float) -> int:
        height = self.drop(column)
        for count, slug in enumerate(self.slugs(column)):
            height += slug.height
            if height > room + 0.01:
                return count
        return len(self.slugs(column))


class RowSetter:
    """Lays out rows for one edition: columns, styles, lines."""

    def __init__(self, edition: Edition, itemizer: Itemizer) -> None:
        self._itemizer = itemizer
        self._theme = edition.theme
        self.columns = column_spans(edition)

    def row(self, row: Row) -> RowLayout:
        """`row` with its lines broken."""
        cells = tuple(
            self._cell(cell, self._theme.style(row.kind, cell.language), span, opens=row.opens_paragraph)
            for cell, span in zip(row.cells, self.columns, strict=True)
        )
        styles = [self._theme.style(row.kind, cell.language) for cell in row.cells]
        return RowLayout(
            row=row,
            cells=cells,
            before=max(style.before for style in styles),
            after=max(style.after for style in styles),
            keep_with_next=row.kind is RowKind.COLUMN_HEAD or any(style.keep_with_next for style in styles),
        )

    def _cell(self, cell: Cell, style: TextStyle, span: tuple[float, float], *, opens: bool) -> CellLayout:
        left, width = span
        indent = style.indent * style.size if opens else 0.0
        slugs = self.slugs(cell.runs, cell.language, style, width, indent=indent)
        for number, note in enumerate(cell.notes, start=1):
            language = note[0].language if note else cell.language
            noted = self.slugs(note, language, self._theme.style(NOTE, language), width, paragraph=number)
            if noted and slugs and number == 1:
                noted[0] = _lowered(noted[0], _NOTE_SPACE)
            slugs += noted
        return CellLayout(cell, left, width, tuple(slugs))

    def slugs(
        self,
        runs: Sequence[Run],
        language: Language,
        style: TextStyle,
        width: float,
        *,
        indent: float = 0.0,
        paragraph: int = 0,
    ) -> list[Slug]:
        """The lines of one paragraph in a column `width` pt wide."""
        measure = Measure(width, indent, style.align, language)
        rise, depth = ink_extent(style, language)
        ascent = (style.leading - rise - depth) / 2 + rise
        lines = break_lines(boxes_of(runs, style, self._itemizer, self._theme.palette.accent), measure)
        return [Slug(line, style.leading, ascent, rise, depth, paragraph) for line in lines]


def _lowered(slug: Slug, space: float) -> Slug:
    return Slug(slug.line, slug.height + space, slug.ascent + space, slug.rise, slug.depth, slug.paragraph)


def column_spans(edition: Edition) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each column of the page, in pt."""
    room = edition.page_width - edition.margin_left - edition.margin_right
    room -= edition.gutter * (len(edition.widths) - 1)
    spans = []
    left = edition.margin_left
    for share in edition.widths:
        width = room * share / sum(edition.widths)
        spans.append((left, width))
        left += width + edition.gutter
    return tuple(spans)
