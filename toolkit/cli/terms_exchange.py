"""bulletin terms import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, print_json, say
from toolkit.errors import DONE, FINDINGS, OutputError, SettingsError
from toolkit.files import write_whole
from toolkit.glossary import Termbase, editing, read_glossary
from toolkit.glossary.exchange import Format, Incoming, Remark, format_of, read_terms, terms_bytes
from toolkit.glossary.merge import Merge, Proposal, apply, compare
from toolkit.languages import TARGETS, Language
from toolkit.workspace import find_workspace

_language = click.option(
    "-l", "--language", type=click.Choice(TARGETS), help="The language of an OmegaT glossary, which has only one."
)


@click.command("import", epilog=EXIT_CODES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--into", default="", help="Put new terms into this glossary file, not the one they came from.")
@click.option("--update", is_flag=True, help="Take changes of terms that nobody approved, too.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--by", default="", help="Your name, for the history.")
@_language
@as_json_option
@click.pass_obj
def import_terms(
    start: Path,
    files: tuple[Path, ...],
    into: str,
    update: bool,
    dry_run: bool,
    by: str,
    language: Language | None,
    as_json: bool,
) -> int:
    """Bring terms in from each FILE: CSV, XLSX, TBX, TMX, or a glossary of OmegaT.

    New terms are added, as proposed unless the file says who approved them.  Where a term is there already, what
    differs is shown; --update takes it over.  A term that a person approved is never changed by an import.

    Exits with 1 when something was left out or stands against an approved term.
    """
    folder = find_workspace(start).glossaries
    incoming = [read_terms(path, language) for path in files]
    results: list[tuple[Incoming, Merge, tuple[Remark, ...]]] = []
    if dry_run:
        termbase = Termbase(folder)
        results = [_import(termbase, one, into, update) for one in incoming]
    else:
        with editing(folder, "import", by=by) as termbase:
            results = [_import(termbase, one, into, update) for one in incoming]
    unclear = any(
        any(remark.left_out for remark in (*merge.left_out, *refused))
        or any(proposal.is_conflict for proposal in merge.proposals)
        for _, merge, refused in results
    )
    code = FINDINGS if unclear else DONE
    if as_json:
        reports = [_as_dict(*result, update=update) for result in results]
        print_json({"exit_code": code, "dry_run": dry_run, "files": reports})
        return code
    for result in results:
        _tell(*result, update=update, dry_run=dry_run)
    return code


def _import(
    termbase: Termbase, incoming: Incoming, into: str, update: bool
) -> tuple[Incoming, Merge, tuple[Remark, ...]]:
    merge = compare(termbase, incoming, into)
    return incoming, merge, apply(termbase, merge, update=update)


def _tell(incoming: Incoming, merge: Merge, refused: tuple[Remark, ...], *, update: bool, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for term, file in merge.added:
        click.echo(f"{would}added {term.zh} to {file}, {term.status}")
    for proposal in merge.proposals:
        done = f"{would}changed" if update else "differs"
        click.echo(f"{proposal.term.zh} {'is approved and stays' if proposal.is_conflict else done}:")
        for column, before, after in proposal.columns:
            old, new = click.style(before or "(empty)", fg="red"), click.style(after or "(empty)", fg="green")
            click.echo(f"    {column}: {old} → {new}")
    for remark in (*merge.left_out, *refused):
        say(f"{remark.path}:{remark.line}: {'left out: ' if remark.left_out else ''}{remark.reason}")
    conflicts = sum(proposal.is_conflict for proposal in merge.proposals)
    say(
        f"{incoming.path}: {len(merge.added)} new, {len(merge.same)} the same, {len(merge.proposals)} different"
        f"{f' ({conflicts} approved)' if conflicts else ''}"
    )
    if len(merge.proposals) > conflicts and not update:
        say("To take over what differs: --update")


def _as_dict(incoming: Incoming, merge: Merge, refused: tuple[Remark, ...], *, update: bool) -> dict[str, Any]:
    remarks = (*merge.left_out, *refused)
    return {
        "file": str(incoming.path),
        "same": len(merge.same),
        "added": [{"term": term.zh, "file": file, "status": str(term.status)} for term, file in merge.added],
        "changed": [_proposal_dict(proposal, update=update) for proposal in merge.proposals],
        "left_out": [{"line": one.line, "reason": one.reason} for one in remarks if one.left_out],
        "remarks": [{"line": one.line, "reason": one.reason} for one in remarks if not one.left_out],
    }


def _proposal_dict(proposal: Proposal, *, update: bool) -> dict[str, Any]:
    return {
        "term": proposal.term.zh,
        "conflict": proposal.is_conflict,
        "taken": update and not proposal.is_conflict,
        "columns": [{"column": name, "before": before, "after": after} for name, before, after in proposal.columns],
    }


@click.command("export", epilog=EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice([one.value for one in Format]),
    help="The format; else the name of the file tells.",
)
@_language
@click.option("--overwrite", is_flag=True, help="Replace FILE though it holds something else.")
@click.pass_obj
def export_terms(start: Path, file: Path, kind: str | None, language: Language | None, overwrite: bool) -> int:
    """Write all terms to FILE, for a spreadsheet, a CAT tool or another glossary.

    tbx is TBX 3 (ISO 30042:2019, TBX-Basic); tbx2 the older martif, which OmegaT and Weblate read.  Edit the file, then
    bring it back with `bulletin terms import FILE --update`.
    """
    workspace = find_workspace(start)
    target = Format(kind) if kind else format_of(file)
    if target is Format.OMEGAT and language is None:
        raise SettingsError("a glossary of OmegaT has one language", remedy=f"Choose it: -l {' or -l '.join(TARGETS)}")
    if file.absolute().parent == workspace.glossaries and target in (Format.CSV, Format.TMX):
        raise SettingsError(
            "stands among the glossaries, where it would be read as one more", path=file, remedy="Write it elsewhere"
        )
    terms = read_glossary(workspace.glossaries).terms
    if not terms:
        raise SettingsError("there is no term", path=workspace.glossaries, remedy="Add one: bulletin terms add")
    data = terms_bytes(terms, target, language or TARGETS[0])
    if file.is_file() and not overwrite and file.read_bytes() != data:
        raise OutputError(
            "is there already, and holds something else",
            path=file,
            remedy=f"Bring it in first (bulletin terms import {file}), name another file, or say --overwrite",
        )
    write_whole(file, data)
    say(f"wrote {len(terms)} terms to {file} as {target}")
    return DONE
