"""Tibetan text: syllables, and words in it.

A syllable ends at a tsheg (U+0F0B), a shad, a space or any other sign that is no letter.  The last syllable of a
word may carry a fused particle: འི ར ས འང འམ འོ, where a final འ gives way to it (མདའ, མདའི).
"""

from __future__ import annotations

import unicodedata

TSHEG = "\u0f0b"
_TSHEG_NO_BREAK = "\u0f0c"
SHAD = "\u0f0d"
_ACHUNG = "\u0f60"
_QUOTES = "“”‘’《》〈〉"  # a tsheg may stand before the closing one, so neither is looked for
_FUSED = ("\u0f60\u0f72", "\u0f62", "\u0f66", "\u0f60\u0f44", "\u0f60\u0f58", "\u0f60\u0f7c")  # འི ར ས འང འམ འོ


def normal(text: str) -> str:
    """`text` in NFC, with the plain tsheg for the one that does not break."""
    return unicodedata.normalize("NFC", text).replace(_TSHEG_NO_BREAK, TSHEG)


def find_phrase(text: str, phrase: str) -> tuple[tuple[int, int], ...]:
    """Where `phrase` stands in `text` from syllable to syllable; a fused particle behind it is not part of the span.

    `text` is searched as it is when it is normal already (see `normal`), so offsets hold; bring other text into
    that form first.
    """
    text = text.replace(_TSHEG_NO_BREAK, TSHEG)
    phrase = normal(phrase).strip(f"{TSHEG}{SHAD} {_QUOTES}")
    if not phrase:
        return ()
    stem = phrase.removesuffix(_ACHUNG)
    endings = ("", *_FUSED) if stem == phrase else (_ACHUNG, *_FUSED)
    found = []
    start = text.find(stem)
    while start != -1:
        end = start + len(stem)
        if (start == 0 or not joins(text[start - 1])) and _ends_with_any(text, end, endings):
            found.append((start, end + (1 if stem != phrase and text.startswith(_ACHUNG, end) else 0)))
        start = text.find(stem, start + 1)
    return tuple(found)


def _ends_with_any(text: str, end: int, endings: tuple[str, ...]) -> bool:
    return any(
        text.startswith(ending, end) and not joins(text[end + len(ending) : end + len(ending) + 1])
        for ending in endings
    )


def joins(character: str) -> bool:
    """Whether `character` belongs to a syllable: a Tibetan letter, vowel or subjoined sign; false for no character."""
    return bool(character) and ("\u0f40" <= character <= "\u0fbc" or character in "\u0f35\u0f37\u0f39")


_OPEN_ENDS = ("དང", "ནས", "ཞིང", "ཅིང", "ཤིང", "ཏེ", "སྟེ", "དེ", "ལ", "ནི")  # particles that a clause goes on from


def with_shad(text: str) -> str:
    """`text` closed: a shad behind its last letter, a tsheg before that after ང, none after ག and ཀ.

    A text that has an end mark, or ends in no Tibetan letter, stays as it is.
    """
    text = text.rstrip(f" {TSHEG}")
    if not text or not joins(text[-1]) or text[-1] in "གཀ":
        return text
    return text + (TSHEG if text.endswith("ང") else "") + SHAD


def goes_on(text: str) -> bool:
    """Whether `text` ends in a particle from which the sentence goes on (ནས, ཞིང, དང …), so that no shad is due."""
    found = syllables(text)
    return bool(found) and found[-1] in _OPEN_ENDS


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of `text` in order, without tsheg and punctuation; other scripts are left out."""
    found: list[str] = []
    current = ""
    for character in normal(text):
        if joins(character):
            current += character
        elif current:
            found.append(current)
            current = ""
    return (*found, current) if current else tuple(found)
