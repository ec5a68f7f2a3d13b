"""A build as a process of its own, and what may befall it in the night.

Used by the tests here, with one or two misfortunes of each kind, and by benchmarks/overnight_chaos.py with ten.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from tests.batch.conftest import files_in
from tests.batch.counting_engine import CountingEngine, Passage, passages_recorded, write_settings
from tests.conftest import ROOT, write_report
from toolkit.workspace import Workspace

COMMAND = (sys.executable, "-c", "from toolkit.cli import main; main()")
_SECONDS_TO_START = 30.0
_MOST_SECONDS = 300.0
Texts = dict[str, Sequence[str]]


def write_workspace(root: Path, texts: Texts, engine: CountingEngine) -> Workspace:
    """A workspace with a report for each of `texts`, one paragraph a text, drafted by `engine`."""
    workspace = Workspace(root)
    workspace.glossaries.mkdir(parents=True)
    for name, several in texts.items():
        write_report(workspace, name, "\n\n".join(several) + "\n")
    write_settings(workspace, engine)
    return workspace


def results_in(workspace: Workspace) -> dict[str, bytes]:
    """All that a build leaves: dist, and the drafts beside the reports."""
    sources = {f"source/{name}": data for name, data in files_in(workspace.source).items()}
    return {f"dist/{name}": data for name, data in files_in(workspace.dist).items()} | sources


def differing(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def half_written(workspace: Workspace) -> list[str]:
    """What a write that was cut off left behind, anywhere."""
    return sorted(path.relative_to(workspace.root).as_posix() for path in workspace.root.rglob("*.part"))


def environment() -> dict[str, str]:
    """That of a build that imports this toolkit, wherever it is started."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}


@dataclass
class Running:
    """A build under way; `options` are those of `bulletin build`."""

    workspace: Workspace
    options: Sequence[str]
    log: Path
    prefix: Sequence[str] = ()
    _stream: IO[bytes] = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._stream = self.log.open("wb")
        command = [*self.prefix, *COMMAND, "-C", str(self.workspace.root), "build", "--engine", "llm", *self.options]
        self.process = subprocess.Popen(
            [*command, "--fail-on", "never"],
            stdout=self._stream,
            stderr=subprocess.STDOUT,
            env=environment(),
            start_new_session=True,
        )

    def workers(self) -> list[int]:
        """The processes that do the work of a pool, oldest first."""
        with contextlib.suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.process.pid).children()
            return [one.pid for one in children if "spawn_main" in " ".join(_command_line(one))]
        return []

    def wait(self) -> int:
        """The exit code.  Raises `TimeoutExpired` for a build that hangs."""
        try:
            return self.process.wait(_MOST_SECONDS)
        finally:
            self.end()

    def end(self) -> None:
        """End it, and all that it started, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._stream.close()

    @property
    def said(self) -> str:
        """All that it said."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@dataclass
class Cluster:
    """A Dask scheduler and two workers, each a process of its own, as on hosts of their own."""

    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    file: Path

    @property
    def options(self) -> list[str]:
        """What `bulletin build` is told."""
        return ["--scheduler-file", str(self.file)]


@contextlib.contextmanager
def cluster(folder: Path, *, nanny: bool = False) -> Iterator[Cluster]:
    """A cluster on this machine; it ends with the block, whatever is left of it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    quiet = ["--no-dashboard"]
    module = [sys.executable, "-m"]
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *command: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}.log").open("ab") as log:
            one = subprocess.Popen(
                [*module, *command, *quiet],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                cwd=folder,
                start_new_session=True,
            )
        started.append(one)
        return one

    try:
        place = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)]
        scheduler = start("scheduler", "distributed.cli.dask_scheduler", *place)
        wait_until(lambda: address_in(file) != "")
        work = ["--scheduler-file", str(file), "--nthreads", "1", "--memory-limit", "0"]
        work += ["--nanny" if nanny else "--no-nanny", "--local-directory", str(folder)]
        workers = [start(f"worker-{number}", "distributed.cli.dask_worker", *work) for number in range(2)]
        yield Cluster(scheduler, workers, file)
    finally:
        for one in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def address_in(scheduler_file: Path) -> str:
    """The address a scheduler wrote; empty while it has not, or has written half of it."""
    try:
        return str(json.loads(scheduler_file.read_text(encoding="utf-8"))["address"])
    except (FileNotFoundError, ValueError):
        return ""


def wait_until(happened: Callable[[], bool], seconds: float = _SECONDS_TO_START) -> None:
    """Look until it has happened.  Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(getattr(happened, "__name__", "it") + " did not happen")
        time.sleep(0.005)


@dataclass(frozen=True)
class Aftermath:
    """What a disturbed build left, and what the next one made of it."""

    code: int
    rerun_code: int
    differing: list[str]
    half_written: list[str]
    asked_again: set[Passage]
    seconds_to_end: float
    said: str
    rerun_said: str

    @property
    def is_well(self) -> bool:
        """Whether the next run ended well, with the same bytes, no scraps, and nothing drafted twice."""
        return self.rerun_code == 0 and not (self.differing or self.half_written or self.asked_again)

    @property
    def has_traceback(self) -> bool:
        """Whether a person was shown a traceback."""
        return "Traceback (most recent call last)" in self.said + self.rerun_said


def disturb(
    running: Running,
    engine: CountingEngine,
    expected: dict[str, bytes],
    moment: Callable[[Running], object],
    misfortune: Callable[[Running], object],
    rerun: Callable[[], Running],
) -> Aftermath:
    """Wait for the `moment`, let `misfortune` befall a build, wait for its end, run it again, and look what stands."""
    workspace = running.workspace
    try:
        moment(running)
        recorded = passages_recorded(workspace)
        misfortune(running)
        struck = time.monotonic()
        code = running.wait()
        seconds = time.monotonic() - struck
        between = engine.after(struck) & recorded
        recorded = passages_recorded(workspace)
        began = time.monotonic()
        again = rerun()
        rerun_code = again.wait()
    finally:
        running.end()
    return Aftermath(
        code,
        rerun_code,
        differing(results_in(workspace), expected),
        half_written(workspace),
        between | (engine.after(began) & recorded),
        seconds,
        running.said,
        again.said,
    )
