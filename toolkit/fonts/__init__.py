"""Fonts, picked per script: which file sets which text, and which characters none of them has."""

from toolkit.fonts.catalog import FontFile, FontSet, Script, bundled_fonts, missing_characters, script_of
from toolkit.fonts.choose import characters_filled_in, choose_fonts

__all__ = [
    "FontFile",
    "FontSet",
    "Script",
    "bundled_fonts",
    "characters_filled_in",
    "choose_fonts",
    "missing_characters",
    "script_of",
]
