"""Units for the tests of the memory."""

from __future__ import annotations

from toolkit.languages import Language
from toolkit.memory import MemoryUnit
from toolkit.report import InlineText


def unit(
    zh: str,
    en: str = "",
    bo: str = "",
    *,
    by: str = "",
    at: str = "",
    doubt: str = "",
    place: str = "",
    before: str = "",
    after: str = "",
    origin: str = "",
) -> MemoryUnit:
    """A unit with plain texts; an empty target is none."""
    texts: tuple[tuple[Language, str], ...] = (("en", en), ("bo", bo))
    targets = {language: InlineText(text) for language, text in texts if text}
    doubts: dict[Language, str] = {"en": doubt} if doubt else {}
    return MemoryUnit(InlineText(zh), targets, by, doubts, place, at, origin, before, after)
