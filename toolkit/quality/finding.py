"""A finding: something a person should know before printing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toolkit.files import json_bytes
from toolkit.languages import Language


class Severity(StrEnum):
    """How much a finding weighs.  The order of the members is the order of weight."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, other: Severity) -> bool:
        """Whether this weighs as much as `other` or more."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True)
class Finding:
    """One finding.  `check` is the id of the check; `segment_id` and `language` say where, empty for the whole report.

    `place` is "file:line" in the report, glossary or memory, where that says more.
    """

    check: str
    severity: Severity
    reason: str
    segment_id: str = ""
    language: Language | None = None
    place: str = ""


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, all three always present."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def findings_json(report_name: str, findings: tuple[Finding, ...]) -> bytes:
    """findings.json: the counts, then every finding, heaviest first and in report order."""
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    return json_bytes(
        {
            "report": report_name,
            "counts": {str(severity): count for severity, count in count_by_severity(findings).items()},
            "findings": [_as_dict(finding) for finding in ordered],
        }
    )


def _as_dict(finding: Finding) -> dict[str, Any]:
    values = {
        "check": finding.check,
        "severity": str(finding.severity),
        "segment": finding.segment_id,
        "language": finding.language or "",
        "place": finding.place,
        "reason": finding.reason,
    }
    return {key: value for key, value in values.items() if value}
