"""Terms as tables that people open in a spreadsheet: CSV and XLSX.

Both have the columns of a glossary, then by and date, then the file each term came from.  In XLSX every cell is text; a
CSV cannot say so, and a spreadsheet that saves one makes 7 of a cell that is 007.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.glossary.exchange.incoming import FILE, Collector, Incoming, file_of
from toolkit.glossary.store import COLUMNS, SIGNED, VARIANT_COLUMNS, cells_of
from toolkit.glossary.term import Status, Term
from toolkit.languages import LANGUAGES, Language
from toolkit.sheets.csv_table import CsvRow, CsvTable, csv_table_bytes, read_csv_table
from toolkit.sheets.xlsx import read_xlsx_table
from toolkit.sheets.xlsx_cells import CellKind
from toolkit.sheets.xlsx_sheet import XlsxRow, XlsxTable
from toolkit.sheets.xlsx_write import Column, Sheet, xlsx_bytes

_ALL = (*COLUMNS, *SIGNED, FILE)
_NEEDED = ("zh",)
_WIDTHS = {"zh": 24.0, "en": 40.0, "bo": 44.0, "note": 50.0, "source": 40.0, "domain": 12.0, "status": 12.0}
_VARIANT_WIDTH = 36.0
_LOCKED = ("zh", FILE)
_SPARE_ROWS = 50  # for terms that a reader of the sheet adds
_SUSPECT = {
    CellKind.FORMULA: "holds a formula",
    CellKind.ERROR: "holds an error of the spreadsheet",
    CellKind.BOOLEAN: "was made a yes or no by the spreadsheet",
    CellKind.DATE: "was made a date by the spreadsheet",
}


def csv_bytes(terms: Sequence[Term]) -> bytes:
    """The terms as one CSV file for a spreadsheet."""
    return csv_table_bytes(CsvTable(_ALL, tuple(CsvRow({**cells_of(term), FILE: file_of(term)}) for term in terms)))


def read_csv(path: Path) -> Incoming:
    """The terms of a CSV file with a header; only the column zh must be there.

    Raises `SourceError` naming the line, as `read_csv_table` does.
    """
    table = read_csv_table(path, columns=_NEEDED, ragged=True, error=SourceError)
    collector = Collector(path)
    for row in table.rows:
        _add(row.cells, row.line, collector)
    return _incoming(table.header, collector)


def terms_sheet_bytes(terms: Sequence[Term]) -> bytes:
    """The terms as an XLSX workbook: frozen header, a drop-down for the status, Chinese and file protected."""
    columns = tuple(
        Column(
            name,
            width=_VARIANT_WIDTH if name in VARIANT_COLUMNS else _WIDTHS.get(name, 14.0),
            language=_language(name),
            locked=name in _LOCKED,
            choices=tuple(Status) if name == "status" else (),
        )
        for name in _ALL
    )
    rows = [[({**cells_of(term), FILE: file_of(term)})[name] for name in _ALL] for term in terms]
    return xlsx_bytes([Sheet("terms", columns, rows, frozen=1, protected=True, spare=_SPARE_ROWS)])


def read_xlsx(path: Path) -> Incoming:
    """The terms of the first sheet that has a column zh.

    A row is left out, and told, when one of its cells is a formula, an error or something else that nobody typed, or
    is merged with cells of another row.  Raises `SourceError` for a file that is no sound workbook.
    """
    table = read_xlsx_table(path, _NEEDED)
    collector = Collector(path)
    for row in table.rows:
        if problem := _problem(row, table):
            collector.leave_out(row.number, problem)
        else:
            _add({name: row[name] for name in row.cells}, row.number, collector)
    return _incoming(table.header, collector)


def _problem(row: XlsxRow, table: XlsxTable) -> str:
    for merged in table.merged:
        if merged.first_row != merged.last_row and any(merged.covers(row.number, name) for name in _ALL):
            return f"cells {merged.ref} are merged, so it is not clear which term they belong to"
    for name, cell in row.cells.items():
        if name in _ALL and cell.kind in _SUSPECT and not (cell.kind is CellKind.DATE and name == "date"):
            return f"cell {cell.place} {_SUSPECT[cell.kind]}: {cell.text[:60]}"
    return ""


def _add(cells: Mapping[str, str], line: int, collector: Collector) -> None:
    known = {name: text for name, text in cells.items() if name in _ALL}
    known["status"] = known.get("status", "").strip().lower() or Status.PROPOSED
    if any(text.strip() for name, text in known.items() if name != "status"):
        collector.add_cells(known, line, known.get(FILE, "").strip())


def _incoming(header: Sequence[str], collector: Collector) -> Incoming:
    for name in header:
        if name not in _ALL:
            collector.count(f"column {name}", 1)
    return collector.incoming([name for name in header if name in _ALL], exact=True)


def _language(column: str) -> Language | None:
    return next((language for language in LANGUAGES if column.split("_")[0] == language), None)
