"""bulletin build, bulletin draft."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from toolkit import summary
from toolkit.batch import build_reports
from toolkit.build import ReportResult, count_origins, draft_languages, draft_path, keep_drafts
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
)
from toolkit.desk import Desk
from toolkit.errors import BulletinError, exit_code_of, fault_of_our_own
from toolkit.languages import NAMES, TARGETS
from toolkit.report import Report, read_report
from toolkit.translation import Drafting, open_questions
from toolkit.translation.llm import Llm
from toolkit.translation.llm import estimate as estimate_cost
from toolkit.translation.xliff import read_xliff


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@engine_option
@click.option(
    "--edition", "names", multiple=True, metavar="NAME", help="Only this edition; may be given several times."
)
@fail_on_option
@as_json_option
@click.pass_obj
def build(
    start: Path, reports: tuple[str, ...], engine: str, names: tuple[str, ...], fail_on: str, as_json: bool
) -> int:
    """Draft, check and typeset reports; all of them if none is named.

    What is up to date is left alone, and nothing that a person wrote is replaced.  Which editions are made stands under
    [editions] in bulletin.toml; `bulletin editions` lists them.
    """
    began = time.monotonic()
    desk = desk_in(start, engine, names)
    folders = desk.workspace.report_folders(reports)
    desk.open()
    for line in desk.missing_models():
        say(line)

    def done(result: ReportResult) -> None:
        if not as_json:
            click.echo(summary.report_summary(result, desk.workspace))

    batch = build_reports(folders, desk, done=done, progress=say_rung)
    code = batch.exit_code(severity_of(fail_on))
    if as_json:
        print_json(summary.batch_as_dict(batch, desk.workspace, code))
    else:
        click.echo(summary.batch_summary(batch, time.monotonic() - began))
    return code


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
    written = keep_drafts(draftings.drafts, report)
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
