"""The command `bulletin`, run in a process of its own and watched: how long, how much memory, what it said."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_SECONDS_BETWEEN_LOOKS = 0.1
_MAIN = "from toolkit.cli import main; main()"


@dataclass(frozen=True)
class Run:
    """What a command did.  `seconds` on the clock; `parent` and `worker` the largest resident memory of the command and
    of any process it started, in MB (0 where the system does not tell)."""

    code: int
    seconds: float
    out: str
    err: str
    parent: float = 0.0
    worker: float = 0.0
    workers: dict[int, float] = field(default_factory=dict)

    @property
    def data(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


def bulletin(root: Path, *arguments: str, timeout: float = 7200) -> Run:
    """Run `bulletin -C root ARGUMENTS` and watch it."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", _MAIN, "-C", str(root), *arguments],
            stdout=out,
            stderr=err,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        peaks: dict[int, float] = {}
        watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
        watcher.start()
        code = process.wait(timeout)
        seconds = time.perf_counter() - began
        watcher.join()
        out.seek(0)
        err.seek(0)
        parent = peaks.pop(process.pid, 0.0)
        return Run(code, seconds, out.read(), err.read(), parent, max(peaks.values(), default=0.0), peaks)


def _watch(process: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):  # any thread may have started one
        with contextlib.suppress(OSError, ValueError):
            found += map(int, path.read_text().split())
    return found


def _peak(pid: int) -> float:
    """The largest resident memory of a process so far, in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def processor_seconds(pid: int | None = None) -> float:
    """What a process (this one, if not said) and those below it that are running have used of processors so far."""
    pid = pid or os.getpid()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used + sum(map(processor_seconds, _children(pid)))


def loops_per_second(copies: int, seconds: float) -> float:
    """How often all copies of a pure loop together go round in a second: what the machine itself scales to."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(copies) as pool:
        pool.map(_loop, [0.05] * copies, chunksize=1)  # all are there
        return sum(pool.map(_loop, [seconds] * copies, chunksize=1))


def _loop(seconds: float) -> float:
    rounds, total = 0, 0
    began = now = time.perf_counter()
    while now - began < seconds:
        for number in range(20_000):
            total += number * number % 7
        rounds += 1
        now = time.perf_counter()
    return rounds / (now - began)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
