"""Rows and pages to try the layout on: pictures, any kind of row, and what is where on a page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PIL import Image

from tests.pdf.pdf_samples import make_bulletin
from toolkit.bulletin.model import Bulletin, Cell, Picture, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import Layout, lay_out
from toolkit.pdf.slices import RowLayout, RowSlice, Slug

COLUMNS: tuple[Language, ...] = ("zh", "en", "bo")


def make_picture(width: int, height: int) -> Picture:
    """A JPEG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#88aacc").save(file, "JPEG")
    data = file.getvalue()
    return Picture("meadow.jpg", hashlib.sha256(data).hexdigest(), width, height, "jpeg", data, (("en", "A meadow"),))


def row_of(kind: RowKind, texts: Sequence[str], columns: Sequence[Language] = COLUMNS, **more: Any) -> Row:
    """A row with a text for each column."""
    cells = (Cell(one, (Run(text, one),)) for one, text in zip(columns, texts, strict=True))
    return Row(kind, tuple(cells), **more)


def bulletin_with(rows: Sequence[Row], columns: tuple[Language, ...] = COLUMNS, **edition: Any) -> Bulletin:
    """The small bulletin of the other tests with rows of one's own."""
    bulletin = make_bulletin(columns)
    return replace(bulletin, rows=tuple(rows), edition=replace(bulletin.edition, **edition))


def laid_out(bulletin: Bulletin, fonts: FontSet) -> Layout:
    return lay_out(bulletin, Itemizer(fonts))


class Area(NamedTuple):
    """A line or a picture on a page, with its share of the column; in pt."""

    left: float
    bottom: float
    right: float
    top: float
    what: Slug | RowSlice

    def overlaps(self, other: Area) -> bool:
        """By more than a hair."""
        level = min(self.top, other.top) - max(self.bottom, other.bottom) > 0.02
        return level and min(self.right, other.right) - max(self.left, other.left) > 0.02


def areas_on(layout: Layout, page: int) -> Iterator[Area]:
    """Everything that stands on a page."""
    sheet = layout.sheets[page]
    for placement in sheet.placements:
        part = placement.slice
        if part.picture is not None:
            left = sheet.grid.left + (sheet.grid.width - part.picture.width) / 2
            yield Area(left, placement.top - part.picture.height, left + part.picture.width, placement.top, part)
        for column in sheet.grid.columns:
            cell = part.layout.cells[column]
            y = placement.top - part.drop(column)
            left = cell.left + placement.shift
            for slug in part.slugs(column):
                yield Area(left, y - slug.height, left + cell.width, y, slug)
                y -= slug.height


def parts_of(layout: Layout) -> Iterator[tuple[int, RowLayout, int, int, int]]:
    """Each part of each cell, in order of pages: page, row, column, from which slug, to which."""
    for page, sheet in enumerate(layout.sheets):
        for placement in sheet.placements:
            if not placement.repeated:
                for column in sheet.grid.columns:
                    yield page, placement.slice.layout, column, *placement.slice.spans[column]
