"""bulletin accept: edited files come home."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.cli.reviewing import utc_now
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, SettingsError
from toolkit.languages import NAMES
from toolkit.report import Report, read_report
from toolkit.review import (
    Acceptance,
    ActKind,
    Change,
    Correction,
    EditedFile,
    TermOffer,
    Trouble,
    Understanding,
    accept,
    diff,
    read_edited,
    shown,
    term_changes,
)
from toolkit.review.understand import Preference
from toolkit.safexml import without_forbidden
from toolkit.translation import Assemble
from toolkit.workspace import Workspace


@click.command("accept", epilog=EXIT_CODES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--report", "name", metavar="REPORT", help="The report they belong to, where they do not say it.")
@click.option("--by", metavar="NAME", help="Whose corrections they are, whatever the file says.")
@click.option(
    "--prefer",
    type=click.Choice(["file", "draft"]),
    help="Settle conflicts: the words of the file, or those of the draft.  The others stay as an alternative.",
)
@click.option("--only", multiple=True, metavar="SEGMENT", help="Take this segment only; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken, and change nothing.")
@as_json_option
@click.pass_obj
def accept_files(
    start: Path,
    files: tuple[Path, ...],
    name: str | None,
    by: str | None,
    prefer: Preference | None,
    only: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take corrections back from edited files: DOCX, XLIFF, XLSX or TMX.

    Shows what it understood, segment by segment, and stores it as reviewed with who, when and from which file; what was
    there before stays as an alternative, and the memory learns the new text.  Who made the corrections is what the file
    says, else BULLETIN_BY.  What cannot be given to a segment for certain is reported and never guessed; the exit code
    is then 1.  `bulletin undo REPORT` takes it all back.
    """
    desk = desk_in(start, Assemble.name)
    edited = [read_edited(path) for path in files]
    by_report: dict[Path, list[EditedFile]] = {}
    for one in edited:
        by_report.setdefault(_folder_of(one, name, desk.workspace), []).append(one)
    acceptances: list[Acceptance] = []
    for folder, mine in by_report.items():
        with writing(desk.workspace, folder.name):
            acceptances.append(
                accept(
                    mine,
                    read_report(folder),
                    desk,
                    now=utc_now(),
                    by=by or "",
                    someone=os.environ.get("BULLETIN_BY", ""),
                    prefer=prefer,
                    only=only,
                    dry_run=dry_run,
                )
            )
    offers = [term_changes(_corrections(one), desk.glossary) for one in acceptances]
    code = FINDINGS if any(one.has_troubles for one in acceptances) else DONE
    if as_json:
        found = [_as_dict(*pair, desk.workspace, dry_run) for pair in zip(acceptances, offers, strict=True)]
        print_json({"exit_code": code, "reports": found})
        return code
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for acceptance, offered in zip(acceptances, offers, strict=True):
        for line in _lines(acceptance, offered, desk, colour, dry_run):
            click.echo(line)
        if acceptance.journal.broken:
            say(f"note: {_torn(acceptance)}")
    return code


def _folder_of(file: EditedFile, name: str | None, workspace: Workspace) -> Path:
    """The report's folder: as asked for, as the file says, as the place where it lies says, or the only one."""
    path = file.path.resolve()
    places = [path.parent.name] if path.parent.parent in (workspace.source.resolve(), workspace.dist.resolve()) else []
    known = {folder.name: folder for folder in workspace.report_folders()}
    for one in (name, file.report, *places):
        if one:
            return known[one] if one in known else workspace.report_folders((one,))[0]
    if len(known) == 1:
        return next(iter(known.values()))
    raise SettingsError(
        "does not say which report it belongs to", path=file.path, remedy=f"Say it: --report {' or '.join(known)}"
    )


def _corrections(acceptance: Acceptance) -> Iterator[Correction]:
    """Those of these files, and earlier ones of the same report: the third time may come in another file."""
    now = {(change.language, change.segment_id) for change in acceptance.changes}
    for entry in acceptance.journal.entries:
        is_correction = entry.kind is ActKind.ACCEPT and (entry.language, entry.segment_id) not in now
        if is_correction and entry.language and entry.before and entry.after:
            texts = (entry.before.target.text, entry.after.target.text)
            yield Correction(entry.segment_id, entry.language, entry.source, *texts)
    for change in acceptance.changes:
        texts = (change.before.target.text, change.after.text)
        yield Correction(change.segment_id, change.language, change.before.source.text, *texts)


def _lines(
    acceptance: Acceptance, offers: Sequence[TermOffer], desk: Desk, colour: bool, dry_run: bool
) -> Iterator[str]:
    report = acceptance.report
    for one in acceptance.understandings:
        yield click.style(f"{desk.workspace.shown(one.file.path)} → {report.name}", bold=True)
        for change in (*one.changes, *one.confirmed):
            yield from _change_lines(change, colour)
        for trouble in one.troubles:
            yield from _trouble_lines(trouble, report, colour)
        for remark in one.remarks:
            words = f"{remark.by or 'somebody'} remarks: {without_forbidden(remark.text)}"
            yield f"  {remark.segment_id}  {NAMES[remark.language]}: {words}"
        yield ""
        yield from _count_lines(one)
    for offer in offers:
        yield from _offer_lines(offer)
    if dry_run:
        yield "  nothing was changed (--dry-run)"
        return
    for path in (*acceptance.written, *acceptance.copies):
        yield f"  file      {desk.workspace.shown(path)}"
    if acceptance.act and (acceptance.changes or acceptance.confirmed):
        yield f"  act       {acceptance.act}; bulletin undo {report.name} takes it back"
        yield f"  next      bulletin build {report.name}"


def _change_lines(change: Change, colour: bool) -> Iterator[str]:
    who = f"{change.by or 'nobody named'}, {change.at}"
    place = f", {change.place}" if change.place else ""
    language = NAMES[change.language]
    yield ""
    yield f"  {change.segment_id}  {language}  {click.style(who + place, dim=True) if colour else who + place}"
    yield f"    {change.before.source.text}"
    if change.before.target == change.after:
        yield f"    = {change.after.text}  (reviewed)"
    elif not change.before.target:
        yield f"    {shown(diff('', change.after.text, change.language), colour=colour)}"
    else:
        yield f"    {shown(diff(change.before.target.text, change.after.text, change.language), colour=colour)}"
        if change.before.target.text == change.after.text:
            yield "    (only bold, italic or other codes differ)"
    if change.comment:
        yield f"    remark: {without_forbidden(change.comment)}"


def _trouble_lines(trouble: Trouble, report: Report, colour: bool) -> Iterator[str]:
    place = f"{trouble.place}: " if trouble.place else ""
    kind = click.style(f"{trouble.kind}", fg="yellow") if colour else str(trouble.kind)
    yield ""
    yield f"  {kind}: {place}{without_forbidden(trouble.reason)}"
    source = next((one.text for one in report.segments if one.id == trouble.segment_id), "")
    if source:
        yield f"    {source}"
    if trouble.text:
        yield f"    their words: {without_forbidden(trouble.text)}"


def _count_lines(one: Understanding) -> Iterator[str]:
    by_language = Counter(NAMES[change.language] for change in one.changes)
    parts = ", ".join(f"{count} in {name}" for name, count in by_language.items())
    corrected = f"{len(one.changes)} correction{'s' * (len(one.changes) != 1)}"
    yield f"  {corrected}{f' ({parts})' if parts else ''}, {len(one.confirmed)} confirmed, {one.unchanged} unchanged"
    if one.older:
        yield f"  {len(one.older)} older than the draft and left: {', '.join(segment for _, segment in one.older[:8])}"
    if one.elsewhere:
        yield f"  {one.elsewhere} for sentences that this report does not have"
    if one.troubles:
        kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(t.kind for t in one.troubles).items())
        yield f"  to look at: {kinds}"
        if any(trouble.kind == "conflict" for trouble in one.troubles):
            yield "  settle conflicts with --prefer file or --prefer draft, and --only SEGMENT for one of them"


def _offer_lines(offer: TermOffer) -> Iterator[str]:
    times = f"{len(offer.segments)} times"
    yield f"  a term?   {NAMES[offer.language]}: “{offer.old}” became “{offer.new}” {times}"
    if offer.term is not None:
        yield f"            to change the glossary: {_command(offer)}"
    elif offer.shared:
        yield f"            all of these sentences speak of {'、'.join(offer.shared)}"


def _command(offer: TermOffer) -> str:
    assert offer.term is not None
    return f"bulletin terms set {_quoted(offer.term.zh)} --{offer.language} {_quoted(offer.new)}"


def _quoted(text: str) -> str:
    """`text` for a shell; Chinese and Tibetan need no quotes, which only make the line harder to read."""
    return text if text.replace("་", "").isalnum() else shlex.quote(text)


def _torn(acceptance: Acceptance) -> str:
    lines = ", ".join(map(str, acceptance.journal.broken))
    return f"review.jsonl, line {lines}: cannot be read (a power cut?) and is passed over"


def _as_dict(
    acceptance: Acceptance, offers: Sequence[TermOffer], workspace: Workspace, dry_run: bool
) -> dict[str, Any]:
    return {
        "report": acceptance.report.name,
        "dry_run": dry_run,
        "act": acceptance.act,
        "files": [_file_dict(one, workspace) for one in acceptance.understandings],
        "term_offers": [
            {
                "language": offer.language,
                "old": offer.old,
                "new": offer.new,
                "segments": list(offer.segments),
                "term": offer.term.zh if offer.term else "",
                "shared": list(offer.shared),
                "command": _command(offer) if offer.term else "",
            }
            for offer in offers
        ],
        "written": [workspace.shown(path) for path in acceptance.written],
        "copies": [workspace.shown(path) for path in acceptance.copies],
        "journal_lines_unread": list(acceptance.journal.broken),
    }


def _file_dict(one: Understanding, workspace: Workspace) -> dict[str, Any]:
    return {
        "file": workspace.shown(one.file.path),
        "kind": one.file.kind,
        "changes": [_change_dict(change) for change in one.changes],
        "confirmed": [_change_dict(change) for change in one.confirmed],
        "unchanged": one.unchanged,
        "older": [{"language": language, "segment": segment} for language, segment in one.older],
        "elsewhere": one.elsewhere,
        "troubles": [
            {
                "kind": trouble.kind,
                "segment": trouble.segment_id,
                "language": trouble.language or "",
                "place": trouble.place,
                "reason": trouble.reason,
                "text": trouble.text,
            }
            for trouble in one.troubles
        ],
        "remarks": [
            {"segment": remark.segment_id, "language": remark.language, "by": remark.by, "text": remark.text}
            for remark in one.remarks
        ],
    }


def _change_dict(change: Change) -> dict[str, Any]:
    spans = diff(change.before.target.text, change.after.text, change.language)
    return {
        "segment": change.segment_id,
        "language": change.language,
        "source": change.before.source.text,
        "before": change.before.target.text,
        "after": change.after.text,
        "diff": [[span.kind, span.text] for span in spans],
        "by": change.by,
        "at": change.at,
        "via": change.via,
        "comment": change.comment,
        "place": change.place,
    }
