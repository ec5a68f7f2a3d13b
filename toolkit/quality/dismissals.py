"""dismissed.csv beside a report: findings that a person let be, with the reason and the name.

People own the file.  A row holds for as long as the same thing is disputed in the same segment and, where the finding
speaks of a target, for that target only: when someone changes it, the finding is shown again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.files import write_whole
from toolkit.quality.catalogue import CHECKS, found
from toolkit.quality.finding import Dismissal, Finding, told_apart
from toolkit.sheets.csv_table import CsvRow, CsvTable, csv_table_bytes, read_csv_table
from toolkit.sheets.dates import date_in_cell

FILE_NAME = "dismissed.csv"
COLUMNS = ("finding", "check", "segment", "language", "about", "reason", "by", "date", "target")
_NEEDED = ("finding", "reason", "by", "date")
_HASH_MARK = "t"  # a hash of digits alone would come back from a spreadsheet rounded
_REMEDY = "Mend the row, or delete it and dismiss the finding again"


def read_dismissals(path: Path) -> tuple[Dismissal, ...]:
    """The dismissals in a file, none when it is absent.

    Raises `SettingsError` naming the line of a row without a finding, a reason, a name or a date.
    """
    return tuple(_dismissal(row, path) for row in _table(path).rows)


def _table(path: Path) -> CsvTable:
    return read_csv_table(path, columns=_NEEDED, ragged=True) if path.exists() else CsvTable(COLUMNS)


def _dismissal(row: CsvRow, path: Path) -> Dismissal:
    cells = {column: row[column].strip(" ") for column in COLUMNS}
    if missing := [column for column in _NEEDED if not cells[column]]:
        raise SettingsError(f"the row has no {', '.join(missing)}", path=path, line=row.line, remedy=_REMEDY)
    try:
        date = date_in_cell(cells["date"])
    except ValueError as fault:
        raise SettingsError(str(fault), path=path, line=row.line, remedy="Write it as 2026-11-25") from fault
    return Dismissal(cells["finding"], cells["reason"], cells["by"], date, cells["target"].removeprefix(_HASH_MARK))


def apply_dismissals(findings: Iterable[Finding], dismissals: Sequence[Dismissal]) -> tuple[Finding, ...]:
    """The findings, those that a person dismissed marked so; then one `dismissal-stale` for each row without use."""
    by_finding = {dismissal.finding: dismissal for dismissal in dismissals}
    used = set()
    marked = []
    for finding in findings:
        dismissal = by_finding.get(finding.id)
        if dismissal is None or not CHECKS[finding.check].may_be_dismissed or dismissal.target != finding.target:
            marked.append(finding)
            continue
        used.add(dismissal.finding)
        marked.append(replace(finding, dismissed=dismissal))
    stale = [dismissal for dismissal in by_finding.values() if dismissal.finding not in used]
    return (*marked, *told_apart(map(_stale, stale)))


def _stale(dismissal: Dismissal) -> Finding:
    return found(
        "dismissal-stale",
        f"{dismissal.by} dismissed finding {dismissal.finding} (“{dismissal.reason}”); nothing answers to it any more: "
        f"it is gone, or its text changed. The row in {FILE_NAME} can be deleted.",
        place=FILE_NAME,
        about=dismissal.finding,
    )


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that nobody dismissed."""
    return tuple(finding for finding in findings if finding.dismissed is None)


def dismiss(path: Path, finding: Finding, *, reason: str, by: str, today: datetime.date) -> None:
    """Add a row for `finding` to the file at `path`, in place of one for the same finding; other rows stay as they are.

    Raises `SettingsError` when reason or name is empty, when the finding is of a kind that cannot be dismissed, or
    when the file cannot be read; `OutputError` when it cannot be written.
    """
    reason, by = " ".join(reason.split()), " ".join(by.split())
    if not reason or not by:
        missing = "a reason" if not reason else "the name of who dismisses it"
        raise SettingsError(f"a dismissal needs {missing}", path=path, remedy="Say why, and who says so")
    if not CHECKS[finding.check].may_be_dismissed:
        raise SettingsError(
            f"a finding of “{finding.check}” cannot be dismissed", path=path, remedy="Mend what it tells of instead"
        )
    table = _table(path).with_columns(COLUMNS)
    cells = {
        "finding": finding.id,
        "check": finding.check,
        "segment": finding.segment_id,
        "language": finding.language or "",
        "about": finding.about,
        "reason": reason,
        "by": by,
        "date": today.isoformat(),
        "target": f"{_HASH_MARK}{finding.target}" if finding.target else "",
    }
    others = (row for row in table.rows if row["finding"].strip(" ") != finding.id)
    write_whole(path, csv_table_bytes(replace(table, rows=(*others, CsvRow(cells)))))
