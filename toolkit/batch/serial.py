"""One task after another, in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from toolkit.batch.task import Task, TaskDone, perform
from toolkit.build import ReportResult
from toolkit.desk import Desk


class Serial:
    """Needs no more than the desk."""

    name = "serial"
    capacity = 1

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tasks: deque[Task] = deque()

    @property
    def under_way(self) -> int:
        """Tasks taken on and not yet done."""
        return len(self._tasks)

    def submit(self, task: Task) -> None:
        """Take a task on."""
        self._tasks.append(task)

    def completed(self) -> Iterator[TaskDone]:
        """Each task as it is done."""
        while self._tasks:
            yield perform(self._tasks.popleft(), self._desk)

    def __enter__(self) -> Serial:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tasks.clear()


@dataclass(frozen=True)
class BatchResult:
    """The results of a few reports, in the order they were asked for."""

    reports: tuple[ReportResult, ...]


def build_reports(folders: Sequence[Path], desk: Desk) -> BatchResult:
    """Build a few reports here and now, without plan or ledger; a fault of one, ours too, is its result."""
    done = [perform(Task("build", (folder,)), desk) for folder in folders]
    return BatchResult(tuple(answer for one in done for answer in one.answers if isinstance(answer, ReportResult)))
