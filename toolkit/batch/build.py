"""Building many reports: plan, draft together, typeset one by one, record as it happens."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.batch.executor import Executor
from toolkit.batch.ledger import FAILED, Ledger, LedgerRow
from toolkit.batch.plan import Planned, in_order_of_work
from toolkit.batch.stamps import Stamps
from toolkit.batch.task import Task, TaskDone
from toolkit.build import Drafted, ReportResult
from toolkit.desk import Desk
from toolkit.errors import FINDINGS, BulletinError, exit_code_of
from toolkit.languages import TARGETS
from toolkit.locks import one_writer
from toolkit.quality import Severity
from toolkit.record import clear_scraps, read_record, scraps_in
from toolkit.translation.llm import Llm
from toolkit.workspace import Workspace

REPORTS_TOGETHER = 8
"""Reports that share the batches of an engine: enough to fill them, and few enough to keep in memory.  It does not
depend on the executor: what an engine says may hang on what else is in the batch."""


@dataclass
class Batch:
    """How far a run is: `asked` reports, what became of them, their segments and pages, findings and exit codes.

    `stopped_by` is why it ended before all was done, `left` what was then not done.
    """

    asked: int
    built: int = 0
    unchanged: int = 0
    failed: int = 0
    segments: int = 0
    pages: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    codes: set[int] = field(default_factory=set)
    peak: int = 0
    stopped_by: BulletinError | None = None
    left: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Reports that are done with, well or not."""
        return self.built + self.unchanged + self.failed

    def add(self, result: ReportResult) -> None:
        """Count one more."""
        if result.errors:
            self.failed += 1
        elif result.unchanged:
            self.unchanged += 1
        else:
            self.built += 1
        self.codes |= {fault.exit_code for fault in result.errors}
        if result.record is not None:
            self.segments += sum(counts.get("total", 0) for counts in result.record.counts.values())
            self.pages += sum(result.record.pages.values())
            self.findings.update(result.record.findings)

    def exit_code(self, fail_on: Severity | None) -> int:
        """The documented exit code: errors first, then findings at or above `fail_on` (None: findings never fail)."""
        found = (Severity(name) for name, count in self.findings.items() if count)
        codes = [FINDINGS for severity in found if fail_on is not None and severity.at_least(fail_on)]
        if self.stopped_by is not None:
            codes.append(self.stopped_by.exit_code)
        return exit_code_of([*self.codes, *codes])


Tell = Callable[[ReportResult, Batch], None]


def build_planned(
    planned: Sequence[Planned],
    desk: Desk,
    executor: Executor,
    ledger: Ledger,
    *,
    tell: Tell = lambda result, batch: None,
    stamps: Stamps | None = None,
) -> Batch:
    """Do what is planned with `executor`, which is open; `tell` is called for each report as it is done with, and
    `stamps` learns the files that were written.

    What an executor could not do because it failed as a whole is left for the next run.  Nothing about a report is
    kept but its name and a count.
    """
    batch = Batch(len(planned))
    before = ledger.rows()
    for one in planned:
        _clear_away(one.folder, desk.workspace)
        if one.state == "done":
            result = ReportResult(one.name, read_record(desk.workspace.dist / one.name))
            batch.add(result)
            tell(result, batch)
    todo = in_order_of_work(planned)
    if not todo:
        return batch
    ledger.begin(executor.name, desk.engine_name, len(todo))
    outcome = "killed"
    left = dict.fromkeys(one.name for one in todo)
    try:
        for result, done in _results(todo, desk, executor):
            left.pop(result.name, None)
            batch.add(result)
            batch.peak = max(batch.peak, done.peak)
            if not result.unchanged or _failed_before(result, before):
                ledger.write(result, done)
            if stamps is not None:
                stamps.learn_later(result.written)
            tell(result, batch)
        outcome = "done"
    except BulletinError as fault:
        batch.stopped_by, batch.left, outcome = fault, tuple(left), str(fault)
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    finally:
        ledger.end(outcome)
        if stamps is not None:
            stamps.keep()
    return batch


def _failed_before(result: ReportResult, rows: Mapping[str, LedgerRow]) -> bool:
    row = rows.get(result.name)
    return row is not None and row.result == FAILED


def _results(todo: Sequence[Planned], desk: Desk, executor: Executor) -> Iterator[tuple[ReportResult, TaskDone]]:
    """The result of each report as it comes, with a bounded number of tasks under way."""
    has_engine = any(map(desk.engine_for, TARGETS))
    tasks = _tasks([one.folder for one in todo], desk, REPORTS_TOGETHER if has_engine else 1)
    prints: deque[Task] = deque()
    drafting = 0
    asks_a_server = any(engine.name == Llm.name for engine in desk.engines)

    def hand_out() -> int:
        given = 0
        while executor.under_way < executor.capacity:
            task = prints.popleft() if prints else None
            if task is None and not (
                asks_a_server and drafting + given
            ):  # the server is asked from one place at a time
                task = next(tasks, None)
                given += len(task.folders) if task and task.step == "draft" else 0
            if task is None:
                break
            executor.submit(task)
        return given

    while True:
        drafting += hand_out()
        if not executor.under_way:
            return
        for done in executor.completed():
            if done.task.step == "draft":
                drafting -= len(done.task.folders)
            for folder, answer in zip(done.task.folders, done.answers, strict=True):
                if isinstance(answer, Drafted):
                    prints.append(Task("print", (folder,), answer))
                else:
                    yield answer, done
            drafting += hand_out()


def _tasks(folders: Sequence[Path], desk: Desk, together: int) -> Iterator[Task]:
    for first in range(0, len(folders), together):
        some = tuple(folders[first : first + together])
        yield Task("draft" if together > 1 else "build", some)


def _clear_away(folder: Path, workspace: Workspace) -> None:
    """What a build or a command that was killed left half-written, of this report."""
    places = (folder, workspace.dist / folder.name)
    if any(map(scraps_in, places)):
        with suppress(BulletinError), one_writer(workspace, folder.name):
            for place in places:
                clear_scraps(place)


def only_failed(planned: Sequence[Planned]) -> list[Planned]:
    """What `--retry-failed` does: what failed last time, or cannot be read."""
    return [one for one in planned if one.state == "failed"]
