"""bulletin check, bulletin dismiss."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from toolkit import summary
from toolkit.build import check as check_report_and_drafts
from toolkit.build import dismissals_path, draft_languages, draft_path
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
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, BulletinError, OutputError, SettingsError, exit_code_of, fault_of_our_own
from toolkit.files import write_whole
from toolkit.languages import NAMES
from toolkit.quality import (
    CHECKS,
    Finding,
    Locator,
    ReportLocator,
    Severity,
    count_by_severity,
    finding_dict,
    open_findings,
    sarif_bytes,
    unit_lines,
)
from toolkit.quality import (
    dismiss as write_dismissal,
)
from toolkit.report import Report, read_report
from toolkit.translation import Assemble

_BEGINNING = 400  # bytes, in which a SARIF file names its schema
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@fail_on_option
@click.option("--only", multiple=True, metavar="CHECK", help="Show this check only; may be given several times.")
@click.option("--sarif", type=click.Path(path_type=Path), help="Write the findings as SARIF 2.1.0 to this file.")
@click.option("--list", "list_checks", is_flag=True, help="Name every check and what it looks for.")
@as_json_option
@click.pass_obj
def check(
    start: Path,
    reports: tuple[str, ...],
    fail_on: str,
    only: tuple[str, ...],
    sarif: Path | None,
    list_checks: bool,
    as_json: bool,
) -> int:
    """Check the drafts of reports as they stand: terms, figures, names, Tibetan spelling and much more.

    Nothing is drafted by an engine, typeset or changed.  Each finding has an id: when you have looked at one and it
    may stay, say why with `bulletin dismiss`.
    """
    if list_checks:
        return _list_checks(as_json)
    for name in only:
        if name not in CHECKS:
            raise SettingsError(f"there is no check “{name}”", remedy="See bulletin check --list")
    desk = desk_in(start, Assemble.name)
    desk.open()
    found: list[tuple[Report, tuple[Finding, ...]]] = []
    unread: list[dict[str, Any]] = []
    codes: list[int] = []
    for folder in desk.workspace.report_folders(reports):
        try:
            report, findings = _findings_of(folder, desk)
        except Exception as unforeseen:
            fault = unforeseen if isinstance(unforeseen, BulletinError) else fault_of_our_own(unforeseen, folder)
            say(f"error: {summary.fault_line(fault, desk.workspace)}")
            codes.append(fault.exit_code)
            unread.append({"report": folder.name, "errors": [summary.fault_dict(fault, desk.workspace)]})
            continue
        found.append((report, tuple(one for one in findings if not only or one.check in only)))
    threshold = severity_of(fail_on)
    if threshold and any(one.severity.at_least(threshold) for _, findings in found for one in open_findings(findings)):
        codes.append(FINDINGS)
    if sarif is not None:
        _refuse_to_overwrite(sarif)
        write_whole(sarif, sarif_bytes([(report.name, findings, _locator(report, desk)) for report, findings in found]))
        say(f"wrote {sarif}")
    if as_json:
        print_json({"exit_code": exit_code_of(codes), "reports": [*(_as_dict(*one) for one in found), *unread]})
    else:
        for report, findings in found:
            click.echo("\n".join(_lines(report, findings)))
    return exit_code_of(codes)


@click.command(epilog=EXIT_CODES)
@click.argument("report")
@click.argument("findings", nargs=-1, required=True, metavar="FINDING...")
@click.option("--reason", required=True, help="Why it may stay as it is.")
@click.option("--by", required=True, help="Your name.")
@click.pass_obj
def dismiss(start: Path, report: str, findings: tuple[str, ...], reason: str, by: str) -> int:
    """Let findings of REPORT be, with a reason and a name; FINDING is the id that `bulletin check` shows.

    The dismissal is a row in dismissed.csv beside the report: delete the row to take it back.  It holds until the
    text it speaks of changes.
    """
    desk = desk_in(start, Assemble.name)
    (folder,) = desk.workspace.report_folders((report,))
    source, known = _findings_of(folder, desk)
    by_id = {one.id: one for one in known}
    unknown = [name for name in findings if name not in by_id]
    if unknown:
        raise SettingsError(f"{source.name} has no finding {', '.join(unknown)}", remedy=f"See bulletin check {report}")
    for name in findings:
        if not CHECKS[by_id[name].check].may_be_dismissed:
            reason = f"“{by_id[name].check}” tells a state of affairs and cannot be dismissed"
            raise SettingsError(reason, remedy="It goes away when that does; nothing was dismissed")
    with writing(desk.workspace, source.name):
        for name in findings:
            write_dismissal(dismissals_path(source), by_id[name], reason=reason, by=by, today=datetime.date.today())
            click.echo(f"dismissed {name}: {by_id[name].reason}")
    click.echo(f"noted in {desk.workspace.shown(dismissals_path(source))}; delete the row to take it back")
    return DONE


def _refuse_to_overwrite(sarif: Path) -> None:
    if sarif.is_file() and sarif.stat().st_size and b"sarif" not in sarif.read_bytes()[:_BEGINNING]:
        raise OutputError("is there already and is no SARIF", path=sarif, remedy="Name another file for --sarif")


def _findings_of(folder: Path, desk: Desk) -> tuple[Report, tuple[Finding, ...]]:
    report = read_report(folder)
    return report, check_report_and_drafts(report, draft_languages(report, desk).drafts, desk)


def _locator(report: Report, desk: Desk) -> Locator:
    lines = {language: unit_lines(path) for language in NAMES if (path := draft_path(report, language)).exists()}
    return ReportLocator(report, desk.workspace.shown(report.path.parent), lines)


def _lines(report: Report, findings: tuple[Finding, ...]) -> Iterator[str]:
    """The findings by segment in reading order, what concerns the whole report last; then the counts."""
    texts = {segment.id: segment.text for segment in report.segments}
    shown = open_findings(findings)
    yield click.style(report.name, bold=True)
    for segment_id in (*texts, ""):
        mine = [
            one for one in shown if one.segment_id == segment_id or (not segment_id and one.segment_id not in texts)
        ]
        if not mine:
            continue
        yield ""
        yield f"  {segment_id}  {texts[segment_id]}" if segment_id else "  the report as a whole"
        for one in mine:
            severity = click.style(f"{one.severity:<8}", fg=_COLORS[one.severity])
            language = f"{NAMES[one.language]}: " if one.language else ""
            yield f"    {severity}{one.id}  {one.check}: {language}{one.reason}"
    dismissed = len(findings) - len(shown)
    counts = ", ".join(
        f"{count} {severity}{'s' * (count != 1 and severity is not Severity.INFO)}"
        for severity, count in count_by_severity(findings).items()
    )
    yield ""
    yield f"  {counts}" + (f"; {dismissed} dismissed" if dismissed else "")


def _as_dict(report: Report, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "report": report.name,
        "counts": {str(severity): count for severity, count in count_by_severity(findings).items()},
        "findings": [finding_dict(one) for one in findings],
    }


def _list_checks(as_json: bool) -> int:
    if as_json:
        print_json(
            [
                {"id": one.id, "severity": str(one.severity), "name": one.name, "description": one.description}
                for one in CHECKS.values()
            ]
        )
        return DONE
    for one in CHECKS.values():
        click.echo(f"{one.id:<24} {one.severity:<8} {one.description}")
    return DONE
