"""A review sheet that came back: what stands in it, whatever spreadsheet saved it.

Rows are known by the hidden segment id, so they may be sorted; columns by their names, so they may be moved and others
put between them.  Where the hidden columns are gone, the Chinese decides which segment a row is.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report.inline import InlineText
from toolkit.review import sheet as made
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.parsing import utc_time
from toolkit.review.structure import gone_or_moved
from toolkit.sheets.xlsx import XlsxBook, open_xlsx
from toolkit.sheets.xlsx_cells import CellKind, XlsxCell
from toolkit.sheets.xlsx_sheet import MergedRange, XlsxRow, XlsxTable
from toolkit.translation.draft import State

_MADE_OF_IT = {
    CellKind.FORMULA: "holds a formula",
    CellKind.ERROR: "holds an error of the spreadsheet",
    CellKind.DATE: "was made a date by the spreadsheet",
    CellKind.NUMBER: "was made a number by the spreadsheet",
    CellKind.BOOLEAN: "was made a truth value by the spreadsheet",
}


def read_sheet(path: Path) -> EditedFile:
    """What the review sheet at `path` says.

    Every row gives an edit in each language, unchanged ones and segments that stand twice too.  Not given, but told as
    troubles, are texts in merged cells, and in cells that are no text: a formula is never computed, and a date or a
    number may not be what was typed.  Columns and sheets that are none of ours are left alone and named.

    Raises `SourceError` for a file that is no review sheet, or a hostile one.
    """
    book = open_xlsx(path)
    table = _review_table(book)
    record = _record(book)
    reading = _Reading(book, table, record)
    edits = tuple(reading.edits())
    reports = dict.fromkeys(filter(None, (*(row[made.REPORT] for row in table.rows), record.report)))
    if len(reports) > 1:
        raise SourceError(
            f"holds rows of several reports: {', '.join(reports)}",
            path=path,
            remedy="Give each report its own file again",
        )
    troubles = (*reading.troubles, *_rows_gone_or_moved(table, record), *_not_ours(book, table))
    return EditedFile(path, "xlsx", next(iter(reports), ""), edits, troubles)


@dataclass(frozen=True)
class _Record:
    """The hidden sheet: all segments in order, and the texts that the sheet was made with."""

    segments: tuple[str, ...] = ()
    texts: Mapping[tuple[str, Language], str] = field(default_factory=dict)
    report: str = ""


def _review_table(book: XlsxBook) -> XlsxTable:
    tables = [book.table(name, [made.SOURCE]) for name in book.sheets if name != made.RECORD_SHEET]
    found = [table for table in tables if table and any(NAMES[language] in table.header for language in TARGETS)]
    if not found:
        raise SourceError(
            f"is no review sheet: no sheet has the columns {made.SOURCE} and "
            f"{' or '.join(NAMES[language] for language in TARGETS)}",
            path=book.package.path,
            remedy="Edit the file that bulletin export made; for a translation of your own: bulletin align",
        )
    if len(found) > 1:
        raise SourceError(
            f"has two review sheets: {' and '.join(f'“{table.sheet}”' for table in found)}",
            path=book.package.path,
            remedy="Delete the one that is not meant",
        )
    return found[0]


def _record(book: XlsxBook) -> _Record:
    table = book.table(made.RECORD_SHEET, [made.SEGMENT]) if made.RECORD_SHEET in book.sheets else None
    if table is None:
        return _Record()
    texts = {
        (row[made.SEGMENT], language): row[made.text_column(language)]
        for row in table.rows
        for language in TARGETS
        if made.text_column(language) in table.header
    }
    report = next((row[made.REPORT] for row in table.rows if row[made.REPORT]), "")
    return _Record(tuple(row[made.SEGMENT] for row in table.rows), texts, report)


class _Reading:
    """Goes through the rows once; `troubles` fill on the way."""

    def __init__(self, book: XlsxBook, table: XlsxTable, record: _Record) -> None:
        self._table = table
        self._record = record
        self._languages = [language for language in TARGETS if NAMES[language] in table.header]
        self._saved_by = book.saved_by
        self._saved_at = utc_time(book.saved_at) if book.saved_by else ""
        self._notes: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for (number, name), text in table.notes.items():
            self._notes[number].append((name, text))
        self.troubles: list[Trouble] = list(self._columns_gone())

    def edits(self) -> Iterator[Edit]:
        merged = self._merged()
        for row in self._table.rows:
            if made.SEGMENT in self._table.header and not row[made.SEGMENT]:
                self._tell_added(row)
                continue
            for language in self._languages:
                if (row.number, language) in merged:
                    continue
                edit = self._edit(row, language)
                if edit is not None:
                    yield edit

    def _columns_gone(self) -> Iterator[Trouble]:
        for language in dict.fromkeys(language for _, language in self._record.texts):
            if language not in self._languages:
                reason = f"The column {NAMES[language]} is gone; nothing was taken from it."
                yield Trouble(TroubleKind.DELETED, reason, language=language)

    def _merged(self) -> set[tuple[int, Language]]:
        """Rows and languages whose text a merge took away or put together with another; each is told."""
        lost: set[tuple[int, Language]] = set()
        rows = {row.number: row for row in self._table.rows}
        numbers = sorted(rows)
        for merged in self._table.merged:
            for language in self._languages:
                if not self._loses_text(merged, NAMES[language]):
                    continue
                start = bisect.bisect_left(numbers, merged.first_row)
                covered = numbers[start : bisect.bisect_right(numbers, merged.last_row)]
                lost |= {(number, language) for number in covered}
                ids = [rows[number][made.SEGMENT] for number in covered]
                reason = (
                    f"The cells {merged.ref} are merged over the {NAMES[language]} of {', '.join(filter(None, ids))}; "
                    "whose text it is cannot be said, and none was taken."
                )
                words = " ".join(filter(None, (rows[number][NAMES[language]] for number in covered)))
                place = f"cells {merged.ref}"
                self.troubles.append(Trouble(TroubleKind.MERGED, reason, next(iter(ids), ""), language, place, words))
        return lost

    def _loses_text(self, merged: MergedRange, column: str) -> bool:
        if column not in merged.columns or merged.last_row <= self._table.header_row:
            return False
        first = next(name for name in self._table.header if name in merged.columns)
        return merged.first_row != merged.last_row or first != column

    def _tell_added(self, row: XlsxRow) -> None:
        words = " | ".join(cell.text for cell in (*row.cells.values(), *row.beyond.values()))
        reason = f"Row {row.number} stands for no segment of the report; it was not taken."
        self.troubles.append(Trouble(TroubleKind.ADDED, reason, place=f"row {row.number}", text=words))

    def _edit(self, row: XlsxRow, language: Language) -> Edit | None:
        segment_id = row[made.SEGMENT]
        cell = row.cells.get(NAMES[language])
        base_text = self._record.texts.get((segment_id, language))
        if cell is not None and cell.kind is not CellKind.TEXT and cell.text != base_text:
            self._tell_unclear(cell, segment_id, language)
            return None
        return Edit(
            segment_id=segment_id,
            language=language,
            text=InlineText(cell.text if cell else ""),
            source=row[made.SOURCE],
            base=row[made.base_column(language)],
            base_text=base_text,
            state=self._state(row, language),
            by=row[made.REVIEWER].strip() or self._saved_by,
            at=self._saved_at,
            comment=self._comment(row, language),
            place=f"row {row.number}",
        )

    def _tell_unclear(self, cell: XlsxCell, segment_id: str, language: Language) -> None:
        reason = (
            f"The cell {cell.place} ({NAMES[language]} of {segment_id}) {_MADE_OF_IT[cell.kind]}; it was not taken."
        )
        place = f"cell {cell.place}"
        self.troubles.append(Trouble(TroubleKind.UNCLEAR, reason, segment_id, language, place, cell.text))

    def _state(self, row: XlsxRow, language: Language) -> State | None:
        written = row[made.state_column(language)].strip().lower()
        if not written or written in set(State):
            return State(written) if written else None
        reason = f"“{written}” in row {row.number} is no state of the {NAMES[language]}; it was passed over."
        place = f"row {row.number}"
        self.troubles.append(Trouble(TroubleKind.UNCLEAR, reason, row[made.SEGMENT], language, place, written))
        return None

    def _comment(self, row: XlsxRow, language: Language) -> str:
        """The comment cell, and the notes that hang on cells: on those of another language they are that one's."""
        column = made.comment_column(language)
        of_others = {
            name
            for other in self._languages
            if other != language
            for name in (NAMES[other], made.state_column(other), made.comment_column(other))
        }
        own = {NAMES[language], made.state_column(language), column}
        shared = language == self._languages[0]
        notes = (
            text for name, text in self._notes.get(row.number, ()) if name in own or (shared and name not in of_others)
        )
        return "\n".join(filter(None, (row[column].strip(), *notes)))


def _rows_gone_or_moved(table: XlsxTable, record: _Record) -> Iterator[Trouble]:
    standing = [row[made.SEGMENT] for row in table.rows if row[made.SEGMENT]]
    words: dict[str, str] = {}
    for (segment_id, _), text in record.texts.items():
        words[segment_id] = " | ".join(filter(None, (words.get(segment_id, ""), text)))
    if standing:  # else the column with the ids is gone, not the rows
        yield from gone_or_moved(record.segments, standing, what="row", words=words)


def _not_ours(book: XlsxBook, table: XlsxTable) -> Iterator[Trouble]:
    """Columns, cells and sheets that people added: named, with their words, and otherwise left alone."""
    ours = {made.NUMBER, made.SOURCE, made.REVIEWER, made.SEGMENT, made.REPORT}
    ours |= {made.FINDINGS, made.NOTES, made.ORIGIN}
    for language in TARGETS:
        ours |= {NAMES[language], made.state_column(language), made.comment_column(language)}
        ours.add(made.base_column(language))
    for column in (name for name in table.header if name and name not in ours):
        words = "\n".join(f"row {row.number}: {row[column]}" for row in table.rows if row[column])
        if words:
            reason = f"The column “{column}” is none of the review sheet; it was passed over."
            yield Trouble(TroubleKind.ADDED, reason, place=f"column {column}", text=words)
    for row in table.rows:
        if row.beyond and (row[made.SEGMENT] or made.SEGMENT not in table.header):
            words = " | ".join(cell.text for cell in row.beyond.values())
            place = f"cell {next(iter(row.beyond.values())).place}"
            reason = f"Row {row.number} has text outside the columns of the review sheet; it was passed over."
            yield Trouble(TroubleKind.ADDED, reason, row[made.SEGMENT], place=place, text=words)
    for name in book.sheets:
        if name not in (table.sheet, made.RECORD_SHEET):
            reason = f"The sheet “{name}” is none of ours; it was not read."
            yield Trouble(TroubleKind.ADDED, reason, place=f"sheet {name}")
