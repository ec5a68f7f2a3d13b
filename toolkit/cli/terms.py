"""bulletin terms: the glossary as a tool."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, fail_on_option, print_json, severity_of
from toolkit.cli.terms_editing import add, approve, deprecate, history, set_term, undo
from toolkit.cli.terms_exchange import export_terms, import_terms
from toolkit.cli.weighing import impact, suggest_terms
from toolkit.errors import DONE, FINDINGS, SettingsError
from toolkit.glossary import Term, Termbase, find_terms, read_glossary
from toolkit.glossary.store import cells_of
from toolkit.languages import NAMES
from toolkit.quality import Severity
from toolkit.quality.terms_lint import LINT_RULES, LintFinding, lint_terms
from toolkit.workspace import Workspace, find_workspace

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.group()
def terms() -> None:
    """Look up, check, change and exchange the terms in glossaries/.

    A glossary is a CSV file that people may as well edit in a spreadsheet.  What is changed here is noted in
    glossaries/terms-history.jsonl and can be taken back with `bulletin terms undo`.
    """


@terms.command(epilog=EXIT_CODES)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@fail_on_option
@click.option("--all", "show_all", is_flag=True, help="Show what is only worth knowing (info), too.")
@click.option("--list", "list_rules", is_flag=True, help="Name every rule and what it looks for.")
@as_json_option
@click.pass_obj
def lint(start: Path, files: tuple[Path, ...], fail_on: str, show_all: bool, list_rules: bool, as_json: bool) -> int:
    """Find what is wrong with the glossary: all of it at once, in broken files too.

    Looks at every FILE, or else at all of glossaries/.
    """
    if list_rules:
        return _list_rules(as_json)
    workspace = find_workspace(start)
    for path in files:
        if not path.is_file():
            raise SettingsError("is not there", path=path, remedy="Name a CSV file, or none for all of glossaries/")
    findings = lint_terms(files or workspace.glossaries)
    threshold = severity_of(fail_on)
    failed = threshold is not None and any(one.severity.at_least(threshold) for one in findings)
    code = FINDINGS if failed else DONE
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    if as_json:
        rows = [{**one.as_dict(), "path": workspace.shown(one.path)} for one in findings]
        print_json({"exit_code": code, "counts": {str(key): count for key, count in counts.items()}, "findings": rows})
        return code
    for one in findings:
        if show_all or one.severity is not Severity.INFO or threshold is Severity.INFO:
            click.echo(_line(one, workspace))
    click.echo(", ".join(f"{count} {_plural(severity, count)}" for severity, count in counts.items()))
    return code


def _line(finding: LintFinding, workspace: Workspace) -> str:
    severity = click.style(f"{finding.severity:<8}", fg=_COLORS[finding.severity])
    column = f" {finding.column}:" if finding.column else ""
    where = f"{workspace.shown(finding.path)}:{finding.line}:"
    return f"{severity}{where}{column} {finding.reason}. {finding.remedy}.  [{finding.code}]"


def _plural(severity: Severity, count: int) -> str:
    return f"{severity}{'s' * (count != 1 and severity is not Severity.INFO)}"


def _list_rules(as_json: bool) -> int:
    if as_json:
        print_json(
            [{"code": code, "severity": str(level), "description": text} for code, (level, text) in LINT_RULES.items()]
        )
        return DONE
    for code, (level, text) in LINT_RULES.items():
        click.echo(f"{code:<24} {level:<8} {text}")
    return DONE


@terms.command()
@click.argument("text")
@as_json_option
@click.pass_obj
def find(start: Path, text: str, as_json: bool) -> int:
    """Look terms up by a part of their Chinese, its pinyin, their English or their Tibetan.

    TEXT is any of these: 甘南, gannan, Gannan Pref, ཀན་ལྷོ.  The nearest come first.
    """
    found = find_terms(read_glossary(find_workspace(start).glossaries).terms, text)
    if as_json:
        rows = [{**term_dict(one.term), "found_in": one.where, "found": one.text} for one in found]
        print_json({"terms": rows})
        return DONE
    for one in found:
        answer = "" if one.text in (one.term.zh, *one.term.targets.values()) else f"  ({one.where}: {one.text})"
        click.echo(f"{one.term.zh}  {'  '.join(filter(None, one.term.targets.values()))}  {one.term.status}{answer}")
    if not found:
        click.echo(f"No term is like “{text}”.", err=True)
    return DONE


@terms.command()
@click.argument("term")
@as_json_option
@click.pass_obj
def show(start: Path, term: str, as_json: bool) -> int:
    """Show all that the glossary says of one term.  TERM is its Chinese."""
    found = Termbase(find_workspace(start).glossaries).get(term)
    if as_json:
        print_json(term_dict(found))
        return DONE
    for label, text in _said(found):
        click.echo(f"{label:<20}{text}")
    return DONE


def _said(term: Term) -> Iterable[tuple[str, str]]:
    for column, text in (*cells_of(term).items(), ("place", term.place)):
        language, _, kind = column.partition("_")
        label = f"{NAMES[language]}{f' {kind}' if kind else ''}" if language in NAMES else column
        if text:
            yield label, text


def term_dict(term: Term) -> dict[str, Any]:
    """A term for machines: the columns of its row, and where it stands."""
    return {**cells_of(term), "place": term.place}


for command in (add, set_term, approve, deprecate, undo, history, impact, suggest_terms, import_terms, export_terms):
    terms.add_command(command)
