"""Taking an act back: what it made is unmade wherever it still stands; what somebody changed since stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.desk import Desk
from toolkit.errors import SettingsError
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.review.acts import carry_out, journal_path, memory_units, standing_drafts
from toolkit.review.journal import ActKind, Entry, Journal, Version, new_act, read_journal
from toolkit.translation.draft import Candidate, DraftUnit, Origin, OriginKind

VIA = "bulletin undo"


@dataclass(frozen=True)
class Undoing:
    """What was undone: `undone` are the entries taken back, `left` those whose text somebody changed since."""

    of_act: str
    undone: tuple[Entry, ...]
    left: tuple[Entry, ...]
    act: str = ""
    written: tuple[Path, ...] = ()


def undo(report: Report, desk: Desk, *, by: str, now: str, act: str = "") -> Undoing:
    """Take back `act`, or the last one that is not taken back yet: in the drafts, and in the memory.

    An undo is an act itself and can be undone.  The words that give way become an alternative.

    Raises `SettingsError` when there is no such act, `OutputError` when a file cannot be written.
    """
    journal = read_journal(journal_path(report))
    entries = [
        entry for entry in _entries(act, journal, report) if entry.before is not None and entry.after is not None
    ]
    standing = standing_drafts(report, desk)
    units: dict[tuple[Language, str], DraftUnit] = {}
    undone: list[Entry] = []
    left: list[Entry] = []
    for entry in entries:
        draft = standing.drafts.get(entry.language) if entry.language else None
        unit = draft.unit(entry.segment_id) if draft else None
        if unit is None or entry.language is None or not _stands(entry, unit):
            left.append(entry)
            continue
        units[entry.language, entry.segment_id] = _restored(unit, entry)
        undone.append(entry)
    of_act = entries[0].act if entries else act
    if not undone:
        return Undoing(of_act, (), tuple(left))
    new = new_act(ActKind.UNDO, now, by, [of_act], journal)
    lines = [
        replace(
            entry,
            act=new,
            kind=ActKind.UNDO,
            at=now,
            by=by,
            via=VIA,
            before=entry.after,
            after=entry.before,
            text="",
            reason="",
            undoes=of_act,
        )
        for entry in undone
    ]
    forgotten = memory_units(report, _versions(undone, units, "after"))
    remembered = memory_units(report, _versions(undone, units, "before"))
    done = carry_out(report, desk, standing, units, lines, remembered=remembered, forgotten=forgotten)
    return Undoing(of_act, tuple(undone), tuple(left), done.act, done.written)


def _versions(
    entries: Sequence[Entry], units: dict[tuple[Language, str], DraftUnit], which: str
) -> list[tuple[Language, DraftUnit, Version]]:
    found = []
    for entry in entries:
        version = entry.after if which == "after" else entry.before
        if entry.language is not None and version is not None:
            found.append((entry.language, units[entry.language, entry.segment_id], version))
    return found


def _entries(act: str, journal: Journal, report: Report) -> tuple[Entry, ...]:
    acts = journal.acts()
    if act:
        if act not in acts:
            raise SettingsError(f"{report.name} has no act {act}", remedy=f"See bulletin history {report.name}")
        return acts[act]
    if last := last_act(journal):
        return acts[last]
    raise SettingsError("there is nothing to undo", path=journal_path(report), remedy="Name an act to undo that one")


def last_act(journal: Journal) -> str:
    """The id of the act that `undo` takes back when none is named; empty when there is none."""
    undone = undone_acts(journal)
    for name, entries in reversed(journal.acts().items()):
        if name not in undone and any(entry.kind not in (ActKind.UNDO, ActKind.LEFT) for entry in entries):
            return name
    return ""


def undone_acts(journal: Journal) -> frozenset[str]:
    """The ids of the acts that were taken back."""
    return frozenset(entry.undoes for entry in journal.entries if entry.undoes)


def _stands(entry: Entry, unit: DraftUnit) -> bool:
    return entry.after is not None and entry.after.stands_in(unit)


def _restored(unit: DraftUnit, entry: Entry) -> DraftUnit:
    before = entry.before
    assert before is not None
    alternatives = tuple(one for one in unit.alternatives if one.target != before.target)
    if unit.target and unit.target != before.target:
        origin = unit.origin or Origin(OriginKind.PERSON)
        alternatives = (Candidate(unit.target, origin, printable=False, note=unit.note), *alternatives)
    return replace(
        unit,
        target=before.target,
        state=before.state,
        origin=before.origin,
        review=before.review,
        note=before.note,
        drafted=before.drafted,
        alternatives=alternatives,
    )
