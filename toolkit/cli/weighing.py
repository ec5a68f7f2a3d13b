"""bulletin terms impact, bulletin terms suggest: what a term would change, and what the glossary lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, engine_option, print_json, say
from toolkit.errors import DONE, SettingsError
from toolkit.files import write_whole
from toolkit.glossary import Status
from toolkit.glossary.suggest import Suggestion, suggest
from toolkit.glossary.suggest.rows import suggestions_csv
from toolkit.impact import Impact, impact_of, term_with
from toolkit.languages import NAMES, Language
from toolkit.report import read_report
from toolkit.translation import Assemble

_MOST_SHOWN = 20


@click.command(epilog=EXIT_CODES)
@click.argument("term")
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--en", help="The English it would have.")
@click.option("--bo", help="The Tibetan it would have.")
@click.option("--status", type=click.Choice([one.value for one in Status]), help="The status it would have.")
@engine_option
@as_json_option
@click.pass_obj
def impact(
    start: Path,
    term: str,
    reports: tuple[str, ...],
    en: str | None,
    bo: str | None,
    status: str | None,
    engine: str,
    as_json: bool,
) -> int:
    """Which segments of which reports a change to TERM would touch, before and after.  Nothing is written.

    TERM is the Chinese.  With --en or --bo the segments are drafted as they would be, with what --engine names; what
    a person wrote stays, and is listed where it would no longer keep the term.  Without, it tells where TERM stands.
    """
    desk = desk_in(start, engine)
    desk.open()
    targets: dict[Language, str] = {}
    if en is not None:
        targets["en"] = " ".join(en.split())
    if bo is not None:
        targets["bo"] = " ".join(bo.split())
    if desk.glossary.find(term) is None and not targets:
        raise SettingsError(f"no glossary holds “{term}”", remedy="Say what it would be: --en, --bo")
    wanted = term_with(desk.glossary, term, targets, status=Status(status) if status else None)
    found = impact_of(wanted, desk.workspace.report_folders(reports), desk)
    if as_json:
        print_json({"term": wanted.zh, "reports": [_impact_dict(one) for one in found]})
        return DONE
    if not found:
        click.echo(f"{wanted.zh} stands in no report.")
    for one in found:
        for line in _impact_lines(one):
            click.echo(line)
    return DONE


def _impact_dict(one: Impact) -> dict[str, Any]:
    return asdict(one)


def _impact_lines(one: Impact) -> Iterator[str]:
    yield (
        f"{one.report}: in {one.mentions} segment{'s' * (one.mentions != 1)}; {len(one.changed)} would be drafted "
        f"otherwise, {len(one.disputed)} would get a finding, {one.settled} findings would go"
    )
    for changed in one.changed:
        yield f"  {changed.segment_id} {NAMES[changed.language]}"
        yield f"    source  {changed.source}"
        yield f"    before  {changed.before or '(gap)'}"
        yield f"    after   {changed.after or '(gap)'}"
    for disputed in one.disputed:
        whose = "a person's" if disputed.is_a_persons else "kept"
        yield f"  {disputed.segment_id} {NAMES[disputed.language]} ({whose}): {disputed.reason}"
        yield f"    text    {disputed.text}"


@click.command("suggest", epilog=EXIT_CODES)
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write them as rows of a glossary.")
@click.option("--repeated", type=click.IntRange(2), default=3, show_default=True, help="Phrases said this often.")
@click.option("--all", "show_all", is_flag=True, help="Show every candidate, not only the most frequent of each kind.")
@as_json_option
@click.pass_obj
def suggest_terms(
    start: Path, reports: tuple[str, ...], csv_file: Path | None, repeated: int, show_all: bool, as_json: bool
) -> int:
    """What REPORT names and no glossary holds: persons, organisations, offices, places, phrases that come again.

    Each with how often it stands there and an example.  --csv writes them as proposed rows, to be completed and
    moved into glossaries/.
    """
    desk = desk_in(start, Assemble.name)
    desk.open()
    if csv_file is not None and csv_file.exists():
        raise SettingsError("is there already", path=csv_file, remedy="Name a new file")
    read = [read_report(folder) for folder in desk.workspace.report_folders(reports)]
    found = suggest(read, desk.glossary, tibetan_names=desk.settings.tibetan_names, repeated=repeated)
    if csv_file is not None:
        write_whole(csv_file, suggestions_csv(found))
    if as_json:
        print_json({"suggestions": [_suggestion_dict(one) for one in found]})
        return DONE
    for line in _suggestion_lines(found, show_all):
        click.echo(line)
    if csv_file is not None:
        say(f"{len(found)} rows in {csv_file}: complete them, then move the file into glossaries/.")
    return DONE


def _suggestion_dict(one: Suggestion) -> dict[str, Any]:
    return {
        "zh": one.zh,
        "kind": str(one.kind),
        "count": one.count,
        "sure": one.sure,
        "evidence": one.evidence,
        "examples": [{"segment": segment_id, "text": around} for segment_id, around in one.examples],
        "renderings": {language: list(forms) for language, forms in (one.renderings or {}).items()},
    }


def _suggestion_lines(found: tuple[Suggestion, ...], show_all: bool) -> Iterator[str]:
    if not found:
        yield "The glossary lacks nothing that the rules can see."
    for kind in dict.fromkeys(one.kind for one in found):
        mine = [one for one in found if one.kind is kind]
        yield f"{kind}: {len(mine)}"
        for one in mine if show_all else mine[:_MOST_SHOWN]:
            forms = [forms[0] for forms in (one.renderings or {}).values() if forms]
            rendering = f"  {' · '.join(forms)}" if forms else ""
            doubt = "" if one.sure else " ?"
            yield f"  {one.count:>3} × {one.zh}{doubt}{rendering}   {one.examples[0][1]}"
        if not show_all and len(mine) > _MOST_SHOWN:
            yield f"  … and {len(mine) - _MOST_SHOWN} more: --all shows them"
