"""Who does the work: this process, several processes, or the workers of a Dask cluster."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolkit.batch.task import DeskPlace, Task, TaskDone
from toolkit.desk import Desk
from toolkit.errors import SettingsError

AUTO = "auto"
SERIAL, POOL, DASK = "serial", "pool", "dask"
EXECUTORS = (AUTO, SERIAL, POOL, DASK)
FEWEST_FOR_A_POOL = 8
"""Reports from which starting worker processes pays: each takes some two seconds to begin, as long as a few reports."""


class Executor(Protocol):
    """Does tasks, in any order.  Used from one thread; inside `with`, which ends all it started."""

    name: str

    @property
    def capacity(self) -> int:
        """How many tasks to have under way so that nobody waits for the next."""
        ...

    @property
    def under_way(self) -> int:
        """Tasks taken on and not yet done."""
        ...

    def submit(self, task: Task) -> None:
        """Take a task on."""
        ...

    def completed(self) -> Iterator[TaskDone]:
        """What is done, as it is done, until nothing is under way; more may be submitted meanwhile.

        Raises `BulletinError` when the executor itself fails; what was done by then stands.
        """
        ...


@dataclass(frozen=True)
class ExecutorOptions:
    """What a person asked for: `name` is one of `EXECUTORS`, `jobs` 0 for as many as there are cores."""

    name: str = AUTO
    jobs: int = 0
    scheduler: str = ""
    scheduler_file: Path | None = None


def cores() -> int:
    """The processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def make_executor(options: ExecutorOptions, desk: Desk, reports: int) -> AbstractContextManager[Executor]:
    """The executor for so many reports; with `auto` a pool where it pays.

    Raises `SettingsError` for options that do not go together, or when Dask is asked for and not installed.
    """
    is_elsewhere = bool(options.scheduler or options.scheduler_file)
    if is_elsewhere and options.name not in (AUTO, DASK):
        raise SettingsError(
            f"--executor {options.name} has no scheduler",
            remedy="Leave out --scheduler and --scheduler-file, or say --executor dask",
        )
    jobs = options.jobs or cores()
    name = options.name
    if name == AUTO:
        pays = reports >= FEWEST_FOR_A_POOL and jobs > 1
        name = DASK if is_elsewhere else POOL if pays or (options.jobs > 1 and reports > 1) else SERIAL
    place = DeskPlace(
        desk.workspace.root,
        desk.engine_name,
        desk.edition_names,
        uuid.uuid4().hex,
        0 if name == SERIAL else max(1, cores() // jobs),
    )
    if name == SERIAL:
        from toolkit.batch.serial import Serial

        return Serial(desk)
    if name == POOL:
        from toolkit.batch.pool import Pool

        return Pool(place, min(jobs, max(reports, 1)))
    from toolkit.batch.dask_cluster import DaskCluster

    return DaskCluster(place, jobs, options.scheduler, options.scheduler_file)
