"""A newsroom's own fonts before the bundled ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.fonts.catalog import FontFile, FontSet, bundled_fonts
from toolkit.fonts.own import FontFinder, NamedFace
from toolkit.fonts.script import SCRIPTS, Script, script_of
from toolkit.workspace import MORE_FONTS, OwnFont


def choose_fonts(own: Mapping[str, OwnFont]) -> FontSet:
    """The bundled fonts with `own` in front: keys such as `tibetan` and `tibetan_bold`, and `more 1` … at the end.

    Bold and italic faces of an own family are taken along where the family has them.  Raises `SettingsError` for a
    font that is not found, or not one, or whose licence bits forbid it.
    """
    bundled = bundled_fonts()
    regular, bold, italic = dict(bundled.regular), dict(bundled.bold), dict(bundled.italic)
    find = FontFinder(own)
    for script in SCRIPTS:
        font = own.get(script)
        if font is not None and not font.name:  # a size alone: for the bundled faces
            regular[script], bold[script], italic[script] = (
                tuple(replace(face, ratio=font.ratio or face.ratio) for face in table.get(script, ()))
                for table in (regular, bold, italic)
            )
        elif font is not None:
            named = find.named(script, script)
            regular[script] = (named.face, *regular[script])
            bold[script] = find.family(named, bold=True)  # a bold of another family would not match
            italic[script] = _italics(find, named) if script == "latin" else ()
        if f"{script}_bold" in own:
            bold[script] = (find.named(f"{script}_bold", script, bold=True).face, *bold.get(script, ()))
        if f"{script}_italic" in own:
            italic[script] = (find.named(f"{script}_italic", script, italic=True).face, *italic.get(script, ()))
    more = tuple(find.filling(key) for key in own if key.startswith(MORE_FONTS))
    for filling in more:
        regular[filling.script] = (*regular[filling.script], filling.face)
    return FontSet(regular, _filled(bold), _filled(italic), tuple(filling.face for filling in more))


def _italics(find: FontFinder, named: NamedFace) -> tuple[FontFile, ...]:
    return find.family(named, italic=True) + find.family(named, bold=True, italic=True)


def _filled(table: Mapping[Script, tuple[FontFile, ...]]) -> dict[Script, tuple[FontFile, ...]]:
    return {script: faces for script, faces in table.items() if faces}


def characters_filled_in(text: str, fonts: FontSet) -> dict[FontFile, tuple[str, ...]]:
    """For each script's first face: the characters of that script in `text` that another face must set.

    Those set by a face that the newsroom itself named to fill in do not count.
    """
    lacking: dict[FontFile, tuple[str, ...]] = {}
    for character in dict.fromkeys(text):
        script = script_of(character)
        if script is None:
            continue
        first = fonts.regular[script][0]
        if ord(character) in first.characters:
            continue
        other = fonts.face_for(character, script)
        if other is not None and other not in fonts.more:
            lacking[first] = (*lacking.get(first, ()), character)
    return lacking
