"""A person lets a finding be, and says why."""

from __future__ import annotations

import csv
import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.quality.drafts import findings_of, term, unit
from toolkit.errors import SettingsError
from toolkit.quality import (
    Finding,
    Severity,
    apply_dismissals,
    count_by_severity,
    dismiss,
    findings_json,
    open_findings,
    read_dismissals,
)

TODAY = datetime.date(2026, 11, 25)
GANNAN = term("甘南州", "Gannan Prefecture")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dismissed.csv"


def finding_in(target: str) -> Finding:
    (finding,) = findings_of(unit("甘南州开会。", target), terms=(GANNAN,))
    return finding


def test_a_dismissed_finding_keeps_its_reason_and_author_and_is_not_counted(path: Path) -> None:
    finding = finding_in("They met.")
    dismiss(path, finding, reason="Said in the sentence before.", by="Li Na", today=TODAY)
    (dismissed,) = apply_dismissals([finding], read_dismissals(path))
    assert dismissed.dismissed is not None
    assert (dismissed.dismissed.reason, dismissed.dismissed.by) == ("Said in the sentence before.", "Li Na")
    assert dismissed.dismissed.date == TODAY
    assert open_findings([dismissed]) == ()
    assert count_by_severity([dismissed])[Severity.WARNING] == 0
    data = json.loads(findings_json("r", (dismissed,)))
    assert data["findings"] == []
    assert data["dismissed"][0]["dismissed"]["by"] == "Li Na"


def test_it_survives_another_place_and_wording_in_the_glossary(path: Path) -> None:
    dismiss(path, finding_in("They met."), reason="Fine.", by="Li Na", today=TODAY)
    moved = replace(GANNAN, place="t.csv:40", targets={"en": "Kanlho"})
    findings = findings_of(unit("甘南州开会。", "They met."), terms=(moved,))
    assert open_findings(apply_dismissals(findings, read_dismissals(path))) == ()


def test_when_the_target_changes_it_is_shown_again_and_the_row_is_stale(path: Path) -> None:
    dismiss(path, finding_in("They met."), reason="Fine.", by="Li Na", today=TODAY)
    shown = apply_dismissals([finding_in("They met there.")], read_dismissals(path))
    assert [(one.check, one.dismissed) for one in shown] == [("term-missing", None), ("dismissal-stale", None)]
    assert shown[1].severity is Severity.INFO


def test_a_row_that_nothing_answers_to_is_told(path: Path) -> None:
    dismiss(path, finding_in("They met."), reason="Fine.", by="Li Na", today=TODAY)
    (stale,) = apply_dismissals([], read_dismissals(path))
    assert stale.check == "dismissal-stale"
    assert "Li Na" in stale.reason


@pytest.mark.parametrize(("reason", "by"), [("", "Li Na"), (" \n", "Li Na"), ("Fine.", "")])
def test_no_dismissal_without_a_reason_and_a_name(path: Path, reason: str, by: str) -> None:
    with pytest.raises(SettingsError):
        dismiss(path, finding_in("They met."), reason=reason, by=by, today=TODAY)
    assert not path.exists()


def test_a_gap_cannot_be_dismissed_away(path: Path) -> None:
    (gap,) = findings_of(unit("甘南州开会。", ""))
    with pytest.raises(SettingsError, match="cannot be dismissed"):
        dismiss(path, gap, reason="Fine.", by="Li Na", today=TODAY)


def test_dismissing_again_replaces_the_row_and_leaves_the_others(path: Path) -> None:
    first, second = finding_in("They met."), Finding("repeated", Severity.WARNING, "", "s2", "en", about="the")
    dismiss(path, first, reason="One.", by="Li Na", today=TODAY)
    dismiss(path, second, reason="Two.", by="Li Na", today=TODAY)
    dismiss(path, first, reason="Three.", by="Tashi", today=TODAY)
    assert {one.reason for one in read_dismissals(path)} == {"Two.", "Three."}


def test_the_file_opens_in_a_spreadsheet_and_no_cell_is_a_formula(path: Path) -> None:
    finding = Finding("number", Severity.ERROR, "", "s1", "en", about="-5")
    dismiss(path, finding, reason="=SUM(A1), she says", by="'=x", today=TODAY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert row["reason"] == "'=SUM(A1), she says"
    assert row["about"] == "'-5"
    (read,) = read_dismissals(path)
    assert (read.reason, read.by) == ("=SUM(A1), she says", "'=x")


def test_no_hash_can_be_taken_for_a_number(path: Path) -> None:
    finding = replace(finding_in("They met."), target="1234567890123456")
    dismiss(path, finding, reason="Fine.", by="Li Na", today=TODAY)
    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert row["finding"][0].isalpha() and not row["finding"].startswith("e")
    assert row["target"] == "t1234567890123456"
    assert read_dismissals(path)[0].target == "1234567890123456"


def test_what_a_spreadsheet_saved_is_read(path: Path) -> None:
    finding = finding_in("They met.")
    dismiss(path, finding, reason="Fine.", by="Li Na", today=TODAY)
    text = path.read_text(encoding="utf-8-sig").replace(",", ";").replace("2026-11-25", "2026/11/25")
    path.write_text(text, encoding="utf-8")
    assert read_dismissals(path)[0].date == TODAY


def test_an_absent_file_holds_none(path: Path) -> None:
    assert read_dismissals(path) == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("fabc,Fine.,,2026-11-25", "has no by"),
        ("fabc,,Li Na,2026-11-25", "has no reason"),
        ("fabc,Fine.,Li Na,yesterday", "is no date"),
        ('fabc,"Fine.,Li Na,2026-11-25', "not valid CSV"),
    ],
)
def test_a_row_that_does_not_say_enough_is_an_error_with_its_line(path: Path, row: str, problem: str) -> None:
    path.write_text(f"finding,reason,by,date\n{row}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=problem) as caught:
        read_dismissals(path)
    assert caught.value.line == 2


def test_a_header_that_lacks_a_column_is_an_error(path: Path) -> None:
    path.write_text("finding,reason\nfabc,Fine.\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="lacks the column by, date"):
        read_dismissals(path)
