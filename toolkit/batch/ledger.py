"""The ledger of a workspace: what builds did, with which inputs, by whom, with what result, when.

A convenience, never the truth: what stands in dist is told by the build.json of each report, and a ledger that was
deleted costs its history only.  Only the process that holds the lock of the workspace writes; there is no write-ahead
log, which network folders do not bear.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import toolkit
from toolkit.batch.stamps import Stamp
from toolkit.batch.task import TaskDone
from toolkit.build import ReportResult
from toolkit.locks import FOLDER, state_folder
from toolkit.workspace import Workspace

FILE = "ledger.sqlite"
DONE, FAILED = "done", "failed"
_FORM = 1
_SCHEMA = """
CREATE TABLE run (id INTEGER PRIMARY KEY, began TEXT, ended TEXT, outcome TEXT, host TEXT, pid INTEGER, person TEXT,
                  version TEXT, executor TEXT, engine TEXT, asked INTEGER);
CREATE TABLE entry (id INTEGER PRIMARY KEY, run INTEGER REFERENCES run, report TEXT, at TEXT, result TEXT, inputs TEXT,
                    parts TEXT, reasons TEXT, exit_code INTEGER, findings TEXT, segments INTEGER, pages INTEGER,
                    host TEXT, pid INTEGER, seconds REAL);
CREATE INDEX entry_of_report ON entry (report, id);
CREATE TABLE stamp (path TEXT PRIMARY KEY, stat TEXT, sha256 TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class LedgerRow:
    """The last thing that was done with a report.

    `result` is "done" or "failed", `reasons` the errors; `findings` by severity; `host` and `pid` the worker, `person`
    who ran the command, `at` when it was done, in local time; `seconds` how long it took.
    """

    report: str
    at: str
    result: str
    reasons: tuple[str, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    segments: int = 0
    pages: int = 0
    host: str = ""
    pid: int = 0
    person: str = ""
    version: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class LedgerRun:
    """One run of `bulletin build`; `ended` and `outcome` are empty while it goes on, or when it was killed."""

    began: str
    ended: str
    outcome: str
    host: str
    pid: int
    person: str
    executor: str
    engine: str
    asked: int


class Ledger:
    """An open ledger.  A disk that is full, or a folder that vanished, costs entries and no report: `is_lossy` says."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._run = 0
        self.is_lossy = False

    def begin(self, executor: str, engine: str, asked: int) -> None:
        """Note that a run has begun, for so many reports."""
        place = (_now(), platform.node(), os.getpid(), _person(), toolkit.__version__, executor, engine, asked)
        with self._writing():
            insert = "INSERT INTO run (began, host, pid, person, version, executor, engine, asked)"
            insert += " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            self._run = self._connection.execute(insert, place).lastrowid or 0

    def end(self, outcome: str) -> None:
        """Note that the run has ended, and how."""
        with self._writing():
            self._connection.execute("UPDATE run SET ended = ?, outcome = ? WHERE id = ?", (_now(), outcome, self._run))

    def write(self, result: ReportResult, done: TaskDone) -> None:
        """Note what became of a report."""
        record = result.record
        row = {
            "run": self._run,
            "report": result.name,
            "at": _now(),
            "result": FAILED if result.errors else DONE,
            "inputs": record.inputs if record else "",
            "parts": json.dumps(dict(record.parts) if record else {}),
            "reasons": json.dumps([str(fault) for fault in result.errors], ensure_ascii=False),
            "exit_code": max((fault.exit_code for fault in result.errors), default=0),
            "findings": json.dumps(dict(record.findings) if record else {}),
            "segments": sum(counts.get("total", 0) for counts in record.counts.values()) if record else 0,
            "pages": sum(record.pages.values()) if record else 0,
            "host": done.host,
            "pid": done.pid,
            "seconds": done.seconds,
        }
        names = ", ".join(row)
        with self._writing():
            self._connection.execute(
                f"INSERT INTO entry ({names}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
            )

    def rows(self) -> dict[str, LedgerRow]:
        """The last entry of each report, by name."""
        query = (
            "SELECT report, at, result, reasons, findings, segments, pages, entry.host, entry.pid, person, version,"
            " seconds FROM entry LEFT JOIN run ON run.id = entry.run"
            " WHERE entry.id IN (SELECT max(id) FROM entry GROUP BY report) ORDER BY report"
        )
        try:
            found = self._connection.execute(query).fetchall()
        except sqlite3.Error:
            return {}
        return {row[0]: _row(row) for row in found}

    def last_run(self) -> LedgerRun | None:
        """The run that began last."""
        query = (
            "SELECT began, ended, outcome, host, pid, person, executor, engine, asked FROM run ORDER BY id DESC LIMIT 1"
        )
        try:
            row = self._connection.execute(query).fetchone()
        except sqlite3.Error:
            return None
        return None if row is None else LedgerRun(row[0], row[1] or "", row[2] or "", *row[3:])

    def get(self, path: str, /) -> tuple[str, str] | None:
        """What is known of a file: what `stat` said, and its SHA-256."""
        try:
            found: tuple[str, str] | None = self._connection.execute(
                "SELECT stat, sha256 FROM stamp WHERE path = ?", (path,)
            ).fetchone()
        except sqlite3.Error:
            return None
        return found

    def keep_stamps(self, stamps: Iterable[Stamp]) -> None:
        """Note what is known of files, for the next run."""
        with self._writing():
            self._connection.executemany("INSERT OR REPLACE INTO stamp VALUES (?, ?, ?)", stamps)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._connection:
                yield
        except sqlite3.Error:
            self.is_lossy = True


def open_ledger(workspace: Workspace) -> Ledger:
    """The ledger of a workspace, to write in; the caller holds the lock.

    One that is damaged, or of another form, is begun anew; one that cannot be kept lives as long as the run.
    """
    try:
        path = state_folder(workspace) / FILE
        for _ in range(2):
            with suppress(sqlite3.Error):
                return Ledger(_prepared(path))
            path.unlink(missing_ok=True)
    except OSError:
        pass
    ledger = Ledger(_prepared(":memory:"))
    ledger.is_lossy = True
    return ledger


def read_ledger(workspace: Workspace) -> Ledger:
    """The ledger of a workspace, only to read; an empty one where there is none."""
    path = workspace.root / FOLDER / FILE
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=5)
        if _form(connection) == _FORM:
            return Ledger(connection)
        connection.close()
    return Ledger(_prepared(":memory:"))


def _prepared(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        form = _form(connection)
        if form == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORM}; COMMIT;")
        elif form != _FORM:
            raise sqlite3.DatabaseError("of another form")
    except BaseException:
        connection.close()
        raise
    return connection


def _form(connection: sqlite3.Connection) -> int:
    with closing(connection.execute("PRAGMA user_version")) as rows:
        return int(rows.fetchone()[0])


def _row(row: tuple[Any, ...]) -> LedgerRow:
    report, at, result, reasons, findings, segments, pages, host, pid, person, version, seconds = row
    told = (tuple(json.loads(reasons)), json.loads(findings), segments, pages, host, pid)
    return LedgerRow(report, at, result, *told, person or "", version or "", seconds)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user
        return ""
