"""The workers of a Dask cluster, on this machine or on others that see the same folder under the same path."""

from __future__ import annotations

import asyncio
import atexit
import importlib
import logging
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from toolkit.batch.interrupts import ctrl_c_held_back
from toolkit.batch.scheduler_address import scheduler_address
from toolkit.batch.task import DeskPlace, Task, TaskDone, failed, lost, perform
from toolkit.desk import Desk
from toolkit.errors import BulletinError, EngineError, SettingsError

_CONNECT = 10.0  # seconds
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_TO_LEAVE = 0.7
_SECONDS_BETWEEN_COUNTS = 2.0
_SECONDS_WITHOUT_WORKERS = 300.0  # a cluster that is asked for may take a while to get its machines
_WORKERS_MAY_DIE = 1  # times a task is begun again because its worker was lost
_HOW_TO_GO_ON = "Start it again, then run the command again: what is done is not done twice"
_Fault = (Exception, asyncio.CancelledError)  # what Distributed raises when its connection is closed under its feet
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado", "tornado.application", "asyncio")


class DaskCluster:
    """A client of the scheduler at `scheduler` or of `scheduler_file`; without them a cluster of `jobs` processes here.

    Dask moves the tasks of a lost worker to another by itself.  It keeps no history: that is what the ledger is for.
    """

    name = "dask"

    def __init__(self, place: DeskPlace, jobs: int, scheduler: str = "", scheduler_file: Path | None = None) -> None:
        self._place = place
        self._jobs = jobs
        self._scheduler = scheduler
        self._scheduler_file = scheduler_file
        self._client: Any = None
        self._cluster: Any = None
        self._threads, self._counted = 0, float("-inf")
        self._had_workers = 0.0
        self._under_way: dict[Any, tuple[Any, Task]] = {}
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

    @property
    def capacity(self) -> int:
        """Two tasks for each thread of the cluster as it is now."""
        now = time.monotonic()
        if now - self._counted > _SECONDS_BETWEEN_COUNTS and self._is_connected:
            with suppress(*_Fault):
                told = self._client.sync(self._client.scheduler.ncores, callback_timeout=_SECONDS_BETWEEN_COUNTS)
                self._threads = sum(map(int, told.values()))
            self._counted = time.monotonic()
            if self._threads:
                self._had_workers = self._counted
        return 2 * (self._threads or self._jobs)

    @property
    def _is_connected(self) -> bool:
        return bool(self._client.status == "running")

    @property
    def under_way(self) -> int:
        """Tasks taken on and not yet done."""
        return len(self._under_way)

    def submit(self, task: Task) -> None:
        """Take a task on.  Raises `EngineError` when the scheduler is gone."""
        if not self._is_connected:
            raise self._gone()
        try:
            future = self._client.submit(
                _perform_there,
                self._place,
                task,
                pure=False,
                priority=1 if task.step == "print" else 0,
            )
        except _Fault as fault:
            raise self._gone() from fault
        self._under_way[future.key] = (future, task)
        future.add_done_callback(lambda one: self._ended.put(one.key))

    def completed(self) -> Iterator[TaskDone]:
        """Each task as it is done.  Raises `EngineError` when the scheduler is gone, or all workers are for long."""
        while self._under_way:
            try:
                key = self._ended.get(timeout=_SECONDS_BETWEEN_LOOKS)
            except queue.Empty:
                if not self._is_connected:
                    raise self._gone() from None
                self._look_for_workers()
                continue
            if key in self._under_way:
                yield self._result(*self._under_way.pop(key))

    def _look_for_workers(self) -> None:
        _ = self.capacity
        if not self._threads and time.monotonic() - self._had_workers > _SECONDS_WITHOUT_WORKERS:
            raise EngineError(
                f"the Dask cluster has had no worker for {_SECONDS_WITHOUT_WORKERS / 60:.0f} minutes",
                path=self._address,
                remedy="Start workers, then run the command again: what is done is not done twice",
            )

    def _result(self, future: Any, task: Task) -> TaskDone:
        from distributed import KilledWorker

        if future.status in ("cancelled", "lost") or not self._is_connected:
            raise self._gone()
        try:
            done = self._fetched(future)
        except KilledWorker:
            return lost(task)
        except BulletinError:
            raise
        except (futures.CancelledError, asyncio.CancelledError) as fault:
            raise self._gone() from fault
        except Exception as fault:
            if not self._is_connected:
                raise self._gone() from fault
            return failed(task, fault)
        if isinstance(done, BulletinError):
            raise done
        assert isinstance(done, TaskDone)
        return done

    def _fetched(self, future: Any) -> Any:
        """What a task returned; a scheduler that is lost meanwhile is noticed at once."""
        end = time.monotonic() + _CONNECT
        while True:
            try:
                return future.result(timeout=_SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                if not self._is_connected or time.monotonic() > end:
                    raise

    def _gone(self) -> EngineError:
        return EngineError("the Dask scheduler is gone", path=self._address, remedy=_HOW_TO_GO_ON)

    @property
    def _is_elsewhere(self) -> bool:
        return bool(self._scheduler or self._scheduler_file)

    @property
    def _address(self) -> str:
        return self._scheduler or str(self._scheduler_file or "local cluster")

    def __enter__(self) -> DaskCluster:
        """Connect.  Raises `SettingsError` without Dask or an address, `EngineError` when nobody answers."""
        try:
            import dask

            distributed: Any = importlib.import_module("distributed")  # has types for half of what it does
        except ImportError as fault:
            raise SettingsError(
                "Dask is not installed", remedy='Install it: pip install "bulletin-toolkit[dask]"'
            ) from fault
        address = scheduler_address(self._scheduler, self._scheduler_file) if self._is_elsewhere else ""
        dask.config.set({"distributed.scheduler.allowed-failures": _WORKERS_MAY_DIE})
        for name in _LOGGERS:  # a lost scheduler is told once, by us
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            if self._is_elsewhere:
                connecting = _aside(lambda: distributed.Client(address, timeout=_CONNECT))
                self._client = _answer(connecting, 1.5 * _CONNECT)
            else:
                self._cluster = self._own_cluster(distributed)
                self._client = distributed.Client(self._cluster)
        except (OSError, TimeoutError, ValueError, KeyError, asyncio.CancelledError) as fault:
            self._end_half_begun()
            raise EngineError(
                f"no Dask scheduler answers ({fault})", path=self._address, remedy="Mend the address, or start one"
            ) from fault
        except KeyboardInterrupt:
            self._end_half_begun()
            raise
        self._had_workers = time.monotonic()
        return self

    def _end_half_begun(self) -> None:
        if self._is_elsewhere:
            _forget_clusters()
        else:
            _end_workers()

    def _own_cluster(self, distributed: Any) -> Any:
        """Workers on this machine.  They are started from a thread that Ctrl-C does not reach, and so neither does it
        reach them: it is ours to end them."""
        with ctrl_c_held_back():
            made = _aside(
                lambda: distributed.LocalCluster(
                    n_workers=self._jobs,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # else 8787, or a warning that it is taken
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                )
            )
        return _answer(made)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave; what is under way elsewhere is called off, and a cluster of our own ends: within two seconds when
        something went wrong."""
        leaving = threading.Thread(target=self._leave, daemon=True)
        leaving.start()
        leaving.join(timeout=_SECONDS_TO_LEAVE if kind is not None else None)
        if leaving.is_alive() and self._cluster is not None:
            _end_workers()
        elif leaving.is_alive():
            _forget_clusters()

    def _leave(self) -> None:
        pending = [future for future, _ in self._under_way.values()]
        self._under_way.clear()
        with suppress(*_Fault):
            if pending and self._is_connected:
                self._client.cancel(pending, force=True)
        for one in (self._client, self._cluster):
            with suppress(*_Fault):
                if one is not None:
                    one.close(timeout=1)


def _aside(work: Callable[[], Any]) -> queue.SimpleQueue[Any]:
    """Do `work` in a thread; what it returns or raises is put into the queue."""
    made: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def do() -> None:
        try:
            made.put(work())
        except BaseException as fault:
            made.put(fault)

    threading.Thread(target=do, daemon=True).start()
    return made


def _answer(made: queue.SimpleQueue[Any], seconds: float | None = None) -> Any:
    """What is put into the queue.  Raises that when it is an exception, `TimeoutError` after so many seconds."""
    try:
        answer = made.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"it is silent for {seconds:.0f} s") from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _end_workers() -> None:
    """Those of a cluster of our own, at once; what they leave half-written the next build clears away."""
    _forget_clusters()
    for process in multiprocessing.active_children():
        process.kill()


def _forget_clusters() -> None:
    """Distributed would wait for its clusters once more when Python ends."""
    with suppress(Exception):
        from distributed.client import _close_global_client
        from distributed.deploy.spec import close_clusters

        atexit.unregister(close_clusters)
        atexit.unregister(_close_global_client)


_one_at_a_time = threading.Lock()
_desks: dict[DeskPlace, Desk] = {}


def _perform_there(place: DeskPlace, task: Task) -> TaskDone | BulletinError:
    """In a worker: do a task at the desk of this build, loaded once; a fault of the desk is returned."""
    with _one_at_a_time:  # threads of one worker would only wait for each other, with twice the memory
        if place not in _desks:
            _desks.clear()
            try:
                _desks[place] = place.desk()
            except BulletinError as fault:
                return fault
        return perform(task, _desks[place])
