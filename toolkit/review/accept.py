"""Edited files come home: what they were understood to mean is put into drafts, journal and memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.build import draft_path
from toolkit.desk import Desk
from toolkit.errors import SettingsError
from toolkit.files import hash_of, sha256, write_whole
from toolkit.languages import TARGETS, Language
from toolkit.record import mark_accepted
from toolkit.report import Report
from toolkit.review.acts import Done, Standing, carry_out, journal_path, memory_units, standing_drafts
from toolkit.review.edit import EditedFile, TroubleKind
from toolkit.review.journal import ActKind, Entry, Journal, Version, new_act, read_journal
from toolkit.review.understand import Preference, understand
from toolkit.review.understanding import Change, KeptWords, Understanding, agreed
from toolkit.translation.draft import Candidate, DraftUnit, Origin, OriginKind, Review, kept_alternatives, target_hash

_WITHOUT_WORDS = (TroubleKind.DELETED, TroubleKind.MOVED)  # everything such a file says was taken


@dataclass(frozen=True)
class Acceptance:
    """What the files of one report were understood to mean, and what came of it.

    `act` is what `bulletin undo` takes, empty when nothing was done; `written` the files that changed; `copies` lie
    beside files in dist that may now be replaced though not all of their words were taken.
    """

    report: Report
    understandings: tuple[Understanding, ...]
    journal: Journal
    act: str = ""
    written: tuple[Path, ...] = ()
    copies: tuple[Path, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All corrections, file by file."""
        return tuple(change for one in self.understandings for change in one.changes)

    @property
    def confirmed(self) -> tuple[Change, ...]:
        """All confirmations, file by file."""
        return tuple(change for one in self.understandings for change in one.confirmed)

    @property
    def has_troubles(self) -> bool:
        """Whether a person has to look at something."""
        return any(one.troubles for one in self.understandings)


def accept(
    files: Sequence[EditedFile],
    report: Report,
    desk: Desk,
    *,
    now: str,
    by: str = "",
    someone: str = "",
    prefer: Preference | None = None,
    only: Sequence[str] = (),
    dry_run: bool = False,
) -> Acceptance:
    """Take `files`, all of `report`, into its drafts, the journal and the memory: all of it or nothing.

    See `understand` for the arguments.  Corrected and confirmed segments become reviewed; the text before becomes the
    first alternative.  A file that stands in dist may be replaced by the next build afterwards.

    Raises `SettingsError` when a correction would be nobody's or `only` names no segment, `OutputError` when a file
    cannot be written.
    """
    if unknown := [one for one in only if one not in {segment.id for segment in report.segments}]:
        raise SettingsError(
            f"{report.name} has no segment {', '.join(unknown)}", remedy="The ids stand in the drafts and in findings"
        )
    standing = standing_drafts(report, desk)
    journal = read_journal(journal_path(report))
    own = {draft_path(report, language).resolve() for language in TARGETS}
    understandings = agreed(
        understand(
            file,
            report,
            standing.drafts,
            now=now,
            by=by,
            someone=someone,
            journal=journal,
            prefer=prefer,
            only=only,
            in_place=file.path.resolve() in own,
        )
        for file in files
    )
    acceptance = Acceptance(report, understandings, journal)
    if dry_run:
        return acceptance
    if nameless := next((one for one in understandings if one.is_nameless), None):
        raise SettingsError(
            "does not say who made the corrections", path=nameless.file.path, remedy="Name them: --by NAME"
        )
    done = _carry_out(acceptance, standing, desk, now)
    copies = tuple(copy for one in understandings for copy in _settle_dist(one, desk.workspace.dist / report.name))
    return replace(acceptance, act=done.act, written=done.written, copies=copies)


def _carry_out(acceptance: Acceptance, standing: Standing, desk: Desk, now: str) -> Done:
    report, journal = acceptance.report, acceptance.journal
    units = changed_units(standing, acceptance.understandings)
    changes = (*acceptance.changes, *acceptance.confirmed)
    left = [
        entry for one in acceptance.understandings for entry in _left(one, report, now) if not _is_known(entry, journal)
    ]
    names = dict.fromkeys(change.by for change in changes)
    what = [f"{change.language}{change.segment_id}{target_hash(change.after)}" for change in changes]
    act = new_act(ActKind.ACCEPT, now, ", ".join(names), [*what, *(entry.text for entry in left)], journal)
    entries = [replace(entry, act=act) for entry in (*_accepted(changes, units), *left)]
    learned = [
        (change.language, unit, Version.of(unit))
        for change in changes
        for unit in (units[change.language, change.segment_id],)
    ]
    learned += _learned_before(acceptance, standing, units)
    return carry_out(report, desk, standing, units, entries, remembered=memory_units(report, learned))


def _learned_before(
    acceptance: Acceptance, standing: Standing, units: Mapping[tuple[Language, str], DraftUnit]
) -> list[tuple[Language, DraftUnit, Version]]:
    """What came through these files before: after a power cut the memory may lack it."""
    names = {one.file.path.name for one in acceptance.understandings}
    return [
        (language, unit, Version.of(unit))
        for language, draft in standing.drafts.items()
        for unit in draft.units
        if unit.review is not None and unit.review.via in names and (language, unit.segment_id) not in units
    ]


def changed_units(standing: Standing, understandings: Iterable[Understanding]) -> dict[tuple[Language, str], DraftUnit]:
    """The units that become others, by language and segment."""
    units: dict[tuple[Language, str], DraftUnit] = {}
    for one in understandings:
        for change in (*one.changes, *one.confirmed):
            units[change.language, change.segment_id] = corrected(change)
    for one in understandings:
        for words in one.kept:
            key = (words.language, words.segment_id)
            unit = units.get(key) or standing.drafts[words.language].unit(words.segment_id)
            if unit is not None and (beside := with_words_beside(unit, words)) != unit:
                units[key] = beside
    return units


def corrected(change: Change) -> DraftUnit:
    """The unit after a correction or a confirmation; the words before, with their note, become an alternative."""
    before = change.before
    review = Review(change.by, change.at, change.via)
    if change.after == before.target:
        return replace(before, state=change.state_after, review=review)
    alternatives = before.alternatives
    if before.target:
        origin = before.origin or Origin(OriginKind.PERSON)
        former = Candidate(before.target, origin, printable=False, note=before.note)
        alternatives = (former, *(one for one in alternatives if one.target != before.target))
    return replace(
        before,
        target=change.after,
        state=change.state_after,
        origin=Origin(OriginKind.PERSON, change.by),
        alternatives=kept_alternatives(one for one in alternatives if one.target != change.after),
        note="",
        review=review,
    )


def with_words_beside(unit: DraftUnit, words: KeptWords) -> DraftUnit:
    """`unit` with a person's words as its first alternative, unless it has them."""
    if words.text == unit.target or any(one.target == words.text for one in unit.alternatives):
        return unit
    beside = Candidate(words.text, Origin(OriginKind.PERSON, words.by or words.via), printable=False, note=words.note)
    return replace(unit, alternatives=kept_alternatives((beside, *unit.alternatives)))


def _accepted(changes: Sequence[Change], units: Mapping[tuple[Language, str], DraftUnit]) -> list[Entry]:
    return [
        Entry(
            "",
            ActKind.ACCEPT,
            change.at,
            change.by,
            change.via,
            change.language,
            change.segment_id,
            source=change.before.source.text,
            before=Version.of(change.before),
            after=Version.of(units[change.language, change.segment_id]),
            reason=change.comment,
        )
        for change in changes
    ]


def _left(one: Understanding, report: Report, now: str) -> list[Entry]:
    """Words that were not taken, and remarks: the file may be thrown away one day."""
    sources = {segment.id: segment.text for segment in report.segments}
    via = one.file.path.name
    entries = [
        Entry(
            "",
            ActKind.LEFT,
            now,
            "",
            via,
            trouble.language,
            trouble.segment_id,
            text=trouble.text,
            reason=trouble.reason,
        )
        for trouble in one.troubles
        if trouble.text
    ]
    entries += [
        Entry(
            "",
            ActKind.LEFT,
            now,
            remark.by,
            via,
            remark.language,
            remark.segment_id,
            text=remark.text,
            reason="Remark.",
        )
        for remark in one.remarks
    ]
    return [replace(entry, source=sources.get(entry.segment_id, "")) for entry in entries]


def _is_known(entry: Entry, journal: Journal) -> bool:
    return any(
        (one.kind, one.language, one.segment_id, one.via, one.text)
        == (entry.kind, entry.language, entry.segment_id, entry.via, entry.text)
        for one in journal.entries
    )


def _settle_dist(one: Understanding, dist: Path) -> tuple[Path, ...]:
    """Let the next build replace a file that was taken in; where not all its words were, keep a copy beside it."""
    path = one.file.path.resolve()
    if path.parent != dist.resolve():
        return ()
    data = path.read_bytes()
    copies: tuple[Path, ...] = ()
    if any(trouble.kind not in _WITHOUT_WORDS for trouble in one.troubles):
        copy = dist / f"{path.stem}.edited-{hash_of(sha256(data))[:8]}{path.suffix}"
        if write_whole(copy, data):
            copies = (copy,)
    mark_accepted(dist, path.name, sha256(data))
    return copies
