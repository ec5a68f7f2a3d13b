"""bulletin export: a report's drafts in the file that a reviewer's program edits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import click

from toolkit.build import check, draft_languages, draft_path, keep_drafts
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.desk import Desk
from toolkit.errors import DONE, OutputError, SettingsError
from toolkit.files import json_bytes, sha256, write_whole
from toolkit.languages import TARGETS, Language
from toolkit.memory import MemoryUnit, tmx_bytes
from toolkit.record import read_record
from toolkit.report import Report, read_report
from toolkit.report.inline import InlineText
from toolkit.review.sheet import sheet_bytes
from toolkit.translation import Assemble, Draft
from toolkit.translation.draft import Review
from toolkit.translation.xliff import read_xliff, xliff_bytes

EXPORTS_FILE = "exports.json"
"""In a report's dist folder: the SHA-256 of what was last written under each name, oldest first."""

Format = Literal["xlsx", "xliff", "tmx"]


@click.command("export", epilog=EXIT_CODES)
@click.argument("report")
@click.option(
    "--as",
    "form",
    type=click.Choice(["xlsx", "xliff", "tmx"]),
    default="xlsx",
    show_default=True,
    help="A review sheet for any spreadsheet, XLIFF 1.2 for CAT tools (a file for each language), or a TMX memory.",
)
@click.option("--language", "-l", type=click.Choice(TARGETS), help="This language only.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write here, not into dist/REPORT/.")
@as_json_option
@click.pass_obj
def export(
    start: Path, report: str, form: Format, language: Language | None, output: Path | None, as_json: bool
) -> int:
    """Write the drafts of REPORT as a file for reviewers; `bulletin accept` takes it back.

    A file that somebody has edited since is not overwritten, unless it was accepted meanwhile.
    """
    desk = desk_in(start, Assemble.name)
    desk.open()
    (folder,) = desk.workspace.report_folders((report,))
    source = read_report(folder)
    languages: Sequence[Language] = (language,) if language else TARGETS
    files = exported(source, drafts_of_record(source, desk), languages, form, desk)
    if output is not None and len(files) > 1:
        raise SettingsError("is one file for two languages", path=output, remedy="Name one of them: -l en or -l bo")
    dist = desk.workspace.dist / source.name
    written = []
    with writing(desk.workspace, source.name):
        for name, data in files.items():
            path = output or dist / name
            if _write(path, data, dist):
                written.append(path)
    shown = [desk.workspace.shown(output or dist / name) for name in files]
    if as_json:
        print_json({"files": shown, "written": [desk.workspace.shown(path) for path in written]})
        return DONE
    for name in shown:
        click.echo(name)
    say(f"Edit {'it' if len(shown) == 1 else 'them'}, then: bulletin accept {' '.join(shown)}")
    return DONE


def drafts_of_record(report: Report, desk: Desk) -> dict[Language, Draft]:
    """The drafts beside the report; where a segment has none yet, all are drafted first, without any engine."""
    paths = {language: draft_path(report, language) for language in TARGETS}
    drafts = {language: read_xliff(path, language) for language, path in paths.items() if path.exists()}
    wanted = {segment.id for segment in report.segments}
    if all(language in drafts and wanted <= {unit.segment_id for unit in drafts[language].units} for language in paths):
        return drafts
    with writing(desk.workspace, report.name):
        keep_drafts(draft_languages(report, desk).drafts, report)
    return {language: read_xliff(path, language) for language, path in paths.items()}


def exported(
    report: Report, drafts: Mapping[Language, Draft], languages: Sequence[Language], form: Format, desk: Desk
) -> dict[str, bytes]:
    """The files of one format by name, with the drafts in `languages`."""
    wanted = {language: drafts[language] for language in languages}
    if form == "xlsx":
        findings = [one for one in check(report, drafts, desk) if one.language is None or one.language in wanted]
        return {f"{report.name}-review.xlsx": sheet_bytes(report, wanted, findings)}
    if form == "xliff":
        return {f"{report.name}-{language}.xlf": xliff_bytes(draft, report) for language, draft in wanted.items()}
    return {f"{report.name}.tmx": tmx_bytes(memory_units(report, wanted))}


def memory_units(report: Report, drafts: Mapping[Language, Draft]) -> tuple[MemoryUnit, ...]:
    """The drafts as memory: a unit for each segment and each person who stands behind its targets, or nobody."""
    units: list[MemoryUnit] = []
    segments = report.segments
    for number, segment in enumerate(segments):
        by_review: dict[Review | None, dict[Language, InlineText]] = {}
        for language, draft in drafts.items():
            unit = draft.unit(segment.id)
            if unit is not None and unit.target:
                review = None if unit.is_open else unit.review
                by_review.setdefault(review, {})[language] = unit.target
        units += (
            MemoryUnit(
                segment.source,
                targets,
                reviewed_by=review.by if review else "",
                reviewed_at=review.at if review else "",
                place=f"{report.name}:{segment.id}",
                origin=report.name,
                before=segments[number - 1].text if number else "",
                after=segments[number + 1].text if number + 1 < len(segments) else "",
            )
            for review, targets in by_review.items()
        )
    return tuple(units)


def _write(path: Path, data: bytes, dist: Path) -> bool:
    """Write an export; False when it stands there already.

    What was written into dist is remembered.  Raises `OutputError` where the file at `path` is neither that nor one
    that was accepted since.
    """
    is_kept = path.resolve().parent == dist.resolve()
    last = _last_written(dist) if is_kept else {}
    ours = last.get(path.name, ())
    if path.is_file():
        standing = sha256(path.read_bytes())
        accepted = read_record(dist).accepted.get(path.name) if is_kept else None
        if standing not in (*ours, accepted, sha256(data)):
            raise OutputError(
                "holds something else than was exported there last, and is left as it is",
                path=path,
                remedy="Take it in with bulletin accept, or rename or delete it, then export again",
            )
    if is_kept:  # what was there and what comes: cut off in between, either is known as ours
        write_whole(dist / EXPORTS_FILE, json_bytes({**last, path.name: [*ours[-1:], sha256(data)]}))
    return write_whole(path, data)


def _last_written(dist: Path) -> dict[str, list[str]]:
    try:
        kept = json.loads((dist / EXPORTS_FILE).read_text(encoding="utf-8"))
        return {str(name): [str(digest) for digest in digests] for name, digests in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
