"""A finding: something a person should know before printing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from toolkit.files import hash_of, json_bytes
from toolkit.languages import Language

_ID_LENGTH = 12  # hex digits; the f before them keeps a spreadsheet from reading 12e4… as a number
Span = tuple[int, int]


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
class Dismissal:
    """Why a person let a finding be: `by` whom, when, and the hash of the target it was said of (empty: of none)."""

    finding: str
    reason: str
    by: str
    date: datetime.date
    target: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding.  `check` is the id of the check; `segment_id` and `language` say where, empty for the whole report.

    `place` is "file:line" in the report, glossary or memory, where that says more.  `about` is the disputed thing in
    a few words that stay the same from build to build: a term, a figure, the text at fault.  Spans count characters
    of the segment and of its target.  `repair` should stand in `target_span`, when that is certain.  `target` is the
    hash of the target it speaks of, empty when it speaks of none.  `dismissed` tells who let it be, and why.
    """

    check: str
    severity: Severity
    reason: str
    segment_id: str = ""
    language: Language | None = None
    place: str = ""
    about: str = ""
    source_span: Span | None = None
    target_span: Span | None = None
    repair: str | None = None
    target: str = ""
    dismissed: Dismissal | None = None

    @property
    def id(self) -> str:
        """What tells it from every other finding of its report: check, segment, language and the disputed thing.

        Line numbers, severity and the wording of the reason are not part of it, so it survives rebuilding.
        """
        return "f" + hash_of(self.check, self.segment_id, self.language or "", self.about)[:_ID_LENGTH]


def told_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, the second of two that would have the same id counted as such."""
    seen: Counter[str] = Counter()
    distinct = []
    for finding in findings:
        seen[finding.id] += 1
        count = seen[finding.id]
        distinct.append(finding if count == 1 else replace(finding, about=f"{finding.about} #{count}"))
    return tuple(distinct)


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity are not dismissed, all three always present."""
    counts = Counter(finding.severity for finding in findings if finding.dismissed is None)
    return {severity: counts[severity] for severity in Severity}


def findings_json(report_name: str, findings: tuple[Finding, ...]) -> bytes:
    """findings.json: the counts, then every finding, heaviest first and in report order; dismissed ones apart."""
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    content: dict[str, Any] = {
        "report": report_name,
        "counts": {str(severity): count for severity, count in count_by_severity(findings).items()},
        "findings": [finding_dict(finding) for finding in ordered if finding.dismissed is None],
    }
    if dismissed := [finding_dict(finding) for finding in ordered if finding.dismissed is not None]:
        content["dismissed"] = dismissed
    return json_bytes(content)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding for machines; what is empty is left out."""
    values: dict[str, Any] = {
        "id": finding.id,
        "check": finding.check,
        "severity": str(finding.severity),
        "segment": finding.segment_id,
        "language": finding.language or "",
        "place": finding.place,
        "about": finding.about,
        "reason": finding.reason,
        "source_span": list(finding.source_span or ()),
        "target_span": list(finding.target_span or ()),
    }
    values = {key: value for key, value in values.items() if value}
    if finding.repair is not None:
        values["repair"] = finding.repair
    if finding.dismissed is not None:
        values["dismissed"] = {
            "reason": finding.dismissed.reason,
            "by": finding.dismissed.by,
            "date": finding.dismissed.date.isoformat(),
        }
    return values
