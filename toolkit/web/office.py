"""The workspace as the page sees it: what all requests share, read anew when it changed on disk."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from toolkit.desk import Desk
from toolkit.errors import BulletinError, SettingsError
from toolkit.locks import one_writer
from toolkit.report import Report, read_report
from toolkit.workspace import Workspace

MOST_REPORTS = 8
"""Reports that are kept in memory at a time: those that were asked for last."""
_PATIENCE = 10.0  # seconds that a person waits for a build or a command to write
Stamp = tuple[tuple[str, int, int], ...]


class Office:
    """One workspace, served to several people at once.

    `writing` is held by whoever changes files; readers do not wait.  Files appear whole, so a reader sees the state
    before or after.  Engines are not asked: a page that waits for a model is no page.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.writing = threading.RLock()
        self._desk: tuple[Stamp, Stamp, Desk] | None = None
        self._reports: OrderedDict[str, tuple[Stamp, Report]] = OrderedDict()
        self._guard = threading.Lock()  # two who ask at once get the same desk

    @property
    def desk(self) -> Desk:
        """Settings, glossary, memory and fonts as they stand on disk now.  Raises `BulletinError`."""
        glossaries = self.workspace.glossaries
        house = stamp_of((self.workspace.settings_file, *sorted(glossaries.glob("*.csv"))))
        memories = stamp_of(sorted(glossaries.glob("*.tmx")))
        with self._guard:
            known = self._desk
            if known is None or known[0] != house:
                known = self._desk = (house, memories, Desk(self.workspace, "assemble"))
            elif known[1] != memories:  # every save teaches the memory; the glossary stays as it was read
                known = self._desk = (house, memories, known[2].with_memory_anew())
            return known[2]

    def alone_with(self, report: str) -> AbstractContextManager[None]:
        """Keep commands and builds from writing what belongs to a report.  Raises `OutputError`."""
        return one_writer(self.workspace, report, patience=_PATIENCE)

    def report_names(self) -> tuple[str, ...]:
        """The reports there are, sorted."""
        try:
            return tuple(folder.name for folder in self.workspace.report_folders())
        except SettingsError:
            return ()

    def report(self, name: str) -> Report:
        """The report called `name`, if one of `report_names` is.

        No path is ever made from what a browser sent.  Raises `SettingsError` for an unknown one, and `BulletinError`
        for one that cannot be read.
        """
        if name not in self.report_names():
            raise NotThere(f"there is no report “{name[:80]}”")
        folder = self.workspace.source / name
        stamp = stamp_of(
            sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in (".xlf", ".jsonl"))
        )
        known = self._reports.get(name)
        if known is None or known[0] != stamp:
            known = (stamp, read_report(folder))
        with self._guard:
            self._reports[name] = known
            self._reports.move_to_end(name)
            while len(self._reports) > MOST_REPORTS:
                self._reports.popitem(last=False)
        return known[1]


class NotThere(BulletinError):
    """Something the address names does not exist."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, remedy="Go back to the list of reports")


def now() -> str:
    """This moment as drafts and journals write it: UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp_of(paths: Iterable[Path]) -> Stamp:
    """Names, times and sizes of files: what changes when one of them does.  A file that is not there has none."""
    stamps = []
    for path in paths:
        try:
            facts = path.stat()
        except OSError:
            continue
        stamps.append((path.name, facts.st_mtime_ns, facts.st_size))
    return tuple(stamps)
