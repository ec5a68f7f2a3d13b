"""What is done again and why: the plan, the ledger, the lock, and `bulletin status`."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from tests.batch.conftest import HEADER, build, write_reports
from tests.build.newsroom import lines_with
from tests.cli.command import Outcome, bulletin
from toolkit.batch import one_build, open_ledger, read_ledger
from toolkit.batch.stamps import Stamp, Stamps
from toolkit.errors import OutputError
from toolkit.locks import FOLDER
from toolkit.workspace import Workspace


def status(workspace: Workspace, *arguments: str) -> Outcome:
    return bulletin("-C", workspace.root, "status", *arguments)


def plan_of(workspace: Workspace) -> dict[str, tuple[str, list[str]]]:
    """State and reasons by report, as `--dry-run --json` tells them."""
    rows = build(workspace, "--dry-run", "--json").data["reports"]
    return {row["report"]: (row["state"], row["reasons"]) for row in rows}


def write_terms(workspace: Workspace, *rows: str) -> None:
    (workspace.glossaries / "terms.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def test_a_dry_run_says_what_and_why_and_does_nothing(workspace: Workspace) -> None:
    first, _ = write_reports(workspace, 2)
    assert plan_of(workspace)[first] == ("never", ["never built"])
    assert not workspace.dist.exists()
    assert not (workspace.root / FOLDER).exists()
    build(workspace)
    assert plan_of(workspace)[first] == ("done", [])
    report = workspace.source / first / "report.txt"
    report.write_text(report.read_text("utf-8") + "大家好。\n", encoding="utf-8")
    (workspace.dist / first / f"{first}-publishing.pdf").unlink()
    state, reasons = plan_of(workspace)[first]
    assert state == "stale"
    assert reasons == ["the report changed", f"not in dist as built: {first}-publishing.pdf"]


def test_after_one_terms_edit_only_the_reports_it_stands_in_are_built_again(workspace: Workspace) -> None:
    first, second = write_reports(workspace, 2)
    (workspace.source / first / "report.txt").write_text("合作市举行会议\n\n会议很好。\n", encoding="utf-8")
    hezuo, school = "合作市,{},,place,proposed,,,,,,,none", "校舍,school building,,thing,proposed,,,,,,,none"
    write_terms(workspace, hezuo.format("Hezuo City"), school)
    build(workspace)
    before = {path: path.stat().st_mtime_ns for path in (workspace.dist / second).glob("*.pdf")}
    write_terms(workspace, hezuo.format("the City of Hezuo"), school)
    assert {name: state for name, (state, _) in plan_of(workspace).items()} == {first: "stale", second: "done"}
    outcome = build(workspace)
    assert f"{first}: built" in outcome.out
    assert f"{second}: up to date" in outcome.out
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [state for state, _ in plan_of(workspace).values()] == ["done", "done"]


def test_failed_reports_come_first_and_alone_with_retry_failed(workspace: Workspace) -> None:
    first, second, third = write_reports(workspace, 3)
    good = (workspace.source / second / "report.txt").read_bytes()
    (workspace.source / second / "report.txt").write_bytes(b"\xff\xfe")
    assert build(workspace, first, second).code == 3
    (reason,) = plan_of(workspace)[second][1]
    assert "failed last time: " in reason
    assert "report.txt:1" in reason
    assert build(workspace, "--dry-run", "--json").data["to_do"] == [second, third]
    (workspace.source / second / "report.txt").write_bytes(good)
    outcome = build(workspace, "--retry-failed")
    assert "1 report: 1 built" in outcome.out
    assert not (workspace.dist / third).exists()
    assert [row.result for row in read_ledger(workspace).rows().values()] == ["done", "done"]


def test_status_tells_how_the_reports_stand_and_who_built_them(workspace: Workspace) -> None:
    first, second = write_reports(workspace, 2)
    assert "The ledger knows of no run." in status(workspace).out
    build(workspace, first)
    told = status(workspace, "--json").data
    assert told["counts"] == {"done": 1, "failed": 0, "stale": 0, "never": 1}
    assert told["last_run"]["outcome"] == "done"
    by_name = {row["report"]: row for row in told["reports"]}
    assert by_name[first]["last"]["pid"] == os.getpid()
    assert by_name[first]["last"]["pages"] == 2
    assert by_name[second]["last"] is None
    assert f"{second}: never built" in status(workspace).out


@pytest.mark.parametrize("damage", [b"", b"no database at all"])
def test_a_ledger_that_was_lost_or_damaged_costs_its_history_only(damage: bytes, workspace: Workspace) -> None:
    write_reports(workspace, 1)
    build(workspace)
    (workspace.root / FOLDER / "ledger.sqlite").write_bytes(damage)
    outcome = build(workspace)
    assert outcome.code == 0
    assert "1 up to date" in outcome.out
    assert status(workspace).code == 0


def _hold(root: Path, held: object, release: object) -> None:
    with one_build(Workspace(root)):
        held.set()  # type: ignore[attr-defined]
        release.wait(20)  # type: ignore[attr-defined]


def test_a_second_build_says_who_builds_and_waits_when_asked(workspace: Workspace) -> None:
    write_reports(workspace, 1)
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(workspace.root, held, release))
    other.start()
    assert held.wait(20)
    outcome = build(workspace)
    assert outcome.code == 5
    assert lines_with(outcome.err, ["is being built by process", str(other.pid), "--wait"])
    assert not workspace.dist.exists()
    told: list[str] = []

    def let_go(holder: str) -> None:
        told.append(holder)
        release.set()

    with one_build(workspace, wait=True, waiting=let_go):
        assert str(other.pid) in told[0]
    other.join(20)


def test_a_lock_is_free_again_when_its_holder_was_killed(workspace: Workspace) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(workspace.root, held, release))
    other.start()
    assert held.wait(20)
    with pytest.raises(OutputError), one_build(workspace):
        pass
    other.kill()
    other.join(20)
    with one_build(workspace):
        pass


def test_files_are_not_read_again_until_they_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    now = time.time_ns()
    monkeypatch.setattr("toolkit.batch.stamps.time.time_ns", lambda: now + 10**10)
    kept: dict[str, tuple[str, str]] = {}
    first = Stamps({}, lambda stamps: kept.update({name: (facts, digest) for name, facts, digest in stamps}))
    digest = first.digest(path)
    first.keep()
    monkeypatch.setattr("toolkit.batch.stamps.digest_of", lambda _: "read again")
    second = Stamps(kept)
    assert second.digest(path) == digest
    time.sleep(0.01)
    path.write_bytes(b"two")
    os.utime(path, ns=(now, now))  # as a copy does that keeps times
    assert second.digest(path) == "read again"


def test_a_file_that_has_just_changed_is_not_relied_on(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    kept: list[Stamp] = []
    stamps = Stamps({}, kept.extend)
    stamps.digest(path)
    stamps.keep()
    assert kept == []


def test_half_written_files_of_a_killed_build_are_cleared_away(workspace: Workspace) -> None:
    (name,) = write_reports(workspace, 1)
    folder = workspace.dist / name
    folder.mkdir(parents=True)
    (folder / f".{name}-review.pdf.x1y2.part").write_bytes(b"half")
    build(workspace)
    assert not list(workspace.root.rglob("*.part"))


def test_a_ledger_on_a_full_disk_costs_no_report(workspace: Workspace) -> None:
    (workspace.root / FOLDER).write_text("in the way", encoding="utf-8")
    ledger = open_ledger(workspace)
    assert ledger.is_lossy
    ledger.begin("serial", "assemble", 1)
    assert ledger.last_run() is not None
