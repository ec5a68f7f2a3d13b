"""bulletin fonts: what sets which script, which fonts have a character, a specimen sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from toolkit.build import draft_path
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json, say
from toolkit.cli.fonts_sample import specimen
from toolkit.desk import Desk
from toolkit.errors import DONE, FINDINGS, BulletinError, OutputError, SettingsError
from toolkit.files import write_whole
from toolkit.fonts import (
    SCRIPT_NAMES,
    FontFile,
    FontSet,
    Script,
    ShelvedFace,
    fonts_at_hand,
    fonts_having,
    missing_characters,
    unicode_name,
)
from toolkit.languages import TARGETS
from toolkit.pdf import typeset_pdf
from toolkit.report import read_report
from toolkit.translation import Assemble
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import find_workspace

_CODE_POINT = re.compile(r"(?i)(?:U\+|0x)([0-9a-f]{4,6})")
_SAMPLE_FILE = "font-sample.pdf"


@click.group("fonts", invoke_without_command=True)
@click.pass_context
def fonts(context: click.Context) -> int:
    """Fonts: what sets which script here, which ones have a character, how they look side by side.

    A newsroom's own stand under [fonts] in bulletin.toml, by name or by file; alone, `bulletin fonts` lists.
    """
    return int(context.invoke(list_fonts, as_json=False)) if context.invoked_subcommand is None else DONE


@fonts.command("list", epilog=EXIT_CODES)
@as_json_option
@click.pass_obj
def list_fonts(start: Path, as_json: bool) -> int:
    """Show the faces of each script: version, size to Chinese, what the licence allows, and characters they lack.

    The texts of this workspace's reports and drafts are looked through; exit code 1 says that no font of the house has
    some character.
    """
    desk = desk_in(start, Assemble.name)
    missing = tuple(missing_characters(_text_of(desk), desk.fonts))
    code = FINDINGS if missing else DONE
    if as_json:
        faces = [_as_data(*one) for one in _faces(desk.fonts)]
        lacking = [{"character": one, "name": unicode_name(one)} for one in missing]
        print_json({"exit_code": code, "faces": faces, "missing": lacking})
        return code
    shown: Script | None = None
    for script, face in _faces(desk.fonts):
        click.echo(f"{SCRIPT_NAMES[script] if script != shown else '':<8} {_line(script, face, desk.fonts)}")
        shown = script
    if missing:
        click.echo(f"\nNo font here has {', '.join(f'{one} {unicode_name(one)}' for one in missing)}")
        for found, has in fonts_having(missing, fonts_at_hand(desk.workspace.root)).faces:
            click.echo(f'  {found.names.family} has {" ".join(has)}: more = ["{found.names.family}"] under [fonts]')
    return code


@fonts.command("find", epilog=EXIT_CODES)
@click.argument("text")
@as_json_option
@click.pass_obj
def find_fonts(start: Path, text: str, as_json: bool) -> int:
    """List the fonts at hand that have every character of TEXT, which may be a code point such as U+0F04.

    In the workspace's fonts/, on this machine, and bundled.  Exit code 1 says that none has them all.
    """
    try:
        workspace = find_workspace(start).root
    except SettingsError:
        workspace = None  # the machine's fonts can be asked from anywhere
    wanted = _characters(text)
    library = fonts_at_hand(workspace)
    found = library.having(wanted)
    code = DONE if found else FINDINGS
    if as_json:
        named = [unicode_name(one) for one in wanted]
        print_json({"exit_code": code, "characters": named, "fonts": [_shelved_as_data(face) for face in found]})
        return code
    for face in found:
        click.echo(f"{face.names.family:<30} {face.names.style:<16} {face.rights.words:<24} {face.place}")
    if not found:
        say(f"None of {len(library.faces)} fonts has all of {', '.join(map(unicode_name, wanted))}.")
        elsewhere = fonts_having(tuple(wanted), library)
        for face, has in elsewhere.faces:
            say(f"  {face.names.family} has {' '.join(has)}")
        if elsewhere.nowhere and elsewhere.faces:
            say(f"  none has {' '.join(elsewhere.nowhere)}")
    return code


@fonts.command("sample", epilog=EXIT_CODES)
@click.argument("file", metavar="[FILE]", type=click.Path(path_type=Path), default=Path(_SAMPLE_FILE))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@as_json_option
@click.pass_obj
def sample_fonts(start: Path, file: Path, force: bool, as_json: bool) -> int:
    """Set a specimen sheet of the house's fonts into FILE (font-sample.pdf): three scripts on one baseline, at size.

    Whether they look equally large is for the eye to say; tibetan_ratio under [fonts] in bulletin.toml corrects it.
    """
    desk = desk_in(start, Assemble.name)
    data = typeset_pdf(specimen(desk.fonts), desk.fonts)
    if file.exists() and not force and not (file.is_file() and file.read_bytes() == data):
        raise OutputError("is there already", path=file, remedy="Name another file, or replace it with --force")
    written = write_whole(file, data)
    if as_json:
        print_json({"exit_code": DONE, "file": str(file), "written": written})
    else:
        click.echo(f"{'wrote' if written else 'unchanged'} {file}")
    return DONE


def _faces(fonts: FontSet) -> Iterator[tuple[Script, FontFile]]:
    for script, faces in fonts.regular.items():
        for face in dict.fromkeys((*faces, *fonts.bold.get(script, ()), *fonts.italic.get(script, ()))):
            yield script, face


def _line(script: Script, face: FontFile, fonts: FontSet) -> str:
    title = f"{face.family} {face.style} {face.names.version}"
    extra = ", fills in" if face in fonts.more else ""
    return (
        f"{title:<42} {face.ratio:.2f} × the Chinese size, {len(face.characters):>6,} characters, "
        f"{face.rights.words}{extra}\n{'':<9}{face.path}"
    )


def _as_data(script: Script, face: FontFile) -> dict[str, Any]:
    ink = face.ink(script)
    return {
        "script": script,
        "family": face.family,
        "style": face.style,
        "version": face.names.version,
        "file": str(face.path),
        "index": face.index,
        "axes": dict(face.axes),
        "ratio": face.ratio,
        "rise": ink.rise,
        "depth": ink.depth,
        "least_leading": ink.leading,
        "lift": face.lift(script),
        "characters": len(face.characters),
        "may_embed": face.may_embed,
        "may_embed_editable": face.may_embed_editable,
        "may_subset": face.may_subset,
    }


def _shelved_as_data(face: ShelvedFace) -> dict[str, Any]:
    names = face.names
    return {
        "family": names.family,
        "style": names.style,
        "version": names.version,
        "file": str(face.path),
        "index": face.index,
        "may_embed": face.rights.may_embed,
        "may_embed_editable": face.rights.may_embed_editable,
        "may_subset": face.rights.may_subset,
    }


def _text_of(desk: Desk) -> str:
    """All texts of the workspace; a report that cannot be read is told of and passed over."""
    texts: list[str] = []
    folders = sorted(folder for folder in desk.workspace.source.glob("*") if folder.is_dir())
    for folder in folders:
        try:
            report = read_report(folder)
            texts += [report.outlet, *(segment.text for segment in report.segments)]
            for language in TARGETS:
                path = draft_path(report, language)
                if path.exists():
                    texts += [unit.target.text for unit in read_xliff(path, language).units]
        except BulletinError as fault:
            say(f"passed over: {fault}")
    return "".join(texts)


def _characters(text: str) -> str:
    """The characters asked for, once each: those of code points where TEXT is made of them."""
    codes = text.replace(",", " ").split()
    matches = [_CODE_POINT.fullmatch(code) for code in codes]
    if codes and all(matches):
        numbers = [int(match[1], 16) for match in matches if match]
        wrong = next((number for number in numbers if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF), None)
        if wrong is not None:
            raise SettingsError(f"U+{wrong:04X} is no character", remedy="Code points end at U+10FFFF")
        text = "".join(map(chr, numbers))
    wanted = "".join(dict.fromkeys(character for character in text if not character.isspace()))
    if not wanted:
        raise SettingsError("no character is asked for", remedy="Write the text itself, or code points such as U+0F04")
    return wanted
