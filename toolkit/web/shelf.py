"""Drafts as they stand on disk, with their findings, kept until the files change.

A report of thousands of segments is not checked anew for every page that is looked at: constraints depend on the
Chinese and the glossary, the findings of a segment on its target too, and both are remembered by that.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from toolkit.build import dismissals_path, draft_path
from toolkit.constraints import Constraint, constraints_of
from toolkit.desk import Desk
from toolkit.errors import BulletinError
from toolkit.glossary import TermMatch
from toolkit.languages import TARGETS, Language
from toolkit.quality import Finding, apply_dismissals, read_dismissals
from toolkit.quality.draft_checks import check_unit
from toolkit.report import Report
from toolkit.review import Journal, journal_path, read_journal
from toolkit.review.acts import standing_drafts
from toolkit.translation import Draft, DraftUnit
from toolkit.web.office import MOST_REPORTS, Office, stamp_of

_BREATH = 0.002  # seconds: others go first
PER_PAGE = 30
"""Segments that the draft view shows at a time."""
_MOST_VERSIONS = 2  # of each text on average, whose findings are remembered


@dataclass
class Open:
    """A report that somebody looks at: its drafts as they stand, and what was found out about them.

    `is_of_record` is whether they stand on disk as they are here; others follow the memory.
    """

    report: Report
    desk: Desk
    drafts: Mapping[Language, Draft]
    journal: Journal
    lines: Mapping[str, str]
    numbers: Mapping[str, int]
    is_of_record: bool
    _constraints: dict[tuple[str, Language], tuple[Constraint, ...]] = field(default_factory=dict)
    _matches: dict[str, tuple[TermMatch, ...]] = field(default_factory=dict)
    _findings: dict[tuple[Language, DraftUnit], tuple[Finding, ...]] = field(default_factory=dict)

    def unit(self, segment_id: str, language: Language) -> DraftUnit | None:
        """The unit of a segment in one language."""
        return self.drafts[language].unit(segment_id)

    def matches(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in a Chinese sentence."""
        if text not in self._matches:
            self._matches[text] = self.desk.glossary.match(text)
        return self._matches[text]

    def constraints(self, text: str, language: Language) -> tuple[Constraint, ...]:
        """What a Chinese sentence wants of its translation."""
        key = (text, language)
        if key not in self._constraints:
            self._constraints[key] = constraints_of(text, language, self.desk.glossary, self.desk.settings)
        return self._constraints[key]

    def findings(self, unit: DraftUnit, language: Language) -> tuple[Finding, ...]:
        """What is wrong with one target; those that a person dismissed say so.

        What only a look at the whole report shows (consistency, lengths, the names of persons) is told by
        `bulletin check` and before a release.
        """
        key = (language, unit)
        if key not in self._findings:
            constraints = self.constraints(unit.source.text, language)
            found = check_unit(unit, language, constraints, self.lines.get(unit.segment_id, ""))
            dismissals = read_dismissals(dismissals_path(self.report))
            marked = apply_dismissals(found, dismissals)
            self._findings[key] = tuple(one for one in marked if one.segment_id == unit.segment_id)
        return self._findings[key]


class Shelf:
    """The reports that are being looked at: the last `MOST_REPORTS`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open: OrderedDict[str, tuple[object, object, Open]] = OrderedDict()
        self._opening: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._guard = threading.Lock()  # of both; never held while a file is read

    def open(self, name: str) -> Open:
        """The report called `name` as it stands on disk now; another that is being opened keeps nobody waiting.

        Raises as `Office.report` does.
        """
        with self._guard:
            opening = self._opening.setdefault(name, threading.Lock())
        with opening:  # two who ask for the same report at once: one reads it, for both
            return self._opened(name)

    def _opened(self, name: str) -> Open:
        report, desk = self._office.report(name), self._office.desk
        lasting = (id(desk.glossary), id(desk.settings), id(report), stamp_of((dismissals_path(report),)))
        files = stamp_of((*(draft_path(report, one) for one in TARGETS), journal_path(report)))
        with self._guard:
            known = self._open.get(name)
            if known is not None:
                self._open.move_to_end(name)
        if known is not None and known[:2] == (lasting, files) and (known[2].is_of_record or known[2].desk is desk):
            return known[2]
        before = known[2] if known is not None and known[0] == lasting else None
        opened = _read(report, desk, before)
        with self._guard:
            self._open[name] = (lasting, files, opened)
            self._open.move_to_end(name)
            while len(self._open) > MOST_REPORTS:
                self._open.popitem(last=False)
        return opened


def warm(office: Office, shelf: Shelf, *, reports: int = 3, looked_through: int = 3) -> None:
    """Open the `reports` that were worked on last, newest first, and look at the segments shown first.

    Then look at all segments of the first `looked_through` of them, so that nobody waits.  What cannot be opened is
    left to whoever asks for it.  All of it takes seconds and is made for a thread of its own that may die with the
    server.
    """
    folders = [office.workspace.source / name for name in office.report_names()]
    newest = sorted(folders, key=lambda one: one.stat().st_mtime, reverse=True)[: min(reports, MOST_REPORTS)]
    for segments, some in ((PER_PAGE, newest), (None, newest[:looked_through])):
        for folder in some:
            try:
                opened = shelf.open(folder.name)
            except BulletinError:
                continue
            for language, draft in opened.drafts.items():
                for unit in draft.units[:segments]:
                    opened.findings(unit, language)
                    if segments is None:
                        time.sleep(_BREATH)


def _read(report: Report, desk: Desk, before: Open | None) -> Open:
    name = report.path.name
    lines = {one.id: f"{name}:{block.line}" for block in report.blocks for one in block.segments}
    numbers = {segment.id: number for number, segment in enumerate(report.segments, start=1)}
    standing = standing_drafts(report, desk)
    journal = read_journal(journal_path(report))
    opened = Open(report, desk, standing.drafts, journal, lines, numbers, standing.is_of_record)
    if before is not None:  # what was found out holds as long as the glossary and the Chinese do
        opened._constraints, opened._matches = before._constraints, before._matches
        most = _MOST_VERSIONS * sum(len(draft.units) for draft in standing.drafts.values())
        opened._findings = before._findings if len(before._findings) <= most else {}
    return opened
