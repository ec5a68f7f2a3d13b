"""Which face sets which character: text cut into runs of one face."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.fonts.catalog import FontFile, FontSet, Script, script_of
from toolkit.languages import Language
from toolkit.pdf.shaping import is_mark

_OWN_SCRIPT: dict[Language, Script] = {"zh": "han", "en": "latin", "bo": "tibetan"}
_SIGNS_OF_FIGURES = frozenset("%‰°℃$€£¥+±")
_SIGNS: dict[Script, str] = {"han": "h", "latin": "l", "tibetan": "t"}
_SCRIPTS: dict[str, Script] = {sign: script for script, sign in _SIGNS.items()}
_BETWEEN = re.compile(r"([hlt]?)([nsf]+)(?=([hlt]?))")
_STRETCH = re.compile(r"h+|l+|t+")
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
        start, current, begun = 0, None, _OWN_SCRIPT[language]
        for first, end, script in _stretches(text, language):
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


@functools.cache
def _strong_script(character: str) -> Script | None:
    if character.isdigit() and not "\u0f20" <= character <= "\u0f33" and not "\u2460" <= character <= "\u24ff":
        return "latin"
    return script_of(character)


class _Signs(dict[str, str]):
    """Each character's script as one letter; s for a space, f for a sign of figures, n for what takes its script."""

    def __missing__(self, character: str) -> str:
        script = _strong_script(character)
        if script is not None:
            sign = _SIGNS[script]
        elif character in _SIGNS_OF_FIGURES:
            sign = "f"
        else:
            sign = "s" if character.isspace() else "n"
        self[character] = sign
        return sign


_SIGN_OF = _Signs()


def _stretches(text: str, language: Language) -> Iterator[tuple[int, int, Script]]:
    """The stretches of one script."""
    own = _OWN_SCRIPT[language]
    if not text:
        return
    met = {_SIGN_OF[character] for character in set(text)}
    if met <= {_SIGNS[own], "n", "s"}:
        yield 0, len(text), own
        return
    for match in _STRETCH.finditer(_signs(text, _SIGNS[own])):
        yield match.start(), match.end(), _SCRIPTS[match.group()[0]]


def scripts(text: str, language: Language) -> list[Script]:
    """The script each character is set in.

    Letters, ideographs and figures have their own.  Punctuation and spaces between two characters of one
    script take that script; elsewhere the script of the column: “ and —— are a full ideograph wide in
    Chinese, even beside a Latin name, and narrow in English.
    """
    return [_SCRIPTS[sign] for sign in _signs(text, _SIGNS[_OWN_SCRIPT[language]])]


def _signs(text: str, own: str) -> str:
    def resolved(match: re.Match[str]) -> str:
        before, between, after = match.groups()
        neutral = before if before and before == after else own
        signs = []
        for index, sign in enumerate(between, start=match.start(2)):
            if sign == "s":
                signs.append(before or own)
            else:
                signs.append("l" if sign == "f" and _beside_figure(text, index) else neutral)
        return before + "".join(signs)

    return _BETWEEN.sub(resolved, "".join([_SIGN_OF[character] for character in text]))


def _beside_figure(text: str, index: int) -> bool:
    return any(character.isdigit() for character in text[max(0, index - 1) : index + 2])
