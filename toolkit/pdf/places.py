"""Where on which page each segment of a bulletin stands, for a view that shows pages and leads to the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.columns import PageGrid
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import Sheet, lay_out
from toolkit.pdf.pages import Placement


@dataclass(frozen=True)
class Place:
    """A part of a row in one column of a page (from 0), with the segments in it; lengths in pt, from the page's foot.

    A sentence shares its place with the others of its row.
    """

    segments: tuple[str, ...]
    language: Language
    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class PageMap:
    """The places of a bulletin, and for each page a hash of what is set on it."""

    places: tuple[Place, ...]
    digests: tuple[str, ...]


def page_map(bulletin: Bulletin, fonts: FontSet) -> PageMap:
    """Where everything stands when `bulletin` is typeset in `fonts`."""
    sheets = lay_out(bulletin, Itemizer(fonts)).sheets
    places = [
        place
        for page, sheet in enumerate(sheets)
        for one in sheet.placements
        for place in _places(one, page, sheet.grid)
    ]
    every_page = repr((bulletin.stamp, bulletin.running_title, bulletin.edition.name, len(sheets)))
    return PageMap(tuple(places), tuple(_digest(sheet, every_page) for sheet in sheets))


def _places(placement: Placement, page: int, grid: PageGrid) -> Iterator[Place]:
    """The places of a row in the columns that its page shows."""
    if placement.repeated:
        return
    for column in grid.columns:
        cell = placement.slice.layout.cells[column]
        slugs = placement.slice.slugs(column)
        segments = tuple(dict.fromkeys(run.segment for run in cell.cell.runs if run.segment))
        if segments and slugs:
            top = placement.top - placement.slice.drop(column)
            height = sum(slug.height for slug in slugs)
            yield Place(segments, cell.cell.language, page, cell.left, top - height, cell.width, height)


def _digest(sheet: Sheet, every_page: str) -> str:
    said = [every_page]
    for placement in sheet.placements:
        for column in sheet.grid.columns:
            said += [slug.line.text for slug in placement.slice.slugs(column)]
            said.append(repr(placement.slice.layout.cells[column].cell.runs))
        said.append(f"{placement.top:.2f}")
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
