"""Fonts at hand that have what the fonts of the house lack."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from toolkit.fonts.opened import has_outlines
from toolkit.fonts.shelf import FontLibrary, ShelvedFace

_PRIVATE_OR_UNASSIGNED = ("Co", "Cn")


@dataclass(frozen=True)
class Elsewhere:
    """Which faces have which characters, the fewest faces that do; and the characters that none has."""

    faces: tuple[tuple[ShelvedFace, tuple[str, ...]], ...]
    nowhere: tuple[str, ...]


def fonts_having(characters: tuple[str, ...], library: FontLibrary) -> Elsewhere:
    """Fonts to be named for `characters`: each time the one that has most of what is still lacking.

    Of those that have equally many: the nearest, plainest, and first by name.  Fonts that may not be embedded are
    passed over, and private-use characters, which mean another thing in every font, are in none.
    """
    wanted = [one for one in characters if unicodedata.category(one) not in _PRIVATE_OR_UNASSIGNED]
    usable = [one for one in library.plainest_first if not one.rights.refusal and has_outlines(one.path, one.index)]
    faces: list[tuple[ShelvedFace, tuple[str, ...]]] = []
    while wanted:
        best, had = None, 0
        for face in usable:
            count = sum(ord(one) in face.characters for one in wanted)
            if count > had:
                best, had = face, count
        if best is None:
            break
        faces.append((best, tuple(one for one in wanted if ord(one) in best.characters)))
        wanted = [one for one in wanted if ord(one) not in best.characters]
    found = {one for _, has in faces for one in has}
    return Elsewhere(tuple(faces), tuple(one for one in characters if one not in found))


def unicode_name(character: str) -> str:
    """A character as a person can look it up: U+0F1A TIBETAN SIGN RDEL DKAR GCIG."""
    category = unicodedata.category(character)
    unnamed = {"Co": "private use", "Cn": "not a character"}.get(category, "")
    return f"U+{ord(character):04X} {unicodedata.name(character, unnamed)}".rstrip()
