"""bulletin align: a person's translation laid beside a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from toolkit import memory
from toolkit.alignment import Link
from toolkit.build import draft_languages, keep_drafts
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say
from toolkit.cli.reviewing import utc_now
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, OutputError
from toolkit.files import write_whole
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report import Report, read_report
from toolkit.review import Acceptance, accept
from toolkit.review.acts import standing_drafts
from toolkit.review.aligned import unreviewed_units, vouched_for
from toolkit.review.sheet import sheet_bytes
from toolkit.translation import Assemble
from toolkit.translation.adopting import Adoption, adopt
from toolkit.translation.foreign import DOUBTFUL, read_translation
from toolkit.translation.xliff import xliff_bytes

ALIGNED_FILE = "aligned.tmx"
"""The memory of translations that somebody made and nobody here vouched for."""


@click.command("align", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("translation", type=click.Path(path_type=Path))
@click.option("--language", "-l", type=click.Choice(TARGETS), required=True, help="The language of TRANSLATION.")
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write it as a sheet to correct.")
@click.option("--xliff", type=click.Path(path_type=Path), metavar="FILE.xlf", help="Write it as XLIFF to correct.")
@click.option("--by", metavar="NAME", help="Who vouches for it: every segment that got a text is then reviewed.")
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

    What another person has reviewed before stays; both texts are kept, and the exit code is 1.  `bulletin undo REPORT`
    takes back what came with --by, `bulletin memory undo` what the memory learned without.
    """
    desk = desk_in(start, Assemble.name)
    desk.open()
    (folder,) = desk.workspace.report_folders((report,))
    source = read_report(folder)
    paragraphs = read_translation(translation, language, len(source.blocks))
    draft = draft_languages(source, desk).drafts[language]
    adoption = adopt(source, paragraphs, translation.name, language, desk.sources, draft, repair=False)
    acceptance: Acceptance | None = None
    written: tuple[Path, ...] = ()
    if not dry_run:
        _refuse_what_stands(sheet, xliff)
        if by:
            now = utc_now()
            edited = vouched_for(source, adoption.given, language, translation, by=by, at=now)
            acceptance = accept([edited], source, desk, now=now, by=by)
            written = acceptance.written
        else:
            written = keep_drafts({language: adoption.draft}, source)
        written += _write_for_correction(source, language, desk, sheet, xliff)
        if not (by or sheet or xliff):
            units = unreviewed_units(source, adoption.given, language)
            memory.remember(desk.workspace.glossaries, units, file=ALIGNED_FILE)
    code = FINDINGS if _conflicts(adoption, acceptance) else DONE
    if as_json:
        print_json(_as_dict(source, adoption, acceptance, written, code, desk))
        return code
    _tell(source, adoption, acceptance, language)
    for path in written:
        click.echo(f"  file      {desk.workspace.shown(path)}")
    if dry_run:
        click.echo("  nothing was changed (--dry-run)")
        return code
    for given in (sheet, xliff):
        if given is not None:
            click.echo(f"  next      correct it, then: bulletin accept {given}")
    return code


def _refuse_what_stands(*paths: Path | None) -> None:
    for path in paths:
        if path is not None and path.exists():
            raise OutputError("is there already", path=path, remedy="Name another file, or move that one away")


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


def _conflicts(adoption: Adoption, acceptance: Acceptance | None) -> bool:
    return acceptance.has_troubles if acceptance else bool(adoption.kept)


def _doubtful(links: Sequence[Link]) -> list[Link]:
    return [link for link in links if link.sources and link.text and link.confidence < DOUBTFUL]


def _tell(report: Report, adoption: Adoption, acceptance: Acceptance | None, language: Language) -> None:
    links = adoption.links
    texts = [segment.text for segment in report.segments]
    kinds = Counter(link.kind for link in links)
    counts = ", ".join(
        f"{kinds[kind]} {kind}" for kind in ("1:1", "1:n", "n:1", "n:m", "missing", "added") if kinds[kind]
    )
    click.echo(f"{NAMES[language]}: {len(adoption.given)} of {len(texts)} segments have a text ({counts})")
    for link in _doubtful(links):
        click.echo(f"\n  doubtful  {link.confidence:.0%}{f' ({link.kind})' if link.kind != '1:1' else ''}")
        click.echo(f"    {''.join(texts[number] for number in link.sources)}")
        click.echo(f"    {link.text}")
    missing = [number for link in links if not link.text for number in link.sources]
    if missing:
        click.echo("\n  missing from the translation")
        for number in missing:
            click.echo(f"    {report.segments[number].id}  {texts[number]}")
    if adoption.left_over:
        click.echo("\n  in the translation alone: it has no place in the report, and is stored nowhere")
        for text in adoption.left_over:
            click.echo(f"    {text}")
    click.echo("")
    for trouble in () if acceptance is None else (one for each in acceptance.understandings for one in each.troubles):
        say(f"  {trouble.kind}: {trouble.reason}")
    if acceptance is None and adoption.kept:
        say(f"  {len(adoption.kept)} segments that a person has worked on were left: {', '.join(adoption.kept[:8])}")
    if acceptance is not None and acceptance.act:
        count = len(acceptance.changes) + len(acceptance.confirmed)
        click.echo(f"  reviewed  {count} segments; bulletin undo {report.name} takes it back")


def _as_dict(
    report: Report,
    adoption: Adoption,
    acceptance: Acceptance | None,
    written: Sequence[Path],
    code: int,
    desk: Desk,
) -> dict[str, Any]:
    ids = [segment.id for segment in report.segments]
    troubles = [] if acceptance is None else [one for each in acceptance.understandings for one in each.troubles]
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
        "notes": [{"segment": note.segment_id, "reason": note.reason} for note in adoption.notes],
        "left_over": list(adoption.left_over),
        "left_as_they_were": list(adoption.kept) if acceptance is None else [],
        "conflicts": [
            {"kind": one.kind, "segment": one.segment_id, "reason": one.reason, "text": one.text} for one in troubles
        ],
        "act": acceptance.act if acceptance else "",
        "written": [desk.workspace.shown(path) for path in written],
    }
