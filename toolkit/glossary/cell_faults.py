"""What is wrong with the text of one cell of a glossary, whatever stands in the others.

Codes are stable; severities are decided above (`toolkit.quality.terms_lint`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.glossary.store import BETWEEN_VARIANTS, SIGNED, has_control_character
from toolkit.languages import LANGUAGES, NAMES, Language, is_han, is_tibetan

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_ODD_SPACE = re.compile("[\t\r\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_FULL_WIDTH_LETTER = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_CHINESE_MARKS = re.compile("[，。、；：？！「」『』【】]")
_BRACKETS = {
    ")": "(",
    "]": "[",
    "}": "{",
    "）": "（",
    "”": "“",
    "》": "《",
    "〉": "〈",
    "】": "【",
    "」": "「",
    "』": "『",
}
_LETTERS_OF_WORDS = re.compile(r"[^\W\d_]+")
_LATIN_LOOKS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
_NO_BREAK_TSHEG = "\u0f0c"


@dataclass(frozen=True)
class CellFault:
    """`code` names the rule; `reason` and `remedy` are clauses without a full stop."""

    code: str
    reason: str
    remedy: str


def cell_faults(column: str, cell: str) -> Iterator[CellFault]:
    """The faults of a cell exactly as typed; `column` says which language it should be in, if any."""
    if column in SIGNED or not cell:
        return
    yield from _character_faults(cell)
    yield from _space_faults(cell)
    language = next((one for one in LANGUAGES if column.split("_")[0] == one), None)
    if language is None:
        return
    parts = (cell,) if column == language else cell.split(BETWEEN_VARIANTS)
    for part in parts:
        text = " ".join(part.split())
        if text:
            yield from _text_faults(text, language)
        elif len(parts) > 1:
            yield CellFault("white-space", "there is nothing between two |", "Delete one of them")


def _character_faults(cell: str) -> Iterator[CellFault]:
    if has_control_character(re.sub("[\t\r\n]", "", cell)):
        yield CellFault("control-character", "there is a control character", "Type the cell again")
    for match in _INVISIBLE.finditer(cell):
        name = _named(match.group())
        yield CellFault("invisible", f"there is an invisible character, {name}", "Delete it, or type the cell again")
        return
    if unicodedata.normalize("NFC", cell) != cell:
        yield CellFault(
            "not-nfc", "letters are composed in another way than Unicode's normal form C", "Type the cell again"
        )


def _space_faults(cell: str) -> Iterator[CellFault]:
    if match := _ODD_SPACE.search(cell.strip(" ")):
        yield CellFault("white-space", f"there is {_named(match.group())} for a space", "Put a plain space, or none")
    elif cell != cell.strip():
        yield CellFault("white-space", "there is a space at its start or end", "Delete it")
    elif "  " in cell:
        yield CellFault("white-space", "there are two spaces in a row", "Delete one of them")


def _text_faults(text: str, language: Language) -> Iterator[CellFault]:
    yield from _script_faults(text, language)
    if bracket := _unbalanced(text):
        yield CellFault("brackets", f"{bracket} has no partner in “{text}”", "Close the bracket, or delete it")
    if language == "bo":
        yield from _tibetan_end_faults(text)
    if language == "zh" and len(text) == 1:
        yield CellFault(
            "one-character", f"“{text}” is a single character and will be found in many words", "Give a longer form"
        )


def _script_faults(text: str, language: Language) -> Iterator[CellFault]:
    name = NAMES[language]
    wide = _FULL_WIDTH_LETTER if language == "zh" else _FULL_WIDTH
    if match := wide.search(text):
        yield CellFault("full-width", f"“{match.group()}” is a full-width form", "Type the ordinary character")
    elif language != "zh" and (match := _CHINESE_MARKS.search(text)):
        yield CellFault("wrong-script", f"“{match.group()}” is Chinese punctuation", f"Use that of {name}")
    looks = next(_homoglyphs(text), None)
    if looks is not None:
        yield looks
        return
    wrong = next((one for one in text if _is_foreign(one, language)), "")
    if wrong:
        yield CellFault(
            "wrong-script", f"“{wrong}” in “{text}” is no letter of {name}", "Mend it, or put it under its own language"
        )
    elif not any(_is_own(one, language) for one in text):
        yield CellFault("wrong-script", f"“{text}” has no letter of {name}", "Mend it, or empty the cell")


def _homoglyphs(text: str) -> Iterator[CellFault]:
    """Words of Latin letters among which some only look like Latin ones."""
    for match in _LETTERS_OF_WORDS.finditer(text):
        scripts = {_script(one): one for one in match.group()}
        mixed = next((script for script in _LATIN_LOOKS if script in scripts), "")
        if mixed and "LATIN" in scripts:
            reason = f"“{scripts[mixed]}” in “{match.group()}” is {mixed.capitalize()} and only looks Latin"
            yield CellFault("homoglyph", reason, "Type the word again")
            return


def _is_own(character: str, language: Language) -> bool:
    if language == "zh":
        return is_han(character)
    if language == "bo":
        return tibetan.joins(character)
    return _script(character) == "LATIN"


def _is_foreign(character: str, language: Language) -> bool:
    """A letter that does not belong: Latin may stand in Chinese (GDP, 5G), but nothing else may in the others."""
    script = _script(character)
    if language == "zh":
        return is_tibetan(character) or script not in ("", "CJK", "LATIN", "FULLWIDTH")
    if language == "bo":
        return not is_tibetan(character) and script not in ("", "FULLWIDTH")
    return is_tibetan(character) or script not in ("", "LATIN", "FULLWIDTH")


def _script(character: str) -> str:
    """The script of a letter, by the first word of its Unicode name; empty for what is no letter."""
    if not (character.isalpha() or is_han(character)):
        return ""
    return "CJK" if is_han(character) else unicodedata.name(character, "UNKNOWN").split(" ")[0]


def _tibetan_end_faults(text: str) -> Iterator[CellFault]:
    if _NO_BREAK_TSHEG in text:
        yield CellFault("no-break-tsheg", f"“{text}” has a tsheg that does not break (U+0F0C)", "Type a plain tsheg")
    if text.endswith((tibetan.TSHEG, _NO_BREAK_TSHEG)):
        yield CellFault("tsheg-at-end", f"“{text}” ends with a tsheg", "Delete it: the sentence puts its own")
    elif text.endswith((tibetan.SHAD, "\u0f0e", "\u0f14")):
        yield CellFault("shad-at-end", f"“{text}” ends with a shad", "Delete it: the sentence puts its own")


def _unbalanced(text: str) -> str:
    waiting: list[str] = []
    for character in text:
        if character in _BRACKETS.values():
            waiting.append(character)
        elif character in _BRACKETS and (not waiting or waiting.pop() != _BRACKETS[character]):
            return character
    return waiting[-1] if waiting else ""


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X} ({name})"
