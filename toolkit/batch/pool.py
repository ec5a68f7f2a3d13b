"""Worker processes on this machine.

`concurrent.futures` breaks as a whole when one worker is killed, and does not say what that one was doing.  Here each
worker has a pipe of its own: its end costs one task, which is tried once more, and the others never notice.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from types import FrameType, TracebackType

from toolkit.batch.interrupts import ctrl_c_held_back
from toolkit.batch.task import DeskPlace, Task, TaskDone, lost, one_by_one, perform
from toolkit.errors import BulletinError, SourceError

_SECONDS_TO_END = 1.0
_MOST_FAILED_STARTS = 3


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    is_ready: bool = False
    task: Task | None = None


class Pool:
    """`jobs` processes that each load the desk once."""

    name = "pool"

    def __init__(self, place: DeskPlace, jobs: int) -> None:
        self.capacity = 2 * jobs
        self._place = place
        self._jobs = jobs
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._tried: set[tuple[str, str]] = set()
        self._failed_starts = 0

    @property
    def under_way(self) -> int:
        """Tasks taken on and not yet done."""
        return len(self._waiting) + sum(worker.task is not None for worker in self._workers)

    def submit(self, task: Task) -> None:
        """Take a task on."""
        self._waiting.append(task)
        self._hand_out()

    def completed(self) -> Iterator[TaskDone]:
        """Each task as it is done.  Raises `BulletinError` when no worker can start."""
        while self._waiting or any(worker.task for worker in self._workers):
            self._hand_out()
            ready = wait([worker.pipe for worker in self._workers])
            for worker in [one for one in self._workers if one.pipe in ready]:
                yield from self._hear(worker)

    def _hand_out(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.task is None and worker.is_ready:
                self._give(worker, self._waiting.popleft())
        starting = sum(not worker.is_ready for worker in self._workers)
        while len(self._workers) < self._jobs and starting < len(self._waiting):
            self._workers.append(self._start())
            starting += 1

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        with suppress(OSError):  # it has just ended; its end is heard next
            worker.pipe.send(task)

    def _hear(self, worker: _Worker) -> Iterator[TaskDone]:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if isinstance(said, BulletinError):
            raise said
        if isinstance(said, TaskDone):
            worker.task = None
        worker.is_ready = True
        self._hand_out()
        if isinstance(said, TaskDone):
            yield said

    def _bury(self, worker: _Worker) -> Iterator[TaskDone]:
        """What becomes of the task of a worker that has ended; the next task gets another worker."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS:
                raise SourceError(
                    f"worker processes end while they start (with {worker.process.exitcode})",
                    remedy="There may be too little memory: choose fewer with --jobs, or --executor serial",
                )
        if worker.task is None:
            return
        for one in reversed(one_by_one(worker.task)):
            key = (one.step, one.names)
            if key in self._tried:
                yield lost(one)
            else:
                self._tried.add(key)
                self._waiting.appendleft(one)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._place), daemon=True)
        with ctrl_c_held_back():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers: at once when something went wrong, and by force where one does not hear."""
        for worker in self._workers:
            worker.pipe.close()  # an idle one ends by itself
            if kind is not None:
                worker.process.terminate()
        end = time.monotonic() + _SECONDS_TO_END
        for worker in self._workers:
            worker.process.join(timeout=max(0.0, end - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()


def _work(pipe: Connection, place: DeskPlace) -> None:
    """A worker's life: load the desk, then do what comes through the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)  # not the default, which would leave half a file behind
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        desk = place.desk()
    except BulletinError as fault:
        pipe.send(fault)
        return
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            pipe.send(perform(pipe.recv(), desk))


def _end(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _end_with_parent() -> None:
    """A worker whose parent was killed must not go on writing beside the next build."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
