"""CSV tables that people keep: good in Excel, and in a diff.

A row that nobody changed is written back byte for byte, with its own quotes and line end; so one changed row is one
changed line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import BulletinError, SettingsError
from toolkit.sheets.formulas import bare, guarded

MOST_COLUMNS = 1_000
MOST_BYTES = 64_000_000
LONGEST_CELL = 131_072  # what Python's csv takes without a setting for the whole process; Excel's own limit is 32,767
_DELIMITERS = ",;\t"  # spreadsheets of many countries write semicolons, Excel's “Unicode text” tabs
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\s*")  # a first line that Excel understands
_EXCEL_NEWLINE = "\r\n"
_SAVE_AS_UTF8 = "Save it as “CSV UTF-8” from the spreadsheet"


@dataclass(frozen=True)
class CsvRow:
    """One row: its `cells` by column name, exactly as typed but without formula guards, and the line it starts on.

    `raw` is the text it was read from, empty once a cell changed; `blank` the empty lines before it.
    """

    cells: Mapping[str, str]
    line: int = 0
    raw: str = ""
    blank: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def with_cells(self, **changes: str) -> CsvRow:
        """This row with other words in some columns; the same row, raw text and all, when nothing differs."""
        if all(self[column] == text for column, text in changes.items()):
            return self
        return replace(self, cells={**self.cells, **changes}, raw="")


@dataclass(frozen=True)
class CsvTable:
    """A table as read.  `header` holds the names of its columns; `raw_header` the header's text, empty once changed.

    `width` counts the columns with those at the right that have no name and no text; `tail` is the text of empty rows
    at the end.
    """

    header: tuple[str, ...]
    rows: tuple[CsvRow, ...] = ()
    delimiter: str = ","
    newline: str = _EXCEL_NEWLINE
    width: int = 0
    raw_header: str = ""
    tail: str = ""

    def with_columns(self, columns: Sequence[str]) -> CsvTable:
        """This table with those of `columns` that it lacked at its right, empty in every row."""
        added = tuple(column for column in columns if column not in self.header)
        if not added:
            return self
        rows = tuple(replace(row, raw="") for row in self.rows)
        return replace(self, header=self.header + added, rows=rows, width=0, raw_header="")


def read_csv_table(
    path: Path, *, columns: Sequence[str] = (), ragged: bool = False, error: type[BulletinError] = SettingsError
) -> CsvTable:
    """The table in the CSV file at `path`; its first row that is not empty names the columns.

    Separated by comma, semicolon or tab, with any line ends; UTF-8 with or without a byte-order mark, or UTF-16 with
    one.  Empty rows are passed over (and kept on writing).  Every row has a cell, empty perhaps, for each column.
    `ragged` lets a row stop before the last column, or go on with empty cells after it.

    Raises `error` naming file and line for a file that cannot be read or is in another encoding, for NUL, open quotes,
    a header that lacks one of `columns` or says a name twice, a row of the wrong length, a cell under no name, more
    than 1,000 columns, and a cell of more than 131,072 characters.
    """
    lines = list(io.StringIO(_decoded(path, error), newline=""))
    start = 1 if lines and _SEPARATOR_LINE.fullmatch(lines[0]) else 0
    delimiter = lines[0][4] if start else _sniffed(lines, columns)
    header: list[str] = []
    rows: list[CsvRow] = []
    raw_header, blank, newline = "".join(lines[:start]), "", _EXCEL_NEWLINE
    for cells, line, raw in _records(lines, start, delimiter, path, error):
        if not any(cell.strip() for cell in cells):
            blank += raw
        elif not header:
            header = _checked_header(cells, columns, path, line, error)
            raw_header += blank + raw
            newline = raw[len(raw.rstrip("\r\n")) :] or newline
            blank = ""
        else:
            _check_length(cells, header, path, line, ragged=ragged, error=error)
            texts = (*map(bare, cells), *("" for _ in header[len(cells) :]))
            named = {name: text for name, text in zip(header, texts, strict=False) if name}
            rows.append(CsvRow(named, line, raw, blank))
            blank = ""
    if not header:
        _checked_header([], columns, path, 1, error)
    return CsvTable(tuple(filter(None, header)), tuple(rows), delimiter, newline, len(header), raw_header, blank)


def csv_table_bytes(table: CsvTable) -> bytes:
    """The table as a file: UTF-8 with the byte-order mark that Excel needs, formulas guarded, quotes where needed."""
    pieces = [table.raw_header or _record(table.header, table)]
    for row in table.rows:
        pieces += [row.blank, row.raw or _record([guarded(row[name]) for name in table.header], table)]
    pieces.append(table.tail)
    whole = (piece if piece.endswith(("\n", "\r")) else piece + table.newline for piece in pieces if piece)
    return "".join(whole).encode("utf-8-sig")


def _record(cells: Sequence[str], table: CsvTable) -> str:
    stream = io.StringIO(newline="")
    padding = [""] * (table.width - len(cells))
    csv.writer(stream, delimiter=table.delimiter, lineterminator=table.newline).writerow([*cells, *padding])
    return stream.getvalue()


def _records(
    lines: Sequence[str], start: int, delimiter: str, path: Path, error: type[BulletinError]
) -> Iterator[tuple[list[str], int, str]]:
    """The cells of each row, the number of its first line, and the text they were read from."""
    reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
    before = 0
    while True:
        line = start + before + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            if "field larger" in str(fault):
                problem = f"a cell has more than {LONGEST_CELL:,} characters, or a quote is never closed"
            else:
                problem = f"is not valid CSV ({fault})"
            raise error(problem, path=path, line=line, remedy="Mend the quotes in this row") from fault
        yield cells, line, "".join(lines[start + before : start + reader.line_num])
        before = reader.line_num


def _sniffed(lines: Sequence[str], columns: Sequence[str]) -> str:
    """The delimiter under which the first row has most of the columns asked for, or else most cells."""
    first = next((line for line in lines if line.strip()), "")

    def fitness(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip() for cell in first.rstrip("\r\n").split(delimiter)]
        return len({cell.strip('"') for cell in cells} & set(columns)), len(cells)

    return max(_DELIMITERS, key=fitness)


def _checked_header(
    cells: Sequence[str], columns: Sequence[str], path: Path, line: int, error: type[BulletinError]
) -> list[str]:
    header = [cell.strip() for cell in cells]
    if len(header) > MOST_COLUMNS:
        raise error(
            f"has {len(header):,} columns, more than {MOST_COLUMNS:,}",
            path=path,
            line=line,
            remedy="Delete the columns that are not needed",
        )
    if missing := [column for column in columns if column not in header]:
        raise error(
            f"the header lacks the column {', '.join(missing)}",
            path=path,
            line=line,
            remedy=f"The columns are {','.join(columns)}",
        )
    if twice := [name for name, count in Counter(filter(None, header)).items() if count > 1]:
        raise error(
            f"the header says {', '.join(twice)} twice", path=path, line=line, remedy="Rename or delete one of the two"
        )
    while header and not header[-1]:
        header.pop()
    if "" in header:
        raise error(
            f"column {header.index('') + 1} has no name", path=path, line=line, remedy="Name it in the first row"
        )
    return [*header, *("" for _ in cells[len(header) :])]


def _check_length(
    cells: Sequence[str], header: Sequence[str], path: Path, line: int, *, ragged: bool, error: type[BulletinError]
) -> None:
    beyond = any(cell.strip() for cell in cells[len(header) :])
    if beyond or (len(cells) != len(header) and not ragged):
        raise error(
            f"the row has {len(cells)} cells where the header has {len(header)}",
            path=path,
            line=line,
            remedy="Add or remove the comma, or put a cell that holds commas in quotes",
        )
    if nameless := [cell for name, cell in zip(header, cells, strict=False) if cell.strip() and not name]:
        raise error(
            f"“{nameless[0][:40]}” stands in a column without a name",
            path=path,
            line=line,
            remedy="Name the column in the first row, or delete it",
        )


def _decoded(path: Path, error: type[BulletinError]) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise error(f"is larger than {MOST_BYTES // 1_000_000} MB", path=path, remedy="Split it into several files")
        data = path.read_bytes()
    except OSError as fault:
        raise error(f"could not be read ({fault.strerror})", path=path, remedy=_SAVE_AS_UTF8) from fault
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _other_encoding(path, data, fault, error) from fault
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise error("holds a NUL: it is not CSV, or damaged", path=path, line=line, remedy=_SAVE_AS_UTF8)
    return text


def _other_encoding(path: Path, data: bytes, fault: UnicodeDecodeError, error: type[BulletinError]) -> BulletinError:
    line = data[: fault.start].count(b"\n") + 1
    if fault.encoding.startswith("utf-16"):
        return error("is damaged UTF-16 text", path=path, line=line, remedy=_SAVE_AS_UTF8)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return error("is not UTF-8 text", path=path, line=line, remedy=_SAVE_AS_UTF8)
    return error("could not be read as UTF-8; it reads as GBK", path=path, line=line, remedy=_SAVE_AS_UTF8)
