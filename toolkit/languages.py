"""The three languages, as tags, names and characters."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["zh", "en", "bo"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
SOURCE: Language = "zh"
TARGETS: tuple[Language, ...] = ("en", "bo")

BCP47: dict[Language, str] = {"zh": "zh-CN", "en": "en-US", "bo": "bo-CN"}
"""Tags written into PDF, DOCX, XLIFF and TMX."""

NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English", "bo": "Tibetan"}
"""English names, for messages."""


_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def is_han(character: str) -> bool:
    """Whether `character` is a Chinese ideograph (URO, extensions, compatibility)."""
    code = ord(character)
    return (
        0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
    )


def is_tibetan(character: str) -> bool:
    """Whether `character` stands in the Tibetan block, U+0F00 to U+0FFF."""
    return "\u0f00" <= character <= "\u0fff"
