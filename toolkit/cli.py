"""The command `bulletin`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import toolkit
from toolkit import doctor, starter, summary
from toolkit.batch import build_reports
from toolkit.build import ReportResult, count_origins, draft_languages, keep_drafts
from toolkit.desk import AUTO, ENGINES, Desk
from toolkit.errors import DONE, INTERRUPTED, BulletinError, SettingsError, exit_code_of
from toolkit.languages import NAMES
from toolkit.quality import Severity
from toolkit.report import read_report
from toolkit.translation.models import ModelPackage, install_file, install_pair, installed_models, remove
from toolkit.workspace import Workspace, find_workspace

_EXIT_CODES = """\
\b
Exit codes:
  0    done
  1    findings at or above --fail-on
  2    bad usage or settings
  3    a source could not be read
  4    an engine asked for by name is missing or failed
  5    an output could not be written
  130  interrupted
Several causes: 5 before 4 before 3 before 2 before 1.
"""
_NEVER = "never"
_as_json = click.option("--json", "as_json", is_flag=True, help="Print data for machines on standard output.")
_engine = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=AUTO,
    show_default=True,
    help="Who drafts what the memory lacks: nobody (assemble), an Argos model, or whatever is installed (auto).",
)


def main() -> None:
    """Run the command and exit with a documented code; errors are messages, never tracebacks."""
    try:
        code = cli.main(standalone_mode=False)
    except BulletinError as fault:
        say(f"error: {fault}")
        if "--json" in sys.argv:
            _print_json(
                {"exit_code": fault.exit_code, "errors": [{"exit_code": fault.exit_code, "message": str(fault)}]}
            )
        code = fault.exit_code
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("\nStopped. Every file written so far is whole; run the command again to go on.")
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else DONE)


def say(message: str) -> None:
    """A message for a person, on standard error."""
    click.echo(message, err=True)


@click.group(epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(toolkit.__version__, prog_name="bulletin")
@click.option(
    "-C", "--workspace", "start", type=click.Path(path_type=Path), default=Path(), help="Work in this folder, not here."
)
@click.pass_context
def cli(context: click.Context, start: Path) -> None:
    """One Chinese report in, English and Tibetan bulletins out: PDF to print, DOCX to edit.

    \b
    A workspace has three folders:
      source/REPORT/   report.txt, report.toml and the drafts en.xlf, bo.xlf
      glossaries/      terms (*.csv) and translation memories (*.tmx)
      dist/REPORT/     what was built; can be thrown away and made again
    """
    context.obj = start


@cli.command(epilog=_EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@_engine
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), _NEVER]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 when there are findings of this severity or above.",
)
@_as_json
@click.pass_obj
def build(start: Path, reports: tuple[str, ...], engine: str, fail_on: str, as_json: bool) -> int:
    """Draft, check and typeset reports; all of them if none is named.

    What is up to date is left alone, and nothing that a person wrote is replaced.
    """
    began = time.monotonic()
    desk = _desk(start, engine)
    folders = desk.workspace.report_folders(reports)
    desk.open()
    for line in desk.missing_models():
        say(line)

    def done(result: ReportResult) -> None:
        if not as_json:
            click.echo(summary.report_summary(result, desk.workspace))

    batch = build_reports(folders, desk, done=done)
    code = batch.exit_code(None if fail_on == _NEVER else Severity(fail_on))
    if as_json:
        _print_json(summary.batch_as_dict(batch, desk.workspace, code))
    else:
        click.echo(summary.batch_summary(batch, time.monotonic() - began))
    return code


@cli.command(epilog=_EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@_engine
@_as_json
@click.pass_obj
def draft(start: Path, reports: tuple[str, ...], engine: str, as_json: bool) -> int:
    """Draft reports into en.xlf and bo.xlf beside them, and typeset nothing."""
    desk = _desk(start, engine)
    desk.open()
    for line in desk.missing_models():
        say(line)
    answers: list[dict[str, Any]] = []
    codes = []
    for folder in desk.workspace.report_folders(reports):
        try:
            report = read_report(folder)
            draftings, messages = draft_languages(report, desk)
            drafts = {language: drafting.draft for language, drafting in draftings.items()}
            written = keep_drafts(drafts, report)
        except BulletinError as fault:
            say(f"error: {summary.fault_line(fault, desk.workspace)}")
            codes.append(fault.exit_code)
            continue
        for message in messages:
            say(message)
        counts = {language: dict(count_origins(one)) for language, one in drafts.items()}
        answers.append(
            {"report": report.name, "segments": counts, "written": [desk.workspace.shown(path) for path in written]}
        )
        if not as_json:
            for language, count in counts.items():
                gaps = count.get("gap", 0)
                click.echo(f"{report.name} {NAMES[language]}: {count['total'] - gaps} of {count['total']} drafted")
    if as_json:
        _print_json({"reports": answers})
    return exit_code_of(codes)


@cli.group()
def models() -> None:
    """Model packages of Argos Translate: list, install, remove."""


@models.command("list")
@_as_json
def list_models(as_json: bool) -> int:
    """Show the installed packages."""
    installed = installed_models()
    if as_json:
        _print_json({"packages": [_package_dict(one) for one in installed.packages], "problems": installed.problems})
        return DONE
    for package in installed.packages:
        click.echo(f"{package.from_code} → {package.to_code}  {package.version}  {package.folder}")
    for problem in installed.problems:
        say(problem)
    if not installed.packages:
        say("No package is installed. Install one: bulletin models install FILE.argosmodel, or: … install zh en")
    return DONE


@models.command("install", epilog="The second form uses the network; nothing else in the toolkit does by itself.")
@click.argument("what", nargs=-1, required=True, metavar="FILE | FROM TO")
def install_model(what: tuple[str, ...]) -> int:
    """Install a package from an .argosmodel FILE, or for a pair of languages from the Argos index (zh en)."""
    if len(what) == 1:
        package = install_file(Path(what[0]))
    elif len(what) == 2:
        package = install_pair(what[0], what[1])
    else:
        raise SettingsError("one file or two languages are expected", remedy="See bulletin models install --help")
    click.echo(f"Installed {package.from_code} → {package.to_code} {package.version}")
    return DONE


@models.command("remove")
@click.argument("from_code", metavar="FROM")
@click.argument("to_code", metavar="TO")
def remove_model(from_code: str, to_code: str) -> int:
    """Delete the newest installed package for a pair of languages."""
    package = installed_models().for_pair(from_code, to_code)
    if package is None:
        raise SettingsError(f"no package {from_code} → {to_code} is installed", remedy="See bulletin models list")
    remove(package)
    click.echo(f"Removed {package.from_code} → {package.to_code} {package.version}")
    return DONE


@cli.command("doctor")
@_as_json
@click.pass_obj
def run_doctor(start: Path, as_json: bool) -> int:
    """Show fonts, models, versions and the workspace: what is missing, and how to get it."""
    found = doctor.examine(Desk(find_workspace(start)))
    if as_json:
        _print_json({"diagnoses": doctor.as_dicts(found)})
    else:
        for one in found:
            click.echo(f"{'  ' if one.ok else '! '}{one.area:<10} {one.what}")
    return DONE


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init(folder: Path) -> int:
    """Make a new workspace in FOLDER (here, if none is named).  What is there is left alone."""
    workspace, made = starter.start_workspace(folder)
    for path in made:
        click.echo(f"made {workspace.shown(path)}")
    click.echo(f"Ready. Next: put a report into {workspace.source}/NAME/report.txt, then: bulletin build")
    return DONE


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script for a SHELL:  eval "$(bulletin completion bash)"."""
    from click.shell_completion import get_completion_class

    script: Callable[..., Any] | None = get_completion_class(shell)
    if script is None:
        raise SettingsError(f"there is no completion for {shell}", remedy="Use bash, zsh or fish")
    click.echo(script(cli, {}, "bulletin", "_BULLETIN_COMPLETE").source())
    return DONE


def _desk(start: Path, engine: str) -> Desk:
    workspace: Workspace = find_workspace(start)
    return Desk(workspace, engine)


def _package_dict(package: ModelPackage) -> dict[str, str]:
    return {
        "from": package.from_code,
        "to": package.to_code,
        "version": package.version,
        "folder": str(package.folder),
    }


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
