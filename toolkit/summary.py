"""What a build says at the end: for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.batch import BatchResult
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


def batch_summary(batch: BatchResult, seconds: float) -> str:
    """The last line: how many reports, how they fared, how long it took."""
    failed = sum(1 for result in batch.reports if result.errors)
    unchanged = sum(1 for result in batch.reports if result.unchanged)
    built = len(batch.reports) - failed - unchanged
    parts = [f"{built} built", f"{unchanged} up to date", f"{failed} with errors"]
    return f"{len(batch.reports)} report{'s' if len(batch.reports) != 1 else ''}: {', '.join(parts)}; {seconds:.1f} s."


def batch_as_dict(batch: BatchResult, workspace: Workspace, exit_code: int) -> dict[str, Any]:
    """The same for machines (`--json`)."""
    return {"exit_code": exit_code, "reports": [_result_as_dict(result, workspace) for result in batch.reports]}


def _result_as_dict(result: ReportResult, workspace: Workspace) -> dict[str, Any]:
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
