"""Where on which page each segment of a bulletin stands, for a view that shows pages and leads to the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import lay_out
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
    pages = [sheet.placements for sheet in lay_out(bulletin, Itemizer(fonts)).sheets]
    places = [place for number, page in enumerate(pages) for one in page for place in _places(one, number)]
    every_page = repr((bulletin.stamp, bulletin.running_title, bulletin.edition.name, len(pages)))
    return PageMap(tuple(places), tuple(_digest(page, every_page) for page in pages))


def _places(placement: Placement, page: int) -> list[Place]:
    if placement.repeated:
        return []
    found = []
    for column, cell in enumerate(placement.slice.layout.cells):
        slugs = placement.slice.slugs(column)
        segments = tuple(dict.fromkeys(run.segment for run in cell.cell.runs if run.segment))
        if segments and slugs:
            top = placement.top - placement.slice.drop(column)
            height = sum(slug.height for slug in slugs)
            found.append(Place(segments, cell.cell.language, page, cell.left, top - height, cell.width, height))
    return found


def _digest(page: Sequence[Placement], every_page: str) -> str:
    said = [every_page]
    for placement in page:
        lines = [
            slug.line.text for column in range(len(placement.slice.spans)) for slug in placement.slice.slugs(column)
        ]
        marks = [repr(cell.cell.runs) for cell in placement.slice.layout.cells]
        said += [f"{placement.top:.2f}", *lines, *marks]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
