"""From one report to its bulletins: the stages, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.bulletin.compose import compose
from toolkit.bulletin.model import Bulletin
from toolkit.desk import Desk
from toolkit.docx import typeset_docx
from toolkit.errors import BulletinError, fault_of_our_own
from toolkit.files import hash_of, sha256, write_whole
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.locks import PATIENCE_WITH_A_DRAFT, one_writer
from toolkit.pdf import count_pages, typeset_pdf, words_wider_than_their_column
from toolkit.quality import (
    Finding,
    apply_dismissals,
    check_draft,
    check_fonts,
    check_names,
    check_report,
    check_widths,
    count_by_severity,
    findings_json,
    names_csv,
    open_findings,
    propose_names,
    read_dismissals,
)
from toolkit.quality.dismissals import FILE_NAME as DISMISSALS_FILE
from toolkit.record import (
    GLOSSARIES,
    TERMS,
    BuildRecord,
    Counts,
    clear_scraps,
    fingerprint_of,
    inputs_fingerprint,
    inputs_of,
    publish,
    read_record,
)
from toolkit.report import Report, read_report
from toolkit.translation import Draft, Drafting, draft_report
from toolkit.translation.drafting import with_a_persons_units, with_what_changed_meanwhile
from toolkit.translation.ladder import Progress
from toolkit.translation.shared import EngineFor, draft_together
from toolkit.translation.xliff import read_xliff, xliff_bytes

FINDINGS_FILE = "findings.json"
NAMES_FILE = "names-to-confirm.csv"
_TYPESETTERS: Mapping[str, Callable[..., bytes]] = {"pdf": typeset_pdf, "docx": typeset_docx}


@dataclass(frozen=True)
class ReportResult:
    """What a build did with one report.

    `record` tells what stands in dist now (None when the report could not be built); `written` are the files that
    changed; `redone` the segments drafted anew, by language; `errors` what went wrong, empty when all is well.
    """

    name: str
    record: BuildRecord | None = None
    written: tuple[Path, ...] = ()
    redone: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    errors: tuple[BulletinError, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether there was nothing to do."""
        return self.record is not None and not self.written and not self.errors


@dataclass(frozen=True)
class Draftings:
    """What drafting one report gave: by language, with the faults of engines asked for by name, and messages.

    `previous` are the drafts of record that it began from.
    """

    by_language: Mapping[Language, Drafting]
    errors: tuple[BulletinError, ...] = ()
    messages: tuple[str, ...] = ()
    previous: Mapping[Language, Draft] = field(default_factory=dict)

    @property
    def drafts(self) -> dict[Language, Draft]:
        """The drafts alone."""
        return {language: drafting.draft for language, drafting in self.by_language.items()}


@dataclass(frozen=True)
class Drafted:
    """What the first half of a build left behind for the second: the drafts of record stand beside the report.

    `written` are those that changed; `redone`, `errors` and `messages` as in `ReportResult`.
    """

    name: str
    written: tuple[Path, ...] = ()
    redone: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    errors: tuple[BulletinError, ...] = ()
    messages: tuple[str, ...] = ()


def build_report(folder: Path, desk: Desk, progress: Progress = lambda rung, count: None) -> ReportResult:
    """Build all editions of the report in `folder`; what is up to date is left alone.

    Never raises a `BulletinError`: it is in the result, so that the other reports still get built.
    """
    (drafted,) = draft_reports((folder,), desk, progress)
    return drafted if isinstance(drafted, ReportResult) else print_report(folder, desk, drafted)


def draft_reports(
    folders: Sequence[Path], desk: Desk, progress: Progress = lambda rung, count: None
) -> list[Drafted | ReportResult]:
    """The first half of a build, for several reports that share the batches of an engine: the drafts of record.

    A report that is up to date, or cannot be drafted, has its result already.  Never raises a `BulletinError`.
    """

    def job_of(folder: Path) -> Callable[[EngineFor], Drafted | ReportResult]:
        return lambda engine_for: _draft_one(folder, desk, engine_for, progress)

    if not any(map(desk.engine_for, TARGETS)):
        return [job_of(folder)(desk.engine_for) for folder in folders]
    return draft_together([job_of(folder) for folder in folders], desk.engine_for)


def _draft_one(folder: Path, desk: Desk, engine_for: EngineFor, progress: Progress) -> Drafted | ReportResult:
    dist = desk.workspace.dist / folder.name
    before = read_record(dist)
    try:
        if before.is_current(inputs_fingerprint(folder, desk), dist):
            return ReportResult(folder.name, before)
        report = read_report(folder)
        if (after := current_but_for_other_terms(before, report, folder, desk, dist)) is not None:
            return ReportResult(folder.name, _noted(after, before, folder.name, desk))
        draftings = draft_languages(report, desk, progress, engine_for)
        with one_writer(desk.workspace, folder.name, patience=PATIENCE_WITH_A_DRAFT):
            clear_scraps(folder)
            written = keep_drafts(draftings.drafts, report, draftings)
    except BulletinError as fault:
        return ReportResult(folder.name, errors=(fault,))
    except Exception as fault:
        return ReportResult(folder.name, errors=(fault_of_our_own(fault, folder),))
    redone = {language: one.redone for language, one in draftings.by_language.items() if one.redone}
    return Drafted(folder.name, written, redone, draftings.errors, draftings.messages)


def print_report(folder: Path, desk: Desk, drafted: Drafted) -> ReportResult:
    """The second half of a build: check the drafts of record, compose and typeset them, and publish what changed.

    Never raises a `BulletinError`: it is in the result.
    """
    dist = desk.workspace.dist / folder.name
    before = read_record(dist)
    try:
        parts = inputs_of(folder, desk)
        report = read_report(folder)
        drafts = {language: read_xliff(draft_path(report, language), language) for language in TARGETS}
        findings = check(report, drafts, desk)
        bulletins = compose_editions(report, drafts, findings, desk)
        files, record = typeset(bulletins, before, dist, desk)
        for name, data in lists_for_people(report, findings, desk).items():
            files[name], record = data, record.with_file(name, sha256(data), "", None)
        record = replace(
            record,
            counts={language: count_origins(draft) for language, draft in drafts.items()},
            findings={str(severity): count for severity, count in count_by_severity(findings).items()},
            inputs=fingerprint_of(folder, parts),
            parts={**parts, TERMS: desk.terms_fingerprint(_text_of(report))},
        )
        with one_writer(desk.workspace, folder.name, patience=PATIENCE_WITH_A_DRAFT):
            clear_scraps(dist)
            now = read_record(dist)
            if replace(now, accepted={}) == replace(before, accepted={}):
                before, record = (replace(one, accepted=now.accepted) for one in (before, record))
                published, unwritten, record = publish(files, record, before, dist)
                errors = (*drafted.errors, *unwritten)
                if errors:
                    record = replace(record, inputs="", parts={})
                record.write(dist)
            else:
                published, errors = None, ()
        if published is None:  # a worker that was given up for lost was quicker
            return print_report(folder, desk, drafted)
    except BulletinError as fault:
        return ReportResult(folder.name, None, drafted.written, drafted.redone, (*drafted.errors, fault))
    written = (*drafted.written, *published)
    return ReportResult(folder.name, record, written, drafted.redone, errors, drafted.messages)


def current_but_for_other_terms(
    before: BuildRecord, report: Report, folder: Path, desk: Desk, dist: Path
) -> BuildRecord | None:
    """The record of a report that only terms have changed for that do not stand in it; None when it must be built."""
    parts = inputs_of(folder, desk)
    if before.changes_since(parts) != (GLOSSARIES,) or not before.is_whole(dist):
        return None
    if before.parts.get(TERMS) != desk.terms_fingerprint(_text_of(report)):
        return None
    return replace(before, inputs=fingerprint_of(folder, parts), parts={**parts, TERMS: before.parts[TERMS]})


def _noted(after: BuildRecord, before: BuildRecord, name: str, desk: Desk) -> BuildRecord:
    """Keep `after`, made from `before`, with what was taken in from dist meanwhile.  Raises `OutputError`."""
    dist = desk.workspace.dist / name
    with one_writer(desk.workspace, name, patience=PATIENCE_WITH_A_DRAFT):
        now = read_record(dist)
        if replace(now, accepted={}) != replace(before, accepted={}):  # a worker given up for lost was quicker
            return now
        after = replace(after, accepted=now.accepted)
        after.write(dist)
    return after


def _text_of(report: Report) -> str:
    """All that terms are looked for in."""
    return "\n".join((report.outlet, *(segment.text for segment in report.segments)))


def draft_languages(
    report: Report,
    desk: Desk,
    progress: Progress = lambda rung, count: None,
    engine_for: EngineFor | None = None,
) -> Draftings:
    """Draft the report in every language, starting from the drafts of record; with the desk's engines if not others.

    An engine that fails leaves gaps, and what it said before it failed; the fault of one asked for by name is an error,
    that of one the build chose itself a message.
    """
    draftings: dict[Language, Drafting] = {}
    before: dict[Language, Draft] = {}
    errors: list[BulletinError] = []
    messages: list[str] = []
    for language in TARGETS:
        path = draft_path(report, language)
        if path.exists():
            before[language] = read_xliff(path, language)
        drafting = draft_report(
            report,
            language,
            desk.sources,
            engine=(engine_for or desk.engine_for)(language),
            previous=before.get(language),
            progress=progress,
        )
        draftings[language] = drafting
        if drafting.fault is not None and desk.engine_is_required:
            errors.append(drafting.fault)
        elif drafting.fault is not None:
            messages.append(f"{NAMES[language]}: {drafting.fault} What it should have drafted stays a gap.")
    return Draftings(draftings, tuple(errors), tuple(messages), before)


def draft_path(report: Report, language: Language) -> Path:
    """The draft of record, beside the report."""
    return report.path.parent / f"{language}.xlf"


def keep_drafts(drafts: Mapping[Language, Draft], report: Report, begun: Draftings | None = None) -> tuple[Path, ...]:
    """Write the drafts of record; returns those that changed.  Raises `OutputError`.

    `begun` says from what they were made, when that took a while: an engine may take its time, and what a person saved,
    brought in or took back in a draft meanwhile goes before what the machine brings.  The caller holds the lock of the
    report, see `toolkit.locks.one_writer`.
    """
    written = []
    for language, draft in drafts.items():
        path = draft_path(report, language)
        if path.exists():
            on_disk = read_xliff(path, language)
            draft = with_a_persons_units(draft, on_disk)
            if begun is not None:
                redone = begun.by_language[language].redone
                draft = with_what_changed_meanwhile(draft, on_disk, begun.previous.get(language), redone)
        if write_whole(path, xliff_bytes(draft, report)):
            written.append(path)
    return tuple(written)


def check(report: Report, drafts: Mapping[Language, Draft], desk: Desk) -> tuple[Finding, ...]:
    """All findings about a report and its drafts; those that a person dismissed say so."""
    targets = [unit.target.text for draft in drafts.values() for unit in draft.units]
    text = "".join((report.outlet, *(segment.text for segment in report.segments), *targets))
    names = propose_names(report, desk.glossary, desk.settings)
    found = [*check_report(report), *check_names(report, names)]
    for draft in drafts.values():
        found += check_draft(draft, report, desk.glossary, desk.settings)
    found += check_fonts(text, desk.fonts, desk.workspace.root)
    printed = compose_editions(report, drafts, (), desk)
    found += check_widths({word for one in printed for word in words_wider_than_their_column(one, desk.fonts)})
    return apply_dismissals(found, read_dismissals(dismissals_path(report)))


def dismissals_path(report: Report) -> Path:
    """The findings of this report that people let be, and why."""
    return report.path.parent / DISMISSALS_FILE


def compose_editions(
    report: Report, drafts: Mapping[Language, Draft], findings: tuple[Finding, ...], desk: Desk
) -> list[Bulletin]:
    """The bulletins of a report, one per edition; what a person dismissed is not printed."""
    printed = open_findings(findings)
    return [
        compose(report, drafts, printed, edition=edition, glossary=desk.glossary, settings=desk.settings)
        for edition in desk.editions
    ]


def typeset(
    bulletins: list[Bulletin], before: BuildRecord, dist: Path, desk: Desk
) -> tuple[dict[str, bytes], BuildRecord]:
    """The bulletins that must be written, and the record with them in it.  What is typeset from the same is kept."""
    record = before
    files: dict[str, bytes] = {}
    for bulletin in bulletins:
        origin = hash_of(repr(bulletin), desk.fonts.fingerprint, desk.code_fingerprint)
        for suffix, typesetter in _TYPESETTERS.items():
            name = f"{bulletin.name}.{suffix}"
            if before.typeset.get(name) == origin and before.has_intact(name, dist):
                continue
            files[name] = typesetter(bulletin, desk.fonts)
            pages = count_pages(files[name]) if suffix == "pdf" else None
            record = record.with_file(name, sha256(files[name]), origin, pages)
    return files, record


def lists_for_people(report: Report, findings: tuple[Finding, ...], desk: Desk) -> dict[str, bytes]:
    """What goes beside the bulletins: the findings, and names to confirm where there are any."""
    names = propose_names(report, desk.glossary, desk.settings)
    lists = {FINDINGS_FILE: findings_json(report.name, findings)}
    return lists | {NAMES_FILE: names_csv(names)} if names else lists


def count_origins(draft: Draft) -> Counts:
    """How many segments came from where, gaps under "gap"; and "total" and "open"."""
    counts = Counter(
        "gap" if unit.is_gap else str(unit.origin.kind if unit.origin else "person") for unit in draft.units
    )
    return {**counts, "total": len(draft.units), "open": sum(unit.is_open for unit in draft.units)}
