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
    options: list[str] = ["--executor", executor, "--jobs", "2"]
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(counting_engine(seconds=0.3))
        if executor == "a cluster elsewhere":
            options = stack.enter_context(cluster(tmp_path / "cluster")).options
        workspace = write_workspace(tmp_path / "workspace", TEXTS, engine)
        running = Running(workspace, [*options, *EDITION], tmp_path / "log")
        stack.callback(running.end)
        wait_until(lambda: len(engine.asked) > 2)
        group = [one for one in psutil.process_iter() if _group_of(one.pid) == running.process.pid]
        began = time.monotonic()
        os.killpg(running.process.pid, signal.SIGINT)
        assert running.process.wait(20) == 130
        assert time.monotonic() - began < _SECONDS
        assert running.said.strip().endswith("run the command again to go on.")
        assert "Traceback" not in running.said
        _, alive = psutil.wait_procs(group, timeout=3)
        assert not alive


def _group_of(process: int) -> int:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        return os.getpgid(process)
    return 0
