"""A volume as one PDF: cover, contents, the parts, the term index, each a `Part` of the structure tree (14.8.4.2).

Pages are counted through, so the parts are laid out first: the contents name their pages, the index all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.model import Bulletin, Cell, Edition, Row, RowKind, Run
from toolkit.bulletin.theme import Theme
from toolkit.bulletin.volume import NUMBER_LANGUAGE, Volume, contents_edition
from toolkit.fonts.catalog import FontSet
from toolkit.languages import LANGUAGES
from toolkit.pdf.addresses import page_address
from toolkit.pdf.bookmarks import Bookmark, bookmarks
from toolkit.pdf.columns import PageGrid, faces, title_grid
from toolkit.pdf.document import write_document
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.fontembed import FontBook
from toolkit.pdf.furniture import Furniture
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import Layout, Sheet, lay_out, lay_out_index
from toolkit.pdf.links import LinkedContent
from toolkit.pdf.pagedraw import PageDrawer
from toolkit.pdf.pages import Paginator
from toolkit.pdf.rows import RowSetter
from toolkit.pdf.segments import segment_pages
from toolkit.pdf.tagging import StructureTree

_COVER_DROP = 0.2  # of the frame: how far down the cover's text begins
_ENTRY_AFTER = 7.0  # pt under an entry of the contents
_MOST_ROUNDS = 4  # until the contents have as many pages as was thought when their numbers were set


@dataclass(frozen=True, slots=True)
class _Section:
    """Pages that are drawn alike.

    `head` is the bookmark of them all, empty where each heading has its own; `around` the columns of stamp and foot,
    where they are not those of the rows.
    """

    edition: Edition
    layout: Layout
    head: str = ""
    around: PageGrid | None = None

    @property
    def count(self) -> int:
        return len(self.layout.sheets)


def typeset_volume_pdf(volume: Volume, fonts: FontSet) -> bytes:
    """`volume` as a tagged PDF 1.7; the same input gives the same bytes.

    Every part begins on a new page: a right one, where pages face each other.
    """
    itemizer = Itemizer(fonts)
    edition, front = volume.front.edition, volume.front
    parts = [
        _Section(part.bulletin.edition, lay_out(part.bulletin, itemizer), _title(part.entry)) for part in volume.parts
    ]
    if faces(edition):
        parts = [*map(_ending_on_a_left_page, parts[:-1]), parts[-1]]  # an index begins on a left page
    cover = _cover(front, itemizer)
    contents = _contents(volume, itemizer, parts, cover.count)
    sections = [cover, contents, *parts]
    if front.index:
        before = [(sheet.grid, sheet.placements) for section in sections for sheet in section.layout.sheets]
        index = lay_out_index(front, itemizer, segment_pages(before))
        if index.sheets:
            sections.append(_Section(edition, index))
    return _drawn(front, sections)


def _drawn(front: Bulletin, sections: Sequence[_Section]) -> bytes:
    book, tree = FontBook(), StructureTree()
    document, total = tree.root, sum(section.count for section in sections)
    pages: list[PageContent] = []
    marks: list[Bookmark] = []
    for section in sections:
        marks += _marks(section, len(pages), front)
        tree.root = document.add("Part")
        drawer = PageDrawer(section.edition, tree, section.layout.rows)
        for sheet in section.layout.sheets:
            content = LinkedContent(book, tree, len(pages))
            drawer.draw(content, len(pages), sheet.placements, sheet.grid)
            section.layout.furniture.draw(content, len(pages) + 1, total, section.around or sheet.grid)
            pages.append(content)
    tree.root = document
    return write_document(front, pages, book, tree, marks)


def _marks(section: _Section, start: int, front: Bulletin) -> list[Bookmark]:
    """The bookmarks of a section whose first page is `start`: of a part one, with its headings under it."""
    sheets = [sheet.placements if 0 in sheet.grid.columns else () for sheet in section.layout.sheets]
    found = bookmarks([*[()] * start, *sheets], index_head=front.index_head)
    if not section.head or (len(found) == 1 and found[0].page == start):
        return found
    return [Bookmark(section.head, start, section.edition.page_height, found)]


def _title(entry: Row) -> str:
    texts = ("".join(run.text for run in cell.runs).strip() for cell in entry.cells)
    return next((text for text in texts if text), "")


def _ending_on_a_left_page(section: _Section) -> _Section:
    """`section` with an empty page at its end, if it needs one for the next to begin on a right page."""
    if section.count % 2 == 0:
        return section
    empty = Sheet(title_grid(section.edition), ())
    return replace(section, layout=replace(section.layout, sheets=(*section.layout.sheets, empty)))


def _cover(front: Bulletin, itemizer: Itemizer) -> _Section:
    """The cover: its rows in the upper half of a page without a running foot."""
    theme = front.edition.theme
    quiet = replace(theme, ornaments=replace(theme.ornaments, foot_rule=False))
    edition = replace(front.edition, facing=False, theme=quiet)
    plain = replace(front, edition=edition, index=(), column_head=None, running_title=(), foot=())
    layout = lay_out(plain, itemizer)
    drop = layout.furniture.frame.height * _COVER_DROP
    first = layout.sheets[0]
    if first.placements and first.placements[-1].bottom - drop > layout.furniture.frame.bottom:
        lowered = tuple(placement.lowered(drop, 0.0) for placement in first.placements)
        layout = replace(layout, sheets=(replace(first, placements=lowered), *layout.sheets[1:]))
    return _Section(edition, layout)


def _contents(volume: Volume, itemizer: Itemizer, parts: Sequence[_Section], before: int) -> _Section:
    """The page of contents; `before` pages stand before it."""
    front = volume.front
    edition = contents_edition(front.edition)
    edition = replace(edition, theme=_contents_theme(edition.theme))
    setter = RowSetter(edition, itemizer)
    around = title_grid(front.edition)
    furniture = Furniture(front, RowSetter(front.edition, itemizer), (around,))
    grid = title_grid(edition)
    section, count = None, 1
    for _ in range(_MOST_ROUNDS):
        rows = [setter.row(row) for row in _contents_rows(volume, parts, before + count)]
        paginator = Paginator(furniture.frame, ruled=False, ornaments=edition.theme.ornaments)
        sheets = tuple(Sheet(grid, page) for page in paginator.place((), None, rows, ()))
        section = _Section(edition, Layout(sheets, tuple(rows), furniture), around=around)
        if faces(front.edition) and (before + section.count) % 2:
            section = replace(section, layout=replace(section.layout, sheets=(*sheets, Sheet(grid, ()))))
        if section.count == count:
            break
        count = section.count
    assert section is not None
    return section


def _contents_rows(volume: Volume, parts: Sequence[_Section], start: int) -> list[Row]:
    head = volume.contents_head
    rows = [replace(head, cells=(*head.cells, Cell(NUMBER_LANGUAGE, ())))]
    for part, section in zip(volume.parts, parts, strict=True):
        number = Run(str(start + 1), NUMBER_LANGUAGE, link=page_address(start))
        rows.append(replace(part.entry, cells=(*part.entry.cells, Cell(NUMBER_LANGUAGE, (number,)))))
        start += section.count
    return rows


def _contents_theme(theme: Theme) -> Theme:
    """`theme` with entries as large as text, and apart."""
    styles = {
        language: replace(theme.style(RowKind.PARAGRAPH, language), align="left", indent=0.0, after=_ENTRY_AFTER)
        for language in LANGUAGES
    }
    ornaments = replace(theme.ornaments, column_rules=False)
    return replace(theme, styles={**theme.styles, RowKind.INDEX: styles}, ornaments=ornaments)
