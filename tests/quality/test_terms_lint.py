"""Lint for glossaries: each fault is found where it stands, all at once, and ours has none that matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.glossary.samples import HEADER, OURS, write_glossary
from toolkit.glossary import COLUMNS
from toolkit.quality import Severity
from toolkit.quality.terms_lint import LINT_RULES, LintFinding, lint_terms

GOOD = {"zh": "甘南州", "en": "Gannan Prefecture", "bo": "ཀན་ལྷོ་ཁུལ", "domain": "place", "status": "proposed"}
GOOD |= {"source": "a gazetteer"}


FAULTS: list[tuple[dict[str, str], str, str]] = [
    ({"zh": ""}, "no-source", "zh"),
    ({"status": "done"}, "unknown-status", "status"),
    ({"en_forbidden": "Gannan prefecture"}, "forbidden-is-allowed", "en_forbidden"),
    ({"bo_accepted": "ཀན་ལྷོ", "bo_forbidden": "ཀན་ལྷོ"}, "forbidden-is-allowed", "bo_forbidden"),
    ({"status": "approved"}, "approved-without-name", "by"),
    ({"en": "Gan\u0007nan"}, "control-character", "en"),
    ({"bo": "ཀན་\u200bལྷོ"}, "invisible", "bo"),
    ({"en": "Gannan 州"}, "wrong-script", "en"),
    ({"bo": "Kanlho"}, "wrong-script", "bo"),
    ({"zh": "Gannan"}, "wrong-script", "zh"),
    ({"zh": "甘南ཀ"}, "wrong-script", "zh"),
    ({"en": "1,000"}, "wrong-script", "en"),
    ({"en": "Gannаn Prefecture"}, "homoglyph", "en"),
    ({"bo": ""}, "missing-target", "bo"),
    ({"bo": "ཀན་ལྷཨོ"}, "malformed-tibetan", "bo"),
    ({"bo_accepted": "གཀྐནག"}, "malformed-tibetan", "bo_accepted"),
    ({"en": " Gannan"}, "white-space", "en"),
    ({"en": "Gannan  Prefecture"}, "white-space", "en"),
    ({"en": "Gannan\u00a0Prefecture"}, "white-space", "en"),
    ({"note": "two\nlines"}, "white-space", "note"),
    ({"en_accepted": "Kanlho | | Gannan"}, "white-space", "en_accepted"),
    ({"en": "Dêqên".replace("ê", "e\u0302")}, "not-nfc", "en"),
    ({"en": "Gannan（Kanlho）"}, "full-width", "en"),
    ({"zh": "甘南Ａ"}, "full-width", "zh"),
    ({"en": "Gannan (Kanlho"}, "brackets", "en"),
    ({"bo": "《ཀན་ལྷོ"}, "brackets", "bo"),
    ({"bo": "ཀན་ལྷོ་"}, "tsheg-at-end", "bo"),
    ({"bo": "ཀན\u0f0cལྷོ"}, "no-break-tsheg", "bo"),
    ({"bo": "ཀན་ལྷོ།"}, "shad-at-end", "bo"),
    ({"zh": "州"}, "one-character", "zh"),
    ({"en_accepted": "Gannan Prefecture"}, "accepted-is-preferred", "en_accepted"),
    ({"en_accepted": "Kanlho | Kanlho"}, "said-twice", "en_accepted"),
    ({"source": ""}, "source-not-said", "source"),
    ({"en": "joint meeting", "en_accepted": "Joint meetings"}, "needless-variant", "en_accepted"),
    ({"source": "none"}, "source-none", "source"),
]


def row(**cells: str) -> str:
    values = {**GOOD, **cells}
    return ",".join(f'"{values[column]}"' if values.get(column) else "" for column in COLUMNS)


def lint(folder: Path, *rows: str, header: str = HEADER) -> tuple[LintFinding, ...]:
    return lint_terms(write_glossary(folder, *rows, header=header))


def test_our_glossary_has_no_error_and_no_warning() -> None:
    assert [one for one in lint_terms(OURS) if one.severity is not Severity.INFO] == []


def test_a_good_row_has_no_fault(tmp_path: Path) -> None:
    assert lint(tmp_path, row(en_accepted="Kanlho (Gannan) | 3rd Prefecture", zh_accepted="GDP甘南")) == ()


@pytest.mark.parametrize(("cells", "code", "column"), FAULTS)
def test_a_fault_is_found_and_is_the_only_one(cells: dict[str, str], code: str, column: str, tmp_path: Path) -> None:
    (finding,) = lint(tmp_path, row(**cells))
    assert (finding.code, finding.column, finding.line) == (code, column, 2)
    assert finding.severity is LINT_RULES[code][0]
    assert finding.path.name == "terms.csv"
    assert finding.reason and finding.remedy


def test_a_missing_rendering_weighs_more_in_an_approved_term_and_nothing_in_a_deprecated_one(tmp_path: Path) -> None:
    header = HEADER + ",by,date"
    approved = row(bo="", status="approved") + ",Tashi,2026-11-25"
    (finding,) = lint(tmp_path / "a", approved, header=header)
    assert (finding.code, finding.severity) == ("missing-target", Severity.ERROR)
    assert lint(tmp_path / "b", row(bo="", status="deprecated")) == ()


@pytest.mark.parametrize("date", ["", "soon", "3/4/2026"])
def test_an_approval_needs_a_day_that_can_be_only_one(date: str, tmp_path: Path) -> None:
    (finding,) = lint(tmp_path, row(status="approved") + f",Tashi,{date}", header=HEADER + ",by,date")
    assert finding.code == "bad-date"


def test_the_same_source_twice_is_told_across_files_scripts_and_columns(tmp_path: Path) -> None:
    write_glossary(tmp_path, row(zh="云南省", en="Yunnan Province", bo="ཡུན་ནན་ཞིང་ཆེན"), name="a.csv")
    write_glossary(tmp_path, row(), row(zh="另一个", zh_accepted="雲南省"), name="b.csv")
    findings = [one for one in lint_terms(tmp_path) if one.code == "duplicate-source"]
    assert [(one.path.name, one.line) for one in findings] == [("b.csv", 3)]
    assert "a.csv:2, with other renderings" in findings[0].reason


def test_two_terms_with_one_rendering_in_one_domain_are_pointed_out(tmp_path: Path) -> None:
    findings = lint(tmp_path, row(), row(zh="甘南"), row(zh="甘南地区", domain="office"))
    assert [(one.code, one.line, one.column) for one in findings] == [
        ("same-target", 3, "en"),
        ("same-target", 3, "bo"),
    ]
    assert {one.severity for one in findings} == {Severity.INFO}


def test_a_misspelling_may_be_forbidden(tmp_path: Path) -> None:
    assert lint(tmp_path, row(bo_forbidden="གཀྐནག")) == ()


def test_a_broken_file_is_told_whole_not_only_its_first_fault(tmp_path: Path) -> None:
    findings = lint(tmp_path, row(status="?"), "甘孜,x", row(zh="玉树", en=" Yushu", bo="ཡུལ་ཤུལ"))
    assert [(one.code, one.line) for one in findings if one.severity is not Severity.INFO][:2] == [
        ("unknown-status", 2),
        ("row-length", 3),
    ]
    assert ("white-space", 4) in {(one.code, one.line) for one in findings}


def test_every_column_that_is_missing_is_named(tmp_path: Path) -> None:
    findings = lint(tmp_path, "甘南,Gannan", header="zh,en")
    assert len([one for one in findings if one.code == "missing-column"]) == len(COLUMNS) - 2


@pytest.mark.parametrize("content", ["甘南".encode("gbk"), b"\0\0", b"", b'zh,en\n"open'])
def test_a_file_that_is_no_table_is_a_finding_and_the_others_are_linted(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    write_glossary(tmp_path, row(status="?"), name="b.csv")
    findings = lint_terms(tmp_path)
    assert findings[0].path.name == "a.csv"
    assert findings[0].severity is Severity.ERROR
    assert ("b.csv", "unknown-status") in {(one.path.name, one.code) for one in findings}


def test_every_rule_is_tested_here() -> None:
    elsewhere = {"unreadable", "missing-column", "row-length", "duplicate-source", "same-target", "bad-date"}
    assert {code for _, code, _ in FAULTS} | elsewhere == set(LINT_RULES)
