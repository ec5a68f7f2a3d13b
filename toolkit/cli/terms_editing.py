"""bulletin terms add, set, approve, deprecate, undo, history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, print_json
from toolkit.errors import DONE, SettingsError
from toolkit.glossary import HistoryEntry, Status, Term, TermChange, editing, last_standing, read_history
from toolkit.glossary.history import FILE_NAME
from toolkit.glossary.revise import Revision, revised
from toolkit.languages import Language
from toolkit.quality import Severity
from toolkit.quality.terms_lint import lint_terms
from toolkit.workspace import find_workspace

_DEFAULT_FILE = "phrases.csv"
_FILES = {"person": "people.csv", "place": "places.csv", "office": "offices.csv"}
_noted_by = click.option("--by", default="", help="Your name, for the history.")


@click.command(epilog=EXIT_CODES)
@click.argument("zh")
@click.option("--en", default="", help="The English.")
@click.option("--bo", default="", help="The Tibetan.")
@click.option("--domain", default="", help="What kind of thing it is: place, person, office, phrase …")
@click.option("--note", default="", help="What a translator should know.")
@click.option("--source", default="none", show_default=True, help="Where it can be looked up.")
@click.option("--file", default="", help="The glossary file; else the one of its domain, or phrases.csv.")
@_noted_by
@click.pass_obj
def add(start: Path, zh: str, en: str, bo: str, domain: str, note: str, source: str, file: str, by: str) -> int:
    """Add a term, proposed until someone approves it.  ZH is its Chinese."""
    name = file or _FILES.get(domain, _DEFAULT_FILE)
    texts = {"zh": zh, "en": en, "bo": bo, "domain": domain, "note": note, "source": source}
    cells = {column: " ".join(text.split()) for column, text in texts.items()}
    with editing(find_workspace(start).glossaries, "add", by=by) as termbase:
        term = termbase.add(cells, name)
    click.echo(f"added {term.zh} to {name}, {term.status}")
    return DONE


@click.command("set", epilog=EXIT_CODES)
@click.argument("term")
@click.option("--en", help="The preferred English.")
@click.option("--bo", help="The preferred Tibetan.")
@click.option("--accept-zh", multiple=True, help="Another Chinese spelling; may be given several times.")
@click.option("--accept-en", multiple=True, help="Other English that will do.")
@click.option("--accept-bo", multiple=True, help="Other Tibetan that will do.")
@click.option("--forbid-en", multiple=True, help="English that must not stand for it.")
@click.option("--forbid-bo", multiple=True, help="Tibetan that must not stand for it.")
@click.option("--drop-en", multiple=True, help="English to be neither accepted nor forbidden any more.")
@click.option("--drop-bo", multiple=True, help="Tibetan to be neither accepted nor forbidden any more.")
@click.option("--domain", help="What kind of thing it is.")
@click.option("--note", help="What a translator should know.")
@click.option("--source", help="Where it can be looked up.")
@_noted_by
@click.pass_obj
def set_term(
    start: Path,
    term: str,
    en: str | None,
    bo: str | None,
    accept_zh: Sequence[str],
    accept_en: Sequence[str],
    accept_bo: Sequence[str],
    forbid_en: Sequence[str],
    forbid_bo: Sequence[str],
    drop_en: Sequence[str],
    drop_bo: Sequence[str],
    domain: str | None,
    note: str | None,
    source: str | None,
    by: str,
) -> int:
    """Change a term; what is not named stays as it is.  TERM is its Chinese.

    What becomes preferred or forbidden is no longer accepted.  An approved term whose renderings change is proposed
    again: approve it anew.
    """
    texts = {"domain": domain, "note": note, "source": source}
    named: tuple[tuple[Language, str | None], ...] = (("en", en), ("bo", bo))
    preferred = {language: text for language, text in named if text is not None}
    revision = Revision(
        preferred=preferred,
        accepted={"en": accept_en, "bo": accept_bo},
        forbidden={"en": forbid_en, "bo": forbid_bo},
        dropped={"en": drop_en, "bo": drop_bo},
        spellings=accept_zh,
        texts={column: text for column, text in texts.items() if text is not None},
    )
    with editing(find_workspace(start).glossaries, "set", by=by) as termbase:
        before = termbase.get(term)
        after = termbase.set(term, **revised(before, revision))
        changes = tuple(termbase.changes)
    _tell(changes)
    if not changes:
        click.echo(f"{after.zh} says that already; nothing was changed")
    if before.status is Status.APPROVED and after.status is Status.PROPOSED:
        click.echo(f"{after.zh} is proposed again; approve it: bulletin terms approve {after.zh} --by NAME", err=True)
    return DONE


@click.command(epilog=EXIT_CODES)
@click.argument("terms", nargs=-1, required=True, metavar="TERM...")
@click.option("--by", required=True, help="Your name: only a person approves.")
@click.pass_obj
def approve(start: Path, terms: tuple[str, ...], by: str) -> int:
    """Approve terms by name, after reading them.  TERM is the Chinese of one.

    All of them or none: a term that lacks a rendering, or that `bulletin terms lint` has an error on, is refused.
    """
    folder = find_workspace(start).glossaries
    with editing(folder, "approve", by=by) as termbase:
        signed = [termbase.get(term) for term in terms]
        _refuse_errors(folder, signed)
        for term in signed:
            termbase.sign(term.zh, Status.APPROVED, by=by, date=datetime.date.today())
        changes = tuple(termbase.changes)
    _tell(changes)
    return DONE


def _refuse_errors(folder: Path, terms: Sequence[Term]) -> None:
    by_place = {term.place: term for term in terms}
    for finding in lint_terms(folder):
        term = by_place.get(f"{finding.path.name}:{finding.line}")
        # that nobody is named is what approving mends
        if term and finding.severity is Severity.ERROR and finding.code != "approved-without-name":
            raise SettingsError(
                f"“{term.zh}” cannot be approved: {finding.reason} ({finding.code})",
                path=finding.path,
                line=finding.line,
                remedy=finding.remedy,
            )


@click.command(epilog=EXIT_CODES)
@click.argument("terms", nargs=-1, required=True, metavar="TERM...")
@click.option("--by", required=True, help="Your name.")
@click.pass_obj
def deprecate(start: Path, terms: tuple[str, ...], by: str) -> int:
    """Take terms out of use without losing them.  TERM is the Chinese of one."""
    with editing(find_workspace(start).glossaries, "deprecate", by=by) as termbase:
        for term in terms:
            termbase.sign(term, Status.DEPRECATED, by=by, date=datetime.date.today())
        changes = tuple(termbase.changes)
    _tell(changes)
    return DONE


@click.command(epilog=EXIT_CODES)
@click.argument("number", type=int, required=False, default=0, metavar="[NUMBER]")
@_noted_by
@click.pass_obj
def undo(start: Path, number: int, by: str) -> int:
    """Take back the last change that was made with this tool, or that with a NUMBER of the history.

    A change that was built on since is not taken back.
    """
    folder = find_workspace(start).glossaries
    known = read_history(folder)
    entry = next((one for one in known if one.number == number), None) if number else last_standing(known)
    if entry is None:
        what = f"there is no change {number}" if number else "there is nothing to take back"
        raise SettingsError(what, path=folder / FILE_NAME, remedy="See bulletin terms history")
    if entry.undoes or any(one.undoes == entry.number for one in known):
        raise SettingsError(
            f"change {entry.number} is an undo, or was taken back already",
            path=folder / FILE_NAME,
            remedy="See bulletin terms history",
        )
    with editing(folder, "undo", by=by, undoes=entry.number) as termbase:
        for change in reversed(entry.changes):
            termbase.take_back(change)
        changes = tuple(termbase.changes)
    click.echo(f"took back change {entry.number} ({_named(entry)})")
    _tell(changes)
    return DONE


@click.command()
@click.option("--last", type=int, default=20, show_default=True, help="Show so many changes, the newest.")
@as_json_option
@click.pass_obj
def history(start: Path, last: int, as_json: bool) -> int:
    """Show what was changed with this tool, when and by whom."""
    entries = read_history(find_workspace(start).glossaries)[-last:] if last > 0 else ()
    if as_json:
        print_json({"changes": [_entry_dict(entry) for entry in entries]})
        return DONE
    for entry in entries:
        taken_back = f", takes back {entry.undoes}" if entry.undoes else ""
        click.echo(f"{entry.number:>4}  {entry.at}  {_named(entry)}{taken_back}")
    return DONE


def _named(entry: HistoryEntry) -> str:
    terms = ", ".join(change.zh for change in entry.changes[:3])
    more = f" and {len(entry.changes) - 3} more" if len(entry.changes) > 3 else ""
    return f"{entry.action} {terms}{more}{f', by {entry.by}' if entry.by else ''}"


def _entry_dict(entry: HistoryEntry) -> dict[str, object]:
    changes = [{"file": one.file, "term": one.zh, "before": one.before, "after": one.after} for one in entry.changes]
    return {
        "number": entry.number,
        "at": entry.at,
        "by": entry.by,
        "action": entry.action,
        "undoes": entry.undoes,
        "changes": changes,
    }


def _tell(changes: Sequence[TermChange]) -> None:
    for change in changes:
        before, after = change.before or {}, change.after or {}
        if change.before is None or change.after is None:
            click.echo(f"{change.zh}: {'added' if change.before is None else 'gone'} ({change.file})")
            continue
        for column in dict.fromkeys((*before, *after)):
            old, new = before.get(column, ""), after.get(column, "")
            if old != new:
                click.echo(f"{change.zh} {column}: {old or '(empty)'} → {new or '(empty)'}")
