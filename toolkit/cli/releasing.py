"""bulletin release."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from toolkit import summary
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say, writing
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, BulletinError, SettingsError, exit_code_of, fault_of_our_own
from toolkit.languages import NAMES
from toolkit.release import (
    Difference,
    Obstacle,
    Outcome,
    Reproduction,
    Standing,
    release_report,
    reproduce,
    revisions,
    standing_of,
)
from toolkit.release.revision import FOLDER
from toolkit.translation import Assemble

_MOST_SHOWN = 12


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--by", envvar="BULLETIN_BY", metavar="NAME", help="Who releases it: your name (or set BULLETIN_BY).")
@click.option("--status", is_flag=True, help="Say how reports stand, and change nothing; all of them if none is named.")
@click.option("--reproduce", "number", type=click.IntRange(1), metavar="N", help="Make revision N again from its pins.")
@click.option("--into", type=click.Path(path_type=Path), help="The folder for --reproduce.")
@click.option("--all", "show_all", is_flag=True, help="List every obstacle and difference, not only the first ones.")
@as_json_option
@click.pass_obj
def release(
    start: Path,
    reports: tuple[str, ...],
    by: str | None,
    status: bool,
    number: int | None,
    into: Path | None,
    show_all: bool,
    as_json: bool,
) -> int:
    """Print reports without the stamp, in your name: refused while gaps, errors or unreviewed text are left.

    A release gets a number.  Its text, its terms and its fonts are pinned in source/REPORT/releases/N, from which the
    same files can be made again; they lie in dist/REPORT/released/N and are never rebuilt.  When something changes
    later, release again: a new revision, with a list of what differs.
    """
    desk = desk_in(start, Assemble.name)
    if number is not None:
        return _reproduce(desk, reports, number, into, as_json)
    if not status and not reports:
        raise SettingsError("no report was named", remedy="Name the reports to release, or ask for --status")
    if not status and not (by and by.strip()):
        raise SettingsError("a release needs the name of who releases it", remedy="Say --by NAME")
    desk.open()
    answers: list[dict[str, Any]] = []
    codes: list[int] = []
    for folder in desk.workspace.report_folders(reports):
        try:
            if status:
                standing = standing_of(folder, desk)
                outcome = Outcome(standing, standing.last)
            else:
                now = datetime.datetime.now().astimezone()
                with writing(desk.workspace, folder.name):
                    outcome = release_report(folder, desk, by=" ".join((by or "").split()), now=now)
        except Exception as unforeseen:
            fault = unforeseen if isinstance(unforeseen, BulletinError) else fault_of_our_own(unforeseen, folder)
            say(f"error: {summary.fault_line(fault, desk.workspace)}")
            codes.append(fault.exit_code)
            answers.append({"report": folder.name, "errors": [summary.fault_dict(fault, desk.workspace)]})
            continue
        if not status and outcome.revision is None:
            codes.append(FINDINGS)
        answers.append(_as_dict(folder.name, outcome, desk))
        if not as_json:
            lines = _status_lines(folder.name, outcome.standing) if status else _lines(folder.name, outcome, desk)
            for line in _shortened(list(lines), show_all):
                click.echo(line)
    code = exit_code_of(codes)
    if as_json:
        print_json({"exit_code": code, "reports": answers})
    return code


def _lines(name: str, outcome: Outcome, desk: Desk) -> Iterator[str]:
    standing, revision = outcome.standing, outcome.revision
    if revision is None:
        yield f"{name}: not released; {_counted(standing.obstacles)}"
        yield from map(_obstacle_line, standing.obstacles)
        return
    if not outcome.is_new:
        yield f"{name}: nothing changed; revision {revision.number}, released by {revision.by}, stands"
    else:
        yield f"{name}: released as revision {revision.number} by {revision.by}"
    for path in outcome.files:
        yield f"  file      {desk.workspace.shown(path)}"
    if outcome.is_new and standing.last is not None:
        yield f"  {len(standing.changes)} differences from revision {standing.last.number}:"
        yield from map(_difference_line, standing.changes)


def _status_lines(name: str, standing: Standing) -> Iterator[str]:
    last = standing.last
    if last is None:
        yield f"{name}: never released"
    else:
        how = "stands" if standing.stands else f"{len(standing.changes)} differences since"
        yield f"{name}: revision {last.number}, released {last.date} by {last.by}; {how}"
        yield from (f"  missing   {file} (make it again: bulletin release {name})" for file in standing.missing)
        yield from (f"  altered   {file}: somebody changed it in dist" for file in standing.altered)
        yield from map(_difference_line, standing.changes)
    if standing.obstacles:
        yield f"  before the next release: {_counted(standing.obstacles)}"
        yield from map(_obstacle_line, standing.obstacles)
    elif not standing.stands:
        yield f"  nothing stands in the way: bulletin release {name} --by NAME"


def _counted(obstacles: tuple[Obstacle, ...]) -> str:
    counts = Counter((str(one.kind), one.language) for one in obstacles)
    words = {"gap": "without a translation", "unreviewed": "unreviewed", "error": "with an error", "name": "to confirm"}
    parts = []
    for (kind, language), count in counts.items():
        what = "names" if kind == "name" else f"{NAMES[language]} segments" if language else "places"
        parts.append(f"{count} {what} {words[kind]}")
    return ", ".join(parts)


def _obstacle_line(one: Obstacle) -> str:
    where = " ".join(filter(None, (one.segment_id, one.language)))
    return f"  {one.kind:<10} {where + ': ' if where else ''}{one.reason} {one.remedy}"


def _difference_line(one: Difference) -> str:
    where = f" {one.segment_id}" if one.segment_id else ""
    if one.kind in ("font", "order"):
        return f"  {one.kind:<10}{one.what}"
    return f"  {one.kind:<10}{one.what}{where}: “{one.before}” → “{one.after}”"


def _shortened(lines: list[str], show_all: bool) -> list[str]:
    if show_all or len(lines) <= _MOST_SHOWN + 4:
        return lines
    return [*lines[:_MOST_SHOWN], f"  … and {len(lines) - _MOST_SHOWN} more: --all shows them"]


def _reproduce(desk: Desk, reports: tuple[str, ...], number: int, into: Path | None, as_json: bool) -> int:
    if len(reports) != 1 or into is None:
        raise SettingsError("--reproduce needs one report and --into FOLDER", remedy="Name both")
    (folder,) = desk.workspace.report_folders(reports)
    known = [one.number for one in revisions(folder)]
    if number not in known:
        listed = ", ".join(map(str, known)) or "none"
        raise SettingsError(f"{folder.name} has no revision {number}", remedy=f"Its revisions: {listed}")
    made = reproduce(folder / FOLDER / str(number), into, desk)
    if as_json:
        print_json(_reproduction_dict(made))
    else:
        for path in made.files:
            same = "other bytes than the released file" if path.name in made.differing else "byte for byte the same"
            click.echo(f"  file      {path}  ({same})")
        if made.differing and not made.same_toolkit:
            say(
                f"The toolkit that typeset revision {number} was another one ({made.revision.toolkit}): install it to "
                "have the same bytes."
            )
    return FINDINGS if made.differing else DONE


def _reproduction_dict(made: Reproduction) -> dict[str, Any]:
    return {
        "report": made.revision.report,
        "revision": made.revision.number,
        "files": [str(path) for path in made.files],
        "differing": list(made.differing),
        "same_toolkit": made.same_toolkit,
    }


def _as_dict(name: str, outcome: Outcome, desk: Desk) -> dict[str, Any]:
    standing, revision = outcome.standing, outcome.revision
    return {
        "report": name,
        "revision": revision.number if revision else None,
        "released_by": revision.by if revision else "",
        "released_at": revision.at if revision else "",
        "is_new": outcome.is_new,
        "stands": standing.stands if not outcome.is_new else True,
        "written": [desk.workspace.shown(path) for path in outcome.files],
        "obstacles": [
            {
                "kind": str(one.kind),
                "segment": one.segment_id,
                "language": one.language or "",
                "reason": one.reason,
                "remedy": one.remedy,
            }
            for one in standing.obstacles
        ],
        "differences": [
            {
                "kind": one.kind,
                "what": one.what,
                "segment": one.segment_id,
                "language": one.language or "",
                "before": one.before,
                "after": one.after,
            }
            for one in standing.changes
        ],
        "missing": list(standing.missing),
        "altered": list(standing.altered),
    }
