"""The review sheet: a report and its drafts as a workbook, one segment a row, to be edited in any spreadsheet.

What a person may change is unlocked: the texts, their states, comments, the reviewer's name.  Hidden columns say which
segment a row is and what text it was made with; a hidden sheet keeps the order of all segments and their texts, so that
a row that was deleted, moved or doubled is recognised (`from_sheet.py`).  Inline codes have no place in a cell: only
words are shown, and the codes of the draft stay beside the words that stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from toolkit.languages import NAMES, TARGETS, Language
from toolkit.quality.finding import Finding
from toolkit.report import Report
from toolkit.sheets.xlsx_write import Column, Sheet, xlsx_bytes
from toolkit.translation.draft import Draft, DraftUnit, State, target_hash

SHEET, RECORD_SHEET = "Review", "bulletin"
NUMBER, SOURCE, REVIEWER, SEGMENT, REPORT = "#", "Chinese", "Reviewer", "segment", "report"
FINDINGS, NOTES, ORIGIN = "Findings", "Notes", "From"
CHOICES = (State.DRAFT, State.REVIEWED)
"""The states a sheet may bring; signing off is an act of its own."""


def state_column(language: Language) -> str:
    """The header of the column that says how far the target in `language` has come."""
    return f"{NAMES[language]} state"


def comment_column(language: Language) -> str:
    """The header of the column for remarks on the target in `language`."""
    return f"{NAMES[language]} comment"


def base_column(language: Language) -> str:
    """The header of the hidden column with the `target_hash` of the text that the sheet was made with."""
    return f"base {language}"


def text_column(language: Language) -> str:
    """The header, in the hidden sheet, of the text itself that the sheet was made with."""
    return f"text {language}"


def sheet_bytes(report: Report, drafts: Mapping[Language, Draft], findings: Sequence[Finding] = ()) -> bytes:
    """The review sheet of a report as an XLSX file, with a pair of languages or one; the same bytes for the same input.

    `findings` that a person dismissed are left out.  Raises `OutputError` for a segment longer than a cell holds.
    """
    languages = tuple(language for language in TARGETS if language in drafts)
    units = {(language, unit.segment_id): unit for language in languages for unit in drafts[language].units}
    remarks = _remarks(findings)
    rows: list[list[str]] = []
    record: list[list[str]] = []
    for number, segment in enumerate(report.segments, start=1):
        own = {language: units.get((language, segment.id)) for language in languages}
        row = [str(number), segment.text]
        for unit in own.values():
            row += [unit.target.text if unit else "", str(unit.state if unit else State.NEEDS_TRANSLATION), ""]
        row += ["", remarks[segment.id], _per_language(own, _notes), _per_language(own, _origin)]
        row += [target_hash(unit.target) if unit and unit.target else "" for unit in own.values()]
        rows.append([*row, segment.id, report.name])
        record.append([segment.id, *(unit.target.text if unit else "" for unit in own.values()), report.name])
    kept = (Column(SEGMENT), *(Column(text_column(language)) for language in languages), Column(REPORT))
    return xlsx_bytes(
        [
            Sheet(SHEET, _columns(languages), rows, frozen=2, protected=True),
            Sheet(RECORD_SHEET, kept, record, hidden=True),
        ]
    )


def _columns(languages: Sequence[Language]) -> tuple[Column, ...]:
    columns = [Column(NUMBER, 5, locked=True), Column(SOURCE, 42, "zh", locked=True)]
    for language in languages:
        columns += [
            Column(NAMES[language], 50, language),
            Column(state_column(language), 13, choices=CHOICES),
            Column(comment_column(language), 24),
        ]
    columns += [
        Column(REVIEWER, 14),
        Column(FINDINGS, 40, locked=True),
        Column(NOTES, 30, locked=True),
        Column(ORIGIN, 24, locked=True),
        *(Column(base_column(language), locked=True, hidden=True) for language in languages),
        Column(SEGMENT, locked=True, hidden=True),
        Column(REPORT, locked=True, hidden=True),
    ]
    return tuple(columns)


def _remarks(findings: Sequence[Finding]) -> dict[str, str]:
    """What a reviewer should know of each segment, one finding a line."""
    lines: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.dismissed is None:
            language = f"{NAMES[finding.language]}, " if finding.language else ""
            lines[finding.segment_id].append(f"{language}{finding.severity}: {finding.reason}")
    return defaultdict(str, {segment_id: "\n".join(said) for segment_id, said in lines.items()})


def _per_language(units: Mapping[Language, DraftUnit | None], told: Callable[[DraftUnit], str]) -> str:
    lines = ((language, told(unit)) for language, unit in units.items() if unit is not None)
    return "\n".join(f"{NAMES[language]}: {text}" for language, text in lines if text)


def _notes(unit: DraftUnit) -> str:
    offered = [f"{one.target.text} ({one.origin})" for one in unit.alternatives if one.target]
    return "\n".join((*offered, *([unit.note] if unit.note else ())))


def _origin(unit: DraftUnit) -> str:
    by = f"{unit.review.by}, {unit.review.at[:10]}" if unit.review else ""
    return "; ".join(filter(None, (str(unit.origin or ""), by)))
