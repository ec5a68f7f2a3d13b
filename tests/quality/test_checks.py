"""Findings over reports and drafts."""

from __future__ import annotations

import json

import pytest

from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.quality import Severity, check_draft, check_fonts, check_report, findings_json
from toolkit.quality.figures import missing_figures
from toolkit.report import InlineText, Report
from toolkit.translation import Draft, DraftUnit, Origin, OriginKind, State


def unit(
    source: str, target: str, *, state: State = State.REVIEWED, origin: Origin | None = None, note: str = ""
) -> DraftUnit:
    return DraftUnit("s1", InlineText(source), InlineText(target), state, origin, note=note)


def found(one: DraftUnit, *terms: Term, language: Language = "en") -> dict[str, Severity]:
    findings = check_draft(Draft(language, (one,)), Glossary(terms))
    return {finding.check: finding.severity for finding in findings}


def term(status: Status) -> Term:
    return Term(
        ("甘南州",),
        {"en": "Gannan Prefecture"},
        {"en": ("Gannan",)},
        {"en": ("Gannan State",)},
        "",
        status,
        "",
        "none",
        "t:2",
    )


def test_a_draft_that_is_right_has_no_findings() -> None:
    assert found(unit("甘南州在8月8日开会。", "Gannan Prefecture met on August 8."), term(Status.APPROVED)) == {}


@pytest.mark.parametrize(
    ("status", "severity"), [(Status.APPROVED, Severity.ERROR), (Status.PROPOSED, Severity.WARNING)]
)
def test_a_missing_term_weighs_as_much_as_its_status(status: Status, severity: Severity) -> None:
    assert found(unit("甘南州开会。", "The prefecture met."), term(status)) == {"term-missing": severity}


def test_an_accepted_rendering_satisfies_a_term() -> None:
    assert found(unit("甘南州开会。", "Gannan met."), term(Status.APPROVED)) == {}


def test_a_forbidden_rendering_is_found_even_where_the_term_is_satisfied() -> None:
    assert "term-forbidden" in found(unit("甘南州开会。", "Gannan State met in Gannan."), term(Status.PROPOSED))


def test_a_gap_is_a_warning_and_nothing_else_is_checked() -> None:
    assert found(unit("甘南州2023年。", "", state=State.NEEDS_TRANSLATION), term(Status.APPROVED)) == {
        "gap": Severity.WARNING
    }


def test_chinese_left_in_a_target_is_an_error() -> None:
    assert found(unit("开会。", "A 会 was held."))["han-in-target"] is Severity.ERROR


def test_a_doubt_of_the_memory_is_passed_on() -> None:
    origin = Origin(OriginKind.MEMORY, "m.tmx:1", 100)
    checks = found(unit("开会。", "A meeting.", state=State.DRAFT, origin=origin, note="Is it one meeting?"))
    assert checks == {"memory-doubt": Severity.WARNING, "unreviewed": Severity.WARNING}


@pytest.mark.parametrize(
    ("source", "target", "language", "missing"),
    [
        ("8月8日庆祝70周年", "On August 8, the 70th anniversary", "en", ()),
        ("8月8日庆祝70周年", "On August 8, an anniversary", "en", ("70",)),
        ("8月8日", "ཟླ་8པའི་ཚེས་8", "bo", ()),
        ("8月8日", "ཟླ་༨པའི་ཚེས་༨", "bo", ()),
        ("8月8日", "ཟླ་8པའི་ཚེས་9", "bo", ("8",)),
        ("自2015年", "since 2015", "en", ()),
        ("自2015年", "since 2016", "en", ("2015",)),
        ("10,000人", "10000 people", "en", ()),
        ("26日晚", "on the evening of March 26", "en", ()),
        ("3.2亿元", "320 million yuan", "en", ()),
        ("１５人", "15 people", "en", ()),
    ],
)
def test_figures_of_the_source_must_be_in_the_target(
    source: str, target: str, language: Language, missing: tuple[str, ...]
) -> None:
    assert missing_figures(source, target, language) == missing


def test_the_real_report_tells_its_corrections_captions_and_repeats(gannan: Report) -> None:
    checks = [finding.check for finding in check_report(gannan)]
    assert {check: checks.count(check) for check in checks} == {
        "source-corrected": 7,
        "caption-without-picture": 6,
        "repeats-collapsed": 2,
    }


def test_a_character_that_no_font_has_is_named() -> None:
    (finding,) = check_fonts("会议 meeting བོད 😀", bundled_fonts())
    assert finding.severity is Severity.ERROR
    assert "😀 (U+1F600)" in finding.reason


def test_findings_json_counts_all_severities_and_puts_errors_first() -> None:
    findings = check_draft(Draft("en", (unit("开会", ""), unit("开会", "会"))), Glossary(()))
    data = json.loads(findings_json("r", findings))
    assert data["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert [finding["severity"] for finding in data["findings"]] == ["error", "warning"]
