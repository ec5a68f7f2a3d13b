"""A newsroom's own fonts before the bundled ones."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.errors import SettingsError
from toolkit.fonts.catalog import FontFile, FontSet, Script, bundled_fonts, family_name, script_of
from toolkit.workspace import OwnFont

_SCRIPTS: tuple[Script, ...] = ("latin", "han", "tibetan")


def choose_fonts(own: Mapping[str, OwnFont]) -> FontSet:
    """The bundled fonts with `own` (keys such as `tibetan`, `tibetan_bold`) in front.

    Raises `SettingsError` for a file that is not a font, or whose licence bits forbid embedding.
    """
    bundled = bundled_fonts()
    regular = dict(bundled.regular)
    bold = dict(bundled.bold)
    for script in _SCRIPTS:
        if script in own:
            regular[script] = (_own_face(own[script], bold=False), *regular[script])
            bold.pop(script, None)  # a bold of another family would not match
        if f"{script}_bold" in own:
            bold[script] = (_own_face(own[f"{script}_bold"], bold=True), *bold.get(script, ()))
    return FontSet(regular, bold)


def _own_face(font: OwnFont, *, bold: bool) -> FontFile:
    face = FontFile(family_name(font.path), font.path, bold=bold, ratio=font.ratio)
    if not face.embedding_allowed:
        raise SettingsError(
            f"{face.family} forbids being embedded or cut to the characters used (OS/2 fsType)",
            path=font.path,
            remedy="Ask its maker for a licence that allows it, or name another font under [fonts] in bulletin.toml",
        )
    return face


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
