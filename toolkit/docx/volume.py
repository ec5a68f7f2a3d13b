"""A volume as one DOCX: cover, contents, the parts each on a new page, the term index.

Page numbers of the contents and of the index are `PAGEREF` fields, which lead to their pages (see `index`).  There is
no record of whose text each cell holds: corrections go into the bulletins, not into what is bound of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.bulletin.volume import NUMBER_LANGUAGE, Part, Volume, contents_edition
from toolkit.docx.between import Surround
from toolkit.docx.document import add_fonts
from toolkit.docx.embedding import with_marks_apart
from toolkit.docx.faces import slots_of
from toolkit.docx.index import depths_of, index_rows
from toolkit.docx.looks import languages_of, look_of
from toolkit.docx.markup import Element, R, printable, twips, w
from toolkit.docx.package import WordPackage
from toolkit.docx.page import footer, header, section
from toolkit.docx.runs import PAGES_STYLE, run_elements
from toolkit.docx.settings import application_properties, core_properties, settings
from toolkit.docx.story import Story
from toolkit.docx.styles import style_sheet
from toolkit.docx.table import SPACER_STYLE, columns_of, level_row, level_rows, spacer, table
from toolkit.fonts import FontSet

_FRONT_PAGES = 2  # cover and contents, as the numbers are reckoned until a program counts them
_ENTRY = Surround(top=7.0)
_COVER_DROP = 0.2  # of the page's height: how far down the cover's text begins


def typeset_volume_docx(volume: Volume, fonts: FontSet) -> bytes:
    """`volume` as a DOCX: the same bytes for the same input, everywhere."""
    front, whole = volume.front, volume.whole
    package = WordPackage(core_properties(front), application_properties())
    package.add("styles")[0].fill(style_sheet(languages_of(whole), fonts, front.edition.theme))
    fonts = with_marks_apart(whole, fonts)
    embedded = add_fonts(package, whole, fonts)
    package.add("settings")[0].fill(settings(embeds_fonts=embedded))
    running = list(_add_running_matter(package, front, fonts))
    story = Story(front, fonts, package)
    depths = _depths(volume)
    cover = list(_cover(front, story))
    parts = [element for part in volume.parts for element in _part(part.bulletin, story)]
    contents = list(_contents(volume, story, depths))  # the bookmarks that they lead to are there now
    index = list(_index(front, story, depths))
    page = section(front.edition, running)
    page.append(w("titlePg"))
    package.document.fill(w("document", w("body", *cover, *contents, *parts, *index, page)))
    if len(story.comments.root):
        package.add("comments")[0].fill(story.comments.root)
    return package.zipped()


def _add_running_matter(package: WordPackage, front: Bulletin, fonts: FontSet) -> Iterator[Element]:
    """Header and footer; yields the section's references to them.  The cover has the stamp and no foot."""
    for name, root, content, types in (
        ("header", "hdr", header(front, fonts), ("default", "first")),
        ("footer", "ftr", footer(front, fonts), ("default",)),
    ):
        if content:
            part, relation = package.add(name)
            part.fill(w(root, *content))
            for kind in types:
                reference = w(f"{name}Reference", type=kind)
                reference.set(f"{{{R}}}id", relation)
                yield reference


def _cover(front: Bulletin, story: Story) -> Iterator[Element]:
    columns = columns_of(front.edition)
    yield spacer(before=front.edition.page_height * _COVER_DROP)
    yield table(columns.widths, level_rows(front.head_rows, columns, story), caption=printable(front.title))


def _part(bulletin: Bulletin, story: Story) -> Iterator[Element]:
    """Head, text and tail of a part on a new page, in tables of their own."""
    yield _new_page()
    columns = columns_of(bulletin.edition)
    for rows in (bulletin.head_rows, bulletin.text_rows, bulletin.tail_rows):
        if rows:
            caption = printable(bulletin.title) if rows is bulletin.text_rows else ""
            yield table(columns.widths, level_rows(rows, columns, story), caption=caption)
            yield spacer()


def _contents(volume: Volume, story: Story, depths: dict[str, float]) -> Iterator[Element]:
    columns = columns_of(contents_edition(volume.front.edition))
    head = replace(volume.contents_head, cells=(*volume.contents_head.cells, Cell(NUMBER_LANGUAGE, ())))
    rows = [level_row(head, columns, story, Surround())]
    for part in volume.parts:
        row = replace(part.entry, cells=(*part.entry.cells, Cell(NUMBER_LANGUAGE, ())))
        tails: list[list[Element]] = [[] for _ in row.cells]
        tails[-1] = _page_number(part, row, story, depths)
        rows.append(level_row(row, columns, story, _ENTRY, tails))
    yield _new_page()
    yield table(columns.widths, rows)
    yield spacer()


def _page_number(part: Part, row: Row, story: Story, depths: dict[str, float]) -> list[Element]:
    """A field that leads to where the part begins."""
    texts = ((run.segment, cell.language) for one in _rows(part.bulletin) for cell in one.cells for run in cell.runs)
    for segment, language in texts:
        bookmark = story.identity.place_of(segment, language) if segment else ""
        if bookmark:
            look = look_of(row, NUMBER_LANGUAGE, story.theme)
            shown = str(1 + int(depths.get(segment, 0.0)))
            slots = slots_of(look, story.fonts)
            runs = run_elements(Run(shown, NUMBER_LANGUAGE), look, slots, story.fonts, style=PAGES_STYLE)
            return [w("fldSimple", *runs, instr=f" PAGEREF {bookmark} \\h ")]
    return []


def _rows(bulletin: Bulletin) -> Iterator[Row]:
    """The title first: it begins a part, whatever slogans stand over it."""
    yield from (row for row in bulletin.head_rows if row.kind is RowKind.TITLE)
    yield from (*bulletin.head_rows, *bulletin.rows)


def _index(front: Bulletin, story: Story, depths: dict[str, float]) -> Iterator[Element]:
    if front.index:
        columns = columns_of(front.edition)
        yield _new_page()
        yield table(columns.widths, index_rows(front, columns, story, depths))
        yield spacer()


def _depths(volume: Volume) -> dict[str, float]:
    """How many pages stand before each segment of the volume, reckoned from the lengths of the texts."""
    found: dict[str, float] = {}
    reached = _FRONT_PAGES
    for part in volume.parts:
        own = depths_of(part.bulletin)
        found |= {segment: reached + depth for segment, depth in own.items()}
        reached += math.floor(max(own.values(), default=0.0)) + 1
    return found


def _new_page() -> Element:
    """A spacer with which a page begins."""
    properties = w("pPr", w("pStyle", val=SPACER_STYLE), w("pageBreakBefore"), w("spacing", before=twips(0.0)))
    return w("p", properties)
