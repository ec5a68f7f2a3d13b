"""dismissed.csv beside a report: findings that a person let be, with the reason and the name.

People own the file.  A row holds for as long as the same thing is disputed in the same segment and, where the finding
speaks of a target, for that target only: when someone changes it, the finding is shown again.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.files import write_whole
from toolkit.quality.catalogue import CHECKS, found
from toolkit.quality.finding import Dismissal, Finding, told_apart

FILE_NAME = "dismissed.csv"
COLUMNS = ("finding", "check", "segment", "language", "about", "reason", "by", "date", "target")
_NEEDED = ("finding", "reason", "by", "date")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HASH_MARK = "t"  # a hash of digits alone would come back from a spreadsheet rounded
_REMEDY = "Mend the row, or delete it and dismiss the finding again"


def read_dismissals(path: Path) -> tuple[Dismissal, ...]:
    """The dismissals in a file, none when it is absent.

    Raises `SettingsError` naming the line of a row without a finding, a reason, a name or a date.
    """
    return tuple(_dismissal(row, path, line) for row, line in _rows(path))


def _rows(path: Path) -> Iterator[tuple[dict[str, str], int]]:
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(
            f"could not be read as UTF-8 ({fault})", path=path, remedy="Save it as “CSV UTF-8” from the spreadsheet"
        ) from fault
    delimiter = max(",;\t", key=text.partition("\n")[0].count)  # spreadsheets of many countries write semicolons
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                if missing := [column for column in _NEEDED if column not in header]:
                    raise SettingsError(
                        f"the header lacks the column {', '.join(missing)}",
                        path=path,
                        line=line,
                        remedy=f"The columns are {','.join(COLUMNS)}",
                    )
                continue
            row = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(_unescaped, cells), strict=False))
            yield row, line
    except csv.Error as fault:
        raise SettingsError(
            f"is not valid CSV ({fault})", path=path, line=reader.line_num, remedy="Mend the quotes in this row"
        ) from fault


def _dismissal(row: dict[str, str], path: Path, line: int) -> Dismissal:
    if missing := [column for column in _NEEDED if not row[column]]:
        raise SettingsError(f"the row has no {', '.join(missing)}", path=path, line=line, remedy=_REMEDY)
    try:
        date = datetime.date(*map(int, re.split("[-/.]", row["date"])))
    except (ValueError, TypeError) as fault:
        raise SettingsError(
            f"“{row['date']}” is no date", path=path, line=line, remedy="Write it as 2026-11-25"
        ) from fault
    return Dismissal(row["finding"], row["reason"], row["by"], date, row["target"].removeprefix(_HASH_MARK))


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
    rows = [row for row, _ in _rows(path) if row["finding"] != finding.id]
    rows.append(
        {
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
    )
    write_whole(path, _csv_bytes(rows))


def _csv_bytes(rows: Sequence[dict[str, str]]) -> bytes:
    extra = dict.fromkeys(column for row in rows for column in row if column not in COLUMNS)
    columns = (*COLUMNS, *extra)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([_escaped(row.get(column, "")) for column in columns] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _unescaped(cell: str) -> str:
    cell = cell.strip(" ")
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip("'").startswith(_FORMULA) else cell
