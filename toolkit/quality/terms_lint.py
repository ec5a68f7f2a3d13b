"""Lint for glossaries: everything that is wrong with them, all at once, even where they cannot be read as such."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit import tibetan
from toolkit.chinese import fold
from toolkit.constraints.spelling import malformed_syllables
from toolkit.english import find_phrase
from toolkit.errors import BulletinError
from toolkit.glossary.cell_faults import cell_faults
from toolkit.glossary.store import COLUMNS, SIGNED, glossary_paths, variants
from toolkit.glossary.term import Status
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.quality.finding import Severity
from toolkit.sheets.csv_table import read_csv_table
from toolkit.sheets.dates import date_in_cell
from toolkit.sheets.formulas import bare

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

LINT_RULES: Mapping[str, tuple[Severity, str]] = {
    "unreadable": (_E, "The file cannot be read as a CSV table."),
    "missing-column": (_E, "The header lacks a column."),
    "row-length": (_E, "A row has more or fewer cells than the header."),
    "no-source": (_E, "A row has no Chinese source."),
    "unknown-status": (_E, "The status is none of proposed, approved, deprecated and forbidden."),
    "duplicate-source": (_E, "Two rows have the same source, Traditional and Simplified taken for one."),
    "forbidden-is-allowed": (_E, "A rendering is forbidden and preferred or accepted at the same time."),
    "approved-without-name": (_E, "A term is approved, but the row does not say by whom."),
    "control-character": (_E, "A cell holds a control character."),
    "invisible": (_E, "A cell holds a character without width, so that the term will not be found."),
    "wrong-script": (_E, "A cell has letters of another script than its language's, or none of its own."),
    "homoglyph": (_E, "A word mixes Latin letters with others that only look Latin."),
    "missing-target": (_W, "A term has no preferred rendering in a language; an error when it is approved."),
    "malformed-tibetan": (_W, "A Tibetan syllable cannot be one."),
    "white-space": (_W, "A cell has a space too many, or another kind of space than the plain one."),
    "not-nfc": (_W, "A cell is not in Unicode's normal form C."),
    "full-width": (_W, "A cell has full-width letters, digits or signs."),
    "brackets": (_W, "A bracket or quotation mark has no partner."),
    "tsheg-at-end": (_W, "A Tibetan rendering ends with a tsheg."),
    "no-break-tsheg": (_W, "A Tibetan rendering has the tsheg U+0F0C."),
    "shad-at-end": (_W, "A Tibetan rendering ends with a shad."),
    "one-character": (_W, "A source is a single character and will be found in many words."),
    "accepted-is-preferred": (_W, "An accepted rendering is the preferred one again."),
    "said-twice": (_W, "A rendering stands twice in one cell."),
    "bad-date": (_W, "The date is none, or an approval has none."),
    "source-not-said": (_W, "The row says no source; write none where there is none."),
    "needless-variant": (
        _I,
        "An accepted English rendering differs from the preferred in capitals, accents, hyphens or number only.",
    ),
    "same-target": (_I, "Two terms of one domain have the same preferred rendering."),
    "source-none": (_I, "No source is known that can be looked up."),
}
"""What is looked for, by code: how much it weighs, and what it means."""


@dataclass(frozen=True)
class LintFinding:
    """One fault of a glossary: `reason` and `remedy` are clauses; `line` counts from 1; `column` may be empty."""

    code: str
    severity: Severity
    path: Path
    line: int
    column: str
    reason: str
    remedy: str

    def as_dict(self) -> dict[str, str | int]:
        """The finding for machines."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "path": str(self.path),
            "line": self.line,
            "column": self.column,
            "reason": self.reason,
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class _Row:
    cells: Mapping[str, str]
    path: Path
    line: int

    def text(self, column: str) -> str:
        return " ".join(self.cells.get(column, "").split())

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.text("zh"), *variants(self.text("zh_accepted")))))

    def fault(self, code: str, column: str, reason: str, remedy: str, severity: Severity | None = None) -> LintFinding:
        return LintFinding(code, severity or LINT_RULES[code][0], self.path, self.line, column, reason, remedy)


def lint_terms(where: Path | Sequence[Path]) -> tuple[LintFinding, ...]:
    """All faults of the glossary files in a folder, or of the files named, in file and row order.

    Raises nothing for what the files hold; a file that cannot be opened is a finding too.
    """
    paths = glossary_paths(where) if isinstance(where, Path) and where.is_dir() else None
    if paths is None:
        paths = (where,) if isinstance(where, Path) else tuple(where)
    findings: list[LintFinding] = []
    rows: list[_Row] = []
    for path in paths:
        read, broken = _read(path)
        rows += read
        findings += broken
    for row in rows:
        findings += _row_faults(row)
    findings += _between_rows(rows)
    order = {path: number for number, path in enumerate(paths)}
    return tuple(sorted(findings, key=lambda one: (order[one.path], one.line)))


def _read(path: Path) -> tuple[list[_Row], list[LintFinding]]:
    """The rows as far as they can be read, and what hinders reading them."""
    try:
        table = read_csv_table(path, columns=COLUMNS)
        return [_Row(row.cells, path, row.line) for row in table.rows], []
    except BulletinError as fault:
        broken = LintFinding("unreadable", _E, path, fault.line or 1, "", fault.problem, fault.remedy)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return [], [broken]
    rows, findings = _read_loosely(text, path)
    return rows, findings or [broken]


def _read_loosely(text: str, path: Path) -> tuple[list[_Row], list[LintFinding]]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[_Row] = []
    findings: list[LintFinding] = []
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            row = _Row(dict(zip(header, map(bare, cells), strict=False)), path, start)
            if not header:
                header = [cell.strip() for cell in cells]
                findings += [
                    row.fault("missing-column", one, f"the header lacks the column {one}", "Add it")
                    for one in COLUMNS
                    if one not in header
                ]
                continue
            if len(cells) != len(header):
                reason = f"the row has {len(cells)} cells where the header has {len(header)}"
                findings.append(row.fault("row-length", "", reason, "Add or remove the comma, or mend the quotes"))
            rows.append(row)
    except csv.Error:
        return rows, [*findings, _Row({}, path, line).fault("unreadable", "", "is not valid CSV", "Mend the quotes")]
    return rows, findings


def _row_faults(row: _Row) -> Iterator[LintFinding]:
    for column in (*COLUMNS, *SIGNED):
        for fault in cell_faults(column, row.cells.get(column, "")):
            yield row.fault(fault.code, column, fault.reason, fault.remedy)
    if not row.text("zh"):
        yield row.fault("no-source", "zh", "the row has no Chinese source", "Fill it in, or delete the row")
    yield from _status_faults(row)
    if not row.text("source"):
        yield row.fault("source-not-said", "source", "no source is given", "Say where it can be looked up, or none")
    elif row.text("source") == "none":
        yield row.fault("source-none", "source", "no source is known", "Find one that can be looked up")
    for language in TARGETS:
        yield from _rendering_faults(row, language)


def _status_faults(row: _Row) -> Iterator[LintFinding]:
    status = row.text("status")
    if status not in set(Status):
        yield row.fault("unknown-status", "status", f"“{status}” is no status", f"Write one of {', '.join(Status)}")
    date = row.text("date")
    if status == Status.APPROVED and not row.text("by"):
        yield row.fault(
            "approved-without-name",
            "by",
            "nobody is named who approved it",
            f"Approve it by name: bulletin terms approve {row.text('zh')} --by NAME",
        )
    if date or (status == Status.APPROVED and row.text("by")):
        try:
            date_in_cell(date)
        except ValueError as problem:
            reason = str(problem) if date else "the approval has no date"
            yield row.fault("bad-date", "date", reason, "Write it as 2026-11-25")


def _rendering_faults(row: _Row, language: Language) -> Iterator[LintFinding]:
    name, preferred = NAMES[language], row.text(language)
    accepted, forbidden = (variants(row.text(f"{language}_{kind}")) for kind in ("accepted", "forbidden"))
    status = row.text("status")
    if not preferred and status in (Status.PROPOSED, Status.APPROVED):
        severity = _E if status == Status.APPROVED else _W
        yield row.fault("missing-target", language, f"there is no {name}", "Fill it in", severity)
    key = str.casefold if language == "en" else tibetan.normal
    allowed = {key(text): text for text in (preferred, *accepted) if text}
    for text in forbidden:
        if key(text) in allowed:
            reason = f"“{text}” is forbidden, and allowed as “{allowed[key(text)]}”"
            yield row.fault("forbidden-is-allowed", f"{language}_forbidden", reason, "Delete it in one of the two")
    for kind, texts in (("accepted", accepted), ("forbidden", forbidden)):
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            yield row.fault("said-twice", f"{language}_{kind}", f"“{text}” stands there twice", "Delete one of them")
    for text in accepted:
        if text == preferred:
            yield row.fault(
                "accepted-is-preferred", f"{language}_accepted", f"“{text}” is the preferred {name}", "Delete it there"
            )
        elif language == "en" and preferred and _is_same_word(text, preferred):
            reason = f"“{text}” is “{preferred}” but for capitals, accents, hyphens or number"
            yield row.fault("needless-variant", "en_accepted", reason, "It is accepted without being listed")
    if language == "bo":
        yield from _spelling_faults(row)


def _is_same_word(text: str, preferred: str) -> bool:
    return any((0, len(text)) == span for span in find_phrase(text, preferred, plural=True))


def _spelling_faults(row: _Row) -> Iterator[LintFinding]:
    """Malformed syllables in what is allowed; a forbidden rendering may be a misspelling."""
    for column in ("bo", "bo_accepted"):
        for _, _, syllable in malformed_syllables(tibetan.normal(row.text(column))):
            yield row.fault("malformed-tibetan", column, f"“{syllable}” is no Tibetan syllable", "Mend the spelling")


def _between_rows(rows: Iterable[_Row]) -> Iterator[LintFinding]:
    by_source: dict[str, _Row] = {}
    by_target: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        for source in dict.fromkeys(map(fold, row.sources)):
            first = by_source.setdefault(source, row)
            if first is not row:
                other = ", with other renderings" if any(first.text(one) != row.text(one) for one in TARGETS) else ""
                reason = f"“{source}” is already a source at {first.path.name}:{first.line}{other}"
                yield row.fault("duplicate-source", "zh", reason, "Merge the two rows, or delete one")
        for language in TARGETS:
            if row.text(language) and row.text("status") in (Status.PROPOSED, Status.APPROVED):
                by_target[row.text("domain"), language, row.text(language)].append(row)
    for (domain, column, target), sharing in by_target.items():
        for row in sharing[1:]:
            first = sharing[0]
            reason = f"“{target}” also stands for “{first.text('zh')}” ({first.path.name}:{first.line}, {domain})"
            yield row.fault("same-target", column, reason, "Merge them if they are one thing; else let it be")
