"""Two hosts for real: a Dask scheduler and two workers in network namespaces of their own, one cut off in the middle.

    python -m benchmarks.two_hosts [--reports 40] [--cut-after 40] [--silence 30] [--without-namespaces]

Here are the command, the scheduler and the engine (a server that counts its calls); host 1 and host 2 have a worker
each, and see the same folder.  When the engine has been asked so often, the link of the host that asked goes down, for
good: the worker there lives on, and asks and writes what it can.  At the end everything must be built, with the bytes
of a build on one machine, no scraps, and nothing left to do.  `--silence`: seconds after which Dask gives a host up.

Needs Linux with iproute2 and util-linux, and root or the right to make namespaces.  Where that is not there, or with
--without-namespaces, host 1 is a process of this machine that is stopped, as a host that hangs, and goes on at the end.
Prints what happened as JSON; exits with 1 when something was not well.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.batch.counting_engine import CountingEngine, counting_engine, write_settings
from tests.batch.disturbed import (
    Running,
    address_in,
    differing,
    environment,
    half_written,
    results_in,
    wait_until,
    write_workspace,
)

EDITION = ("--edition", "publishing")
_HERE, _PORT = "10.77.0.1", 8786
_HOSTS = (1, 2)
_LEAST_TCP = 11.0  # seconds; Distributed allows no less
_PROBE = "ip link add here0 type veth peer name there0 && ip link delete here0"
_LITTLE_PATIENCE = "timeout = 2.0\npatience = 4.0\nretries = 1\n"  # with an engine that a host cannot reach any more
_SECONDS_TO_GIVE_UP = 12.0  # with that: twice two texts, before it is believed


@dataclass(frozen=True)
class Hosts:
    """Where the engine and the scheduler listen, how a command is begun on a host, and how one is lost."""

    address: str
    port: int
    on: Callable[[int], list[str]]
    lose: Callable[[int, subprocess.Popen[bytes]], object]
    find: Callable[[subprocess.Popen[bytes]], object]

    def at_work(self, asked_by: str) -> int:
        """The host that asked the engine from this address; 1 where they have no addresses of their own."""
        return next((number for number in _HOSTS if asked_by == f"10.77.{number}.2"), 1)


def run(*command: str) -> None:
    """Run a command that must not fail."""
    subprocess.run(command, check=True, capture_output=True, timeout=20)


def namespace_flags() -> list[str] | None:
    """What `unshare` needs here to make a network namespace; None where it cannot."""
    if shutil.which("ip") is None or shutil.which("nsenter") is None:
        return None
    for flags in ([], ["--user", "--map-root-user"]):
        probe = [
            "unshare",
            *flags,
            "--net",
            "--uts",
            "sh",
            "-c",
            _PROBE,
        ]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            if subprocess.run(probe, capture_output=True, timeout=20).returncode == 0:
                return flags
    return None


def _is_apart(process: int) -> bool:
    """Whether a process has entered namespaces of its own, and is what it was started for."""
    mine, theirs = (Path(f"/proc/{one}/ns/net").readlink() for one in ("self", process))
    return mine != theirs and Path(f"/proc/{process}/cmdline").read_bytes().startswith(b"sleep")


@contextlib.contextmanager
def real_hosts() -> Iterator[Hosts]:
    """Two hosts with a network, a name and a cable of their own.  We are in a namespace of our own already."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{_HERE}/32", "dev", "lo")
    living: dict[int, subprocess.Popen[bytes]] = {}
    try:
        for number in _HOSTS:
            host = subprocess.Popen(["unshare", "--net", "--uts", "sleep", "infinity"])
            living[number] = host
            wait_until(functools.partial(_is_apart, host.pid))
            run("ip", "link", "add", f"host{number}", "type", "veth", "peer", "name", "eth0", "netns", str(host.pid))
            run("ip", "address", "add", f"10.77.{number}.1/24", "dev", f"host{number}")
            run("ip", "link", "set", f"host{number}", "up")
            there = ["nsenter", "--target", str(host.pid), "--net", "--uts"]
            run(*there, "hostname", f"host{number}")
            run(*there, "ip", "link", "set", "lo", "up")
            run(*there, "ip", "address", "add", f"10.77.{number}.2/24", "dev", "eth0")
            run(*there, "ip", "link", "set", "eth0", "up")
            run(*there, "ip", "route", "add", "default", "via", f"10.77.{number}.1")
        yield Hosts(
            _HERE,
            _PORT,
            lambda number: ["nsenter", "--target", str(living[number].pid), "--net", "--uts"],
            lambda number, _: run("ip", "link", "set", f"host{number}", "down"),
            lambda _: None,
        )
    finally:
        for host in living.values():
            host.kill()
            host.wait()


@contextlib.contextmanager
def processes() -> Iterator[Hosts]:
    """The nearest without namespaces: workers here, one of which falls silent, and goes on when all is over."""
    yield Hosts(
        "127.0.0.1",
        0,
        lambda number: [],
        lambda _, worker: os.killpg(worker.pid, signal.SIGSTOP),
        lambda worker: os.killpg(worker.pid, signal.SIGCONT),
    )


@contextlib.contextmanager
def cluster_on(hosts: Hosts, folder: Path, silence: float) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler here, a worker on each host; its address and the workers."""
    folder.mkdir()
    file = folder / "scheduler.json"
    variables = environment() | {
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": f"{max(silence, _LEAST_TCP)}s",
        "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": f"{silence}s",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *command: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}.log").open("wb") as log:
            one = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=variables, cwd=folder, start_new_session=True
            )
        started.append(one)
        return one

    python = (sys.executable, "-m")
    try:
        place = ["--host", hosts.address, "--port", str(hosts.port), "--scheduler-file", str(file), "--no-dashboard"]
        start("scheduler", *python, "distributed.cli.dask_scheduler", *place)
        wait_until(lambda: address_in(file) != "")
        address = address_in(file)
        work = ["--nthreads", "1", "--memory-limit", "0", "--no-nanny", "--no-dashboard"]
        work += ["--local-directory", str(folder)]
        yield (
            address,
            [
                start(f"host{number}", *hosts.on(number), *python, "distributed.cli.dask_worker", address, *work)
                for number in _HOSTS
            ],
        )
    finally:
        for one in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def play(
    folder: Path, hosts: Hosts, engine: CountingEngine, reports: int, cut_after: int, silence: float
) -> dict[str, object]:
    """One undisturbed build here, one on two hosts of which one is lost, and a third that must find nothing to do."""
    texts = {f"report-{number:03}": (f"第{number}乡的小学今天搬进了新校舍。",) for number in range(reports)}

    def workspace_in(name: str):  # type: ignore[no-untyped-def]
        workspace = write_workspace(folder / name, texts, engine)
        write_settings(workspace, engine, _LITTLE_PATIENCE)
        return workspace

    alone = workspace_in("alone")
    first = Running(alone, ["--executor", "serial", *EDITION], folder / "alone.log")
    assert first.wait() == 0, first.said
    expected = results_in(alone)
    shared = workspace_in("shared")
    with cluster_on(hosts, folder / "cluster", silence) as (address, workers):
        asked = len(engine.asked)
        began = time.monotonic()
        running = Running(shared, ["--scheduler", address, *EDITION], folder / "shared.log")
        wait_until(lambda: len(engine.asked) - asked >= cut_after or running.process.poll() is not None, 20)
        was_under_way = running.process.poll() is None
        lost = hosts.at_work(engine.asked_by)
        hosts.lose(lost, workers[lost - 1])
        cut = time.monotonic()
        code = running.wait()
        ended = time.monotonic()
        hosts.find(workers[lost - 1])
        time.sleep(max(2.0, cut + _SECONDS_TO_GIVE_UP - ended))  # the lost host writes what it has
        left_alive = workers[lost - 1].poll() is None
        differs, scraps = differing(results_in(shared), expected), half_written(shared)
    status = Running(shared, ["--executor", "serial", "--dry-run", *EDITION], folder / "again.log")
    nothing_to_do = status.wait() == 0 and f"{reports} up to date" in status.said
    workers_of = _workers_named(shared.root)
    return {
        "reports": reports,
        "files": len(expected),
        "cut_off_after_questions": cut_after,
        "cut_off_while_it_ran": was_under_way,
        "exit_code": code,
        "seconds": round(ended - began, 1),
        "seconds_after_the_cut": round(ended - cut, 1),
        "cut_off": f"host{lost}",
        "lost_worker_lives_at_the_end": left_alive,
        "reports_by_host": workers_of,
        "differing": differs,
        "half_written": scraps,
        "nothing_to_do_afterwards": nothing_to_do,
        "said": "" if code == 0 else running.said[-2000:],
    }


def _workers_named(root: Path) -> dict[str, int]:
    """How many reports each host has, as the ledger says."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(root / ".bulletin" / "ledger.sqlite")) as ledger:
        return dict(ledger.execute("SELECT host, count(*) FROM entry GROUP BY host ORDER BY host").fetchall())


def main() -> None:
    """Make the hosts, play, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--cut-after", type=int, default=40, help="questions to the engine until the link goes down")
    parser.add_argument("--silence", type=float, default=30.0, help="seconds after which Dask gives a host up")
    parser.add_argument("--without-namespaces", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    flags = None if given.without_namespaces or given.inside else namespace_flags()
    if flags is not None:
        command = [sys.executable, "-m", "benchmarks.two_hosts", *sys.argv[1:], "--inside"]
        sys.exit(subprocess.run(["unshare", *flags, "--net", "--uts", *command]).returncode)
    with contextlib.ExitStack() as stack:
        hosts = stack.enter_context(real_hosts() if given.inside else processes())
        engine = stack.enter_context(counting_engine(seconds=0.05, host=hosts.address))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = play(folder, hosts, engine, given.reports, given.cut_after, given.silence)
    found = {"namespaces": given.inside, **found}
    print(json.dumps(found, ensure_ascii=False, indent=2))
    is_well = found["exit_code"] == 0 and found["nothing_to_do_afterwards"] and found["cut_off_while_it_ran"]
    sys.exit(0 if is_well and not (found["differing"] or found["half_written"]) else 1)


if __name__ == "__main__":
    main()
