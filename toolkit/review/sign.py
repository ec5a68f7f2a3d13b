"""A named person stands behind segments: reviewed, or signed off for print; and takes that back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from toolkit.desk import Desk
from toolkit.errors import SettingsError
from toolkit.languages import Language
from toolkit.quality import Finding, Severity, open_findings
from toolkit.report import Report
from toolkit.review.acts import Done, Standing, carry_out, journal_path, memory_units, standing_drafts
from toolkit.review.journal import ActKind, Entry, Journal, Version, new_act, read_journal
from toolkit.translation.draft import DraftUnit, Review, State

VIA = "bulletin sign"
Signature = Literal["reviewed", "signed-off"]
_Pair = tuple[Language, DraftUnit, DraftUnit]  # before and after


@dataclass(frozen=True)
class Refusal:
    """A segment that was not signed, and why, as a whole sentence."""

    language: Language
    segment_id: str
    reason: str


@dataclass(frozen=True)
class Signing:
    """What was signed (or taken back), what was refused, and how many stood so already."""

    signed: tuple[tuple[Language, DraftUnit], ...]
    refused: tuple[Refusal, ...]
    already: int
    act: str = ""
    written: tuple[Path, ...] = ()


def sign(
    report: Report,
    desk: Desk,
    *,
    by: str,
    now: str,
    languages: Sequence[Language],
    segments: Sequence[str] = (),
    state: Signature = "signed-off",
    findings: Iterable[Finding] = (),
) -> Signing:
    """Put `by`'s name to `segments` (all when none is named) of `report` in `languages`.

    A gap is refused, and for signing off, a segment with an error among `findings` that nobody dismissed.  What can be
    signed is; the rest is in `refused`.  What has a signature keeps it.  Reviewed text goes to the memory.

    Raises `SettingsError` for an unknown segment or an empty name, `OutputError` when a file cannot be written.
    """
    by = _checked(by, report, segments)
    new = State(state)
    standing = standing_drafts(report, desk)
    errors = Counter(
        (one.language, one.segment_id) for one in open_findings(findings) if one.severity is Severity.ERROR
    )
    signed: list[_Pair] = []
    refused: list[Refusal] = []
    already = 0
    for language, unit in _chosen(standing, languages, segments):
        count = errors[language, unit.segment_id] if new is State.SIGNED_OFF else 0
        if unit.is_gap:
            refused.append(Refusal(language, unit.segment_id, "It has no text yet."))
        elif _is_signed(unit, new):
            already += 1
        elif count:
            errors_stand = "An error stands" if count == 1 else f"{count} errors stand"
            reason = f"{errors_stand} against it that nobody dismissed; see bulletin check {report.name}."
            refused.append(Refusal(language, unit.segment_id, reason))
        else:
            signed.append((language, unit, replace(unit, state=new, review=Review(by, now, VIA))))
    done = _carry_out(report, desk, standing, signed, ActKind.SIGN, by, now)
    return Signing(_after(signed), tuple(refused), already, done.act, done.written)


def unsign(
    report: Report,
    desk: Desk,
    *,
    by: str,
    now: str,
    languages: Sequence[Language],
    segments: Sequence[str] = (),
) -> Signing:
    """Take signatures back: each segment gets the state and the review it had before it was signed.

    One whose signing stands in no journal becomes a draft to be reviewed.  Raises as `sign` does.
    """
    by = _checked(by, report, segments)
    standing = standing_drafts(report, desk)
    journal = read_journal(journal_path(report))
    undone: list[_Pair] = []
    already = 0
    for language, unit in _chosen(standing, languages, segments):
        if unit.review is None or unit.review.via != VIA:
            already += 1
            continue
        before = _before_signing(unit, language, journal)
        state, review = (before.state, before.review) if before is not None else (State.DRAFT, None)
        undone.append((language, unit, replace(unit, state=state, review=review)))
    done = _carry_out(report, desk, standing, undone, ActKind.UNSIGN, by, now)
    return Signing(_after(undone), (), already, done.act, done.written)


def _is_signed(unit: DraftUnit, state: State) -> bool:
    """Whether a person stands behind it as far as `state`, in this report and not elsewhere alone."""
    if unit.review is None or unit.follows_memory:
        return False
    return unit.state in (state, State.SIGNED_OFF)


def _before_signing(unit: DraftUnit, language: Language, journal: Journal) -> Version | None:
    entries = (
        entry
        for entry in reversed(journal.of_segment(unit.segment_id))
        if entry.kind is ActKind.SIGN and entry.language == language and entry.after and entry.after.stands_in(unit)
    )
    return next((entry.before for entry in entries), None)


def _checked(by: str, report: Report, segments: Sequence[str]) -> str:
    by = " ".join(by.split())
    if not by:
        raise SettingsError("a signature needs a name", remedy="Say whose: --by NAME, or set BULLETIN_BY")
    known = {segment.id for segment in report.segments}
    if unknown := [one for one in segments if one not in known]:
        raise SettingsError(
            f"{report.name} has no segment {', '.join(unknown)}", remedy="The ids stand in the drafts and in findings"
        )
    return by


def _chosen(
    standing: Standing, languages: Sequence[Language], segments: Sequence[str]
) -> Iterator[tuple[Language, DraftUnit]]:
    for language in languages:
        for unit in standing.drafts[language].units:
            if not segments or unit.segment_id in segments:
                yield language, unit


def _after(pairs: Sequence[_Pair]) -> tuple[tuple[Language, DraftUnit], ...]:
    return tuple((language, after) for language, _, after in pairs)


def _carry_out(
    report: Report, desk: Desk, standing: Standing, pairs: Sequence[_Pair], kind: ActKind, by: str, now: str
) -> Done:
    if not pairs:
        return Done("")
    changed = [f"{language}{unit.segment_id}" for language, unit, _ in pairs]
    act = new_act(kind, now, by, changed, read_journal(journal_path(report)))
    entries = [
        Entry(
            act,
            kind,
            now,
            by,
            VIA,
            language,
            before.segment_id,
            before.source.text,
            Version.of(before),
            Version.of(after),
        )
        for language, before, after in pairs
    ]
    units = {(language, after.segment_id): after for language, _, after in pairs}
    learned = memory_units(report, [(language, after, Version.of(after)) for language, _, after in pairs])
    unlearned = [
        (language, before, Version.of(before))
        for language, before, after in pairs
        if not before.is_open and after.is_open
    ]
    return carry_out(
        report, desk, standing, units, entries, remembered=learned, forgotten=memory_units(report, unlearned)
    )
