"""Which face sets which character: text cut into runs of one face."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.fonts.catalog import FontFile, FontSet, Script, script_of
from toolkit.languages import Language
from toolkit.pdf.shaping import is_mark

_OWN_SCRIPT: dict[Language, Script] = {"zh": "han", "en": "latin", "bo": "tibetan"}
_SIGNS_OF_FIGURES = frozenset("%‰°℃$€£¥+±")


@dataclass(frozen=True, slots=True)
class FaceRun:
    """`text[start:end]` is set in `file`."""

    start: int
    end: int
    file: FontFile


class Itemizer:
    """Cuts text into runs of one face, for one set of fonts."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._face_for = functools.lru_cache(maxsize=20_000)(self._look_up)

    def _look_up(self, character: str, script: Script, bold: bool) -> FontFile | None:
        return self._fonts.face_for(character, script, bold=bold)

    def printable(self, text: str) -> str:
        """`text` with every character that no face has replaced by `[U+XXXX]`, and every control by a space."""
        return "".join(self._printable(character) for character in text)

    def _printable(self, character: str) -> str:
        category = unicodedata.category(character)
        if character == "\u00ad":
            return ""
        if category in ("Cc", "Zl", "Zp"):
            return " "
        if category == "Cf" or self._face_for(character, script_of(character) or "latin", False):
            return character
        return f"[U+{ord(character):04X}]"

    def runs(self, text: str, language: Language, *, bold: bool = False) -> Iterator[FaceRun]:
        """The runs of `text`, which is `printable`, in order and without gaps."""
        start = 0
        current: FontFile | None = None
        for index, (character, script) in enumerate(zip(text, scripts(text, language), strict=True)):
            if current is not None and is_mark(character) and self._keeps(current, character):
                continue
            file = self._face_for(character, script, bold) or current or self._fonts.faces("latin", bold=bold)[0]
            if file is not current:
                if current is not None:
                    yield FaceRun(start, index, current)
                start, current = index, file
        if current is not None:
            yield FaceRun(start, len(text), current)

    @staticmethod
    def _keeps(file: FontFile, character: str) -> bool:
        return ord(character) in file.characters or unicodedata.category(character) == "Cf"


@functools.cache
def _strong_script(character: str) -> Script | None:
    if character.isdigit() and not "\u0f20" <= character <= "\u0f33" and not "\u2460" <= character <= "\u24ff":
        return "latin"
    return script_of(character)


def scripts(text: str, language: Language) -> list[Script]:
    """The script each character is set in.

    Letters, ideographs and figures have their own.  Punctuation and spaces between two characters of one
    script take that script; elsewhere the script of the column: “ and —— are a full ideograph wide in
    Chinese, even beside a Latin name, and narrow in English.
    """
    own = _OWN_SCRIPT[language]
    strong = [_strong_script(character) for character in text]
    following: list[Script | None] = [None] * len(text)
    upcoming: Script | None = None
    for index in range(len(text) - 1, -1, -1):
        following[index] = upcoming
        upcoming = strong[index] or upcoming
    result: list[Script] = []
    previous: Script | None = None
    for index, character in enumerate(text):
        script = strong[index]
        if script is not None:
            previous = script
            result.append(script)
        elif character in _SIGNS_OF_FIGURES and _beside_figure(text, index):
            result.append("latin")
        elif character.isspace():
            result.append(previous or own)
        elif previous is not None and previous == following[index]:
            result.append(previous)
        else:
            result.append(own)
    return result


def _beside_figure(text: str, index: int) -> bool:
    return any(character.isdigit() for character in text[max(0, index - 1) : index + 2])
