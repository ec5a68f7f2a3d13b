"""Rows that stay level across languages: tables of fixed width, one column per language."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.model import Cell, Edition, Picture, Row, RowKind, Run
from toolkit.docx.between import PLAIN, STAR, Border, Surround, ends_masthead, surrounds
from toolkit.docx.looks import Extra, Look, label_of, look_of
from toolkit.docx.markup import Element, nearest, twips, w
from toolkit.docx.runs import paragraph
from toolkit.docx.story import Story

TABLE_STYLE = "BulletinColumns"
SPACER_STYLE = "BulletinSpacer"
PICTURE_STYLE = "BulletinPicture"
_WHOLE = (
    *(RowKind.MASTHEAD, RowKind.ISSUE, RowKind.BYLINE, RowKind.NOTICE),
    *(RowKind.COLUMN_HEAD, RowKind.HEADING, RowKind.CAPTION, RowKind.INDEX),
)
"""Kinds that never split across pages; all other rows may, if the edition lets them."""
_STAR_ROOM = 30.0  # pt that the rule leaves free for it


@dataclass(frozen=True)
class Columns:
    """Widths of the table's columns in twips, half a gutter inside each cell wherever it has a neighbour."""

    widths: tuple[int, ...]
    half_gutter: int

    @property
    def total(self) -> int:
        """Width of the table: exactly that of the text area."""
        return sum(self.widths)

    def margins(self, index: int) -> tuple[int, int]:
        """Left and right margin of the cells in column `index`: none at the table's own edges."""
        last = len(self.widths) - 1
        return (self.half_gutter if index > 0 else 0, self.half_gutter if index < last else 0)


def columns_of(edition: Edition) -> Columns:
    """The edition's columns: what gutters leave is shared out by its relative widths, and no twip gets lost.

    Columns of a facing edition stand side by side here: Word has no pages that stay level with each other.
    """
    area = twips(edition.page_width - edition.margin_left - edition.margin_right)
    gutter = twips(edition.gutter)
    text = area - gutter * (len(edition.columns) - 1)
    share = sum(edition.widths)
    edges = [0]
    for index in range(1, len(edition.columns)):
        edges.append(nearest(text * sum(edition.widths[:index]) / share) + gutter * index - gutter // 2)
    edges.append(area)
    widths = tuple(right - left for left, right in itertools.pairwise(edges))
    return Columns(widths, gutter // 2)


def table(
    widths: Sequence[int], rows: Iterable[Element], *, caption: str = "", borders: Element | None = None
) -> Element:
    """A table of finished rows, columns as wide as `widths` in twips; `caption` is what a screen reader says of it."""
    properties = w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLE),
        w("tblW", w=sum(widths), type="dxa"),
        borders,
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0620",
            firstRow=True,
            lastRow=False,
            firstColumn=False,
            lastColumn=False,
            noHBand=True,
            noVBand=True,
        ),
        w("tblCaption", val=caption) if caption else None,
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, grid, *rows)


def spacer(*, before: float = 0.0) -> Element:
    """A paragraph of almost no height, `before` pt over it: Word joins two tables that nothing parts."""
    return w("p", w("pPr", w("pStyle", val=SPACER_STYLE), w("spacing", before=twips(before)) if before else None))


def level_rows(rows: Sequence[Row], columns: Columns, story: Story) -> Iterator[Element]:
    """`rows` as rows of one table, entered in the record; the column head is repeated on every page."""
    for row, below, around in zip(rows, [*rows[1:], None], surrounds(rows, story.edition), strict=True):
        if row.picture is not None:
            yield _picture_row(row.picture, columns, story, top=around.top)
            around = replace(around, top=0.0, over=None)
            if not any(cell.runs or cell.notes for cell in row.cells):
                continue
        yield level_row(row, columns, story, around)
        if ends_masthead(row, below) and story.theme.ornaments.masthead_rule == "star":
            yield _star_row(columns, story)


def level_row(
    row: Row, columns: Columns, story: Story, around: Surround, tails: Sequence[Sequence[Element]] = ()
) -> Element:
    """One row, `tails` behind the text of its cells."""
    splits = story.edition.splits_rows and row.kind not in _WHOLE
    properties = w(
        "trPr",
        None if splits else w("cantSplit"),
        w("tblHeader") if row.kind is RowKind.COLUMN_HEAD else None,
    )
    story.identity.open_row(row)
    cells = [_paragraphs(row, cell, story, tails[index] if tails else ()) for index, cell in enumerate(row.cells)]
    return w("tr", properties, *(cell_element(columns, *each, around=around) for each in enumerate(cells)))


def cell_element(
    columns: Columns,
    index: int,
    content: Sequence[Element],
    *,
    around: Surround = PLAIN,
    centred: bool = False,
) -> Element:
    """The cell in column `index`; `centred` sets its text at half height."""
    left, right = columns.margins(index)
    has_neighbour = index < len(columns.widths) - 1
    properties = w(
        "tcPr",
        w("tcW", w=columns.widths[index], type="dxa"),
        _borders(top=around.over, bottom=around.under, right=around.between if has_neighbour else None),
        _margins(around.top, left, around.bottom, right),
        w("vAlign", val="center") if centred else None,
    )
    return w("tc", properties, *content)


def whole_row(columns: Columns, content: Sequence[Element], top: float, *, kept: bool) -> Element:
    """A row of one cell over all columns."""
    span = w("gridSpan", val=len(columns.widths)) if len(columns.widths) > 1 else None
    properties = w("tcPr", w("tcW", w=columns.total, type="dxa"), span, _margins(top, 0, 0.0, 0))
    return w("tr", w("trPr", w("cantSplit") if kept else None), w("tc", properties, *content))


def _picture_row(picture: Picture, columns: Columns, story: Story, top: float) -> Element:
    run = story.picture(picture)
    return whole_row(columns, [w("p", w("pPr", w("pStyle", val=PICTURE_STYLE)), run)], top, kept=True)


def _star_row(columns: Columns, story: Story) -> Element:
    """A rule parted by a star: a table in the cell, whose outer cells carry the rule at half the star's height."""
    rule = Border("single", story.theme.ornaments.masthead_thickness, story.theme.palette.accent)
    room = twips(_STAR_ROOM)
    left = (columns.total - room) // 2
    widths = (left, room, columns.total - room - left)
    line = w("spacing", line=twips(STAR), lineRule="exact")
    star = w("p", w("pPr", w("pStyle", val=PICTURE_STYLE), line), story.star(STAR))

    def cell(width: int, content: Element, merge: Element | None, under: Border | None) -> Element:
        borders = _borders(bottom=under)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), merge, borders, _margins(0.0, 0, 0.0, 0)), content)

    upper = [
        cell(widths[0], spacer(), None, rule),
        cell(widths[1], star, w("vMerge", val="restart"), None),
        cell(widths[2], spacer(), None, rule),
    ]
    lower = [
        cell(widths[0], spacer(), None, None),
        cell(widths[1], spacer(), w("vMerge"), None),
        cell(widths[2], spacer(), None, None),
    ]
    ruled = table(widths, [w("tr", _of_height(STAR / 2), *cells) for cells in (upper, lower)])
    return whole_row(columns, [ruled, spacer()], 0.0, kept=True)


def _of_height(height: float) -> Element:
    return w("trPr", w("trHeight", val=twips(height), hRule="exact"))


def _borders(**sides: Border | None) -> Element | None:
    """`w:tcBorders` in the schema's order: top, left, bottom, right."""
    lines = [
        w(side, val=line.kind, sz=line.eighths, space=0, color=line.color)
        for side in ("top", "left", "bottom", "right")
        if (line := sides.get(side)) is not None
    ]
    return w("tcBorders", *lines) if lines else None


def _margins(top: float, left: int, bottom: float, right: int) -> Element:
    values = {"top": twips(top), "left": left, "bottom": twips(bottom), "right": right}
    return w("tcMar", *(w(side, w=value, type="dxa") for side, value in values.items()))


def _paragraphs(row: Row, cell: Cell, story: Story, tail: Sequence[Element]) -> list[Element]:
    """The cell's text, and its notes in small under it."""
    look = look_of(row, cell.language, story.theme)
    kept = look.text_style.keep_with_next
    story.identity.open_cell(cell)
    text = paragraph(
        look,
        _labelled(cell) if look.role is Extra.ITEM and label_of(cell) else cell.runs,
        story.fonts,
        enter=functools.partial(story.enter, cell),
        link=story.link,
        fields=[*story.comments_on_none(cell), *tail],
    )
    notes = [
        paragraph(
            Look(Extra.NOTE, note[0].language, story.theme), note, story.fonts, keep_with_next=kept, link=story.link
        )
        for note in cell.notes
        if note
    ]
    story.identity.enter_notes(notes)
    return [text, *notes]


def _labelled(cell: Cell) -> tuple[Run, ...]:
    """The runs of a list item, a tab behind its bullet: it leads to where the text hangs."""
    return (replace(cell.runs[0], text=f"{label_of(cell)}\t"), *cell.runs[1:])


def table_style() -> Element:
    """The named style of all tables: no rules, and no margins but those that cells have of their own."""
    sides = ("top", "left", "bottom", "right")
    return w(
        "style",
        w("name", val="Bulletin Columns"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=1),
        w("qFormat"),
        w("tblPr", w("tblCellMar", *(w(side, w=0, type="dxa") for side in sides))),
        type="table",
        customStyle=True,
        styleId=TABLE_STYLE,
    )
