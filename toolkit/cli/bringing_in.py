"""bulletin import: a translation made elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.build import draft_languages, keep_drafts
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.errors import DONE
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report import read_report
from toolkit.translation import Assemble
from toolkit.translation.adopting import Adoption, adopt
from toolkit.translation.foreign import read_translation


@click.command("import", epilog=EXIT_CODES)
@click.argument("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", "-l", type=click.Choice(TARGETS), required=True, help="The language of FILE.")
@click.option("--no-repair", is_flag=True, help="Take the words as they are; faults are still found and reported.")
@as_json_option
@click.pass_obj
def import_draft(start: Path, report: str, file: Path, language: Language, no_repair: bool, as_json: bool) -> int:
    """Bring a machine's translation made elsewhere in as the draft of REPORT; a person's: see `bulletin align`.

    FILE is a text, one paragraph a line (a web translator's output), or a Word, Markdown or HTML file.  Its sentences
    are laid beside those of the report, checked against the glossary and the source's figures and names, and repaired
    where the place of a fault is certain; the words as they came stay in the draft as an alternative.  What a person
    has reviewed is left alone.  `bulletin check REPORT` then tells what is still wrong.
    """
    desk = desk_in(start, Assemble.name)
    desk.open()
    (folder,) = desk.workspace.report_folders((report,))
    source = read_report(folder)
    paragraphs = read_translation(file, language, len(source.blocks))
    with writing(desk.workspace, source.name):
        draft = draft_languages(source, desk).drafts[language]
        adoption = adopt(source, paragraphs, file.name, language, desk.sources, draft, repair=not no_repair)
        written = keep_drafts({language: adoption.draft}, source)
    if as_json:
        print_json(_as_dict(adoption) | {"written": [desk.workspace.shown(path) for path in written]})
        return DONE
    _tell(adoption, language)
    for path in written:
        click.echo(f"  file      {desk.workspace.shown(path)}")
    return DONE


def _tell(adoption: Adoption, language: Language) -> None:
    total = len(adoption.draft.units)
    changed = sum(map(len, adoption.changes.values()))
    click.echo(
        f"{NAMES[language]}: {adoption.placed} of {total} segments taken, {changed} repair{'s' * (changed != 1)}"
    )
    for segment_id, changes in adoption.changes.items():
        for change in changes:
            click.echo(f"  repaired  {segment_id}: “{change.before}” → “{change.after}” ({change.evidence})")
    for note in adoption.notes:
        say(f"  note      {note.segment_id + ': ' if note.segment_id else ''}{note.reason}")
    if adoption.kept:
        say(f"  note      {len(adoption.kept)} segments that a person has worked on were left as they are.")
    for text in adoption.left_over:
        click.echo(f"  left over {text}")


def _as_dict(adoption: Adoption) -> dict[str, object]:
    return {
        "language": adoption.draft.language,
        "segments": len(adoption.draft.units),
        "taken": adoption.placed,
        "repairs": [
            {
                "segment": segment_id,
                "before": change.before,
                "after": change.after,
                "evidence": change.evidence,
                "confidence": change.confidence,
            }
            for segment_id, changes in adoption.changes.items()
            for change in changes
        ],
        "notes": [{"segment": note.segment_id, "reason": note.reason} for note in adoption.notes],
        "left_as_they_were": list(adoption.kept),
        "left_over": list(adoption.left_over),
    }
