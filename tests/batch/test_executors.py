"""Serial, process pool and Dask do the same work; a worker that ends costs one report at most."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
from pathlib import Path

import pytest

from tests.batch.conftest import build, build_with, files_in, write_reports
from tests.build.newsroom import ENGLISH, TIBETAN, install
from toolkit.batch import ExecutorOptions, make_executor
from toolkit.batch.executor import FEWEST_FOR_A_POOL
from toolkit.batch.pool import Pool
from toolkit.batch.scheduler_address import scheduler_address
from toolkit.batch.task import DeskPlace, Task, TaskDone
from toolkit.build import ReportResult
from toolkit.desk import Desk
from toolkit.workspace import Workspace


def test_serial_pool_and_dask_write_the_same_bytes_with_a_model_too(
    workspace: Workspace, packages_of_this_test: Path, tmp_path: Path
) -> None:
    install(packages_of_this_test, ENGLISH)
    install(packages_of_this_test, TIBETAN, "bo")
    write_reports(workspace, 3)
    (workspace.source / "broken").mkdir()
    (workspace.source / "broken" / "report.txt").write_bytes(b"\xff\xfe\x00")
    found = {}
    for name in ("serial", "pool", "dask"):
        copy = Workspace(tmp_path / name)
        shutil.copytree(workspace.root, copy.root)
        batch, _ = build_with(copy, ExecutorOptions(name, 2), "argos")
        assert (batch.built, batch.failed, batch.codes) == (3, 1, {3})
        found[name] = files_in(copy.dist) | files_in(copy.source)
    assert len(found["serial"]) > 20
    assert found["pool"] == found["serial"]
    assert found["dask"] == found["serial"]


def test_a_killed_worker_costs_nothing_and_one_that_kills_twice_is_reported(workspace: Workspace) -> None:
    write_reports(workspace, 2)
    first, second = workspace.report_folders()
    place = DeskPlace(workspace.root, "assemble", (), "run")
    done: list[TaskDone] = []
    with Pool(place, 1) as pool:
        pool.submit(Task("build", (first,)))
        pool.submit(Task("build", (second,)))
        for kills in range(2):
            while not (pool._workers and pool._workers[0].task):
                _hear_a_little(pool)
            if kills:
                assert pool._workers[0].task == Task("build", (first,))
            os.kill(pool._workers[0].process.pid or 0, signal.SIGKILL)
            if not kills:
                while pool._workers and pool._workers[0].task:
                    done += _hear_a_little(pool)
        done += pool.completed()
    results = [answer for one in done for answer in one.answers]
    assert all(isinstance(one, ReportResult) for one in results)
    by_name = {one.name: one for one in results}
    assert "ended twice" in str(by_name[first.name].errors[0])
    assert by_name[second.name].errors == ()


def _hear_a_little(pool: Pool) -> list[TaskDone]:
    """What the next word of a worker brings."""
    from multiprocessing.connection import wait

    pool._hand_out()
    wait([worker.pipe for worker in pool._workers])
    return list(pool._hear(pool._workers[0]))


def test_workers_end_with_the_pool(workspace: Workspace) -> None:
    write_reports(workspace, 1)
    with pytest.raises(KeyboardInterrupt), Pool(DeskPlace(workspace.root, "assemble", (), "run"), 1) as pool:
        pool.submit(Task("build", workspace.report_folders()))
        process = pool._workers[0].process
        assert process.is_alive()
        raise KeyboardInterrupt
    assert not process.is_alive()


def test_a_fault_that_all_workers_would_meet_is_told_once_and_stops(workspace: Workspace) -> None:
    write_reports(workspace, 2)
    desk = Desk(workspace, "assemble")
    (workspace.glossaries / "terms.csv").write_text("no,such,columns\n", encoding="utf-8")
    with make_executor(ExecutorOptions("pool", 2), desk, 2) as executor:
        executor.submit(Task("build", workspace.report_folders()[:1]))
        with pytest.raises(Exception, match=r"terms\.csv"):
            list(executor.completed())


@pytest.mark.parametrize(
    ("options", "reports", "name"),
    [
        (ExecutorOptions(jobs=2), 1, "serial"),
        (ExecutorOptions(jobs=1), 100, "serial"),
        (ExecutorOptions(jobs=2), 2, "pool"),
        (ExecutorOptions(jobs=2), FEWEST_FOR_A_POOL, "pool"),
        (ExecutorOptions(jobs=2, scheduler="tcp://127.0.0.1:1"), 1, "dask"),
    ],
)
def test_who_works_is_chosen_by_what_there_is_to_do(
    options: ExecutorOptions, reports: int, name: str, workspace: Workspace
) -> None:
    assert make_executor(options, Desk(workspace, "assemble"), reports).name == name  # type: ignore[attr-defined]


def test_a_scheduler_that_does_not_answer_is_named(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.batch.dask_cluster._CONNECT", 1.0)
    write_reports(workspace, 1)
    outcome = build(workspace, "--scheduler", "tcp://127.0.0.1:9")
    assert outcome.code == 4
    assert "tcp://127.0.0.1:9: no Dask scheduler answers" in outcome.err


@pytest.mark.parametrize("address", ["x", "tcp://127.0.0.1:99999", "fax://127.0.0.1:80"])
def test_what_is_no_address_of_a_scheduler_is_told_before_dask_is_asked(workspace: Workspace, address: str) -> None:
    write_reports(workspace, 1)
    outcome = build(workspace, "--scheduler", address)
    assert outcome.code == 2
    assert f"“{address}” is no address of a scheduler. Write it like tcp://" in outcome.err


@pytest.mark.parametrize("text", ["junk", "[]", '{"id": 1}', '{"address": "x"}'])
def test_a_file_without_the_address_of_a_scheduler_is_named(workspace: Workspace, tmp_path: Path, text: str) -> None:
    write_reports(workspace, 1)
    (tmp_path / "scheduler.json").write_text(text, encoding="utf-8")
    outcome = build(workspace, "--scheduler-file", str(tmp_path / "scheduler.json"))
    assert outcome.code == 2
    assert "scheduler.json: holds no address of a scheduler" in outcome.err


def test_a_scheduler_that_is_still_writing_its_file_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text("", encoding="utf-8")
    written = '{"id": "Scheduler-1", "address": "tcp://127.0.0.1:8786"}'
    halves = [
        threading.Timer(after, file.write_text, (text, "utf-8"))
        for after, text in ((0.1, written[:30]), (0.3, written))
    ]
    for half in halves:
        half.start()
    assert scheduler_address("", file, patience=20) == "tcp://127.0.0.1:8786"


def test_a_scheduler_that_takes_the_call_and_says_nothing_is_given_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.batch.dask_cluster._CONNECT", 0.5)
    write_reports(workspace, 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        outcome = build(workspace, "--scheduler", address)
    assert outcome.code == 4
    assert f"{address}: no Dask scheduler answers" in outcome.err
    assert not workspace.dist.exists()


def test_a_scheduler_and_another_executor_are_bad_usage(workspace: Workspace) -> None:
    write_reports(workspace, 1)
    assert build(workspace, "--scheduler", "tcp://127.0.0.1:9", "--executor", "pool").code == 2
