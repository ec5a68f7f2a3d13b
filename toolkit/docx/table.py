"""Rows that stay level across languages: tables of fixed width, one column per language."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Cell, Edition, Row, RowKind
from toolkit.bulletin.theme import Theme
from toolkit.docx.identity import Identity
from toolkit.docx.looks import Extra, Look, look_of
from toolkit.docx.markup import Element, nearest, twips, w
from toolkit.docx.runs import paragraph
from toolkit.fonts import FontSet

TABLE_STYLE = "BulletinColumns"
_WHOLE = (RowKind.COLUMN_HEAD, RowKind.HEADING, RowKind.CAPTION)
"""Kinds that never split across pages; all other rows may."""
_AIR = {"top": twips(2.0), "left": 0, "bottom": twips(2.0), "right": 0}


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
    """The edition's columns: what gutters leave is shared out by its relative widths, and no twip gets lost."""
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


def table(columns: Columns, rows: Iterable[Element], *, caption: str = "", borders: Element | None = None) -> Element:
    """A table of finished rows; `caption` is what a screen reader says of it."""
    properties = w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLE),
        w("tblW", w=columns.total, type="dxa"),
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
    grid = w("tblGrid", *(w("gridCol", w=width) for width in columns.widths))
    return w("tbl", properties, grid, *rows)


def level_row(row: Row, columns: Columns, fonts: FontSet, identity: Identity, theme: Theme) -> Element:
    """`row` as a table row, entered in `identity`; the column head is repeated on every page."""
    head = row.kind is RowKind.COLUMN_HEAD
    properties = w(
        "trPr",
        w("cantSplit") if row.kind in _WHOLE else None,
        w("tblHeader") if head else None,
    )
    identity.open_row(row)
    cells = [_paragraphs(row, cell, fonts, identity, theme) for cell in row.cells]
    return w(
        "tr",
        properties,
        *(cell_element(columns, *each, ruled=theme.palette.rule if head else "") for each in enumerate(cells)),
    )


def cell_element(
    columns: Columns, index: int, content: Sequence[Element], *, ruled: str = "", centred: bool = False
) -> Element:
    """The cell in column `index`; `ruled` is the colour of a line under it, `centred` sets its text at half height."""
    left, right = columns.margins(index)
    properties = w(
        "tcPr",
        w("tcW", w=columns.widths[index], type="dxa"),
        w("tcBorders", w("bottom", val="single", sz=4, space=0, color=ruled)) if ruled else None,
        w("tcMar", w("left", w=left, type="dxa"), w("right", w=right, type="dxa")),
        w("vAlign", val="center") if centred else None,
    )
    return w("tc", properties, *content)


def _paragraphs(row: Row, cell: Cell, fonts: FontSet, identity: Identity, theme: Theme) -> list[Element]:
    """The cell's text, and its notes in small under it."""
    look = look_of(row, cell.language, theme)
    kept = look.text_style.keep_with_next
    identity.open_cell(cell)
    text = paragraph(look, cell.runs, fonts, enter=functools.partial(identity.around, cell))
    notes = [
        paragraph(Look(Extra.NOTE, note[0].language, theme), note, fonts, keep_with_next=kept)
        for note in cell.notes
        if note
    ]
    identity.enter_notes(notes)
    return [text, *notes]


def table_style() -> Element:
    """The named style of all tables: no rules, a little air above each row."""
    return w(
        "style",
        w("name", val="Bulletin Columns"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=1),
        w("qFormat"),
        w(
            "tblPr",
            w("tblCellMar", *(w(side, w=space, type="dxa") for side, space in _AIR.items())),
        ),
        type="table",
        customStyle=True,
        styleId=TABLE_STYLE,
    )
