"""bulletin build, bulletin draft."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from toolkit import locks, summary
from toolkit.batch import (
    AUTO,
    EXECUTORS,
    ExecutorOptions,
    Planned,
    build_planned,
    make_executor,
    one_build,
    open_ledger,
    plan,
    read_ledger,
)
from toolkit.batch.build import only_failed
from toolkit.batch.plan import in_order_of_work
from toolkit.batch.stamps import Stamps
from toolkit.build import count_origins, draft_languages, draft_path, keep_drafts
from toolkit.bulletin.editions import chosen
from toolkit.cli.common import (
    EXIT_CODES,
    as_json_option,
    desk_in,
    engine_option,
    fail_on_option,
    print_json,
    say,
    say_rung,
    severity_of,
    writing,
)
from toolkit.cli.telling import Telling
from toolkit.desk import Desk
from toolkit.errors import DONE, BulletinError, exit_code_of, fault_of_our_own
from toolkit.languages import NAMES, TARGETS
from toolkit.leftovers import prune as prune_report
from toolkit.report import Report, read_report
from toolkit.tomlfile import read_toml
from toolkit.translation import Drafting, open_questions
from toolkit.translation.llm import Llm
from toolkit.translation.llm import estimate as estimate_cost
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace, find_workspace

_MOST_JOBS = 512


class Jobs(click.IntRange):
    """A number of processes, or `auto`: as many as there are cores."""

    def __init__(self) -> None:
        super().__init__(1, _MOST_JOBS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; 0 for `auto`."""
        return 0 if value == AUTO else super().convert(value, param, ctx)


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@engine_option
@click.option(
    "--edition", "names", multiple=True, metavar="NAME", help="Only this edition; may be given several times."
)
@click.option("--jobs", type=Jobs(), default=AUTO, show_default=True, help="How many processes work at once.")
@click.option(
    "--executor",
    type=click.Choice(EXECUTORS),
    default=AUTO,
    show_default=True,
    help="Who works: this process (serial), processes on this machine (pool), a Dask cluster (dask), or what pays.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="A running Dask scheduler, tcp://host:port.")
@click.option(
    "--scheduler-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The file a running Dask scheduler wrote its address into.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done and why; do nothing.")
@click.option("--retry-failed", is_flag=True, help="Only the reports that failed last time.")
@click.option(
    "--prune", is_flag=True, help="Delete bulletins of editions that are no longer made; never what someone changed."
)
@click.option("--wait", is_flag=True, help="Wait while another build works in this workspace.")
@fail_on_option
@as_json_option
@click.pass_obj
def build(
    start: Path,
    reports: tuple[str, ...],
    engine: str,
    names: tuple[str, ...],
    jobs: int,
    executor: str,
    scheduler: str,
    scheduler_file: Path | None,
    dry_run: bool,
    retry_failed: bool,
    prune: bool,
    wait: bool,
    fail_on: str,
    as_json: bool,
) -> int:
    """Draft, check and typeset reports; all of them if none is named.

    What is up to date is left alone, and nothing that a person wrote is replaced.  Which editions are made stands under
    [editions] in bulletin.toml; `bulletin editions` lists them.

    Many reports are worked on by several processes, or by a Dask cluster whose workers see this folder under the same
    path; one that fails does not stop the others.  A build that was stopped goes on where it was: run it again.
    `bulletin status` tells how the reports stand.

    Bulletins of editions that were taken off the list stay in dist and are named; --prune deletes them.
    """
    began = time.monotonic()
    workspace = find_workspace(start)
    options = ExecutorOptions(executor, jobs, scheduler, scheduler_file)
    if dry_run:
        ledger = read_ledger(workspace)
        stamps = Stamps(ledger)
        desk = Desk(workspace, engine, names, stamps.digest)
        desk.open()
        rows = ledger.rows()
        planned = list(plan(workspace.report_folders(reports), desk, rows, stamps.digest, looks_closer=True))
        return _tell_plan(only_failed(planned) if retry_failed else planned, as_json)
    folders = workspace.report_folders(reports)
    with contextlib.ExitStack() as stack:
        desk = Desk(workspace, engine, names)
        desk.open()
        stack.enter_context(one_build(workspace, wait=wait, waiting=_say_who))
        ledger = stack.enter_context(contextlib.closing(open_ledger(workspace)))
        stamps = Stamps(ledger, ledger.keep_stamps)
        desk = Desk(workspace, engine, names, stamps.digest)
        desk.open()
        for line in desk.missing_models():
            say(line)
        planned = list(plan(folders, desk, ledger.rows(), stamps.digest))
        if retry_failed:
            planned = only_failed(planned)
        todo = sum(one.state != "done" for one in planned)
        stamps.keep()
        worker = stack.enter_context(make_executor(options, desk, todo))
        kept = _editions_kept(desk)
        told = stack.enter_context(Telling(desk.workspace, len(planned), kept, as_json=as_json))
        batch = build_planned(planned, desk, worker, ledger, tell=told.report, stamps=stamps)
        if ledger.is_lossy:
            say("The ledger could not be written; the bulletins do not need it, bulletin status does.")
        code = batch.exit_code(severity_of(fail_on))
        if prune:
            code = exit_code_of([code, *_prune(told.with_old_files, kept, desk.workspace, told)])
        told.end(batch, code, time.monotonic() - began)
    return code


def _editions_kept(desk: Desk) -> frozenset[str]:
    """The editions whose bulletins stand in dist by right: those on the list, and those asked for now."""
    listed = chosen(desk.all_editions, read_toml(desk.workspace.settings_file))
    return frozenset(edition.name for edition in (*listed, *desk.editions))


def _prune(names: Sequence[str], editions: frozenset[str], workspace: Workspace, told: Telling) -> Iterator[int]:
    """Delete the old bulletins of these reports; yields the exit codes of what went wrong."""
    for name in names:
        try:
            with writing(workspace, name):
                told.pruned(name, prune_report(workspace.dist / name, name, editions))
        except BulletinError as fault:
            say(f"error: {summary.fault_line(fault, workspace)}")
            yield fault.exit_code


def _say_who(holder: str) -> None:
    say(f"Waiting for {holder}, which builds in this workspace.")


def _tell_plan(planned: list[Planned], as_json: bool) -> int:
    """What would be done and why, in the order it would be done in."""
    todo = in_order_of_work(planned)
    if as_json:
        rows = [{"report": one.name, "state": one.state, "reasons": list(one.reasons)} for one in planned]
        print_json({"exit_code": DONE, "to_do": [one.name for one in todo], "reports": rows})
        return DONE
    for one in todo:
        click.echo(f"{one.name}: {one.state}")
        for reason in one.reasons:
            click.echo(f"  {reason}")
    click.echo(f"{len(planned)} reports: {len(todo)} to build, {len(planned) - len(todo)} up to date.")
    return DONE


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@engine_option
@click.option("--estimate", is_flag=True, help="Say what the server would be asked and what that costs; ask nothing.")
@as_json_option
@click.pass_obj
def draft(start: Path, reports: tuple[str, ...], engine: str, estimate: bool, as_json: bool) -> int:
    """Draft reports into en.xlf and bo.xlf beside them, and typeset nothing.

    Memory and glossary come first; what they leave goes to the engine, up a ladder of ways to have every term, figure
    and name right.  Each segment says which rung its text came from.
    """
    desk = desk_in(start, engine)
    desk.open()
    for line in desk.missing_models():
        say(line)
    answers: list[dict[str, Any]] = []
    codes: list[int] = []
    for folder in desk.workspace.report_folders(reports):
        try:
            report = read_report(folder)
            answer = _estimate(report, desk) if estimate else _draft(report, desk, codes)
        except Exception as unforeseen:
            fault = unforeseen if isinstance(unforeseen, BulletinError) else fault_of_our_own(unforeseen, folder)
            say(f"error: {summary.fault_line(fault, desk.workspace)}")
            codes.append(fault.exit_code)
            answers.append({"report": folder.name, "errors": [summary.fault_dict(fault, desk.workspace)]})
            continue
        answers.append(answer)
        if not as_json:
            for line in (_estimate_lines if estimate else _draft_lines)(answer):
                click.echo(line)
    if as_json:
        print_json({"exit_code": exit_code_of(codes), "reports": answers})
    return exit_code_of(codes)


def _draft(report: Report, desk: Desk, codes: list[int]) -> dict[str, Any]:
    draftings = draft_languages(report, desk, say_rung)
    with writing(desk.workspace, report.name, patience=locks.PATIENCE_WITH_A_DRAFT):
        written = keep_drafts(draftings.drafts, report, draftings)
    for message in draftings.messages:
        say(message)
    for error in draftings.errors:
        say(f"error: {summary.fault_line(error, desk.workspace)}")
        codes.append(error.exit_code)
    return {
        "report": report.name,
        "segments": {language: dict(count_origins(one)) for language, one in draftings.drafts.items()},
        "rungs": {language: _rungs(one) for language, one in draftings.by_language.items() if one.costs},
        "written": [desk.workspace.shown(path) for path in written],
        "errors": [summary.fault_dict(error, desk.workspace) for error in draftings.errors],
    }


def _rungs(drafting: Drafting) -> list[dict[str, Any]]:
    return [
        {
            "rung": cost.rung,
            "questions": cost.usage.questions,
            "tokens_in": cost.usage.tokens_in,
            "tokens_out": cost.usage.tokens_out,
            "retries": cost.usage.retries,
            "cost": cost.usage.cost,
            "still_open": cost.still_open,
        }
        for cost in drafting.costs
    ]


def _draft_lines(answer: dict[str, Any]) -> Iterator[str]:
    for language, count in answer["segments"].items():
        gaps = count.get("gap", 0)
        yield f"{answer['report']} {NAMES[language]}: {count['total'] - gaps} of {count['total']} drafted"
        rungs = answer["rungs"].get(language, [])
        for one in rungs:
            price = f", cost {one['cost']:.4f}" if one["cost"] else ""
            tokens = f"{one['tokens_in']:,} + {one['tokens_out']:,} tokens"
            left = f"{one['still_open']} left to settle"
            yield f"  {one['rung']:<17} {one['questions']:>5} asked, {tokens}{price}; {left}"


def _estimate(report: Report, desk: Desk) -> dict[str, Any]:
    """What each engine would be asked first; tokens and cost for a server, whose prices the settings may hold."""
    languages = {}
    for language in TARGETS:
        engine = desk.engine_for(language)
        if engine is None:
            continue
        path = draft_path(report, language)
        previous = read_xliff(path, language) if path.exists() else None
        questions = open_questions(report, language, desk.sources, engine=engine, previous=previous)
        languages[language] = {"engine": engine.identity(language), "segments": len(questions)}
        if engine.name == Llm.name and desk.llm_settings is not None:
            languages[language] |= asdict(estimate_cost(questions, language, desk.llm_settings))
    return {"report": report.name, "languages": languages}


def _estimate_lines(answer: dict[str, Any]) -> Iterator[str]:
    for language, one in answer["languages"].items():
        line = f"{answer['report']} {NAMES[language]}: {one['segments']} segments for {one['engine']}"
        if "requests" in one:
            tokens = f"about {one['tokens_in']:,} tokens in and {one['tokens_out']:,} out"
            price = f", cost about {one['cost']:.4f}" if one["cost"] else ""
            line += f": {one['requests']} requests, {tokens}{price}; asking again comes on top"
        yield line
