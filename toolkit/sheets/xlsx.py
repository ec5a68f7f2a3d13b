"""XLSX tables from outside, read part by part: every cell as it was typed, and what a spreadsheet made of it told.

openpyxl writes our sheets but does not read them: it makes an object for each cell of a merged range, so that a file
of a few hundred bytes (A1:XFD1048576) takes all memory, and it does not tell a typed text from a computed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.safezip import SafeZip, open_zip
from toolkit.sheets.xlsx_cells import CellReader, date_styles, local, rich_text
from toolkit.sheets.xlsx_sheet import LOOK_FOR_HEADER, Worksheet, XlsxTable, relations

_REMEDY = "Save it again as an Excel workbook (.xlsx), without what this message names"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class XlsxBook:
    """A workbook that passed the checks of `open_zip`.  `sheets` are the names of its worksheets in order."""

    package: SafeZip
    sheets: tuple[str, ...]
    hidden: frozenset[str]
    saved_by: str
    saved_at: str
    _parts: Mapping[str, str] = field(repr=False)
    _reader: CellReader = field(repr=False)

    def table(self, sheet: str, columns: Sequence[str]) -> XlsxTable | None:
        """The table on `sheet` whose header has all of `columns`, wherever in the first rows; None where none has.

        Raises `SourceError` naming the cell for a broken sheet, a header that says a name twice, more than 1,000
        columns, or a cell that is too long.
        """
        return Worksheet(self.package, sheet, self._parts[sheet], self._reader).table(columns)


def open_xlsx(path: Path) -> XlsxBook:
    """Open the workbook at `path`.  Raises `SourceError` for what is no XLSX, is locked, or is hostile."""
    package = open_zip(path, what="an Excel workbook", remedy=_REMEDY)
    main = next((target for kind, target in relations(package, "").values() if kind == "officeDocument"), "")
    if main not in package:
        raise package.fault("is not an Excel workbook: it names no main part")
    root = package.read_xml(main)
    if local(root) != "workbook":
        raise package.fault(f"is not an Excel workbook but something else ({local(root)})")
    related = relations(package, main)
    elements = list(root.iter("{*}sheet"))
    parts: dict[str, str] = {}
    for element in elements:
        relation = element.get(_RELATION) or element.get(_STRICT_RELATION) or ""
        kind, target = related.get(relation, ("", ""))
        if kind == "worksheet":
            parts[element.get("name", "")] = target
    by_kind = dict(related.values())
    strings = package.read_xml(by_kind["sharedStrings"]) if by_kind.get("sharedStrings") in package else ()
    styles = package.read_xml(by_kind["styles"]) if by_kind.get("styles") in package else None
    settings = next(root.iter("{*}workbookPr"), None)
    reader = CellReader(
        [rich_text(element) for element in strings if local(element) == "si"],
        date_styles(styles),
        settings is not None and settings.get("date1904") in ("1", "true"),
        package.fault,
    )
    hidden = frozenset(element.get("name", "") for element in elements if element.get("state", "visible") != "visible")
    by, at = _saved(package)
    return XlsxBook(package, tuple(parts), hidden, by, at, parts, reader)


def read_xlsx_table(path: Path, columns: Sequence[str]) -> XlsxTable:
    """The first table in the workbook at `path` that has all of `columns`.

    Raises `SourceError` where no sheet has one, and as `open_xlsx` and `XlsxBook.table` do.
    """
    book = open_xlsx(path)
    tables = (book.table(sheet, columns) for sheet in book.sheets)
    found = next((table for table in tables if table is not None), None)
    if found is None:
        raise SourceError(
            f"has no sheet with the columns {', '.join(columns)} in one of its first {LOOK_FOR_HEADER} rows",
            path=path,
            remedy="Put these names back into the first row of the table",
        )
    return found


def _saved(package: SafeZip) -> tuple[str, str]:
    """Who saved the workbook last, and when (UTC), as docProps/core.xml says; empty where it says nothing."""
    target = next((target for kind, target in relations(package, "").values() if kind == "core-properties"), "")
    if target not in package:
        return "", ""
    texts = {local(element): (element.text or "").strip() for element in package.read_xml(target)}
    return texts.get("lastModifiedBy", ""), texts.get("modified", "")
