"""bulletin watch: what a saved file touches is built again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from toolkit import summary
from toolkit.batch import build_reports
from toolkit.bulletin.themes import FOLDER as THEMES
from toolkit.cli.common import EXIT_CODES, desk_in, engine_option, say
from toolkit.errors import DONE, BulletinError
from toolkit.workspace import Workspace

_WAIT = 400  # ms after the last change: editors save in several steps
_NOT_OURS = (".part", "~", ".swp", ".tmp")


@click.command("watch", epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@engine_option
@click.option(
    "--edition", "names", multiple=True, metavar="NAME", help="Only this edition; may be given several times."
)
@click.pass_obj
def watch(start: Path, reports: tuple[str, ...], engine: str, names: tuple[str, ...]) -> int:
    """Build reports now, and again whenever a file they depend on is saved; Ctrl-C ends it.

    A saved report or draft touches its own bulletins; the glossary, the memory, settings and themes touch all, and what
    does not change is left alone.  A fault is told and does not end the watch.
    """
    import watchfiles

    workspace = desk_in(start).workspace
    workspace.report_folders(reports)
    _build(start, reports, engine, names)
    say("Watching source/, glossaries/ and bulletin.toml (Ctrl-C ends it)")
    try:
        for changes in watchfiles.watch(workspace.root, debounce=_WAIT, raise_interrupt=True):
            touched = touched_by((Path(path) for _, path in changes), workspace, reports)
            if touched:
                _build(start, touched, engine, names)
    except KeyboardInterrupt:
        say("Stopped watching.")
    return DONE


def touched_by(paths: Iterable[Path], workspace: Workspace, wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The reports that depend on the files at `paths`, of `wanted` or of all, sorted."""
    known = sorted(folder.name for folder in workspace.source.glob("*") if folder.is_dir())
    known = [name for name in known if not wanted or name in wanted]
    touched: set[str] = set()
    for path in paths:
        if path.name.startswith(".") or path.name.endswith(_NOT_OURS):
            continue
        if path.is_relative_to(workspace.source):
            touched.add(path.relative_to(workspace.source).parts[0])
        elif _is_shared(path, workspace):
            touched.update(known)
    return tuple(name for name in known if name in touched)


def _is_shared(path: Path, workspace: Workspace) -> bool:
    """Whether every report depends on a file: settings, a theme, terms, a memory."""
    if path == workspace.settings_file or path.parent == workspace.root / THEMES:
        return True
    return path.parent == workspace.glossaries and path.suffix in (".csv", ".tmx")


def _build(start: Path, reports: tuple[str, ...], engine: str, names: tuple[str, ...]) -> None:
    """One round; everything is read anew, because anything may have changed."""
    try:
        desk = desk_in(start, engine, names)
        desk.open()
        folders = desk.workspace.report_folders(reports)
        for result in build_reports(folders, desk).reports:
            if not result.unchanged:
                click.echo(summary.report_summary(result, desk.workspace))
    except BulletinError as fault:
        say(f"error: {fault}")
