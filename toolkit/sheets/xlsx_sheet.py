"""One worksheet as a table: its header wherever it stands, its rows, and what people did to them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from toolkit.errors import SourceError
from toolkit.safezip import SafeZip
from toolkit.sheets.xlsx_cells import CellReader, XlsxCell, local, rich_text

MOST_COLUMNS = 1_000
MOST_MERGED = 10_000
MOST_CHARACTERS = 50_000_000  # of all cells together: one shared string may stand in a million of them
LOOK_FOR_HEADER = 50  # rows from the top: people put titles and logos above a table
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # Excel's own
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class MergedRange:
    """Cells that someone merged: only the first still holds text.  `ref` is its name, “C3:C4”."""

    ref: str
    first_row: int
    last_row: int
    columns: frozenset[str]

    def covers(self, row: int, column: str) -> bool:
        """Whether the cell of the named column in that row is part of it."""
        return self.first_row <= row <= self.last_row and column in self.columns


@dataclass(frozen=True)
class XlsxRow:
    """One row that is not empty: its `number` in the sheet, its cells by column name.

    `beyond` holds, by column letter, the cells of columns that the header does not name.
    """

    number: int
    cells: Mapping[str, XlsxCell]
    hidden: bool = False
    beyond: Mapping[str, XlsxCell] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class XlsxTable:
    """A worksheet read as a table.  Cells of its rows that are no plain text have a `kind` other than TEXT."""

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[XlsxRow, ...]
    merged: tuple[MergedRange, ...] = ()
    hidden_columns: frozenset[str] = frozenset()
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What people wrote in the notes and comments of cells, by row number and column name."""


@dataclass(frozen=True)
class Worksheet:
    """A worksheet part of a package, not yet read."""

    package: SafeZip
    name: str
    part: str
    reader: CellReader

    def table(self, columns: Sequence[str]) -> XlsxTable | None:
        """See `XlsxBook.table`."""
        root = self.package.read_xml(self.part)
        rows = self._rows(root)
        header: dict[int, str] = {}
        header_row = 0
        found: list[XlsxRow] = []
        characters = 0
        for number, hidden, cells in rows:
            if not header:
                if number > LOOK_FOR_HEADER:
                    return None
                names = {column: " ".join(cell.text.split()) for column, cell in cells.items()}
                if set(columns) <= set(names.values()):
                    header, header_row = names, number
                    self._check_header(header, number)
                continue
            characters += sum(len(cell.text) for cell in cells.values())
            if characters > MOST_CHARACTERS:
                raise self._fault(f"holds more than {MOST_CHARACTERS:,} characters")
            named = {header[column]: cell for column, cell in cells.items() if column in header}
            beyond = {get_column_letter(column): cell for column, cell in cells.items() if column not in header}
            if cells:
                found.append(XlsxRow(number, named, hidden, beyond))
        if not header:
            return None
        return XlsxTable(
            self.name,
            tuple(header.values()),
            header_row,
            tuple(found),
            tuple(sorted(self._merged(root, header), key=lambda merged: (merged.first_row, merged.ref))),
            self._hidden_columns(root, header),
            self._notes(header),
        )

    def _fault(self, problem: str) -> SourceError:
        return self.package.fault(f"has a sheet “{self.name[:40]}” that {problem}")

    def _check_header(self, header: Mapping[int, str], row: int) -> None:
        if twice := [name for name, count in Counter(header.values()).items() if count > 1]:
            raise self._fault(f"says {', '.join(twice)} twice in its header, row {row}")

    def _rows(self, root: etree._Element) -> Iterator[tuple[int, bool, dict[int, XlsxCell]]]:
        """Number, hidden or not, and cells by column number, of each row that the sheet writes."""
        seen: set[int] = set()
        number = 0
        data = next((child for child in root if local(child) == "sheetData"), ())
        for element in data:
            written = element.get("r", str(number + 1))
            number = int(written) if written.isdecimal() and len(written) < 9 else 0
            if not 0 < number <= _LAST_ROW or number in seen:
                raise self._fault(f"has no row “{written[:20]}”, or has it twice")
            seen.add(number)
            yield number, element.get("hidden") in ("1", "true"), self._cells(element, number)

    def _cells(self, row: etree._Element, number: int) -> dict[int, XlsxCell]:
        cells: dict[int, XlsxCell] = {}
        column = 0
        for element in row:
            if local(element) != "c":
                continue
            column = self._column(element.get("r", ""), column + 1, number)
            cell = self.reader.read(element, f"{get_column_letter(column)}{number}")
            if cell is None:
                continue  # Excel writes styled empty cells, sometimes to the last column
            if column > MOST_COLUMNS:
                raise self._fault(f"has more than {MOST_COLUMNS:,} columns (row {number})")
            if column in cells:
                raise self._fault(f"has the cell {cell.place} twice")
            cells[column] = cell
        return cells

    def _column(self, reference: str, following: int, row: int) -> int:
        column = following
        if reference:
            match = _REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != row:
                raise self._fault(f"has a cell “{reference[:20]}” in row {row}")
            column = _number_of(match[1])
        if column > _LAST_COLUMN:
            raise self._fault(f"has more than {_LAST_COLUMN:,} columns (row {row})")
        return column

    def _merged(self, root: etree._Element, header: Mapping[int, str]) -> Iterator[MergedRange]:
        for number, element in enumerate(root.iter("{*}mergeCell")):
            if number == MOST_MERGED:
                raise self._fault(f"has more than {MOST_MERGED:,} merged ranges")
            ref = element.get("ref", "")
            corners = [_REFERENCE.fullmatch(corner) for corner in ref.split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                first, last = _number_of(corners[0][1]), _number_of(corners[1][1])
                names = frozenset(name for column, name in header.items() if first <= column <= last)
                yield MergedRange(ref, int(corners[0][2]), int(corners[1][2]), names)

    def _hidden_columns(self, root: etree._Element, header: Mapping[int, str]) -> frozenset[str]:
        hidden = [
            (int(element.get("min", "0")), int(element.get("max", "0")))
            for element in root.iter("{*}col")
            if element.get("hidden") in ("1", "true") and (element.get("min", "") + element.get("max", "")).isdecimal()
        ]
        return frozenset(
            name for column, name in header.items() if any(first <= column <= last for first, last in hidden)
        )

    def _notes(self, header: Mapping[int, str]) -> dict[tuple[int, str], str]:
        notes: dict[tuple[int, str], str] = {}
        for kind, target in relations(self.package, self.part).values():
            if kind != "comments" or target not in self.package:
                continue
            for element in self.package.read_xml(target).iter("{*}comment"):
                match = _REFERENCE.fullmatch(element.get("ref", ""))
                column = header.get(_number_of(match[1])) if match else None
                text = next((rich_text(child) for child in element if local(child) == "text"), "")
                if match and column and text.strip():
                    notes[int(match[2]), column] = text.strip()
        return notes


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def relations(package: SafeZip, part: str) -> dict[str, tuple[str, str]]:
    """What a part points to inside the package: relation id → kind (last word of its type), part name."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return {}
    return {
        element.get("Id", ""): (
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
        )
        for element in package.read_xml(relations)
        if element.get("TargetMode") != "External"
    }
