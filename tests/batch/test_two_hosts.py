"""A host that is cut off in the middle: the others do its work, with the same bytes, and it spoils nothing."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.batch.disturbed import environment
from tests.conftest import ROOT


def test_a_host_that_is_cut_off_costs_nothing() -> None:
    """In network namespaces where they may be made; else with a worker that falls silent."""
    command = [sys.executable, "-m", "benchmarks.two_hosts", "--reports", "4", "--cut-after", "3", "--silence", "3"]
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(run.stdout)
    assert found["cut_off_while_it_ran"]
    assert found["differing"] == found["half_written"] == []
    assert sum(found["reports_by_host"].values()) == found["reports"]
    if found["namespaces"]:
        assert found["cut_off"] not in found["reports_by_host"]
