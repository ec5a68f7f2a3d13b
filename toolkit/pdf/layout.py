"""A bulletin laid out: its rows set, placed on pages, and the pages put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Bulletin, Row, RowKind
from toolkit.pdf.columns import PageGrid, faces, page_grids, title_grid
from toolkit.pdf.furniture import Furniture
from toolkit.pdf.indexpages import place_index, tracks_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.pages import Paginator, Placement
from toolkit.pdf.rows import RowSetter
from toolkit.pdf.segments import SegmentPages, segment_pages
from toolkit.pdf.slices import RowLayout
from toolkit.pdf.termindex import index_rows

_LOW = 0.25  # of a page: higher rows of an index are not set in tracks


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: the rows placed on it, of which it shows the columns of its `grid`."""

    grid: PageGrid
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages in order, what stands around their text, and all rows in the order in which they are read."""

    sheets: tuple[Sheet, ...]
    rows: tuple[RowLayout, ...]
    furniture: Furniture


def lay_out(bulletin: Bulletin, itemizer: Itemizer) -> Layout:
    """The pages of `bulletin`, the term index last if it has one."""
    setting = _Setting(bulletin, itemizer)
    sheets = setting.text()
    if bulletin.index:
        rows = index_rows(bulletin, segment_pages([(sheet.grid, sheet.placements) for sheet in sheets]))
        if rows:
            sheets += setting.index(rows)
    return Layout(tuple(sheets), tuple(setting.rows), setting.furniture)


def lay_out_index(bulletin: Bulletin, itemizer: Itemizer, pages: SegmentPages) -> Layout:
    """The pages of the term index of `bulletin` alone, whose segments stand on `pages` of whatever it is bound into."""
    setting = _Setting(bulletin, itemizer)
    rows = index_rows(bulletin, pages)
    sheets = setting.index(rows) if rows else []
    return Layout(tuple(sheets), tuple(setting.rows), setting.furniture)


class _Setting:
    def __init__(self, bulletin: Bulletin, itemizer: Itemizer) -> None:
        edition = bulletin.edition
        self._bulletin = bulletin
        self._itemizer = itemizer
        self._title, self._grids = title_grid(edition), page_grids(edition)
        self._faces = faces(edition)
        self.setter = RowSetter(edition, itemizer)
        self._title_setter = RowSetter(edition, itemizer, self._title) if self._faces else self.setter
        around = (self._title, *self._grids) if self._faces else self._grids
        self.furniture = Furniture(bulletin, self.setter, around)
        head = bulletin.column_head
        self._column_head = None if head is None else self.setter.row(head)
        self._paginator = self._new_paginator()
        self.rows: list[RowLayout] = []

    def _new_paginator(self) -> Paginator:
        edition = self._bulletin.edition
        ornaments = edition.theme.ornaments
        return Paginator(
            self.furniture.frame,
            ruled=edition.provenance or ornaments.row_rules,
            ornaments=ornaments,
            splits_rows=edition.splits_rows,
        )

    def text(self) -> list[Sheet]:
        """The pages of everything but the index."""
        bulletin, setter = self._bulletin, self.setter
        head = [self._title_setter.row(row) for row in bulletin.head_rows]
        body = [setter.row(row) for row in bulletin.rows]
        tail = [setter.row(row) for row in bulletin.tail_rows]
        between = [self._column_head] if self._column_head and body else []
        self.rows += [*head, *between, *body, *tail]
        if not self._faces:
            return self._sheets(self._paginator.place(head, self._column_head, body, tail))
        titles = [Sheet(self._title, page) for page in self._new_paginator().place(head, None, (), ())]
        if len(titles) % 2 == 0:
            titles.append(Sheet(self._title, ()))  # a spread begins on a left page, whose number is even
        return titles + self._sheets(self._paginator.place((), self._column_head, body, tail))

    def index(self, rows: Sequence[Row]) -> list[Sheet]:
        """The pages of the index: in tracks where columns are wide enough."""
        tracks = tracks_of(self._bulletin.edition)
        setter, head = self.setter, self._bulletin.column_head
        if tracks.count > 1:
            setter = RowSetter(self._bulletin.edition, self._itemizer, tracks.grid)
        column_head = None if head is None else setter.row(head)  # another than that of the text: it is read again
        layouts = [setter.row(row) for row in rows]
        self.rows += layouts if column_head is None else [column_head, *layouts]
        frame = self.furniture.frame
        if tracks.count > 1 and all(row.whole().height < frame.height * _LOW for row in layouts):
            heading = layouts.pop(0) if layouts[0].row.kind is not RowKind.INDEX else None
            return self._sheets(place_index(heading, column_head, layouts, frame, tracks))
        return self._sheets(self._paginator.place_more(column_head, layouts))

    def _sheets(self, pages: Sequence[tuple[Placement, ...]]) -> list[Sheet]:
        return [Sheet(grid, page) for page in pages for grid in self._grids]
