"""Can the fonts set the text?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.fonts import FontSet, characters_filled_in, missing_characters
from toolkit.languages import Language
from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding

_MOST_NAMED = 12


def check_fonts(text: str, fonts: FontSet) -> tuple[Finding, ...]:
    """Findings for characters that no font has, and for those a newsroom's own font leaves to another."""
    return tuple(_findings(text, fonts))


def _findings(text: str, fonts: FontSet) -> Iterator[Finding]:
    missing = tuple(missing_characters(text, fonts))
    if missing:
        yield found(
            "missing-glyph",
            f"No font has {_named(missing)}; the page shows the code point instead. "
            "Add a font that has it under [fonts] in bulletin.toml, or change the text.",
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


def _named(characters: tuple[str, ...]) -> str:
    shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in characters[:_MOST_NAMED])
    more = len(characters) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
