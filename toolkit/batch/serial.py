"""Building reports one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.build import ReportResult, build_report
from toolkit.desk import Desk
from toolkit.errors import FINDINGS, exit_code_of, fault_of_our_own
from toolkit.quality import Severity
from toolkit.translation.ladder import Progress


@dataclass(frozen=True)
class BatchResult:
    """The results of several reports, in the order they were asked for."""

    reports: tuple[ReportResult, ...]

    def exit_code(self, fail_on: Severity | None) -> int:
        """The documented exit code: errors first, then findings at or above `fail_on` (None: findings never fail)."""
        codes = [fault.exit_code for result in self.reports for fault in result.errors]
        found = (
            Severity(name)
            for result in self.reports
            if result.record
            for name, n in result.record.findings.items()
            if n
        )
        codes += [FINDINGS for severity in found if fail_on is not None and severity.at_least(fail_on)]
        return exit_code_of(codes)


def build_reports(
    folders: tuple[Path, ...],
    desk: Desk,
    *,
    done: Callable[[ReportResult], None] = lambda _: None,
    progress: Progress = lambda rung, count: None,
) -> BatchResult:
    """Build each report; `done` is called after each, `progress` when an engine is asked."""
    results = []
    for folder in folders:
        result = _build_or_explain(folder, desk, progress)
        done(result)
        results.append(result)
    return BatchResult(tuple(results))


def _build_or_explain(folder: Path, desk: Desk, progress: Progress) -> ReportResult:
    """Build a report; a fault of our own becomes its error too, so that one report cannot cost the night."""
    try:
        return build_report(folder, desk, progress)
    except Exception as fault:
        return ReportResult(folder.name, errors=(fault_of_our_own(fault, folder),))
