"""What a build says at the end: for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.batch import Batch
from toolkit.build import FINDINGS_FILE, ReportResult
from toolkit.errors import BulletinError
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.record import BuildRecord
from toolkit.workspace import Workspace

_ORIGINS = {
    "person": "from a person",
    "memory": "memory",
    "term": "glossary",
    "fuzzy": "fuzzy",
    "engine": "engine",
    "foreign": "brought in",
    "gap": "gaps",
}
_MOST_IDS = 8


def report_summary(result: ReportResult, workspace: Workspace) -> str:
    """What became of one report, in a few lines."""
    lines = [f"{result.name}: {_headline(result)}"]
    lines += [f"  error     {fault_line(fault, workspace)}" for fault in result.errors]
    lines += [f"  note      {message}" for message in result.messages]
    if result.record is not None:
        lines += _record_lines(result, result.record, workspace)
    return "\n".join(lines)


def _headline(result: ReportResult) -> str:
    if result.record is None:
        return "not built"
    if result.unchanged:
        return "up to date, nothing written"
    return "built" if not result.errors else "built in part"


def _record_lines(result: ReportResult, record: BuildRecord, workspace: Workspace) -> Iterator[str]:
    for language in TARGETS:
        counts = record.counts.get(language, {})
        origins = ", ".join(f"{counts[key]} {name}" for key, name in _ORIGINS.items() if counts.get(key))
        unreviewed = f"; {counts['open']} unreviewed" if counts.get("open") else ""
        yield f"  {NAMES[language]:<9} {counts.get('total', 0)} segments: {origins}{unreviewed}"
    yield from (
        f"  redrafted {len(ids)} × {NAMES[language]}: {_some(ids)}" for language, ids in _partial(result, record)
    )
    findings = ", ".join(
        f"{count} {name}{'s' if count != 1 and name != 'info' else ''}" for name, count in record.findings.items()
    )
    yield f"  findings  {findings}"
    dist = workspace.dist / result.name
    for name in sorted(record.outputs):
        if name != FINDINGS_FILE:
            pages = record.pages.get(name)
            yield f"  file      {workspace.shown(dist / name)}" + (
                f"  ({pages} page{'s' * (pages != 1)})" if pages else ""
            )
    yield f"  file      {workspace.shown(dist / FINDINGS_FILE)}"


def _partial(result: ReportResult, record: BuildRecord) -> Iterator[tuple[Language, tuple[str, ...]]]:
    """Languages of which some, but not all, segments were drafted anew: worth naming one by one."""
    for language, ids in result.redone.items():
        if len(ids) < record.counts[language]["total"]:
            yield language, ids


def _some(ids: tuple[str, ...]) -> str:
    more = len(ids) - _MOST_IDS
    return ", ".join(ids[:_MOST_IDS]) + (f" and {more} more" if more > 0 else "")


def fault_line(fault: BulletinError, workspace: Workspace) -> str:
    """An error with its path as a person in the workspace would type it."""
    return str(fault).replace(f"{workspace.root}/", "")


def fault_dict(fault: BulletinError, workspace: Workspace) -> dict[str, Any]:
    """The same for machines."""
    return {"exit_code": fault.exit_code, "message": fault_line(fault, workspace)}


def report_row(result: ReportResult, workspace: Workspace) -> str:
    """What became of one report among many: one line, and one more for each error."""
    record = result.record
    cells = [f"{result.name}: {_headline(result)}"]
    if record is not None:
        pages = sum(record.pages.values())
        gaps = sum(counts.get("gap", 0) for counts in record.counts.values())
        found = ", ".join(f"{count} {name}" for name, count in record.findings.items() if count)
        cells += [f"{pages} pages"] + ([f"{gaps} gaps"] if gaps else []) + ([found] if found else [])
    errors = [f"  error     {fault_line(fault, workspace)}" for fault in result.errors]
    return "\n".join(["; ".join(cells), *errors])


def fault_rows(result: ReportResult, workspace: Workspace) -> list[str]:
    """A line for each error of a report: its name and the reason."""
    return [f"{result.name}  {fault_line(fault, workspace)}" for fault in result.errors]


def batch_summary(batch: Batch, seconds: float) -> str:
    """The last line: how many reports, how they fared, how long it took."""
    parts = [f"{batch.built} built", f"{batch.unchanged} up to date", f"{batch.failed} with errors"]
    left = batch.asked - batch.done
    if left:
        parts.append(f"{left} not begun")
    return f"{batch.asked} report{'s' if batch.asked != 1 else ''}: {', '.join(parts)}; {seconds:.1f} s."


def batch_table(batch: Batch, seconds: float) -> str:
    """The same as a table, for many reports."""
    rows = [
        ("reports", batch.asked),
        ("built", batch.built),
        ("up to date", batch.unchanged),
        ("with errors", batch.failed),
        ("not begun", batch.asked - batch.done),
        ("segments", batch.segments),
        ("pages", batch.pages),
        *((f"findings: {name}", count) for name, count in batch.findings.items()),
    ]
    lines = [f"  {name:<20}{count:>9,}" for name, count in rows]
    return "\n".join([*lines, batch_summary(batch, seconds)])


def result_as_dict(result: ReportResult, workspace: Workspace) -> dict[str, Any]:
    """What became of one report, for machines (`--json`)."""
    record = result.record
    dist = workspace.dist / result.name
    return {
        "report": result.name,
        "unchanged": result.unchanged,
        "segments": dict(record.counts) if record else {},
        "findings": dict(record.findings) if record else {},
        "pages": dict(record.pages) if record else {},
        "files": [workspace.shown(dist / name) for name in sorted(record.outputs)] if record else [],
        "written": [workspace.shown(Path(path)) for path in result.written],
        "redrafted": {language: list(ids) for language, ids in result.redone.items()},
        "messages": list(result.messages),
        "errors": [fault_dict(fault, workspace) for fault in result.errors],
    }
