"""bulletin align: a person's translation laid beside a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from toolkit import memory
from toolkit.build import draft_languages, keep_drafts
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.cli.reviewing import utc_now
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, OutputError, SettingsError
from toolkit.files import write_whole
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report import Report, read_report
from toolkit.review import Acceptance, Trouble, TroubleKind, accept
from toolkit.review.acts import standing_drafts
from toolkit.review.aligned import as_edited, to_be_read, unreviewed_units
from toolkit.review.sheet import sheet_bytes
from toolkit.translation import Assemble
from toolkit.translation.adopting import Adoption, adopt
from toolkit.translation.foreign import read_translation
from toolkit.translation.xliff import xliff_bytes

ALIGNED_FILE = "aligned.tmx"
"""The memory of translations that somebody made and nobody here vouched for."""


@click.command("align", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("translation", type=click.Path(path_type=Path))
@click.option("--language", "-l", type=click.Choice(TARGETS), required=True, help="The language of TRANSLATION.")
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write it as a sheet to correct.")
@click.option("--xliff", type=click.Path(path_type=Path), metavar="FILE.xlf", help="Write it as XLIFF to correct.")
@click.option("--store", is_flag=True, help="Into the memory too, though a sheet or XLIFF is asked for.")
@click.option("--by", metavar="NAME", help="Who vouches for it: every segment without a doubt is then reviewed.")
@click.option("--dry-run", is_flag=True, help="Show how the two were laid beside each other, and change nothing.")
@as_json_option
@click.pass_obj
def align(
    start: Path,
    report: str,
    translation: Path,
    language: Language,
    sheet: Path | None,
    xliff: Path | None,
    store: bool,
    by: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Lay a person's TRANSLATION (Word, text, Markdown, HTML) beside REPORT, sentence by sentence.

    Sentences are matched by length, by figures, names and terms, and by their order; one may stand for several,
    several for one, some may be missing and some added.  No word is changed and none is lost: what is doubtful,
    missing or has no place is listed.

    \b
    How far it goes is up to you:
      --dry-run            look, and change nothing
      --sheet check.xlsx   into the draft; correct the sheet, then bulletin accept
      (nothing)            into draft and memory, unreviewed
      --by "Sonam Drolma"  into draft and memory, as reviewed by her

    What is doubtful goes into the draft with its reason, unreviewed whoever vouches, and into no memory: read it there,
    or in the sheet.  What another person has reviewed before stays; both texts are kept, and the exit code is 1.
    `bulletin undo REPORT` takes back what came with --by, `bulletin memory undo` what the memory learned without.
    """
    if by is not None and not by.strip():
        raise SettingsError("--by names nobody", remedy='Name who vouches for the translation: --by "Sonam Drolma"')
    _refuse_what_stands(sheet, xliff)
    desk = desk_in(start, Assemble.name)
    desk.open()
    (folder,) = desk.workspace.report_folders((report,))
    source = read_report(folder)
    paragraphs = read_translation(translation, language, len(source.blocks))
    now = utc_now()
    with writing(desk.workspace, source.name):
        draft = draft_languages(source, desk).drafts[language]
        adoption = adopt(source, paragraphs, translation.name, language, desk.sources, draft, repair=False)
        edited = as_edited(source, adoption, language, translation, by=by or "", at=now)
        written: tuple[Path, ...] = ()
        if not dry_run:
            written = keep_drafts({language: to_be_read(draft, adoption) if by else adoption.draft}, source)
        acceptance: Acceptance | None = None
        if edited.edits:
            acceptance = accept([edited], source, desk, now=now, by=by or "", dry_run=dry_run)
    if not dry_run:
        if not by and (store or not (sheet or xliff)):
            units = unreviewed_units(source, adoption.certain, language)
            memory.remember(desk.workspace.glossaries, units, file=ALIGNED_FILE)
        done = acceptance.written if acceptance else ()
        written = tuple(dict.fromkeys((*written, *done, *_write_for_correction(source, language, desk, sheet, xliff))))
    conflicts = _conflicts(source, adoption, acceptance, language)
    code = FINDINGS if conflicts else DONE
    if as_json:
        print_json(_as_dict(source, adoption, acceptance, conflicts, written, code, desk))
        return code
    _tell(source, adoption, language)
    for one in conflicts:
        say(f"  {one.kind}: {one.reason}\n    {one.text}")
    count = len(acceptance.changes) + len(acceptance.confirmed) if acceptance else 0
    if count and not dry_run:
        click.echo(f"  reviewed  {count} segments; bulletin undo {source.name} takes it back")
    for path in written:
        click.echo(f"  file      {desk.workspace.shown(path)}")
    if dry_run:
        click.echo("  nothing was changed (--dry-run)")
        return code
    for given in (sheet, xliff):
        if given is not None:
            click.echo(f"  next      correct it, then: bulletin accept {given}")
    if adoption.doubts and not (sheet or xliff):
        click.echo(f"  next      read the doubtful ones: bulletin export {source.name} --as xlsx, then bulletin accept")
    return code


def _refuse_what_stands(*paths: Path | None) -> None:
    given = [path for path in paths if path is not None]
    for path in given:
        if path.exists():
            raise OutputError("is there already", path=path, remedy="Name another file, or move that one away")
    if len(given) != len(set(given)):
        raise SettingsError("--sheet and --xliff name the same file", path=given[0], remedy="Name two files")


def _write_for_correction(
    report: Report, language: Language, desk: Desk, sheet: Path | None, xliff: Path | None
) -> tuple[Path, ...]:
    """The draft as it now stands: a file that comes back is measured against it."""
    draft = standing_drafts(report, desk).drafts[language]
    if sheet is not None:
        write_whole(sheet, sheet_bytes(report, {language: draft}))
    if xliff is not None:
        write_whole(xliff, xliff_bytes(draft, report))
    return tuple(path for path in (sheet, xliff) if path is not None)


def _conflicts(
    report: Report, adoption: Adoption, acceptance: Acceptance | None, language: Language
) -> tuple[Trouble, ...]:
    """Where a person's text stays, though the translation has other words."""
    found = [] if acceptance is None else [one for each in acceptance.understandings for one in each.troubles]
    told = {one.segment_id for one in found}
    units = {unit.segment_id: unit for unit in adoption.draft.units}
    for key in adoption.conflicts:
        if key not in told:  # kept beside it an earlier time
            review = units[key].review
            reason = (
                f"The {NAMES[language]} of {key} was worked on by {review.by if review else 'a person'}; both are "
                "kept, and the draft stays as it is."
            )
            found.append(Trouble(TroubleKind.CONFLICT, reason, key, language, text=adoption.given[key]))
    return tuple(found)


def _tell(report: Report, adoption: Adoption, language: Language) -> None:
    links = adoption.links
    sources = {segment.id: segment.text for segment in report.segments}
    kinds = Counter(link.kind for link in links)
    counts = ", ".join(
        f"{kinds[kind]} {kind}" for kind in ("1:1", "1:n", "n:1", "n:m", "missing", "added") if kinds[kind]
    )
    click.echo(f"{NAMES[language]}: {len(adoption.given)} of {len(sources)} segments have a text ({counts})")
    if adoption.doubts:
        click.echo(f"\n  doubtful ({len(adoption.doubts)}): read both sides")
    for key, reasons in adoption.doubts.items():
        click.echo(f"    {key}  {'; '.join(reasons)}")
        click.echo(f"      {sources[key]}")
        click.echo(f"      {adoption.given[key]}")
    missing = [key for key in sources if key not in adoption.given]
    if missing:
        click.echo(f"\n  without a text ({len(missing)})")
    reasons_of = {note.segment_id: note.reason for note in adoption.notes}
    for key in missing:
        click.echo(f"    {key}  {reasons_of.get(key, '')}")
        click.echo(f"      {sources[key]}")
    if adoption.left_over:
        click.echo("\n  in the translation alone: it has no place in the report, and is stored nowhere")
        for text in adoption.left_over:
            click.echo(f"    {text}")
    click.echo("")


def _as_dict(
    report: Report,
    adoption: Adoption,
    acceptance: Acceptance | None,
    conflicts: Sequence[Trouble],
    written: Sequence[Path],
    code: int,
    desk: Desk,
) -> dict[str, Any]:
    ids = [segment.id for segment in report.segments]
    return {
        "exit_code": code,
        "report": report.name,
        "language": adoption.draft.language,
        "segments": len(ids),
        "with_text": len(adoption.given),
        "links": [
            {
                "segments": [ids[number] for number in link.sources],
                "text": link.text,
                "kind": link.kind,
                "confidence": round(link.confidence, 3),
                "reasons": list(link.reasons),
            }
            for link in adoption.links
        ],
        "doubtful": [
            {"segment": key, "text": adoption.given[key], "reasons": list(reasons)}
            for key, reasons in adoption.doubts.items()
        ],
        "notes": [{"segment": note.segment_id, "reason": note.reason} for note in adoption.notes],
        "left_over": list(adoption.left_over),
        "left_as_they_were": list(adoption.kept),
        "conflicts": [
            {"kind": one.kind, "segment": one.segment_id, "reason": one.reason, "text": one.text} for one in conflicts
        ],
        "act": acceptance.act if acceptance else "",
        "written": [desk.workspace.shown(path) for path in written],
    }
