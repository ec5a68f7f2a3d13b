"""bulletin sign, bulletin history, bulletin undo: who stands behind a segment, and what became of it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from toolkit.build import check as check_report_and_drafts
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, SettingsError
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report import Report, read_report
from toolkit.review import Entry, Journal, Undoing, diff, journal_path, read_journal, shown, sign, undo, unsign
from toolkit.review.acts import standing_drafts
from toolkit.review.sign import Signature, Signing
from toolkit.translation import Assemble

by_option = click.option("--by", envvar="BULLETIN_BY", metavar="NAME", help="Your name (or set BULLETIN_BY).")
_WORDS = {
    "accept": "corrected",
    "sign": "signed",
    "unsign": "signature taken back",
    "undo": "undone",
    "left": "not taken",
}


def utc_now() -> str:
    """This moment as drafts and journals write it: UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@click.command("sign", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("segments", nargs=-1, metavar="[SEGMENT]...")
@by_option
@click.option("--language", "-l", type=click.Choice(TARGETS), help="One language only.")
@click.option(
    "--as",
    "state",
    type=click.Choice(["reviewed", "signed-off"]),
    default="signed-off",
    show_default=True,
    help="How far.",
)
@click.option("--undo", "take_back", is_flag=True, help="Take the signature back.")
@as_json_option
@click.pass_obj
def sign_segments(
    start: Path,
    report: str,
    segments: tuple[str, ...],
    by: str | None,
    language: Language | None,
    state: Signature,
    take_back: bool,
    as_json: bool,
) -> int:
    """Put your name to segments of REPORT; to all of them if none is named.

    Signed-off text is what `bulletin release` prints.  A gap cannot be signed, and nothing is signed off while an error
    stands against it that nobody dismissed: those are listed, and the exit code is 1.  The memory learns the text.
    """
    desk, source = _open(start, report)
    languages = (language,) if language else TARGETS
    name = _name(by)
    wanted: dict[str, Any] = {"by": name, "now": utc_now(), "languages": languages, "segments": segments}
    with writing(desk.workspace, source.name):
        if take_back:
            signing = unsign(source, desk, **wanted)
        else:
            is_last = state == "signed-off"
            drafts = standing_drafts(source, desk).drafts if is_last else {}
            findings = check_report_and_drafts(source, drafts, desk) if is_last else ()
            signing = sign(source, desk, **wanted, state=state, findings=findings)
    code = FINDINGS if signing.refused else DONE
    if as_json:
        print_json({"exit_code": code, **_signing_dict(source, signing, desk)})
        return code
    for refusal in signing.refused:
        click.echo(f"  refused   {refusal.segment_id} {NAMES[refusal.language]}: {refusal.reason}")
    done = "taken back" if take_back else state
    click.echo(
        f"{source.name}: {len(signing.signed)} {done}, {len(signing.refused)} refused, {signing.already} as they were"
    )
    for path in signing.written:
        click.echo(f"  file      {desk.workspace.shown(path)}")
    return code


@click.command("history", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("segment", required=False)
@as_json_option
@click.pass_obj
def show_history(start: Path, report: str, segment: str | None, as_json: bool) -> int:
    """What people did to REPORT, act by act; or to one SEGMENT of it, text by text."""
    desk, source = _open(start, report)
    journal = read_journal(journal_path(source))
    entries = journal.of_segment(segment) if segment else journal.entries
    if segment and not entries and segment not in {one.id for one in source.segments}:
        raise SettingsError(f"{source.name} has no segment {segment}", remedy="The ids stand in the drafts")
    if as_json:
        print_json(
            {"report": source.name, "entries": [_entry_dict(one) for one in entries], "broken": list(journal.broken)}
        )
        return DONE
    for line in _segment_lines(entries) if segment else _act_lines(journal):
        click.echo(line)
    if not entries:
        say("Nothing is recorded yet.")
    _tell_broken(journal, source, desk)
    return DONE


@click.command("undo", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("act", required=False)
@by_option
@as_json_option
@click.pass_obj
def undo_act(start: Path, report: str, act: str | None, by: str | None, as_json: bool) -> int:
    """Take an act back in REPORT: the last one, or ACT as `bulletin history` names it.

    Only what still stands as the act left it; what somebody changed since is listed, and the exit code is 1.
    """
    desk, source = _open(start, report)
    with writing(desk.workspace, source.name):
        undoing = undo(source, desk, by=_name(by), now=utc_now(), act=act or "")
    code = FINDINGS if undoing.left else DONE
    if as_json:
        print_json({"exit_code": code, **_undoing_dict(source, undoing, desk)})
        return code
    for entry in undoing.left:
        click.echo(f"  left      {entry.segment_id} {_language(entry)}: changed since, and left as it is")
    click.echo(f"{source.name}: {len(undoing.undone)} of act {undoing.of_act} undone, {len(undoing.left)} left")
    for path in undoing.written:
        click.echo(f"  file      {desk.workspace.shown(path)}")
    return code


def _open(start: Path, report: str) -> tuple[Desk, Report]:
    desk = desk_in(start, Assemble.name)
    (folder,) = desk.workspace.report_folders((report,))
    return desk, read_report(folder)


def _name(by: str | None) -> str:
    if not (by or "").strip():
        raise SettingsError("this needs your name", remedy="Say it: --by NAME, or set BULLETIN_BY")
    return (by or "").strip()


def _act_lines(journal: Journal) -> Iterator[str]:
    for act, entries in journal.acts().items():
        first = entries[0]
        names = ", ".join(dict.fromkeys(one.by for one in entries if one.by)) or "nobody named"
        counts = Counter(_WORDS[one.kind] for one in entries)
        kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        of = f" (act {first.undoes})" if first.undoes else ""
        yield f"{act}  {first.at}  {names}  via {first.via or '?'}: {kinds}{of}"


def _segment_lines(entries: tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        who = f"by {entry.by or 'nobody named'}, via {entry.via}"
        yield f"{entry.act}  {entry.at}  {_language(entry)} {_WORDS[entry.kind]} {who}"
        if entry.before is not None and entry.after is not None and entry.language:
            yield f"    {shown(diff(entry.before.target.text, entry.after.target.text, entry.language), colour=False)}"
            if entry.before.state is not entry.after.state:
                yield f"    {entry.before.state} → {entry.after.state}"
        if entry.text:
            yield f"    {entry.text}"
        if entry.reason:
            yield f"    {entry.reason}"


def _language(entry: Entry) -> str:
    return NAMES[entry.language] if entry.language else ""


def _tell_broken(journal: Journal, report: Report, desk: Desk) -> None:
    if journal.broken:
        lines = ", ".join(map(str, journal.broken))
        path = desk.workspace.shown(journal_path(report))
        say(f"note: {path}, line {lines}: cannot be read (a power cut?) and is passed over")


def _entry_dict(entry: Entry) -> dict[str, Any]:
    return {
        "act": entry.act,
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.by,
        "via": entry.via,
        "language": entry.language or "",
        "segment": entry.segment_id,
        "source": entry.source,
        "before": entry.before.target.text if entry.before else "",
        "after": entry.after.target.text if entry.after else "",
        "state_before": entry.before.state if entry.before else "",
        "state_after": entry.after.state if entry.after else "",
        "text": entry.text,
        "reason": entry.reason,
        "undoes": entry.undoes,
    }


def _signing_dict(report: Report, signing: Signing, desk: Desk) -> dict[str, Any]:
    return {
        "report": report.name,
        "act": signing.act,
        "signed": [{"language": language, "segment": unit.segment_id} for language, unit in signing.signed],
        "refused": [
            {"language": one.language, "segment": one.segment_id, "reason": one.reason} for one in signing.refused
        ],
        "already": signing.already,
        "written": [desk.workspace.shown(path) for path in signing.written],
    }


def _undoing_dict(report: Report, undoing: Undoing, desk: Desk) -> dict[str, Any]:
    return {
        "report": report.name,
        "act": undoing.act,
        "undoes": undoing.of_act,
        "undone": [_entry_dict(one) for one in undoing.undone],
        "left": [_entry_dict(one) for one in undoing.left],
        "written": [desk.workspace.shown(path) for path in undoing.written],
    }
