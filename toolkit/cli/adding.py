"""bulletin add: a report from anywhere."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from toolkit import summary
from toolkit.cli.common import EXIT_CODES, as_json_option, print_json, say
from toolkit.errors import BulletinError, SettingsError, exit_code_of, fault_of_our_own
from toolkit.report import Report, Role
from toolkit.report.intake import TakenIn, other_encoding, take_in
from toolkit.textfile import ENCODINGS
from toolkit.workspace import Workspace, find_workspace

_NAMES = {Role.PROTOCOL: "list of officials", Role.ITEM: "list item", Role.CELL: "table cell"}


@click.command("add", epilog=EXIT_CODES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What the report is called here; else it goes by its file.")
@click.option(
    "--encoding",
    metavar="ENCODING",
    help=f"What a text is in that is not UTF-8: {', '.join(name for name in ENCODINGS if name != 'utf-8')}.",
)
@as_json_option
@click.pass_obj
def add(start: Path, files: tuple[Path, ...], name: str | None, encoding: str | None, as_json: bool) -> int:
    """Take reports into the workspace, one folder of source/ each.

    FILE is a Word file (.docx), Markdown (.md), a web page (.html) or text (.txt).  It is copied byte for byte, and
    gets a report.toml beside it in which you can say what it does not: dates, captions, errors to mend.  Then
    `bulletin build NAME` makes its bulletins.
    """
    if name is not None and len(files) > 1:
        raise SettingsError("--name is for one FILE", remedy="Add the others one by one")
    workspace = find_workspace(start)
    codes: list[int] = []
    answers: list[dict[str, Any]] = []
    for file in files:
        try:
            chosen = encoding if encoding is not None or as_json else _asked_encoding(file)
            taken = take_in(workspace, file, name=name, encoding=chosen)
        except Exception as unforeseen:
            fault = unforeseen if isinstance(unforeseen, BulletinError) else fault_of_our_own(unforeseen, file)
            say(f"error: {summary.fault_line(fault, workspace)}")
            codes.append(fault.exit_code)
            answers.append({"file": str(file), "errors": [summary.fault_dict(fault, workspace)]})
            continue
        answers.append(_as_dict(taken, workspace))
        if not as_json:
            _tell(taken, workspace)
    if as_json:
        print_json({"exit_code": exit_code_of(codes), "reports": answers})
    return exit_code_of(codes)


def _asked_encoding(file: Path) -> str | None:
    """What a person at a terminal says to a text that is not UTF-8; None where there is nobody to ask."""
    if not _is_terminal():
        return None
    other = other_encoding(file)
    if other is None or not click.confirm(
        f"{file.name}: it reads as {other.usual_name}: {other.beginning}. Take it so?", default=True, err=True
    ):
        return None
    return other.name


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _tell(taken: TakenIn, workspace: Workspace) -> None:
    report = taken.report
    for path in taken.files:
        click.echo(f"made {workspace.shown(path)}")
    click.echo(f"  {report.title}")
    click.echo(f"  {', '.join(_counted(report))}; {len(report.segments)} segments to translate")
    if any(block.guessed for block in report.blocks):
        click.echo(f"  Some roles are guessed: look at them in {workspace.shown(taken.files[-1])}")
    click.echo(f"Next: bulletin build {report.name}")


def _counted(report: Report) -> list[str]:
    """The blocks by role: “1 title”, “12 paragraphs”."""
    counts = Counter(block.role for block in report.blocks)
    named = {role: _NAMES.get(role, role.value) for role in Role}
    named |= {role: f"{name}s" for role, name in named.items() if counts[role] != 1}
    named |= {Role.PROTOCOL: "lists of officials"} if counts[Role.PROTOCOL] > 1 else {}
    return [f"{counts[role]} {named[role]}" for role in Role if counts[role]]


def _as_dict(taken: TakenIn, workspace: Workspace) -> dict[str, Any]:
    counts = Counter(str(block.role) for block in taken.report.blocks)
    return {
        "report": taken.report.name,
        "title": taken.report.title,
        "files": [workspace.shown(path) for path in taken.files],
        "encoding": taken.encoding or "utf-8",
        "blocks": dict(counts),
        "guessed": sum(block.guessed for block in taken.report.blocks),
        "segments": len(taken.report.segments),
        "pictures": sum(bool(block.picture) for block in taken.report.blocks),
    }
