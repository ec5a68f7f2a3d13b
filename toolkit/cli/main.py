"""The command's entry: its groups, and faults turned into exit codes."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import click

import toolkit
from toolkit.cli.accepting import accept_files
from toolkit.cli.adding import add
from toolkit.cli.aligning import align
from toolkit.cli.binding import bind_volume
from toolkit.cli.bringing_in import import_draft
from toolkit.cli.building import build, draft
from toolkit.cli.checking import check, dismiss
from toolkit.cli.common import EXIT_CODES, print_json, say
from toolkit.cli.editions import editions
from toolkit.cli.exporting import export
from toolkit.cli.fonts import fonts
from toolkit.cli.house import completion, init, run_doctor
from toolkit.cli.interruption import STOPPED
from toolkit.cli.measuring import evaluate
from toolkit.cli.models import models
from toolkit.cli.releasing import release
from toolkit.cli.remembering import memory
from toolkit.cli.review_page import review
from toolkit.cli.reviewing import show_history, sign_segments, undo_act
from toolkit.cli.status import status
from toolkit.cli.terms import terms
from toolkit.cli.watching import watch
from toolkit.errors import DONE, INTERRUPTED, BulletinError, fault_of_our_own
from toolkit.translation.shared import THREAD_NAME


def main() -> None:
    """Run the command and exit with a documented code; errors are messages, never tracebacks."""
    try:
        code = cli.main(standalone_mode=False)
    except BulletinError as fault:
        code = _tell(fault)
    except click.ClickException as usage:
        usage.show()
        code = usage.exit_code
    except (KeyboardInterrupt, click.Abort):
        say(f"\n{STOPPED}")
        code = INTERRUPTED
        _do_not_wait_for_models()
    except Exception as unforeseen:
        code = _tell(fault_of_our_own(unforeseen, "bulletin"))
    sys.exit(code if isinstance(code, int) else DONE)


def _do_not_wait_for_models() -> None:
    """End now when a model still computes: nothing can interrupt it, and Python would end under its feet."""
    if any(thread.name.startswith(THREAD_NAME) for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)


def _tell(fault: BulletinError) -> int:
    say(f"error: {fault}")
    if "--json" in sys.argv:
        error = {"exit_code": fault.exit_code, "message": str(fault)}
        print_json({"exit_code": fault.exit_code, "errors": [error]})
    return fault.exit_code


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(toolkit.__version__, prog_name="bulletin")
@click.option(
    "-C", "--workspace", "start", type=click.Path(path_type=Path), default=Path(), help="Work in this folder, not here."
)
@click.pass_context
def cli(context: click.Context, start: Path) -> None:
    """One Chinese report in, English and Tibetan bulletins out: PDF to print, DOCX to edit.

    \b
    A workspace has three folders:
      source/REPORT/   report.txt (or .docx, .md, .html), report.toml, the drafts en.xlf, bo.xlf
      glossaries/      terms (*.csv) and translation memories (*.tmx)
      dist/REPORT/     what was built; can be thrown away and made again
    """
    context.obj = start


COMMANDS = (
    *(add, build, status, watch, bind_volume, draft, align, import_draft, check, dismiss),
    *(export, review, accept_files, sign_segments, show_history, undo_act, release),
    *(terms, memory),
    *(editions, fonts, evaluate, models, run_doctor, init, completion),
)
for command in COMMANDS:
    cli.add_command(command)
