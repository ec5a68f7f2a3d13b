"""What a night can bring, ten times each: killed workers, schedulers and commands, full disks, a vanished dist.

    python -m benchmarks.overnight_chaos [--rounds 10] [--reports 40] [--kind NAME]... [--seed 1]

Each round builds the same reports, lets one misfortune happen at a random moment, runs the command again, and compares
with a build that nobody disturbed: every byte of dist and of the drafts, scraps of files, and what the engine (a real
server on this machine that counts its calls) was asked though it stood recorded.  Prints a Markdown table; exits with 1
when a round went wrong.  The full disks are small file systems in memory, which only root may mount: others are told.

Sentences are cut from ../shared/reports/recorded where that is there, and made on the spot where it is not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.batch.counting_engine import CountingEngine, counting_engine
from tests.batch.disturbed import (
    Aftermath,
    Cluster,
    Running,
    Texts,
    cluster,
    disturb,
    half_written,
    results_in,
    wait_until,
    write_workspace,
)
from tests.conftest import ROOT
from toolkit.workspace import Workspace

RECORDED = ROOT.parent / "shared" / "reports" / "recorded" / "wmt19.zh"
EDITION = ("--edition", "publishing")
POOL, SERIAL, DASK = ("--executor", "pool", "--jobs", "2"), ("--executor", "serial"), ("--executor", "dask")
_SHORTEST, _LONGEST = 12, 45  # characters of a sentence
_ROOM = {"dist": 900, ".bulletin": 24}  # KiB: enough for some of the files


@dataclass(frozen=True)
class Night:
    """What all rounds share: the reports, the engine, what an undisturbed build leaves, and how long it takes."""

    folder: Path
    texts: Texts
    engine: CountingEngine
    expected: dict[str, bytes]
    chance: random.Random

    def workspace(self, name: str) -> Workspace:
        """A new workspace with the same reports, where there was none."""
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        return write_workspace(root, self.texts, self.engine)

    def start(self, workspace: Workspace, *options: str) -> Running:
        """A build of it, under way."""
        return Running(workspace, [*options, *EDITION], self.folder / f"log-{time.monotonic_ns()}")


Round = Callable[[Night, Workspace, float], Aftermath]


def sentences(count: int) -> list[str]:
    """So many Chinese sentences, each once."""
    if RECORDED.is_file():
        lines = RECORDED.read_text(encoding="utf-8").splitlines()
        return [line for line in dict.fromkeys(lines) if _is_one_sentence(line)][:count]
    return [f"第{number}所学校今天搬进了新校舍，共有学生{200 + number}名。" for number in range(count)]


def _is_one_sentence(line: str) -> bool:
    return _SHORTEST <= len(line) <= _LONGEST and line.endswith("。") and not set(line[:-1]) & set("。！？；：“”")


def some_time(night: Night, seconds: float) -> Callable[[Running], None]:
    """Wait for a random moment of a build that takes so many seconds, or for its end."""
    wait = night.chance.uniform(0.02, 0.9) * seconds

    def moment(running: Running) -> None:
        end = time.monotonic() + wait
        while time.monotonic() < end and running.process.poll() is None:
            time.sleep(0.01)

    return moment


def kill(process: int) -> None:
    """As the kernel does that runs out of memory."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def kill_one_of(running: Running, chance: random.Random) -> None:
    """Kill a worker of the pool; wait for one where none has started yet."""
    wait_until(lambda: bool(running.workers()) or running.process.poll() is not None)
    workers = running.workers()
    if workers:
        kill(chance.choice(workers))


def pool_worker(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of a worker of the pool."""
    return _disturbed(night, workspace, POOL, seconds, lambda one: kill_one_of(one, night.chance))


def command_with_pool(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of the command, whose workers are left alone."""
    return _disturbed(night, workspace, POOL, seconds, lambda one: kill(one.process.pid))


def command_alone(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of the command that works by itself."""
    return _disturbed(night, workspace, SERIAL, seconds, lambda one: kill(one.process.pid))


def command_with_dask(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of the command, the cluster goes on."""
    with _cluster(night) as one:
        return _disturbed(night, workspace, one.options, seconds, lambda running: kill(running.process.pid))


def dask_worker(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of a Dask worker."""
    with _cluster(night) as one:
        victim = night.chance.choice(one.workers).pid
        return _disturbed(night, workspace, one.options, seconds, lambda _: kill(victim))


def dask_scheduler(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """kill -9 of the Dask scheduler; the rerun has another cluster."""
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(_cluster(night))

        def rerun() -> Running:
            return night.start(workspace, *stack.enter_context(_cluster(night)).options)

        return _disturbed(night, workspace, first.options, seconds, lambda _: kill(first.scheduler.pid), rerun)


def dist_vanished_in_the_middle(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """dist is deleted while the build works."""
    return _disturbed(night, workspace, POOL, seconds, lambda _: shutil.rmtree(workspace.dist, ignore_errors=True))


def dist_vanished_before_the_rerun(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """The command is killed, then dist is deleted."""

    def strike(running: Running) -> None:
        kill(running.process.pid)
        running.process.wait()
        time.sleep(0.5)  # for its workers to end
        shutil.rmtree(workspace.dist, ignore_errors=True)

    return _disturbed(night, workspace, POOL, seconds, strike)


def full_dist(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """The disk of dist is full; there is room again before the rerun."""
    return _full(night, workspace, workspace.dist)


def full_state(night: Night, workspace: Workspace, seconds: float) -> Aftermath:
    """The disk of ledger and locks is full."""
    return _full(night, workspace, workspace.root / ".bulletin")


def _full(night: Night, workspace: Workspace, folder: Path) -> Aftermath:
    room = int(_ROOM[folder.name] * night.chance.uniform(0.2, 1.5))
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", str(folder)], check=True)
    try:

        def rerun() -> Running:
            subprocess.run(["mount", "-o", "remount,size=256m", str(folder)], check=True)
            return night.start(workspace, *POOL)

        running = night.start(workspace, *POOL)
        return disturb(running, night.engine, night.expected, lambda one: one.process.wait(), lambda _: None, rerun)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextlib.contextmanager
def _cluster(night: Night) -> Iterator[Cluster]:
    with cluster(Path(tempfile.mkdtemp(dir=night.folder))) as one:
        yield one


def _disturbed(
    night: Night,
    workspace: Workspace,
    options: Sequence[str],
    seconds: float,
    misfortune: Callable[[Running], object],
    rerun: Callable[[], Running] | None = None,
) -> Aftermath:
    again = rerun or (lambda: night.start(workspace, *options))
    moment = some_time(night, seconds)
    return disturb(night.start(workspace, *options), night.engine, night.expected, moment, misfortune, again)


KINDS: dict[str, tuple[Round, Sequence[str]]] = {
    "worker": (pool_worker, POOL),
    "command": (command_with_pool, POOL),
    "command-serial": (command_alone, SERIAL),
    "command-dask": (command_with_dask, DASK),
    "dask-worker": (dask_worker, DASK),
    "dask-scheduler": (dask_scheduler, DASK),
    "dist-gone": (dist_vanished_in_the_middle, POOL),
    "dist-gone-before-rerun": (dist_vanished_before_the_rerun, POOL),
    "full-dist": (full_dist, POOL),
    "full-state": (full_state, POOL),
}
_FOR_ROOT = {"full-dist", "full-state"}


def undisturbed(night: Night) -> tuple[dict[str, bytes], dict[str, float]]:
    """What every executor leaves when nobody disturbs it, which is the same, and how long each takes."""
    found: dict[str, dict[str, bytes]] = {}
    seconds: dict[str, float] = {}
    for options in (SERIAL, POOL, DASK):
        workspace = night.workspace("undisturbed")
        with _cluster(night) if options is DASK else contextlib.nullcontext() as one:
            began = time.monotonic()
            running = night.start(workspace, *(one.options if one else options))
            code = running.wait()
            seconds[options[1]] = time.monotonic() - began
        if code or half_written(workspace):
            sys.exit(f"the undisturbed build with {options[1]} failed:\n{running.said}")
        found[options[1]] = results_in(workspace)
    if any(one != found["serial"] for one in found.values()):
        sys.exit("undisturbed builds differ between executors")
    return found["serial"], seconds


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--kind", action="append", choices=[*KINDS], help="only this; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lines = sentences(2 * given.reports)
    texts = {f"report-{number:03}": lines[2 * number : 2 * number + 2] for number in range(given.reports)}
    bad = 0
    with tempfile.TemporaryDirectory() as name, counting_engine() as engine:
        night = Night(Path(name), texts, engine, {}, random.Random(given.seed))
        expected, seconds = undisturbed(night)
        night.expected.update(expected)
        told = ", ".join(f"{one} {taken:.1f} s" for one, taken in seconds.items())
        print(f"{given.reports} reports, {len(expected)} files; undisturbed: {told}\n")
        print("| what happened | rounds | well after the rerun | exit codes | longest till the end | tracebacks |")
        print("|---|---|---|---|---|---|", flush=True)
        for kind in given.kind or KINDS:
            play, options = KINDS[kind]
            if kind in _FOR_ROOT and os.geteuid():
                print(f"| {play.__doc__} | 0 | needs root | | | |")
                continue
            rounds = []
            for number in range(given.rounds):
                one = play(night, night.workspace("disturbed"), seconds[options[1]])
                rounds.append(one)
                if not one.is_well or one.has_traceback:
                    _tell(f"{kind}, round {number + 1}", one)
            well = sum(one.is_well for one in rounds)
            bad += len(rounds) - well + sum(one.has_traceback for one in rounds)
            codes = ", ".join(f"{code}: {count}" for code, count in _counted(one.code for one in rounds))
            longest = max(one.seconds_to_end for one in rounds)
            tracebacks = sum(one.has_traceback for one in rounds)
            what = (play.__doc__ or kind).rstrip(".")
            print(f"| {what} | {len(rounds)} | {well} | {codes} | {longest:.1f} s | {tracebacks} |", flush=True)
    sys.exit(1 if bad else 0)


def _counted(codes: Iterator[int] | Sequence[int]) -> list[tuple[int, int]]:
    values = list(codes)
    return [(code, values.count(code)) for code in sorted(set(values))]


def _tell(what: str, one: Aftermath) -> None:
    print(f"{what}: exit codes {one.code} and {one.rerun_code}", file=sys.stderr)
    for name, found in (("differing", one.differing), ("scraps", one.half_written), ("asked again", one.asked_again)):
        if found:
            print(f"  {name}: {', '.join(map(str, sorted(found)[:6]))} ({len(found)})", file=sys.stderr)
    print("  said: " + one.said[-1500:].replace("\n", "\n        "), file=sys.stderr)
    if one.rerun_code:
        print("  rerun: " + one.rerun_said[-1500:].replace("\n", "\n        "), file=sys.stderr)


if __name__ == "__main__":
    main()
