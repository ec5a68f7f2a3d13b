"""What executors carry from process to process: pieces of work, and what came of them.  All of it is small."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from toolkit.build import Drafted, ReportResult, build_report, draft_reports, print_report
from toolkit.desk import Desk
from toolkit.errors import SourceError, fault_of_our_own
from toolkit.workspace import Workspace

_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 22  # bytes: smaller buffers come and go all the time
Step = Literal["draft", "print", "build"]


@dataclass(frozen=True)
class DeskPlace:
    """Where a worker finds its desk; `run` names the build, so that a worker that outlives one loads it anew."""

    root: Path
    engine: str
    editions: tuple[str, ...]
    run: str
    threads: int = 0

    def desk(self) -> Desk:
        """The desk there, loaded.  Raises as `Desk.open`."""
        if self.threads:
            _use_threads(self.threads)
        _give_large_buffers_back()
        desk = Desk(Workspace(self.root), self.engine, self.editions)
        desk.open()
        return desk


@dataclass(frozen=True)
class Task:
    """`build` does all for each report, `draft` the first half for reports that share the batches of an engine,
    `print` the second half for the one report in `drafted`."""

    step: Step
    folders: tuple[Path, ...]
    drafted: Drafted | None = None

    @property
    def names(self) -> str:
        """The reports, for messages."""
        return ", ".join(folder.name for folder in self.folders)


@dataclass(frozen=True)
class TaskDone:
    """What came of a task, report by report; where, by which process, in how many seconds; `peak` is that process's
    largest resident memory so far, in bytes."""

    task: Task
    answers: tuple[Drafted | ReportResult, ...]
    host: str = ""
    pid: int = 0
    seconds: float = 0.0
    peak: int = 0


def perform(task: Task, desk: Desk) -> TaskDone:
    """Do a task here.  Never raises an `Exception`: a fault is the result of its report."""
    began = time.monotonic()
    try:
        answers = _answers(task, desk)
    except Exception as fault:
        answers = tuple(ReportResult(folder.name, errors=(fault_of_our_own(fault, folder),)) for folder in task.folders)
    return TaskDone(task, answers, platform.node(), os.getpid(), time.monotonic() - began, _peak())


def failed(task: Task, fault: Exception) -> TaskDone:
    """A task that no worker could do."""
    drafted = task.drafted or Drafted("")
    errors = (fault_of_our_own(fault, task.names),) if not isinstance(fault, SourceError) else (fault,)
    return TaskDone(
        task,
        tuple(ReportResult(one.name, None, drafted.written, drafted.redone, errors) for one in task.folders),
        platform.node(),
    )


def lost(task: Task) -> TaskDone:
    """A task whose worker ended twice in the middle of it."""
    fault = SourceError(
        "could not be worked on: the worker process ended twice in the middle of it",
        path=task.names,
        remedy="It may need more memory than there is: build it alone with --executor serial",
    )
    return failed(task, fault)


def _answers(task: Task, desk: Desk) -> tuple[Drafted | ReportResult, ...]:
    if task.step == "draft":
        return tuple(draft_reports(task.folders, desk))
    if task.drafted is not None:
        return tuple(print_report(folder, desk, task.drafted) for folder in task.folders)
    return tuple(build_report(folder, desk) for folder in task.folders)


def _use_threads(threads: int) -> None:
    """How many threads a model on this machine's processor may use in this worker."""
    from toolkit.translation import argos

    argos.use_threads(threads)


def _give_large_buffers_back() -> None:
    """glibc keeps large buffers once it has seen one freed, and a worker that sets fonts all night would never shrink;
    told a size, it gives larger ones back (mallopt(3))."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another libc knows no mallopt
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def one_by_one(task: Task) -> Sequence[Task]:
    """The same work, a report at a time: what is done again after a worker ended."""
    return [replace(task, folders=(folder,)) for folder in task.folders]
