"""Can the fonts set the text?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.fonts import (
    FontSet,
    characters_filled_in,
    fonts_at_hand,
    fonts_having,
    missing_characters,
    unicode_name,
)
from toolkit.languages import Language
from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding

_MOST_NAMED = 12


def check_fonts(text: str, fonts: FontSet, workspace: Path | None = None) -> tuple[Finding, ...]:
    """Findings for characters that no font has, and for those a newsroom's own font leaves to another.

    For what is lacking, a font at hand that has it is named: one in fonts/ of `workspace`, on this machine, or bundled.
    """
    return tuple(_findings(text, fonts, workspace))


def _findings(text: str, fonts: FontSet, workspace: Path | None) -> Iterator[Finding]:
    missing = tuple(missing_characters(text, fonts))
    if missing:
        yield found(
            "missing-glyph",
            f"No font has {_named(missing)}; the page shows the code point instead. {_remedy(missing, workspace)}",
            about="".join(missing),
        )
    for face, characters in characters_filled_in(text, fonts).items():
        yield found(
            "font-lacks-characters",
            f"{face.family} ({face.path.name}) lacks {_named(characters)}; a bundled font stands in. "
            "Choose a font that has them under [fonts] in bulletin.toml.",
            about=f"{face.family} {''.join(characters)}",
        )


def check_widths(words: Iterable[tuple[Language, str]]) -> tuple[Finding, ...]:
    """Findings for words that no line of their column can hold whole."""
    return tuple(
        found(
            "overflow",
            f"“{word}” is wider than its column; the page breaks it between letters. Shorten it, or break it yourself.",
            language=language,
            about=word,
        )
        for language, word in sorted(set(words))
    )


def _remedy(missing: tuple[str, ...], workspace: Path | None) -> str:
    """Where the characters are to be had, and the line of bulletin.toml that brings them onto the page."""
    elsewhere = fonts_having(missing, fonts_at_hand(workspace))
    if not elsewhere.faces:
        return "No font on this machine has it either: install one that does, or change the text."
    told = "; ".join(f"{face.names.family} has {' '.join(has[:_MOST_NAMED])}" for face, has in elsewhere.faces)
    names = ", ".join(f'"{family}"' for family in dict.fromkeys(face.names.family for face, _ in elsewhere.faces))
    rest = f" No font here has {' '.join(elsewhere.nowhere[:_MOST_NAMED])}: change it." if elsewhere.nowhere else ""
    return f"On this machine {told}: write more = [{names}] under [fonts] in bulletin.toml, or change the text.{rest}"


def _named(characters: tuple[str, ...]) -> str:
    shown = ", ".join(f"{character} ({unicode_name(character)})" for character in characters[:_MOST_NAMED])
    more = len(characters) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
