"""What a build says while it works: progress for a person who watches, lines for a log, results on standard output."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from types import TracebackType
from typing import IO, Any

import click

from toolkit import summary
from toolkit.batch import Batch
from toolkit.build import ReportResult
from toolkit.cli.common import say
from toolkit.leftovers import Pruned, left_over
from toolkit.workspace import Workspace

MOST_IN_FULL = 20
"""Reports up to which each is told in full; more get a line each, and those that are up to date only a number."""
_MOST_NAMED = 20
_SECONDS_BETWEEN_DRAWINGS = 0.2
_SECONDS_BETWEEN_LINES = 15.0


class Telling:
    """Tells each report as it is done.

    What the end tells of each is kept in a temporary file; in memory only its name and place there, for the order, and
    the names of bulletins of editions that are no longer made.
    """

    def __init__(self, workspace: Workspace, asked: int, editions: Collection[str], *, as_json: bool) -> None:
        self._workspace = workspace
        self._is_many = asked > MOST_IN_FULL
        self._as_json = as_json
        self._open_files = contextlib.ExitStack()
        self._spool: IO[str] | None = None
        self._faults: IO[str] | None = None
        self._places: list[tuple[str, int]] = []
        self._progress = Progress()
        self._editions = editions
        self._old: dict[str, tuple[str, ...]] = {}
        self._gone: list[str] = []
        self._kept: list[str] = []

    @property
    def with_old_files(self) -> tuple[str, ...]:
        """The reports that have bulletins of editions other than `editions`."""
        return tuple(self._old)

    def pruned(self, report: str, pruned: Pruned) -> None:
        """Learn what became of the old bulletins of a report."""
        self._old.pop(report, None)
        self._gone += map(self._workspace.shown, pruned.gone)
        self._kept += map(self._workspace.shown, pruned.kept)

    def report(self, result: ReportResult, batch: Batch) -> None:
        """Tell what became of a report."""
        if result.record is not None and (old := left_over(result.record, result.name, self._editions)):
            dist = self._workspace.dist / result.name
            self._old[result.name] = tuple(self._workspace.shown(dist / name) for name in old)
        if self._spool is not None:
            self._places.append((result.name, self._spool.tell()))
            self._spool.write(json.dumps(summary.result_as_dict(result, self._workspace), ensure_ascii=False) + "\n")
        elif not self._is_many or not result.unchanged:
            self._progress.clear()
            told = summary.report_row if self._is_many else summary.report_summary
            click.echo(told(result, self._workspace))
        if self._faults is not None:
            self._faults.writelines(f"{line}\n" for line in summary.fault_rows(result, self._workspace))
        self._progress.draw(batch)

    def end(self, batch: Batch, code: int, seconds: float) -> None:
        """Tell how all went."""
        self._progress.clear()
        fault = batch.stopped_by
        if fault is not None:
            say(f"error: {summary.fault_line(fault, self._workspace)}")
            say(left_line(batch.left))
        for line in self._old_lines():
            say(line)
        if self._spool is None:
            self._tell_faults()
            click.echo((summary.batch_table if self._is_many else summary.batch_summary)(batch, seconds))
            return
        errors = [summary.fault_dict(fault, self._workspace)] if fault is not None else []
        for piece in self._json(code, errors, batch.left):
            click.echo(piece, nl=False)
        click.echo()

    def _tell_faults(self) -> None:
        """Those with errors once more: whoever comes in the morning looks at the end."""
        if self._faults is not None and self._faults.tell():
            self._faults.seek(0)
            click.echo("  with errors")
            for line in self._faults:
                click.echo(f"    {line}", nl=False)

    def _old_lines(self) -> Iterator[str]:
        names = [name for several in self._old.values() for name in several]
        if names:
            remedy = "bulletin build --prune deletes what nobody changed"
            yield f"Of editions that are no longer made ({len(names)}): {_some(names)}. {remedy}."
        if self._gone:
            yield f"Deleted, of editions that are no longer made ({len(self._gone)}): {_some(self._gone)}."
        if self._kept:
            yield f"Kept, because someone changed them ({len(self._kept)}): {_some(self._kept)}."

    def _json(self, code: int, errors: list[dict[str, Any]], left: tuple[str, ...]) -> Iterator[str]:
        """The whole as JSON, the reports by name."""
        assert self._spool is not None
        yield f'{{\n  "exit_code": {code},\n'
        if errors:
            yield f'  "errors": {json.dumps(errors, ensure_ascii=False)},\n'
            yield f'  "not_built": {json.dumps(left, ensure_ascii=False)},\n'
        old = {"old": sorted(name for several in self._old.values() for name in several)}
        for key, names in (old | {"deleted": sorted(self._gone), "kept": sorted(self._kept)}).items():
            if names:
                yield f'  "{key}": {json.dumps(names, ensure_ascii=False)},\n'
        yield '  "reports": ['
        for number, (_, place) in enumerate(sorted(self._places)):
            self._spool.seek(place)
            yield ("," if number else "") + "\n    " + self._spool.readline().rstrip("\n")
        yield "\n  ]\n}" if self._places else "]\n}"

    def __enter__(self) -> Telling:
        if self._as_json:
            self._spool = self._open_files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        elif self._is_many:
            self._faults = self._open_files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.clear()
        self._open_files.close()


class Progress:
    """One line that is drawn again and again on a terminal; a line now and then in a log.  On standard error."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._is_drawn = False

    def draw(self, batch: Batch) -> None:
        """Show how far the run is, unless that was shown a moment ago."""
        now = time.monotonic()
        if now - self._last < (_SECONDS_BETWEEN_DRAWINGS if self._is_terminal else _SECONDS_BETWEEN_LINES):
            return
        self._last = now
        line = progress_line(batch, now - self._began)
        if self._is_terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{line[:width]}")
            sys.stderr.flush()
            self._is_drawn = True
        else:
            say(line)

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._is_drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._is_drawn = False


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def left_line(names: tuple[str, ...]) -> str:
    """What a run that was stopped has left, and how to go on."""
    return f"Not built ({len(names)}): {_some(names) or 'none'}. All others stand; run the command again for these."


def progress_line(batch: Batch, seconds: float) -> str:
    """How far a run is after so many seconds: reports, segments, pages, findings, time left."""
    worked = batch.built + batch.failed
    left = batch.asked - batch.done
    parts = [f"{batch.done} of {batch.asked} reports", f"{batch.segments:,} segments", f"{batch.pages:,} pages"]
    parts += [f"{batch.failed} with errors"] if batch.failed else []
    parts += [f"{count:,} {name}" for name, count in batch.findings.items() if count]
    parts += [f"{_duration(seconds / worked * left)} left"] if worked and left else []
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
