"""Which script a character belongs to."""

from __future__ import annotations

from typing import Literal

from toolkit.languages import is_han, is_tibetan

Script = Literal["han", "latin", "tibetan"]
SCRIPTS: tuple[Script, ...] = ("latin", "han", "tibetan")
SCRIPT_NAMES: dict[Script, str] = {"latin": "Latin", "han": "Chinese", "tibetan": "Tibetan"}
"""English names, for messages."""


def script_of(character: str) -> Script | None:
    """The script of `character`, or None for one that takes the script of its neighbours (space, digit, mark)."""
    if is_tibetan(character):
        return "tibetan"
    if is_han(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
        return "han"
    if character.isalpha():
        return "latin"
    return None
