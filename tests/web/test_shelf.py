"""Reports kept open: one that is slow to open keeps only those waiting who asked for it, and memory is bounded."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import write_report
from tests.web.conftest import TEXT
from toolkit.report import Report
from toolkit.web import Office, shelf
from toolkit.web.office import NotThere
from toolkit.web.shelf import Shelf, warm


def test_a_report_that_is_being_opened_keeps_nobody_waiting_who_asks_for_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(office.workspace, "slow", TEXT)
    real, begun, may_go_on = shelf._read, threading.Event(), threading.Event()

    def reading(report: Report, *more: Any) -> shelf.Open:
        if report.name == "slow":
            begun.set()
            assert may_go_on.wait(60)
        return real(report, *more)

    monkeypatch.setattr(shelf, "_read", reading)
    kept = Shelf(office)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(kept.open, "slow")
        try:
            assert begun.wait(60)
            assert pool.submit(kept.open, "r").result(60).report.name == "r"
            assert not slow.done()
        finally:
            may_go_on.set()
        assert slow.result(60).report.name == "slow"


def test_the_reports_that_were_asked_for_last_are_kept_and_no_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_REPORTS", 2)
    monkeypatch.setattr("toolkit.web.office.MOST_REPORTS", 2)
    for name in ("s", "t"):
        write_report(office.workspace, name, TEXT)
    kept = Shelf(office)
    first, second = kept.open("r"), kept.open("s")
    assert kept.open("r") is first
    kept.open("t")
    assert kept.open("r") is first  # asked for after "s", which had to go
    assert kept.open("s") is not second
    assert (len(kept._open), len(office._reports)) == (2, 2)


def test_who_asks_for_what_is_not_there_leaves_nothing_behind(office: Office) -> None:
    kept = Shelf(office)
    for number in range(20):
        with pytest.raises(NotThere):
            kept.open(f"none{number}")
    assert len(kept._opening) == 0


def test_the_first_segments_of_every_report_are_looked_at_before_the_rest_of_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(office.workspace, "s", TEXT)
    monkeypatch.setattr(shelf, "PER_PAGE", 1)
    seen: list[str] = []
    real = shelf.Open.findings

    def looked(opened: shelf.Open, *more: Any) -> Any:
        if opened.report.name not in seen[-1:]:
            seen.append(opened.report.name)
        return real(opened, *more)

    monkeypatch.setattr(shelf.Open, "findings", looked)
    warm(office, Shelf(office), reports=2)
    assert seen in (["r", "s", "r", "s"], ["s", "r", "s", "r"])


def test_findings_of_texts_that_are_gone_are_forgotten_in_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MOST_VERSIONS", 0)
    kept = Shelf(office)
    opened = kept.open("r")
    opened.findings(opened.drafts["en"].units[0], "en")
    (office.workspace.source / "r" / "review.jsonl").write_text("", encoding="utf-8")
    again = kept.open("r")
    assert again is not opened and not again._findings and opened._findings
