"""A newsroom's own fonts before the bundled ones."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.fonts.catalog import FontFile, FontSet, Script, bundled_fonts, family_name, script_of
from toolkit.workspace import OwnFont

_SCRIPTS: tuple[Script, ...] = ("latin", "han", "tibetan")


def choose_fonts(own: Mapping[str, OwnFont]) -> FontSet:
    """The bundled fonts with `own` (keys such as `tibetan`, `tibetan_bold`) in front.

    Raises `SettingsError` for a file that is not a font.
    """
    bundled = bundled_fonts()
    regular = dict(bundled.regular)
    bold = dict(bundled.bold)
    for script in _SCRIPTS:
        if script in own:
            font = own[script]
            regular[script] = (FontFile(family_name(font.path), font.path, ratio=font.ratio), *regular[script])
            bold.pop(script, None)  # a bold of another family would not match
        if f"{script}_bold" in own:
            font = own[f"{script}_bold"]
            face = FontFile(family_name(font.path), font.path, bold=True, ratio=font.ratio)
            bold[script] = (face, *bold.get(script, ()))
    return FontSet(regular, bold)


def characters_filled_in(text: str, fonts: FontSet) -> dict[FontFile, tuple[str, ...]]:
    """For each script's first face: the characters of that script in `text` that another face must set."""
    lacking: dict[FontFile, tuple[str, ...]] = {}
    for character in dict.fromkeys(text):
        script = script_of(character)
        if script is None:
            continue
        first = fonts.regular[script][0]
        if ord(character) not in first.characters and fonts.face_for(character, script) is not None:
            lacking[first] = (*lacking.get(first, ()), character)
    return lacking
