"""bulletin doctor, bulletin init, bulletin completion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from toolkit import doctor, starter
from toolkit.cli.common import as_json_option, desk_in, print_json
from toolkit.errors import DONE, SettingsError


@click.command("doctor")
@as_json_option
@click.pass_obj
def run_doctor(start: Path, as_json: bool) -> int:
    """Show fonts, models, versions and the workspace: what is missing, and how to get it."""
    found = doctor.examine(desk_in(start))
    if as_json:
        print_json({"diagnoses": doctor.as_dicts(found)})
    else:
        for one in found:
            click.echo(f"{'  ' if one.ok else '! '}{one.area:<10} {one.what}")
    return DONE


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init(folder: Path) -> int:
    """Make a new workspace in FOLDER (here, if none is named).  What is there is left alone."""
    workspace, made = starter.start_workspace(folder)
    for path in made:
        click.echo(f"made {workspace.shown(path)}")
    click.echo("Ready. Next: bulletin add FILE (.docx, .md, .html or .txt), then: bulletin build")
    return DONE


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the completion script for a SHELL:  eval "$(bulletin completion bash)"."""
    from click.shell_completion import get_completion_class

    script: Callable[..., Any] | None = get_completion_class(shell)
    if script is None:
        raise SettingsError(f"there is no completion for {shell}", remedy="Use bash, zsh or fish")
    click.echo(script(context.find_root().command, {}, "bulletin", "_BULLETIN_COMPLETE").source())
    return DONE
