"""Findings as SARIF 2.1.0 (OASIS, 2020): what code hosts and editors show beside the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import toolkit
from toolkit.files import json_bytes
from toolkit.languages import Language
from toolkit.quality.catalogue import CHECKS
from toolkit.quality.finding import Finding, Severity
from toolkit.report import Report
from toolkit.safexml import parse_xml

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GLOSSARIES = "glossaries"
_SHARED = (".csv", ".tmx")  # glossary rows and memory units
_FINGERPRINT = "bulletinFinding/v1"


@dataclass(frozen=True)
class FilePlace:
    """A file of the workspace, as a path relative to it with forward slashes, and a line of it from 1, if known."""

    path: str
    line: int | None = None


Locator = Callable[[Finding], Sequence[FilePlace]]
"""Says where a finding is to be looked at, the best place first."""


@dataclass(frozen=True)
class ReportLocator:
    """Finds the line of the report a finding speaks of, and that of the draft where `draft_lines` knows it.

    `folder` is the report's folder relative to the workspace; `draft_lines` holds, per language, the line of each
    segment in its XLIFF file.
    """

    report: Report
    folder: str
    draft_lines: Mapping[Language, Mapping[str, int]] = field(default_factory=dict)

    def __call__(self, finding: Finding) -> tuple[FilePlace, ...]:
        """The places of a finding."""
        places = []
        if finding.language is not None and finding.language in self.draft_lines:
            line = self.draft_lines[finding.language].get(finding.segment_id)
            if line is not None:
                places.append(FilePlace(f"{self.folder}/{finding.language}.xlf", line))
        places.append(FilePlace(f"{self.folder}/{self.report.path.name}", self._report_line(finding)))
        name, _, number = finding.place.rpartition(":")
        if name.endswith(_SHARED) and number.isdigit():
            places.append(FilePlace(f"{_GLOSSARIES}/{name}", int(number)))
        return tuple(places)

    def _report_line(self, finding: Finding) -> int | None:
        for block in self.report.blocks:
            if finding.segment_id and any(segment.id == finding.segment_id for segment in block.segments):
                return block.line
        name, _, line = finding.place.rpartition(":")
        return int(line) if name == self.report.path.name and line.isdigit() else None


def unit_lines(path: Path) -> dict[str, int]:
    """The line of each segment in an XLIFF draft.  Raises `SourceError` when it is no XML."""
    root = parse_xml(path, remedy="Restore the file, or delete it to have it drafted again")
    return {
        id_: int(unit.sourceline)
        for unit in root.iter("{*}trans-unit")
        if (id_ := unit.get("id")) is not None and unit.sourceline is not None
    }


def sarif_bytes(reports: Sequence[tuple[str, Sequence[Finding], Locator]]) -> bytes:
    """A SARIF log with one run: the rules are the catalogue, the results the findings of each report in turn.

    `reports` holds (name, findings, where they are).  Dismissed findings stay, as suppressed results with their
    reason.  The same bytes for the same findings.
    """
    rules = list(CHECKS)
    results = [
        _result(name, finding, locate(finding), rules.index(finding.check))
        for name, findings, locate in reports
        for finding in findings
    ]
    return json_bytes(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "Bulletin Toolkit",
                            "version": toolkit.__version__,
                            "rules": [_rule(id_) for id_ in rules],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": results,
                }
            ],
        }
    )


def _rule(id_: str) -> dict[str, Any]:
    check = CHECKS[id_]
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.id.split("-")),
        "shortDescription": {"text": check.name},
        "fullDescription": {"text": check.description},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [str(check.subject)]},
    }


def _result(report: str, finding: Finding, places: Sequence[FilePlace], rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.reason},
        "locations": [{"physicalLocation": _location(place)} for place in places[:1]],
        "partialFingerprints": {_FINGERPRINT: f"{report}/{finding.id}"},
        "properties": {
            key: value
            for key, value in {
                "report": report,
                "segment": finding.segment_id,
                "language": finding.language or "",
                "place": finding.place,
            }.items()
            if value
        },
    }
    if len(places) > 1:
        result["relatedLocations"] = [{"physicalLocation": _location(place)} for place in places[1:]]
    if finding.dismissed is not None:
        said = finding.dismissed
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{said.reason} ({said.by}, {said.date.isoformat()})",
            }
        ]
    return result


def _location(place: FilePlace) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(str(PurePosixPath(place.path)))}}
    if place.line is not None:
        location["region"] = {"startLine": place.line}
    return location
