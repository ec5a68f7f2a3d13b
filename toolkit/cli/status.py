"""bulletin status."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from toolkit.batch import LedgerRow, Planned, plan, read_ledger
from toolkit.batch.ledger import LedgerRun
from toolkit.batch.stamps import Stamps
from toolkit.cli.common import EXIT_CODES, as_json_option, print_json
from toolkit.desk import AUTO, ENGINES, Desk
from toolkit.errors import DONE
from toolkit.workspace import find_workspace

_STATES = {"done": "up to date", "failed": "failed", "stale": "to build again", "never": "never built"}


@click.command(epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option(
    "--engine", type=click.Choice(ENGINES), help="Compare with what this engine would draft.  [default: as last built]"
)
@as_json_option
@click.pass_obj
def status(start: Path, reports: tuple[str, ...], engine: str | None, as_json: bool) -> int:
    """How the reports stand: up to date, failed, to build again, never built; and the last run.

    Whether a report is up to date is told by its files; when it was built, by whom and how it failed by the ledger.
    """
    workspace = find_workspace(start)
    with contextlib.closing(read_ledger(workspace)) as ledger:
        stamps = Stamps(ledger)
        rows, run = ledger.rows(), ledger.last_run()
        desk = Desk(workspace, engine or (run.engine if run else AUTO), (), stamps.digest)
        folders = workspace.report_folders(reports)
        planned = list(plan(folders, desk, rows, stamps.digest, looks_closer=True))
    counts = Counter(one.state for one in planned)
    if as_json:
        told = [_as_dict(one, rows.get(one.name)) for one in planned]
        print_json(
            {
                "exit_code": DONE,
                "counts": {state: counts[state] for state in _STATES},  # type: ignore[index]
                "last_run": asdict(run) if run else None,
                "reports": told,
            }
        )
        return DONE
    for one in planned:
        if one.state != "done" or reports:
            click.echo("\n".join(_lines(one, rows.get(one.name))))
    told_counts = ", ".join(f"{counts[state]} {words}" for state, words in _STATES.items())  # type: ignore[index]
    click.echo(f"{len(planned)} reports: {told_counts}.")
    click.echo(_run_line(run))
    return DONE


def _lines(one: Planned, row: LedgerRow | None) -> list[str]:
    lines = [f"{one.name}: {_STATES[one.state]}", *(f"  {reason}" for reason in one.reasons)]
    if row is not None:
        lines.append(f"  last worked on {row.at}{_by(row.person, row.host)}: {row.result}")
    return lines


def _run_line(run: LedgerRun | None) -> str:
    if run is None:
        return "The ledger knows of no run."
    how = f"ended {run.ended}: {run.outcome}" if run.ended else "has not ended, or was killed"
    what = f"{run.asked} to build, {run.executor}, engine {run.engine}"
    return f"The last run began {run.began}{_by(run.person, run.host)} ({what}); {how}."


def _by(person: str, host: str) -> str:
    return f" by {person} on {host}" if person else f" on {host}"


def _as_dict(one: Planned, row: LedgerRow | None) -> dict[str, Any]:
    return {
        "report": one.name,
        "state": one.state,
        "reasons": list(one.reasons),
        "last": asdict(row) if row is not None else None,
    }
