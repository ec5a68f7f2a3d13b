"""Rows: cells side by side whose first lines are level, each broken into lines at the width of its column."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from toolkit.bulletin.model import Cell, Edition, Mark, Row, RowKind, Run
from toolkit.bulletin.theme import NOTE, TextStyle
from toolkit.languages import Language
from toolkit.pdf.boxes import Box, boxes_of
from toolkit.pdf.columns import PageGrid, column_spans, page_grids
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.leading import least_leading
from toolkit.pdf.lines import Line
from toolkit.pdf.paragraph import Measure, break_lines
from toolkit.pdf.pictures import printed_size
from toolkit.pdf.slices import CellLayout, RowLayout, Slug

__all__ = ["RowSetter", "column_spans", "ink_extent"]

_INK: dict[Language, tuple[float, float]] = {"zh": (0.88, 0.12), "en": (0.72, 0.22), "bo": (1.32, 0.77)}
"""How far ink reaches over and under the baseline, in em of the style's size; Tibetan with vowels and stacks."""

_NOTE_SPACE = 3.0  # pt over the first note


def ink_extent(style: TextStyle, language: Language) -> tuple[float, float]:
    """How far the ink of a line reaches over and under its baseline, in pt."""
    rise, depth = _INK[language]
    return rise * style.size, depth * style.size


class RowSetter:
    """Lays out rows for one edition: columns, styles, lines.  `grid` is a page with all columns, if it is another."""

    def __init__(self, edition: Edition, itemizer: Itemizer, grid: PageGrid | None = None) -> None:
        self._itemizer = itemizer
        self._theme = edition.theme
        self.columns = column_spans(edition) if grid is None else grid.spans
        self._width = min(one.width for one in page_grids(edition))
        self._height = edition.page_height - edition.margin_top - edition.margin_bottom

    def row(self, row: Row) -> RowLayout:
        """`row` with its lines broken."""
        styles = [self._theme.style(row.kind, cell.language) for cell in row.cells]
        cells = tuple(
            self._cell(cell, style, span, row)
            for cell, style, span in zip(row.cells, styles, self.columns, strict=True)
        )
        return RowLayout(
            row=row,
            cells=cells,
            before=max(style.before for style in styles),
            after=max(style.after for style in styles),
            keep_with_next=row.kind is RowKind.COLUMN_HEAD or any(style.keep_with_next for style in styles),
            picture=None if row.picture is None else printed_size(row.picture, self._width, self._height),
            picture_gap=self._theme.ornaments.picture_gap,
        )

    def _cell(self, cell: Cell, style: TextStyle, span: tuple[float, float], row: Row) -> CellLayout:
        hangs = bool(row.item) or row.kind is RowKind.INDEX
        hang = self._theme.ornaments.list_indent * style.size if hangs else 0.0
        left, width = span[0] + hang, span[1] - hang
        indent = style.indent * style.size if row.opens_paragraph else 0.0
        if hangs:
            indent = 0.0 if row.item == "continues" else -hang
        slugs = self.slugs(cell.runs, cell.language, style, width, indent=indent)
        notes = _notes(cell)
        for number, (note, sign) in enumerate(notes, start=1):
            language = note[0].language if note else cell.language
            noted = self.slugs(note, language, self._theme.style(NOTE, language), width, paragraph=number)
            if noted:
                space = _NOTE_SPACE if slugs and number == 1 else 0.0
                noted[0] = replace(noted[0], height=noted[0].height + space, ascent=noted[0].ascent + space, sign=sign)
            slugs += noted
        return CellLayout(cell, left, width, tuple(slugs), tuple(note for note, _ in notes))

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
        """The lines of one paragraph in a column `width` pt wide; a negative `indent` hangs the first one out.

        What the theme sets before an item hangs out alone: the item's own words are flush.
        """
        boxes = boxes_of(runs, style, self._itemizer, self._theme.palette.accent)
        if indent < 0:
            boxes, indent = _hung(boxes, indent)
        rise, depth = ink_extent(style, language)
        ascent = (style.leading - rise - depth) / 2 + rise
        lines = break_lines(boxes, Measure(width, indent, style.align, language))
        slugs = []
        for number, line in enumerate(lines):
            more = _room_for_guests(lines[number - 1], line, language, style) if number else 0.0
            slugs.append(Slug(line, style.leading + more, ascent + more, rise, depth, paragraph))
        return slugs


def _room_for_guests(above: Line, below: Line, language: Language, style: TextStyle) -> float:
    """Pt by which a line goes down so that no Tibetan stack in a Chinese or English column touches its neighbour."""
    return 0.0 if language == "bo" else max(0.0, least_leading(above, below) - style.leading)


def _hung(boxes: list[Box], indent: float) -> tuple[list[Box], float]:
    """Boxes of an item, and the indent of its first line: what its bullet needs, if it has one."""
    bullet = list(itertools.takewhile(lambda box: box.ink.mark is Mark.ORNAMENT, boxes))
    if not bullet:
        return boxes, indent
    stiff = [box._replace(stretch=0, give=0.0) for box in bullet]
    needed = sum(box.width + box.kern for box in bullet)
    if needed > -indent:  # a bullet as wide as an ideograph: the space after it gives way
        stiff[-1] = stiff[-1]._replace(kern=stiff[-1].kern - needed - indent)
    return stiff + boxes[len(bullet) :], max(indent, -needed)


def _notes(cell: Cell) -> list[tuple[tuple[Run, ...], str]]:
    """The notes of a cell, each with the sign of the finding that it tells; findings that no note tells come last."""
    if not cell.comments:
        return [(note, "") for note in cell.notes]
    texts = ["".join(run.text for run in note) for note in cell.notes]
    signs = [""] * len(texts)
    untold = []
    for comment in cell.comments:
        sign = "error" if comment.head.startswith("error") else "warning"
        place = next((k for k, text in enumerate(texts) if comment.text in text), None)
        if place is None:
            untold.append(((Run(f"{comment.head}: ", "en", bold=True), Run(comment.text, "en")), sign))
        elif signs[place] != "error":
            signs[place] = sign
    return [*zip(cell.notes, signs, strict=True), *untold]
