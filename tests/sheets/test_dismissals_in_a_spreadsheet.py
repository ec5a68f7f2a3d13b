"""dismissed.csv after a spreadsheet of some country saved it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from toolkit.errors import SettingsError
from toolkit.quality import Finding, Severity, dismiss, read_dismissals

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.parametrize("date", ["25.11.2026", "11/25/2026", "25/11/2026", "2026年11月25日"])
def test_a_date_in_the_order_of_another_country_is_read(tmp_path: Path, date: str) -> None:
    path = tmp_path / "dismissed.csv"
    path.write_text(f"finding;reason;by;date\nfabc;Fine.;Li Na;{date}\n", encoding="utf-8")
    assert read_dismissals(path)[0].date == TODAY


def test_a_date_that_could_be_two_days_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dismissed.csv"
    path.write_text("finding,reason,by,date\nfabc,Fine.,Li Na,3/4/2026\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="could be two days") as caught:
        read_dismissals(path)
    assert (caught.value.line, "2026-11-25" in caught.value.remedy) == (2, True)


def test_dismissing_leaves_the_bytes_of_other_rows_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "dismissed.csv"
    finding = Finding("repeated", Severity.WARNING, "", "s2", "en", about="the")
    dismiss(path, finding, reason="One.", by="Li Na", today=TODAY)
    by_hand = '\r\n"fabc",repeated,s9,en,"of",Fine.,"Tashi",25.11.2026,\r\n'
    path.write_bytes(path.read_bytes() + by_hand.encode())
    dismiss(path, finding, reason="Two.", by="Li Na", today=TODAY)
    assert by_hand.encode() in path.read_bytes()
    assert [one.reason for one in read_dismissals(path)] == ["Fine.", "Two."]
