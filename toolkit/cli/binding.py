"""bulletin volume: several bulletins bound into one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from toolkit import summary
from toolkit.build import check
from toolkit.bulletin.compose import compose
from toolkit.bulletin.model import Bulletin, Edition
from toolkit.bulletin.volume import Month, Volume, bind
from toolkit.cli.common import (
    EXIT_CODES,
    as_json_option,
    desk_in,
    fail_on_option,
    print_json,
    say,
    severity_of,
    writing,
)
from toolkit.cli.exporting import drafts_of_record
from toolkit.desk import Desk
from toolkit.docx import typeset_volume_docx
from toolkit.errors import FINDINGS, BulletinError, SettingsError, exit_code_of, fault_of_our_own
from toolkit.files import hash_of, sha256
from toolkit.pdf import count_pages, typeset_volume_pdf
from toolkit.quality import Finding, open_findings
from toolkit.record import BuildRecord, publish, read_record
from toolkit.report import Report, read_report
from toolkit.translation import Assemble
from toolkit.workspace import VOLUMES

_TYPESETTERS = {"pdf": typeset_volume_pdf, "docx": typeset_volume_docx}
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_NAME = re.compile(r"[^\W_][\w-]{0,80}")
_MONTHS = 12


@dataclass(frozen=True)
class _Bound:
    """A volume, and what checks found in its reports."""

    volume: Volume
    findings: tuple[Finding, ...]


@click.command("volume", epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option(
    "--month",
    metavar="YYYY-MM",
    help="Bind the reports of this month, by the date of the event or else of publication.",
)
@click.option("--name", "-o", "name", metavar="NAME", help="Write to dist/volumes/NAME/; the month if not given.")
@click.option(
    "--edition", metavar="NAME", default="", help="Which edition is bound; the first that is built if none is given."
)
@fail_on_option
@as_json_option
@click.pass_obj
def bind_volume(
    start: Path,
    reports: tuple[str, ...],
    month: str | None,
    name: str | None,
    edition: str,
    fail_on: str,
    as_json: bool,
) -> int:
    """Bind the bulletins of each named REPORT, or of a month, into one PDF and one DOCX.

    Cover, contents, bookmarks and an index of terms are those of all of them; page numbers run through.  Drafts are
    taken as they stand.  Every page is stamped as long as one report is open.
    """
    if bool(reports) == bool(month):
        raise click.UsageError("Name the reports to bind, or a month: bulletin volume --month 2023-08")
    wanted = _month(month) if month else None
    called = name or month or "volume"
    if not _NAME.fullmatch(called):
        remedy = "Letters, digits, - and _ make a name, such as summer-2023"
        raise SettingsError(f"“{called}” is no name for a volume", remedy=remedy)
    desk = desk_in(start, Assemble.name, (edition,) if edition else ())
    desk.open()
    read, faults = _read(desk, reports)
    for fault in faults:
        say(f"error: {summary.fault_line(fault, desk.workspace)}")
    if faults:
        say("Nothing was bound: a volume with a report missing would not show it.")
        code = exit_code_of(fault.exit_code for fault in faults)
        if as_json:
            print_json({"exit_code": code, "errors": [summary.fault_dict(one, desk.workspace) for one in faults]})
        return code
    chosen = _of_month(read, wanted, desk) if wanted else read
    bound = _bind(called, chosen, desk, wanted)
    return _print(bound, desk, fail_on, as_json=as_json)


def _month(text: str) -> Month:
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= _MONTHS or not int(match[1]):
        raise SettingsError(f"“{text}” is no month", remedy="Write the year and the month: --month 2023-08")
    return int(match[1]), int(match[2])


def _read(desk: Desk, names: tuple[str, ...]) -> tuple[list[Report], list[BulletinError]]:
    read: list[Report] = []
    faults: list[BulletinError] = []
    for folder in desk.workspace.report_folders(names):
        try:
            read.append(read_report(folder))
        except BulletinError as fault:
            faults.append(fault)
        except Exception as unforeseen:
            faults.append(fault_of_our_own(unforeseen, folder))
    return read, faults


def _date(report: Report) -> datetime.date | None:
    return report.event_date or report.published_date


def _of_month(reports: Sequence[Report], month: Month, desk: Desk) -> list[Report]:
    """Those of a month.  Raises `SettingsError` when there is none."""
    dated = [(report, date) for report in reports if (date := _date(report)) is not None]
    undated = [report.name for report in reports if _date(report) is None]
    if undated:
        say(f"Without a date in report.toml, and left out: {', '.join(undated)}")
    found = [report for report, date in dated if (date.year, date.month) == month]
    if not found:
        known = ", ".join(sorted({f"{date:%Y-%m}" for _, date in dated})) or "none; write event_date in report.toml"
        problem = f"no report is of {month[0]:04}-{month[1]:02}"
        raise SettingsError(problem, path=desk.workspace.source, remedy=f"Months with reports: {known}")
    return found


def _bind(name: str, reports: Sequence[Report], desk: Desk, month: Month | None) -> _Bound:
    edition = replace(desk.editions[0], index=True)
    bulletins: list[tuple[Bulletin, datetime.date | None]] = []
    found: list[Finding] = []
    for report in reports:
        drafts = drafts_of_record(report, desk)
        findings = check(report, drafts, desk)
        found += open_findings(findings)
        composed = compose(
            report,
            drafts,
            open_findings(findings),
            edition=edition,
            glossary=desk.glossary,
            settings=desk.settings,
        )
        bulletins.append((composed, _date(report)))
    volume = bind(f"{name}-{edition.name}", bulletins, edition=edition, settings=desk.settings, month=month)
    return _Bound(volume, tuple(found))


def _print(bound: _Bound, desk: Desk, fail_on: str, *, as_json: bool) -> int:
    """Write what changed, and say so."""
    volume = bound.volume
    edition: Edition = volume.front.edition
    dist = desk.workspace.dist / VOLUMES / volume.front.name.removesuffix(f"-{edition.name}")
    before = read_record(dist)
    origin = hash_of(repr(volume), desk.fonts.fingerprint, desk.code_fingerprint)
    record, files = before, {}
    for suffix, typesetter in _TYPESETTERS.items():
        name = f"{volume.front.name}.{suffix}"
        if before.typeset.get(name) == origin and before.has_intact(name, dist):
            continue
        files[name] = typesetter(volume, desk.fonts)
        record = record.with_file(
            name, sha256(files[name]), origin, count_pages(files[name]) if suffix == "pdf" else None
        )
    with writing(desk.workspace, f"{VOLUMES}/{dist.name}"):
        written, faults, record = publish(files, record, read_record(dist), dist)
        record.write(dist)
    for fault in faults:
        say(f"error: {summary.fault_line(fault, desk.workspace)}")
    severity = severity_of(fail_on)
    failing = any(severity is not None and finding.severity.at_least(severity) for finding in bound.findings)
    code = exit_code_of([*(fault.exit_code for fault in faults), *([FINDINGS] if failing else [])])
    answer = _answer(bound, record, dist, desk) | {
        "exit_code": code,
        "written": [desk.workspace.shown(path) for path in written],
        "errors": [summary.fault_dict(fault, desk.workspace) for fault in faults],
    }
    if as_json:
        print_json(answer)
    else:
        for line in _lines(answer):
            click.echo(line)
    return code


def _answer(bound: _Bound, record: BuildRecord, dist: Path, desk: Desk) -> dict[str, Any]:
    front = bound.volume.front
    names = [name for name in (f"{front.name}.{suffix}" for suffix in _TYPESETTERS) if (dist / name).is_file()]
    return {
        "volume": front.name,
        "reports": [part.report for part in bound.volume.parts],
        "stamped": bool(front.stamp),
        "terms": len(front.index),
        "pages": record.pages.get(f"{front.name}.pdf"),
        "files": [desk.workspace.shown(dist / name) for name in names],
    }


def _lines(answer: dict[str, Any]) -> list[str]:
    count = len(answer["reports"])
    said = "bound" if answer["written"] else "up to date, nothing written"
    lines = [f"{answer['volume']}: {count} report{'s' * (count != 1)}, {said}"]
    lines.append(f"  pages     {answer['pages']}; {answer['terms']} terms in the index")
    if answer["stamped"]:
        lines.append("  stamped   not all is reviewed and without gaps and errors")
    return lines + [f"  file      {path}" for path in answer["files"]]
