"""Killed workers, schedulers and commands, a full disk, a vanished dist: the next run makes good what is missing.

One misfortune of each kind at a drawn moment, on real processes and a real server; for ten each see
benchmarks/overnight_chaos.py.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.counting_engine import CountingEngine, counting_engine
from tests.batch.disturbed import (
    Aftermath,
    Cluster,
    Running,
    cluster,
    disturb,
    half_written,
    results_in,
    wait_until,
    write_workspace,
)
from toolkit.workspace import Workspace

CHANCE = random.Random(20260117)
PLACES = "甲乙丙丁"
TEXTS = {f"report-{number}": (f"{one}乡的小学今天搬进了新校舍。",) for number, one in enumerate(PLACES)}
QUESTIONS = 2 * len(TEXTS)
EDITION = ("--edition", "publishing")
ALONE = ("--executor", "serial")
POOL = ("--executor", "pool", "--jobs", "2")
ROOM = 40_000  # bytes: enough for drafts and lists, and not for a PDF


@dataclass
class Night:
    """The reports, the engine that counts, and what a build leaves that nobody disturbs."""

    folder: Path
    engine: CountingEngine
    expected: dict[str, bytes]

    def start(self, workspace: Workspace, *options: str, prefix: tuple[str, ...] = ()) -> Running:
        return Running(workspace, [*options, *EDITION], self.folder / f"log-{os.urandom(4).hex()}", prefix)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("night")
    with counting_engine(seconds=0.05) as engine:
        night = Night(folder, engine, {})
        workspace = write_workspace(folder / "undisturbed", TEXTS, engine)
        running = night.start(workspace, *ALONE)
        assert running.wait() == 0, running.said
        night.expected.update(results_in(workspace))
        assert len(night.expected) > 6 * len(TEXTS)
        assert not half_written(workspace)
        yield night


@pytest.fixture
def workspace(night: Night, tmp_path: Path) -> Workspace:
    return write_workspace(tmp_path / "disturbed", TEXTS, night.engine)


def drawn(night: Night) -> Callable[[Running], None]:
    """A drawn moment in the middle: when the engine has been asked so often."""
    count = len(night.engine.asked) + CHANCE.randint(1, QUESTIONS - 2)
    return lambda running: wait_until(lambda: len(night.engine.asked) >= count or running.process.poll() is not None)


def struck(
    night: Night,
    running: Running,
    misfortune: Callable[[Running], object],
    rerun: Callable[[], Running],
    moment: Callable[[Running], object] | None = None,
) -> Aftermath:
    aftermath = disturb(running, night.engine, night.expected, moment or drawn(night), misfortune, rerun)
    assert aftermath.is_well, aftermath
    assert not aftermath.has_traceback, aftermath.said
    return aftermath


def kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def test_a_killed_worker_of_the_pool_costs_nothing(night: Night, workspace: Workspace) -> None:
    running = night.start(workspace, *POOL)
    aftermath = struck(
        night, running, lambda one: kill(CHANCE.choice(one.workers())), lambda: night.start(workspace, *ALONE)
    )
    assert aftermath.code == 0
    assert f"{len(TEXTS)} up to date" in aftermath.rerun_said


@pytest.mark.parametrize("options", [POOL, ALONE], ids=["with workers", "alone"])
def test_a_killed_command_goes_on_where_it_was(options: tuple[str, ...], night: Night, workspace: Workspace) -> None:
    running = night.start(workspace, *options)
    aftermath = struck(night, running, lambda one: kill(one.process.pid), lambda: night.start(workspace, *ALONE))
    assert aftermath.code == -signal.SIGKILL


def test_a_killed_dask_worker_costs_nothing_and_a_killed_scheduler_is_told_with_what_is_left(
    night: Night, workspace: Workspace, tmp_path: Path
) -> None:
    other = write_workspace(tmp_path / "other", TEXTS, night.engine)
    with cluster(tmp_path / "first") as first, cluster(tmp_path / "second") as second:

        def start(workspace: Workspace, one: Cluster) -> Running:
            return night.start(workspace, *one.options)

        aftermath = struck(
            night,
            start(workspace, first),
            lambda _: kill(CHANCE.choice(first.workers).pid),
            lambda: start(workspace, first),
        )
        assert aftermath.code == 0
        aftermath = struck(
            night, start(other, first), lambda _: kill(first.scheduler.pid), lambda: start(other, second)
        )
    assert aftermath.code == 4
    assert aftermath.seconds_to_end < 10
    assert "the Dask scheduler is gone" in aftermath.said
    assert "Not built (" in aftermath.said
    assert "run the command again" in aftermath.said


def test_a_full_disk_stops_no_other_report_and_is_made_good(night: Night, workspace: Workspace) -> None:
    limit = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))"
    prefix = (sys.executable, "-c", f"{limit}; os.execv(sys.argv[1], sys.argv[1:])")
    running = night.start(workspace, *ALONE, prefix=prefix)
    aftermath = struck(
        night,
        running,
        lambda _: None,
        lambda: night.start(workspace, *ALONE),
        lambda one: one.process.wait(60),
    )
    assert aftermath.code == 5
    assert aftermath.said.count("could not be written (File too large)") >= len(TEXTS)


def test_a_dist_that_vanishes_in_the_middle_is_made_again(night: Night, workspace: Workspace) -> None:
    running = night.start(workspace, *POOL)
    aftermath = struck(
        night,
        running,
        lambda _: shutil.rmtree(workspace.dist, ignore_errors=True),
        lambda: night.start(workspace, *ALONE),
        lambda one: wait_until(lambda: any(workspace.dist.glob("*/*.pdf"))),
    )
    assert aftermath.code in (0, 5)
