"""Ctrl-C, as a terminal sends it to every process of a build: at once, cleanly, and with a word on how to go on."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.batch.counting_engine import counting_engine
from tests.batch.disturbed import Running, cluster, wait_until, write_workspace
from tests.batch.test_killed import EDITION, TEXTS

_SECONDS = 2.0


@pytest.mark.parametrize("executor", ["serial", "pool", "dask", "a cluster elsewhere"])
def test_ctrl_c_stops_within_two_seconds_and_leaves_nobody_behind(executor: str, tmp_path: Path) -> None:
    """A machine that has other things to do may be late: one of three is in time."""
    assert any(_seconds_until_it_stops(executor, tmp_path / str(number)) < _SECONDS for number in range(3))


def _seconds_until_it_stops(executor: str, tmp_path: Path) -> float:
    options: list[str] = ["--executor", executor, "--jobs", "2"]
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(counting_engine(seconds=0.3))
        if executor == "a cluster elsewhere":
            options = stack.enter_context(cluster(tmp_path / "cluster")).options
        tmp_path.mkdir(exist_ok=True)
        workspace = write_workspace(tmp_path / "workspace", TEXTS, engine)
        running = Running(workspace, [*options, *EDITION], tmp_path / "log")
        stack.callback(running.end)
        wait_until(lambda: len(engine.asked) > 2)
        group = [one for one in psutil.process_iter() if _group_of(one.pid) == running.process.pid]
        began = time.monotonic()
        os.killpg(running.process.pid, signal.SIGINT)
        assert running.process.wait(20) == 130
        seconds = time.monotonic() - began
        assert running.said.strip().endswith("run the command again to go on.")
        assert "Traceback" not in running.said
        _, alive = psutil.wait_procs(group, timeout=3)
        assert not alive
        return seconds


def _group_of(process: int) -> int:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        return os.getpgid(process)
    return 0
