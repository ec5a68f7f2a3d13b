"""bulletin memory: what was translated before – counted, searched, taken in, given out, taken back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say
from toolkit.errors import DONE, FINDINGS, OutputError
from toolkit.languages import TARGETS, Language
from toolkit.memory import Memory, MemoryMatch, MemoryUnit, export_units, import_files, kept_index, open_index, undo
from toolkit.memory.exchange import IMPORTED_FILE
from toolkit.memory.open_index import index_file
from toolkit.review.diff import diff, shown
from toolkit.workspace import find_workspace

_TOLD_EVERY = 24 * 4096
_ACTS = {"remember": "reviewed text put in", "forget": "text taken out", "import": "an import"}


@click.group("memory")
def memory() -> None:
    """The translation memory: count, find, import, export, undo.

    Memories are the TMX files in glossaries/.  The indexes in glossaries/.cache are made from them and may be deleted.
    """


@memory.command("stats", epilog=EXIT_CODES)
@as_json_option
@click.pass_obj
def stats(start: Path, as_json: bool) -> int:
    """Count units by file, language and reviewer; tell how the indexes are."""
    workspace = find_workspace(start)
    files = [_stats_of(path) for path in sorted(workspace.glossaries.glob("*.tmx"))]
    if as_json:
        print_json({"files": files, "units": sum(one["units"] for one in files)})
        return DONE
    for one in files:
        click.echo(f"{one['file']}: {one['units']:,} units, {one['bytes'] / 1e6:.1f} MB")
        click.echo(f"  English   {one['en']:,}\n  Tibetan   {one['bo']:,}")
        by = ", ".join(f"{person} {count:,}" for person, count in one["reviewers"].items())
        between = f", {one['first_review'][:10]} to {one['last_review'][:10]}" if one["first_review"] else ""
        click.echo(f"  reviewed  {one['reviewed']:,}" + (f" ({by}{between})" if by else ""))
        click.echo(f"  index     {one['index']}, {one['index_bytes'] / 1e6:.1f} MB")
    if not files:
        say("There is no memory yet. Take one in: bulletin memory import FILE")
    return DONE


def _stats_of(path: Path) -> dict[str, Any]:
    kept = kept_index(path)
    index = kept or open_index(path, progress=_progress(path.name))
    counts = index.counts()
    file = index_file(path)
    return {
        "file": path.name,
        "bytes": path.stat().st_size,
        "units": counts.units,
        "en": counts.en,
        "bo": counts.bo,
        "reviewed": counts.reviewed,
        "first_review": counts.first_review,
        "last_review": counts.last_review,
        "reviewers": dict(counts.reviewers),
        "index": "up to date" if kept else "made now",
        "index_bytes": file.stat().st_size if file.is_file() else 0,
    }


@memory.command("find", epilog=EXIT_CODES)
@click.argument("text")
@click.option("--language", "-l", type=click.Choice(TARGETS), help="Only units in this language.  [default: both]")
@click.option(
    "--fuzzy", "at_least", type=click.IntRange(1, 100), default=70, show_default=True, help="The lowest score shown."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many of a kind at most.")
@as_json_option
@click.pass_obj
def find(start: Path, text: str, language: Language | None, at_least: int, limit: int, as_json: bool) -> int:
    """Show how the Chinese TEXT was translated before: the same sentence, like ones, and longer ones that hold it.

    A score of 100 is the same sentence; figures weigh nothing, a term of the glossary as much as one character.  What
    differs is marked: [-in the memory-]{+in TEXT+}.  Exits with 1 when nothing was found.
    """
    store = _memory_in(start)
    wanted = (language,) if language else TARGETS
    matches: dict[str, MemoryMatch] = {}
    holding: dict[str, MemoryUnit] = {}
    for one in wanted:
        for match in (*store.exact(text, one)[:limit], *store.fuzzy(text, one, at_least=at_least, limit=limit)):
            matches.setdefault(match.unit.place, match)
        for unit in store.holding(text, one, limit=limit):
            holding.setdefault(unit.place, unit)
    ranked = sorted(matches.values(), key=lambda match: -match.score)
    held = [unit for place, unit in holding.items() if place not in matches]
    if as_json:
        found = [
            _as_dict(match.unit) | {"score": match.score, "numbers_agree": match.numbers_agree} for match in ranked
        ]
        print_json({"text": text, "matches": found, "holding": [_as_dict(unit) for unit in held]})
    else:
        for match in ranked:
            figures = "" if match.numbers_agree else "  figures differ"
            marked = shown(
                diff(match.unit.source.text, text, "zh"), colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ
            )
            _show(f"{match.score:3} %", marked, match.unit, wanted, figures)
        for unit in held:
            _show("holds", unit.source.text, unit, wanted)
        if not ranked and not held:
            say(f"Nothing like it from {at_least} per cent. A lower --fuzzy shows more.")
    return DONE if ranked or held else FINDINGS


def _show(what: str, source: str, unit: MemoryUnit, languages: tuple[Language, ...], remark: str = "") -> None:
    click.echo(f"{what}  {source}{remark}")
    for language in languages:
        if target := unit.targets.get(language):
            click.echo(f"       {language}  {target.text}")
            if doubt := unit.doubt(language):
                click.echo(f"           doubt: {doubt}")
    who = f"reviewed by {unit.reviewed_by}" if unit.reviewed_by else "reviewed by nobody"
    when = f", {unit.reviewed_at[:10]}" if unit.reviewed_at else ""
    origin = f", from {unit.origin}" if unit.origin else ""
    click.echo(f"       {unit.place}: {who}{when}{origin}")


def _as_dict(unit: MemoryUnit) -> dict[str, Any]:
    return {
        "source": unit.source.text,
        "targets": {language: text.text for language, text in unit.targets.items()},
        "doubts": dict(unit.doubts or {}),
        "reviewed_by": unit.reviewed_by,
        "reviewed_at": unit.reviewed_at,
        "origin": unit.origin,
        "before": unit.before,
        "after": unit.after,
        "place": unit.place,
    }


@memory.command("import", epilog=EXIT_CODES)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--into", default=IMPORTED_FILE, show_default=True, metavar="NAME.tmx", help="The memory to add to.")
@as_json_option
@click.pass_obj
def import_memory(start: Path, files: tuple[Path, ...], into: str, as_json: bool) -> int:
    """Add the units of other memories: TMX, or CSV and TSV with the columns zh, en, bo.

    Nothing that stands in the memory is changed.  Units that stand there already, and units without Chinese, English
    or Tibetan, are left out and counted.  All files come in, or none.
    """
    workspace = find_workspace(start)
    done = import_files(workspace.glossaries, files, file=into, progress=_progress(into))
    skipped = [{"file": str(file), "line": one.line, "reason": one.reason} for file, one in done.skipped]
    path = workspace.glossaries / into
    if as_json:
        counts = {"added": done.added, "same": done.same, "left_out": done.left_out}
        print_json({"file": workspace.shown(path), **counts, "skipped": skipped})
        return DONE
    for one in skipped:
        say(f"  left out  {one['file']}:{one['line']}: {one['reason']}")
    if done.left_out > len(skipped):
        say(f"  left out  {done.left_out - len(skipped):,} more")
    click.echo(f"{done.added:,} units added to {workspace.shown(path)}, {done.same:,} there already")
    if done.added:
        say("Take it back: bulletin memory undo")
    return DONE


@memory.command("export", epilog=EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", "-l", type=click.Choice(TARGETS), help="Only this language.  [default: both]")
@click.option("--reviewed-only", is_flag=True, help="Only what a person stands behind.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@as_json_option
@click.pass_obj
def export_memory(
    start: Path, file: Path, language: Language | None, reviewed_only: bool, force: bool, as_json: bool
) -> int:
    """Write all memories into one FILE: .tmx with all that is known, .csv or .tsv with the words only."""
    if file.exists() and not force:
        raise OutputError("is there already", path=file, remedy="Choose another name, or --force")
    store = _memory_in(start)
    units: Iterator[MemoryUnit] = (unit for unit in store if unit.reviewed_by or not reviewed_only)
    count = export_units(units, file, languages=(language,) if language else TARGETS)
    if as_json:
        print_json({"file": str(file), "units": count})
    elif count:
        click.echo(f"{count:,} units written to {file}")
    else:
        say("There is nothing to export.")
    return DONE


@memory.command("undo", epilog=EXIT_CODES)
@as_json_option
@click.pass_obj
def undo_last(start: Path, as_json: bool) -> int:
    """Take back the last thing that was put into the memory, or taken out of it; again, the one before.

    What stood there before comes back.  Text that somebody changed since stays.  The drafts of reports are not
    touched: `bulletin undo REPORT` takes an acceptance back in both.
    """
    workspace = find_workspace(start)
    done = undo(workspace.glossaries)
    if done is None:
        if as_json:
            print_json({"act": None})
        say("There is nothing to undo.")
        return DONE
    act, counts = done.act, done.forgotten
    if as_json:
        told = {"id": act.id, "kind": act.kind, "at": act.at, "file": act.file, "by": act.by, "origin": act.origin}
        print_json({"act": told, "removed": counts.removed, "restored": counts.restored, "missing": counts.missing})
        return DONE
    by = f" by {act.by}" if act.by else ""
    origin = f" from {act.origin}" if act.origin else ""
    click.echo(f"Taken back: {_ACTS[act.kind]}, {act.at}{by}{origin}, in {act.file}")
    click.echo(f"  {counts.removed:,} taken out, {counts.restored:,} former ones put back")
    if counts.missing:
        say(
            f"  note      {counts.missing:,} do not stand there any more, or something else does; they were left alone."
        )
    return DONE


def _memory_in(start: Path) -> Memory:
    """The memory of the workspace; a person sees how far the making of a large index is."""
    desk = desk_in(start)
    for path in sorted(desk.workspace.glossaries.glob("*.tmx")):
        open_index(path, progress=_progress(path.name)).close()
    return desk.memory


def _progress(name: str) -> Callable[[int], None] | None:
    """A line on standard error for about every hundred thousand units, where a person watches."""

    def tell(count: int) -> None:
        if count % _TOLD_EVERY == 0:
            say(f"  {name}: {count:,} units")

    return tell if sys.stderr.isatty() else None
