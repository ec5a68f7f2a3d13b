"""bulletin editions: what can be printed."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.bulletin.editions import MM, edition_as_data
from toolkit.bulletin.model import Edition
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json
from toolkit.errors import DONE
from toolkit.languages import NAMES
from toolkit.translation import Assemble


@click.command("editions", epilog=EXIT_CODES)
@as_json_option
@click.pass_obj
def editions(start: Path, as_json: bool) -> int:
    """List the editions there are, and which of them `bulletin build` makes.

    Your own stand under [editions.NAME] in bulletin.toml: columns, paper, margins, theme.  A theme of your own is
    a file themes/NAME.toml; the shipped ones are classic, red-header and plain.
    """
    desk = desk_in(start, Assemble.name)
    built = {edition.name for edition in desk.editions}
    if as_json:
        found = [edition_as_data(one) | {"built": one.name in built} for one in desk.all_editions.values()]
        print_json({"exit_code": DONE, "editions": found})
        return DONE
    for edition in desk.all_editions.values():
        click.echo(_line(edition, is_built=edition.name in built))
    click.echo(
        "\n* made by bulletin build; others with bulletin build --edition NAME, or build = [...] in bulletin.toml"
    )
    return DONE


def _line(edition: Edition, *, is_built: bool) -> str:
    languages = " | ".join(NAMES[one] for one in edition.columns)
    width, height = round(edition.page_width / MM), round(edition.page_height / MM)
    sign = "*" if is_built else " "
    return f"{sign} {edition.name:<12} {languages:<28} {width} × {height} mm, {edition.theme.name:<11} {edition.title}"
