"""Which face sets which character: text cut into runs of one face."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.fonts.catalog import FontFile, FontSet, Script, script_of
from toolkit.fonts.stretches import OWN_SCRIPT, stretches
from toolkit.languages import Language
from toolkit.pdf.shaping import is_mark

_VISIBLE_FORMATS = frozenset(
    [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xFFF9, 0xFFFA, 0xFFFB, 0x110BD, 0x110CD]
)
"""Format characters (Cf) that a font must draw; the others are invisible and need no glyph."""


@dataclass(frozen=True, slots=True)
class FaceRun:
    """`text[start:end]` is set in `file`, beginning with a character of `script`."""

    start: int
    end: int
    file: FontFile
    script: Script = "latin"


class Itemizer:
    """Cuts text into runs of one face, for one set of fonts."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._face_for = functools.lru_cache(maxsize=8_000)(self._look_up)
        self._printed: set[str] = set()
        self._set_by: dict[tuple[Script, bool, bool], tuple[FontFile, set[str]]] = {}

    @property
    def has_italic(self) -> bool:
        """Whether there is a face for emphasis in Latin."""
        return bool(self._fonts.italic.get("latin"))

    def _look_up(self, character: str, script: Script, bold: bool, italic: bool) -> FontFile | None:
        return self._fonts.face_for(character, script, bold=bold, italic=italic)

    def printable(self, text: str) -> str:
        """`text` with every character that no face has replaced by `[U+XXXX]`, and every control by a space."""
        if all(self._printable(character) == character for character in set(text) - self._printed):
            return text
        return "".join([character if character in self._printed else self._printable(character) for character in text])

    def _printable(self, character: str) -> str:
        category = unicodedata.category(character)
        if character == "\u00ad":
            return ""
        if category in ("Cc", "Zl", "Zp"):
            return " "
        is_invisible = category == "Cf" and ord(character) not in _VISIBLE_FORMATS
        if is_invisible or self._face_for(character, script_of(character) or "latin", False, False):
            self._printed.add(character)
            return character
        return f"[U+{ord(character):04X}]"

    def runs(self, text: str, language: Language, *, bold: bool = False, italic: bool = False) -> Iterator[FaceRun]:
        """The runs of `text`, which is `printable`, in order and without gaps."""
        start, current, begun = 0, None, OWN_SCRIPT[language]
        for first, end, script in stretches(text, language):
            file, known = self._main_face(script, bold, italic)
            if known.issuperset(text[first:end]):
                if file is not current:
                    if current is not None:
                        yield FaceRun(start, first, current, begun)
                    start, current, begun = first, file, script
                continue
            for index in range(first, end):
                character = text[index]
                if current is not None and is_mark(character) and self._keeps(current, character):
                    continue
                found = self._face_for(character, script, bold, italic) or current or file
                if found is file and not is_mark(character):
                    known.add(character)
                if found is not current:
                    if current is not None:
                        yield FaceRun(start, index, current, begun)
                    start, current, begun = index, found, script
        if current is not None:
            yield FaceRun(start, len(text), current, begun)

    def _main_face(self, script: Script, bold: bool, italic: bool) -> tuple[FontFile, set[str]]:
        """The face that sets most of a script, and the characters it is known to set, whatever stands before them."""
        key = (script, bold, italic)
        main = self._set_by.get(key)
        if main is None:
            probe = {"han": "一", "latin": "a", "tibetan": "ཀ"}[script]
            file = self._face_for(probe, script, bold, italic) or self._fonts.faces(script, bold=bold)[0]
            main = self._set_by[key] = (file, _tibetan_marks(file) if script == "tibetan" else set())
        return main

    @staticmethod
    def _keeps(file: FontFile, character: str) -> bool:
        return ord(character) in file.characters or unicodedata.category(character) == "Cf"


def _tibetan_marks(file: FontFile) -> set[str]:
    """The vowels and subjoined letters of a Tibetan face: no other face has them, so that they stay with their base."""
    return {chr(code) for code in range(0x0F71, 0x0FBD) if code in file.characters}
