"""XLSX sheets for people to fill in: readable in three scripts, hard to break, the same bytes every time.

All cells are text, so that no spreadsheet makes a date of 8-9, a number of 007, or a formula of =.  Protection has no
password: it keeps a slip of the hand from the source, not a person who means it.
"""

from __future__ import annotations

import datetime
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.errors import OutputError
from toolkit.languages import Language
from toolkit.sheets.xlsx_cells import LONGEST_CELL, escaped

_FONTS: dict[Language | None, tuple[str, int, float]] = {
    "zh": ("Microsoft YaHei", 11, 20.0),
    "en": ("Calibri", 11, 15.0),
    "bo": ("Microsoft Himalaya", 18, 24.0),  # on every Windows; its letters are small for their size
    None: ("Calibri", 10, 14.0),
}
"""Font, size, and height of a line in points, by language."""
_RAGGED = 1.15  # lines are not full: words and syllables do not break
_LOCKED_FILL = PatternFill("solid", fgColor="F2F2F2")
_HEADER_FILL = PatternFill("solid", fgColor="DDE6EE")
_EPOCH = datetime.datetime(2000, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_HIGHEST_ROW = 409  # points, Excel's limit
_LONGEST_LIST = 255  # characters a list of choices may have in its place (18.3.1.32, Excel's limit)


@dataclass(frozen=True)
class Column:
    """A column: its `name` in the header, its `width` in characters, the `language` that decides its font.

    Cells of a `locked` column cannot be changed while the sheet is protected; `choices` become a drop-down list.
    """

    name: str
    width: float = 12
    language: Language | None = None
    locked: bool = False
    hidden: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A worksheet to write: a header, then `rows` of texts, as many cells as there are columns.

    `frozen` columns at the left stay in view.  With `protected`, only cells of columns that are not locked can be
    changed, and those of `spare` empty rows below.  A `hidden` sheet is for the program that reads the file back.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    frozen: int = 0
    protected: bool = False
    spare: int = 0
    hidden: bool = False


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of these sheets; the same bytes for the same sheets.

    Raises `OutputError` naming row and column for a text of more than 32,767 characters, which no cell holds, and
    `ValueError` for a list of choices that no drop-down holds.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(sheet, book.create_sheet(sheet.name))
    book.properties.creator = "Bulletin Toolkit"
    book.properties.created = _EPOCH
    stream = io.BytesIO()
    book.save(stream)
    return _dated(stream.getvalue())


def _write(sheet: Sheet, page: Worksheet) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        title = _put(page, 1, number, column.name, Column(column.name, locked=True), sheet)
        title.font = Font(name="Calibri", size=11, bold=True)
        title.fill = _HEADER_FILL
        page.column_dimensions[get_column_letter(number)].width = column.width
        page.column_dimensions[get_column_letter(number)].hidden = column.hidden
    for number, texts in enumerate(sheet.rows, start=2):
        for place, (column, text) in enumerate(zip(sheet.columns, texts, strict=True), start=1):
            _put(page, number, place, text, column, sheet)
        page.row_dimensions[number].height = _height(sheet.columns, texts)
    last = len(sheet.rows) + 1
    for number in range(last + 1, last + sheet.spare + 1):
        for place, column in enumerate(sheet.columns, start=1):
            _put(page, number, place, "", Column(column.name, language=column.language), sheet)
    _offer_choices(sheet, page, last + sheet.spare)
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    if sheet.hidden:
        page.sheet_state = "hidden"
        return
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    if sheet.protected:
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False
        page.protection.autoFilter = page.protection.sort = False  # False: not forbidden


def _height(columns: Sequence[Column], texts: Sequence[str]) -> float:
    """Points that the row needs, guessed: LibreOffice does not fit rows to their text by itself."""
    shown = ((column, text) for column, text in zip(columns, texts, strict=True) if not column.hidden)
    heights = (_FONTS[column.language][2] * _lines(text, column.width) for column, text in shown)
    return min(max(heights), _HIGHEST_ROW)


def _lines(text: str, width: float) -> int:
    """Lines of a cell `width` characters wide; a Han character takes two, a sign over or under a letter none."""
    total = 0
    for line in text.split("\n"):
        taken = sum(
            2 if unicodedata.east_asian_width(character) in "WF" else unicodedata.category(character) != "Mn"
            for character in line
        )
        total += max(1, math.ceil(taken * _RAGGED / width))
    return total


def _put(page: Worksheet, row: int, place: int, text: str, column: Column, sheet: Sheet) -> Cell:
    cell = page.cell(row, place)
    assert isinstance(cell, Cell)  # a new sheet has no merged cells
    written = escaped(text)
    if len(written) > LONGEST_CELL:
        raise OutputError(
            f"row {row} has {len(text):,} characters under “{column.name}”, more than the {LONGEST_CELL:,} "
            "that a cell of a spreadsheet holds",
            path=f"sheet {sheet.name}",
            remedy="Export it in another format",
        )
    if written:
        cell.value = written
        cell.data_type = "s"  # or openpyxl makes formulas of what starts with =, and errors of #N/A
    name, size, _ = _FONTS[column.language]
    cell.font = Font(name=name, size=size)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"
    cell.protection = Protection(locked=column.locked)
    if column.locked and sheet.protected:
        cell.fill = _LOCKED_FILL
    return cell


def _offer_choices(sheet: Sheet, page: Worksheet, last: int) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        if not column.choices:
            continue
        listed = ",".join(column.choices)
        if len(listed) > _LONGEST_LIST or any(set(',"') & set(choice) for choice in column.choices):
            raise ValueError(f"choices that no drop-down holds: {listed}")
        letter = get_column_letter(number)
        offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        offer.errorTitle, offer.error = column.name, f"Choose one of: {listed.replace(',', ', ')}"
        offer.add(f"{letter}2:{letter}{max(last, 2)}")
        page.add_data_validation(offer)


def _dated(data: bytes) -> bytes:
    """The package with no time of today in it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as mended,
    ):
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + _EPOCH.isoformat().encode() + b"Z", part)
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            mended.writestr(entry, part)
    return stream.getvalue()
