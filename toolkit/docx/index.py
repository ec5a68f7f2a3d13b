"""The term index: each term as its columns call it, and fields that lead to the pages where it stands.

A `PAGEREF` field (ECMA-376 part 1, 17.16.5.45) names a bookmark, ours around each text.  LibreOffice counts its page as
it lays the file out, Word when it prints or exports, and at once on Ctrl+A F9.  `w:updateFields` or `w:dirty` would
have Word do so on opening, but only after a question that frightens people ("fields that may refer to other files"); so
neither stands there, and what the field shows until then is a page reckoned from the length of the text.

No program leaves out a page number that stands twice.  A term therefore gets at most one field for each half page: more
would be "2, 2, 2, 3".
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Bulletin, Cell, Edition, IndexEntry, Row, RowKind, Run
from toolkit.docx.between import SPACER, Surround
from toolkit.docx.faces import slots_of
from toolkit.docx.looks import Look, look_of
from toolkit.docx.markup import Element, w
from toolkit.docx.runs import PAGES_STYLE, run_elements
from toolkit.docx.story import Story
from toolkit.docx.table import Columns, level_row
from toolkit.languages import Language

_ADVANCE: dict[Language, float] = {"zh": 1.0, "en": 0.5, "bo": 0.45}  # em per character
_APART = 0.5  # page between two fields of one term
_BEFORE_PAGES, _BETWEEN_PAGES = "\u00a0\u00a0", {"zh": "、", "en": ", ", "bo": ", "}
_ENTRY = Surround(top=1.0)


@dataclass(frozen=True)
class _Place:
    """A bookmark, and how many pages of text stand before it."""

    bookmark: str
    depth: float


def index_rows(
    bulletin: Bulletin, columns: Columns, story: Story, depths: dict[str, float] | None = None
) -> Iterator[Element]:
    """The head of the index and a row for each term; to be called when all texts have their bookmarks.

    `depths` are those of the segments, where they are not those of `bulletin` alone.
    """
    if not bulletin.index:
        return
    depths = depths_of(bulletin) if depths is None else depths
    if bulletin.index_head is not None:
        over = max(0.0, story.theme.ornaments.head_gap - SPACER)
        yield level_row(bulletin.index_head, columns, story, Surround(top=over))
    for entry in bulletin.index:
        names = dict(entry.names)
        cells = tuple(Cell(one, (Run(names[one], one),) if names.get(one) else ()) for one in bulletin.edition.columns)
        row = Row(RowKind.INDEX, cells)
        tails = [_pages(row, cell, _places(entry, cell.language, story, depths), story) for cell in cells]
        yield level_row(row, columns, story, _ENTRY, tails)


def depths_of(bulletin: Bulletin) -> dict[str, float]:
    """For each segment how many pages of text stand before it, reckoned from the lengths of the texts."""
    edition = bulletin.edition
    page = edition.page_height - edition.margin_top - edition.margin_bottom
    depths: dict[str, float] = {}
    reached = 0.0
    for row in (*bulletin.head_rows, *bulletin.text_rows, *bulletin.tail_rows):
        for segment in (run.segment for cell in row.cells for run in cell.runs if run.segment):
            depths.setdefault(segment, reached / page)
        reached += max((_height(row, cell, index, edition) for index, cell in enumerate(row.cells)), default=0.0)
    return depths


def _height(row: Row, cell: Cell, column: int, edition: Edition) -> float:
    style = edition.theme.style(row.kind, cell.language)
    gutters = edition.gutter * (len(edition.columns) - 1)
    width = edition.page_width - edition.margin_left - edition.margin_right - gutters
    width *= edition.widths[column] / sum(edition.widths)
    advance = sum(len(run.text) * _ADVANCE[run.language] for run in cell.runs) * style.size
    return math.ceil(advance / width) * style.leading + style.before + style.after + edition.theme.ornaments.row_gap


def _places(entry: IndexEntry, language: Language, story: Story, depths: dict[str, float]) -> list[_Place]:
    """Where a term stands in `language`, in the order of the text, half a page apart at least."""
    found = [
        _Place(bookmark, depths.get(segment, 0.0))
        for segment in entry.segments
        if (bookmark := story.identity.place_of(segment, language))
    ]
    kept: list[_Place] = []
    for place in sorted(found, key=lambda one: one.depth):
        if not kept or place.depth - kept[-1].depth >= _APART:
            kept.append(place)
    return kept


def _pages(row: Row, cell: Cell, places: Sequence[_Place], story: Story) -> list[Element]:
    """The page numbers behind a term's name; none where it has no name."""
    if not cell.runs or not places:
        return []
    look = look_of(row, cell.language, story.theme)
    content = _set(_BEFORE_PAGES, look, story)
    for number, place in enumerate(places):
        if number:
            content += _set(_BETWEEN_PAGES[cell.language], look, story)
        shown = _set(str(1 + int(place.depth)), look, story)
        content.append(w("fldSimple", *shown, instr=f" PAGEREF {place.bookmark} \\h "))
    return content


def _set(text: str, look: Look, story: Story) -> list[Element]:
    """Behind a Tibetan name figures are set as behind an English one: as large as its letters, they would stand out."""
    language: Language = "en" if look.language == "bo" else look.language
    return run_elements(Run(text, language), look, slots_of(look, story.fonts), story.fonts, style=PAGES_STYLE)
