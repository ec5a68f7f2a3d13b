"""Which script each character of a mixed text is set in: the same in PDF and DOCX.

Figures are Latin; a bracket between Chinese and Latin is Chinese, so that both of a pair are of one font.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from toolkit.fonts.script import Script, script_of
from toolkit.languages import Language

OWN_SCRIPT: dict[Language, Script] = {"zh": "han", "en": "latin", "bo": "tibetan"}
"""The script a language is written in."""

_SIGNS_OF_FIGURES = frozenset("%‰°℃$€£¥+±")
_SIGNS: dict[Script, str] = {"han": "h", "latin": "l", "tibetan": "t"}
_SCRIPTS: dict[str, Script] = {sign: script for script, sign in _SIGNS.items()}
_PAIRS = {"(": ")", "[": "]", "“": "”"}
_OPENING = frozenset(_PAIRS)
_BETWEEN = re.compile(r"([hlt]?)([nsf]+)(?=([hlt]?))")
_STRETCH = re.compile(r"h+|l+|t+")


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


def stretches(text: str, language: Language) -> Iterator[tuple[int, int, Script]]:
    """The stretches of one script: beginning, end, script.  `language` is that of the column."""
    own = OWN_SCRIPT[language]
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
    return [_SCRIPTS[sign] for sign in _signs(text, _SIGNS[OWN_SCRIPT[language]])]


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

    signs = _BETWEEN.sub(resolved, "".join([_SIGN_OF[character] for character in text]))
    return signs if _OPENING.isdisjoint(text) else _with_like_pairs(text, signs)


def _with_like_pairs(text: str, signs: str) -> str:
    """A closing bracket is of the script of its opening one."""
    found = list(signs)
    waiting: list[tuple[str, str]] = []  # the closing bracket, and the script of its opening one
    for index, character in enumerate(text):
        if character in _PAIRS:
            waiting.append((_PAIRS[character], signs[index]))
        elif waiting and character == waiting[-1][0]:
            found[index] = waiting.pop()[1]
    return "".join(found)


def _beside_figure(text: str, index: int) -> bool:
    return any(character.isdigit() for character in text[max(0, index - 1) : index + 2])
