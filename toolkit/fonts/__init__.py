"""Fonts, picked per script: which file sets which text, and which characters none of them has."""

from toolkit.fonts.catalog import FontFile, FontSet, bundled_fonts, missing_characters
from toolkit.fonts.choose import characters_filled_in, choose_fonts
from toolkit.fonts.elsewhere import Elsewhere, fonts_having, unicode_name
from toolkit.fonts.looks import Ink
from toolkit.fonts.own import fonts_at_hand
from toolkit.fonts.rights import Rights
from toolkit.fonts.script import SCRIPT_NAMES, SCRIPTS, Script, script_of
from toolkit.fonts.shelf import FontLibrary, ShelvedFace

__all__ = [
    "SCRIPTS",
    "SCRIPT_NAMES",
    "Elsewhere",
    "FontFile",
    "FontLibrary",
    "FontSet",
    "Ink",
    "Rights",
    "Script",
    "ShelvedFace",
    "bundled_fonts",
    "characters_filled_in",
    "choose_fonts",
    "fonts_at_hand",
    "fonts_having",
    "missing_characters",
    "script_of",
    "unicode_name",
]
