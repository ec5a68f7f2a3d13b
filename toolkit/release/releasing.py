"""Releasing a report: refuse, or pin, typeset from the pins, and number."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import toolkit
from toolkit.build import check, draft_languages
from toolkit.desk import Desk
from toolkit.errors import OutputError
from toolkit.files import sha256, write_whole
from toolkit.glossary import Glossary, Term
from toolkit.glossary.store import cells_of, rows_bytes
from toolkit.languages import Language
from toolkit.pdf import count_pages
from toolkit.release.differences import Difference, as_text, differences
from toolkit.release.gate import Obstacle, obstacles
from toolkit.release.reproducing import Pinned, read_pinned, typeset_pinned
from toolkit.release.revision import (
    FOLDER,
    GLOSSARY,
    RECORD,
    Revision,
    faces_of,
    for_readers,
    record_bytes,
    revisions,
    style_of,
)
from toolkit.report import Report, read_report
from toolkit.translation import Draft
from toolkit.translation.xliff import xliff_bytes

RELEASED = "released"
CHANGES = "changes.txt"


@dataclass(frozen=True)
class Standing:
    """How a report stands: what hinders a release, the last one, and what has changed since.

    `missing` and `altered` are released files that are gone from dist, or that somebody changed there.
    """

    report: Report
    obstacles: tuple[Obstacle, ...]
    last: Revision | None
    changes: tuple[Difference, ...]
    missing: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def may_be_released(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles

    @property
    def stands(self) -> bool:
        """Whether the last release is still what would be released now."""
        return self.last is not None and not self.changes


@dataclass(frozen=True)
class Outcome:
    """What `release_report` did: `revision` is None when it was refused; `files` are those written."""

    standing: Standing
    revision: Revision | None
    files: tuple[Path, ...] = ()
    is_new: bool = False


def standing_of(folder: Path, desk: Desk) -> Standing:
    """How the report in `folder` stands; nothing is written.  Raises `SourceError` and `SettingsError`."""
    return _look(folder, desk)[0]


def release_report(folder: Path, desk: Desk, *, by: str, now: datetime.datetime) -> Outcome:
    """Release the report in `folder` in the name of `by`, at `now` (aware; the day printed is that of its zone).

    Refused while anything is open.  When nothing changed since the last release, that one stands, and its files are
    made again where they are missing; files in dist that somebody changed are left alone.  Otherwise: a new
    revision, pinned beside the report, typeset from its pins.  Raises `SourceError`, `SettingsError`, `OutputError`.
    """
    standing, drafts, now_pinned = _look(folder, desk)
    if not standing.may_be_released:
        return Outcome(standing, None)
    dist = desk.workspace.dist / folder.name / RELEASED
    if standing.last is not None and standing.stands:
        pinned = read_pinned(folder / FOLDER / str(standing.last.number), standing.last)
        files = _files_of(pinned, standing.last, desk)
        return Outcome(standing, standing.last, _put(files, dist / str(standing.last.number)))
    number = standing.last.number + 1 if standing.last else 1
    part = folder / FOLDER / f"{number}.part"
    pins = _write_pins(part, folder, standing.report, drafts, now_pinned)
    revision = Revision(
        report=folder.name,
        number=number,
        by=by,
        at=now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        date=now.date().isoformat(),
        pins=pins,
        fonts=faces_of(desk.fonts),
        style=style_of(desk.settings, desk.editions),
        toolkit=toolkit.__version__,
        code=desk.code_fingerprint,
    )
    files = _files_of(read_pinned(part, revision), revision, desk)
    revision = replace(
        revision,
        outputs={name: sha256(data) for name, data in files.items()},
        pages={name: count_pages(data) for name, data in files.items() if name.endswith(".pdf")},
    )
    if standing.last is not None:
        write_whole(part / CHANGES, as_text(standing.changes, standing.last.number).encode())
        files[CHANGES] = (part / CHANGES).read_bytes()
    write_whole(part / RECORD, record_bytes(revision))
    _take_its_name(part, folder / FOLDER / str(number))  # from here on it is released; a lost file can be made again
    return Outcome(standing, revision, _put(files, dist / str(number)), is_new=True)


def _look(folder: Path, desk: Desk) -> tuple[Standing, Mapping[Language, Draft], Pinned]:
    report = read_report(folder)
    drafts = draft_languages(report, desk).drafts
    findings = check(report, drafts, desk)
    hindering = obstacles(report, drafts, findings, desk.glossary, desk.settings)
    now_pinned = Pinned(
        report, drafts, Glossary(terms_of(report, desk.glossary)), desk.settings, for_readers(desk.editions)
    )
    last = next(reversed(revisions(folder)), None)
    changes: tuple[Difference, ...] = ()
    missing: list[str] = []
    altered: list[str] = []
    if last is not None:
        before = read_pinned(folder / FOLDER / str(last.number), last)
        changes = differences(before, now_pinned, last.fonts, faces_of(desk.fonts))
        for name, digest in last.outputs.items():
            path = desk.workspace.dist / folder.name / RELEASED / str(last.number) / name
            if not path.is_file():
                missing.append(name)
            elif sha256(path.read_bytes()) != digest:
                altered.append(name)
    return Standing(report, hindering, last, changes, tuple(missing), tuple(altered)), drafts, now_pinned


def terms_of(report: Report, glossary: Glossary) -> tuple[Term, ...]:
    """The terms that stand in a report, its byline or under its pictures, in glossary order."""
    found = {id(match.term) for segment in report.segments for match in glossary.match(segment.text)}
    credits = (block.illustration.credit for block in report.blocks if block.illustration)
    found |= {id(glossary.find(text)) for text in (report.outlet, report.byline, report.place, *credits) if text}
    return tuple(term for term in glossary.terms if id(term) in found)


def _write_pins(
    part: Path, folder: Path, report: Report, drafts: Mapping[Language, Draft], pinned: Pinned
) -> dict[str, str]:
    """Copy all that the pages depend on into `part`; returns their hashes."""
    if part.exists():
        shutil.rmtree(part)  # of a release that was cut off
    files = {report.path.name: report.path.read_bytes()}
    sidecar = folder / "report.toml"
    if sidecar.is_file():
        files[sidecar.name] = sidecar.read_bytes()
    files |= {f"{language}.xlf": xliff_bytes(draft, report) for language, draft in drafts.items()}
    files[f"{GLOSSARY}/terms.csv"] = rows_bytes(map(cells_of, pinned.glossary.terms))
    files |= {name: (folder / name).read_bytes() for name in report.picture_files}
    for name, data in files.items():
        write_whole(part / name, data)
    return {name: sha256(data) for name, data in files.items()}


def _files_of(pinned: Pinned, revision: Revision, desk: Desk) -> dict[str, bytes]:
    return typeset_pinned(pinned, desk.fonts, revision.number, datetime.date.fromisoformat(revision.date))


def _put(files: Mapping[str, bytes], dist: Path) -> tuple[Path, ...]:
    """Write released files; one that stands there with other bytes is somebody's, and is left alone."""
    for name, data in files.items():
        path = dist / name
        if path.is_file() and path.read_bytes() != data:
            raise OutputError(
                "was changed by someone since it was released, and is left as it is",
                path=path,
                remedy="Rename it to keep the changes, then release again",
            )
    return tuple(dist / name for name, data in files.items() if write_whole(dist / name, data))


def _take_its_name(part: Path, folder: Path) -> None:
    try:
        os.rename(part, folder)  # noqa: PTH104
    except OSError as fault:
        raise OutputError(
            f"could not be named {folder.name} ({fault.strerror or fault})",
            path=part,
            remedy="Mend the permissions of the folder, then release again",
        ) from fault
