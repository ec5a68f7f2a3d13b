"""What the commands share: options, messages, data for machines."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from toolkit.desk import AUTO, ENGINES, Desk
from toolkit.locks import one_writer
from toolkit.quality import Severity
from toolkit.workspace import Workspace, find_workspace

EXIT_CODES = """\
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
NEVER = "never"

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print data for machines on standard output.")
engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=AUTO,
    show_default=True,
    help="Who drafts what the memory lacks: nobody (assemble), an Argos model, the server set under [llm], "
    "or whatever is there (auto).",
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 when there are findings of this severity or above.",
)


def severity_of(fail_on: str) -> Severity | None:
    """The severity that `--fail-on` names; None for `never`."""
    return None if fail_on == NEVER else Severity(fail_on)


def say(message: str) -> None:
    """A message for a person, on standard error."""
    click.echo(message, err=True)


def say_rung(rung: str, count: int) -> None:
    """Progress of the ladder, for a person who watches; nothing where standard error is not a terminal."""
    if sys.stderr.isatty():
        say(f"  asking: {rung}, {count} segment{'s' * (count != 1)}")


def writing(workspace: Workspace, report: str, *, patience: float | None = None) -> AbstractContextManager[None]:
    """Wait until no other command or build writes what belongs to a report, and keep them waiting meanwhile.

    Raises `OutputError` when that takes more than `patience` seconds (None: a minute).
    """

    def tell(holder: str) -> None:
        say(f"Waiting for {holder}, which writes “{report}”.")

    return one_writer(workspace, report, patience=patience, waiting=tell)


def print_json(value: Any) -> None:
    """Data for a machine, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def desk_in(start: Path, engine: str = AUTO, editions: tuple[str, ...] = ()) -> Desk:
    """The desk of the workspace around `start`."""
    return Desk(find_workspace(start), engine, editions)
