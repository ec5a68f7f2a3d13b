"""Findings as SARIF 2.1.0."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

from tests.conftest import ROOT
from tests.quality.drafts import findings_of, report_of, term, unit
from toolkit.quality import CHECKS, Dismissal, FilePlace, Finding, ReportLocator, Severity, sarif_bytes, unit_lines

GANNAN = term("甘南州", "Gannan Prefecture", place="places.csv:7")
REPORT = report_of("甘南州开会。", "他们合影。")
LOCATOR = ReportLocator(REPORT, "source/报告 1", {"en": {"s1": 12}})


def finding() -> Finding:
    (one,) = findings_of(unit("甘南州开会。", "They met."), terms=(GANNAN,))
    return one


def run_of(*findings: Finding) -> dict[str, Any]:
    log = json.loads(sarif_bytes([("r", findings, LOCATOR)]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def check_against_the_schema(run: dict[str, Any]) -> None:
    """What the schema demands of the properties we write, and what code hosts demand on top."""
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        assert result["locations"], "code hosts refuse a result without a place"
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            assert uri.isascii() and " " not in uri and not uri.startswith("/")
            assert place.get("region", {"startLine": 1})["startLine"] >= 1
        for suppression in result.get("suppressions", ()):
            assert suppression["kind"] in ("inSource", "external")
            assert suppression["status"] in ("accepted", "underReview", "rejected")


def test_a_log_holds_what_the_schema_demands() -> None:
    check_against_the_schema(run_of(finding(), Finding("unreviewed", Severity.WARNING, "All of it.", language="en")))


def test_the_rules_are_the_catalogue() -> None:
    assert [rule["id"] for rule in run_of()["tool"]["driver"]["rules"]] == list(CHECKS)


def test_a_result_points_at_the_draft_the_report_and_the_glossary() -> None:
    (result,) = run_of(finding())["results"]
    places = [
        (place["physicalLocation"]["artifactLocation"]["uri"], place["physicalLocation"]["region"]["startLine"])
        for place in (*result["locations"], *result["relatedLocations"])
    ]
    folder = "source/%E6%8A%A5%E5%91%8A%201"
    assert places == [(f"{folder}/en.xlf", 12), (f"{folder}/report.txt", 1), ("glossaries/places.csv", 7)]


def test_a_finding_without_a_segment_points_at_the_report() -> None:
    corrected = Finding("source-corrected", Severity.INFO, "Mended.", place="report.txt:2")
    assert LOCATOR(corrected) == (FilePlace("source/报告 1/report.txt", 2),)
    assert LOCATOR(Finding("unreviewed", Severity.WARNING, "All.", language="en"))[0].line is None


def test_severity_becomes_the_level() -> None:
    levels = [
        run_of(replace(finding(), severity=severity))["results"][0]["level"]
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ]
    assert levels == ["error", "warning", "note"]


def test_the_fingerprint_is_the_id_of_the_finding_in_its_report() -> None:
    (result,) = run_of(finding())["results"]
    assert result["partialFingerprints"] == {"bulletinFinding/v1": f"r/{finding().id}"}


def test_a_dismissed_finding_is_suppressed_with_its_reason() -> None:
    said = Dismissal(finding().id, "Said before.", "Li Na", datetime.date(2026, 11, 25))
    run = run_of(replace(finding(), dismissed=said))
    check_against_the_schema(run)
    (suppression,) = run["results"][0]["suppressions"]
    assert suppression["justification"] == "Said before. (Li Na, 2026-11-25)"


def test_the_same_findings_give_the_same_bytes() -> None:
    assert sarif_bytes([("r", [finding()], LOCATOR)]) == sarif_bytes([("r", [finding()], LOCATOR)])


def test_the_lines_of_a_draft_are_those_its_units_begin_on() -> None:
    draft = ROOT / "source" / "gannan-2023" / "en.xlf"
    lines = draft.read_text(encoding="utf-8").splitlines()
    found = unit_lines(draft)
    assert len(found) > 40
    assert all(f'id="{segment}"' in lines[line - 1] for segment, line in found.items())
