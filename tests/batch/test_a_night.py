"""A night's work in small: good and broken reports together, what is said about them, what is remembered of them."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.overnight_reports import WAYS, Broken
from tests.batch.conftest import HEADER, build, write_reports
from tests.build.newsroom import lines_with, write_school
from tests.cli.test_output import PROGRAM, environment
from toolkit.batch import Batch, read_ledger
from toolkit.batch.serial import Serial
from toolkit.batch.stamps import Stamps
from toolkit.batch.task import TaskDone
from toolkit.build import ReportResult
from toolkit.cli import telling
from toolkit.errors import EngineError, SourceError
from toolkit.record import BuildRecord
from toolkit.workspace import Workspace

EDITION = ("--edition", "publishing")


@pytest.fixture
def night(workspace: Workspace) -> dict[str, Broken]:
    """Two good reports, and one broken in each way; which, by report."""
    write_reports(workspace, 2)
    broken = {f"bad-{number:02}": way for number, way in enumerate(WAYS)}
    for name, way in broken.items():
        way.breaks(write_school(workspace, name))
    return broken


def test_what_is_good_is_built_and_every_bad_report_is_named_with_its_reason(
    night: dict[str, Broken], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_IN_FULL", 5)
    outcome = build(workspace, *EDITION)
    assert outcome.code == 3
    _, _, end = outcome.out.partition("\n  with errors\n")
    for name, way in night.items():
        assert lines_with(end, [name, way.says]), way.name
        assert "fault of the toolkit" not in end
    assert f"{len(night) + 2} reports: 2 built, 0 up to date, {len(night)} with errors" in end
    assert all((workspace.dist / name / f"{name}-publishing.pdf").is_file() for name in ("report-00", "report-01"))
    told = {one["report"]: one for one in build(workspace, *EDITION, "--json").data["reports"]}
    assert {name: [error["exit_code"] for error in told[name]["errors"]] for name in night} == {
        name: [way.code] for name, way in night.items()
    }
    assert {name for name, one in told.items() if not one["errors"]} == {"report-00", "report-01"}


def test_a_log_gets_lines_and_standard_output_results_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_SECONDS_BETWEEN_LINES", 0.0)
    write_reports(workspace, 2)
    outcome = build(workspace, *EDITION, "--json")
    assert set(json.loads(outcome.out)) == {"exit_code", "reports"}
    said = lines_with(outcome.err, ["1 of 2 reports", "segments", "pages", "left"])
    assert said
    assert "\r" not in outcome.err
    assert "\x1b" not in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_gets_one_line_that_is_drawn_again(workspace: Workspace) -> None:
    write_reports(workspace, 2)
    ours, theirs = pty.openpty()
    command = [*PROGRAM, "-C", str(workspace.root), "build", "--engine", "assemble", *EDITION]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=environment(COLUMNS="200"), timeout=120)
    os.close(theirs)
    drawn = _all_of(ours).decode("utf-8")
    assert run.returncode == 0
    assert "1 of 2 reports · " in drawn
    assert drawn.endswith("\r\x1b[K"), "it is taken away in the end"
    assert "of 2 reports · " not in run.stdout.decode("utf-8")


def _all_of(terminal: int) -> bytes:
    """What was written to a terminal that nobody writes to any more."""
    pieces = []
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 4096):
            pieces.append(piece)
    os.close(terminal)
    return b"".join(pieces)


def test_the_line_tells_reports_segments_pages_findings_and_the_time_left() -> None:
    batch = Batch(asked=10)
    counts = {"en": {"total": 30}, "bo": {"total": 30}}
    record = BuildRecord(pages={"one.pdf": 4}, counts=counts, findings={"error": 2, "info": 0})
    batch.add(ReportResult("one", record, written=(Path("one.pdf"),)))
    batch.add(ReportResult("two", errors=(SourceError("is empty", remedy="Mend it"),)))
    expected = "2 of 10 reports · 60 segments · 4 pages · 1 with errors · 2 error · 8 min left"
    assert telling.progress_line(batch, 120.0) == expected


def test_after_a_build_nothing_is_read_to_see_that_nothing_changed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.batch.stamps._STILL_WARM", -1)  # as if every file had been left alone for long
    write_reports(workspace, 2)
    build(workspace, *EDITION)
    read: list[str] = []

    def digest_of(path: Path) -> str:
        read.append(path.name)
        return ""

    monkeypatch.setattr("toolkit.batch.stamps.digest_of", digest_of)
    assert "2 up to date" in build(workspace, *EDITION).out
    assert read == []


def test_what_a_person_changes_right_after_a_build_is_not_taken_for_what_was_built(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.batch.stamps._STILL_WARM", -1)
    (name,) = write_reports(workspace, 1)
    build(workspace, *EDITION)
    edited = workspace.dist / name / f"{name}-publishing.docx"
    edited.write_bytes(edited.read_bytes() + b"!")
    assert build(workspace, *EDITION).code == 5
    assert edited.read_bytes().endswith(b"!")


def test_what_is_known_of_files_is_handed_over_a_few_hundred_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.batch.stamps._STILL_WARM", -1)
    monkeypatch.setattr("toolkit.batch.stamps._MOST_TO_KEEP_AT_ONCE", 3)
    kept: list[int] = []
    stamps = Stamps({}, lambda some: kept.append(len(list(some))))
    for number in range(7):
        path = tmp_path / str(number)
        path.write_bytes(b"")
        stamps.digest(path)
    stamps.keep()
    assert kept == [3, 3, 1]


def test_when_all_stops_those_that_were_not_built_are_named_and_no_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(workspace, 3)
    real = Serial.completed

    def one_and_no_more(self: Serial) -> Iterator[TaskDone]:
        yield next(real(self))
        raise EngineError("the scheduler is gone", remedy="Start it again")

    with monkeypatch.context() as patch:
        patch.setattr(Serial, "completed", one_and_no_more)
        outcome = build(workspace, *EDITION, "--executor", "serial", "--json")
    (built,) = (one["report"] for one in outcome.data["reports"])
    assert outcome.code == 4
    assert sorted([built, *outcome.data["not_built"]]) == ["report-00", "report-01", "report-02"]
    assert outcome.err.count(built) == 0 and "Not built (2)" in outcome.err


def test_after_a_terms_edit_the_others_of_many_stay_as_they_are(workspace: Workspace) -> None:
    first, *others = write_reports(workspace, 4)
    (workspace.source / first / "report.txt").write_text("合作市举行会议\n\n会议很好。\n", encoding="utf-8")
    terms = workspace.glossaries / "terms.csv"
    terms.write_text(HEADER, encoding="utf-8")
    build(workspace, *EDITION)
    terms.write_text(f"{HEADER}合作市,Hezuo City,,place,proposed,,,,,,,none\n", encoding="utf-8")
    told = {one["report"]: one for one in build(workspace, *EDITION, "--json").data["reports"]}
    assert {name for name, one in told.items() if not one["unchanged"]} == {first}
    assert {name for name, row in read_ledger(workspace).rows().items() if row.result == "done"} == {first, *others}
