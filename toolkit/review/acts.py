"""Carrying out what a person decided about segments: journal, drafts and memory together, or none of them.

Order: the journal first, so that an undo knows all of it; then the drafts; then the memory.  When a file cannot be
written, those before it are put back.  After a power cut the same command does what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import memory
from toolkit.build import draft_languages, draft_path
from toolkit.desk import Desk
from toolkit.errors import BulletinError, OutputError, SourceError
from toolkit.files import write_whole
from toolkit.languages import TARGETS, Language
from toolkit.memory import MemoryUnit
from toolkit.report import Report
from toolkit.review.journal import FILE_NAME, ActKind, Entry, Version, append
from toolkit.translation.draft import Draft, DraftUnit, State
from toolkit.translation.xliff import keep_written, read_xliff, xliff_bytes


@dataclass(frozen=True)
class Standing:
    """The drafts of a report as they stand, and the bytes of their files (None: there is none yet).

    `is_of_record` is whether the files hold these drafts; otherwise they were drafted now.
    """

    drafts: Mapping[Language, Draft]
    files: Mapping[Language, bytes | None]
    is_of_record: bool = True


@dataclass(frozen=True)
class Done:
    """What was carried out: the act's id, and the files that changed."""

    act: str
    written: tuple[Path, ...] = ()


def journal_path(report: Report) -> Path:
    """What people did to this report's segments."""
    return report.path.parent / FILE_NAME


def standing_drafts(report: Report, desk: Desk) -> Standing:
    """The drafts of record.  One that is missing, or lacks segments of the report, is drafted without an engine."""
    paths = {language: draft_path(report, language) for language in TARGETS}
    files = {language: _bytes_of(path) for language, path in paths.items()}
    drafts = {language: read_xliff(path, language) for language, path in paths.items() if files[language] is not None}
    wanted = {segment.id for segment in report.segments}
    if all(
        language in drafts and {unit.segment_id for unit in drafts[language].units} == wanted for language in TARGETS
    ):
        return Standing(drafts, files)
    return Standing(draft_languages(report, desk).drafts, files, is_of_record=False)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy="Mend its permissions") from fault


def carry_out(
    report: Report,
    desk: Desk,
    standing: Standing,
    units: Mapping[tuple[Language, str], DraftUnit],
    entries: Sequence[Entry],
    *,
    remembered: Sequence[MemoryUnit] = (),
    forgotten: Sequence[MemoryUnit] = (),
) -> Done:
    """Put `units` in place of those in `standing`, write `entries`, and tell the memory.

    Raises `OutputError` when a draft was saved by someone since `standing` was read, or a file cannot be written;
    drafts and memory are then as they were.
    """
    act = entries[0].act if entries else ""
    changed = {language for language, _ in units}
    paths = {language: draft_path(report, language) for language in changed}
    drafts = {language: with_units(standing.drafts[language], language, units) for language in changed}
    contents = {language: xliff_bytes(draft, report) for language, draft in drafts.items()}
    for language, path in paths.items():
        if _bytes_of(path) != standing.files[language]:
            raise OutputError("was saved by someone at this moment", path=path, remedy="Run the command again")
    append(journal_path(report), entries)
    written: list[Language] = []
    try:
        for language in (language for language in TARGETS if language in changed):
            if write_whole(paths[language], contents[language]):
                written.append(language)
                keep_written(paths[language], language, drafts[language], contents[language], standing.files[language])
        folder = desk.workspace.glossaries
        _tell_memory(folder, forgotten, remembered)
    except BaseException:
        with suppress(BulletinError, OSError):
            for language in written:
                _put_back(paths[language], standing.files[language])
            append(journal_path(report), [_failed(entry) for entry in entries if entry.after is not None])
        raise
    return Done(act, tuple(paths[language] for language in written))


def _tell_memory(folder: Path, forgotten: Sequence[MemoryUnit], remembered: Sequence[MemoryUnit]) -> None:
    if forgotten:
        memory.forget(folder, forgotten)
    if remembered:
        memory.remember(folder, remembered)


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink()
    else:
        write_whole(path, data)


def _failed(entry: Entry) -> Entry:
    reason = "A file could not be written, so nothing was changed."
    return replace(
        entry,
        kind=ActKind.UNDO,
        undoes=entry.act,
        act=f"{entry.act}f",
        reason=reason,
        before=entry.after,
        after=entry.before,
    )


def with_units(draft: Draft, language: Language, units: Mapping[tuple[Language, str], DraftUnit]) -> Draft:
    """`draft` with those of `units` that are in its language."""
    return replace(draft, units=tuple(units.get((language, unit.segment_id), unit) for unit in draft.units))


def neighbours(report: Report) -> Callable[[str], tuple[str, str]]:
    """The source sentences before and after a segment, empty at the ends: what tells two translations apart."""
    texts = ["", *(segment.text for segment in report.segments), ""]
    places = {segment.id: number for number, segment in enumerate(report.segments)}
    return lambda segment_id: (texts[places[segment_id]], texts[places[segment_id] + 2])


def memory_units(report: Report, versions: Sequence[tuple[Language, DraftUnit, Version]]) -> tuple[MemoryUnit, ...]:
    """What the memory learns, or unlearns, from reviewed versions of units; others are left out."""
    around = neighbours(report)
    found = []
    for language, unit, version in versions:
        if version.review is None or version.state not in (State.REVIEWED, State.SIGNED_OFF) or not version.target:
            continue
        before, after = around(unit.segment_id)
        found.append(
            MemoryUnit(
                unit.source,
                {language: version.target},
                reviewed_by=version.review.by,
                reviewed_at=version.review.at,
                origin=report.name,
                before=before,
                after=after,
            )
        )
    return tuple(found)
