"""How each kind of row looks in each language: sizes, leading, alignment, colour.

Sizes follow the Chinese body text; each font's own `ratio` (see `toolkit.fonts`) then brings scripts to
one visual size.  Tibetan leading is 2.0 em, because the ink of Noto Serif Tibetan is 1.86 em high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from toolkit.bulletin.kinds import RowKind
from toolkit.languages import LANGUAGES, Language

Alignment = Literal["justify", "left", "center"]


@dataclass(frozen=True)
class TextStyle:
    """One paragraph style.  `size`, `leading`, `before` and `after` in pt; `indent` in em; `color` as RRGGBB."""

    size: float
    leading: float
    align: Alignment = "justify"
    bold: bool = False
    color: str = "1A1A1A"
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, as RRGGBB: of text, of what is accented, of what is quiet, of rules and gaps."""

    ink: str = "1A1A1A"
    accent: str = "9B1C1C"  # the red of official mastheads
    quiet: str = "5F5F5F"
    rule: str = "BDBDBD"
    gap: str = "FFF1C9"


NOTE, FOOT = "note", "foot"
"""Styles of text that is no row: the small notes under a cell; running title, stamp and page number."""


@dataclass(frozen=True, eq=False)
class Theme:
    """How a bulletin looks: colours, and a style for each kind of row (and `NOTE`, `FOOT`) in each language."""

    name: str
    palette: Palette
    styles: Mapping[str, Mapping[Language, TextStyle]]

    def style(self, kind: str, language: Language) -> TextStyle:
        """The style of a row of `kind`, or of `NOTE` or `FOOT`, in `language`."""
        return self.styles[kind][language]


_LEADING: dict[Language, float] = {"zh": 1.62, "en": 1.45, "bo": 2.0}
_SIZE: dict[Language, float] = {"zh": 10.5, "en": 10.25, "bo": 10.5}
_INDENT: dict[Language, float] = {"zh": 2.0, "en": 1.2, "bo": 1.2}
_CLASSIC = Palette()
_ROWS: dict[str, tuple[float, dict[str, object]]] = {
    RowKind.MASTHEAD: (1.0, {"align": "left", "color": _CLASSIC.accent, "bold": True, "after": 4.0}),
    RowKind.KICKER: (1.0, {"align": "left", "color": _CLASSIC.quiet, "before": 4.0}),
    RowKind.TITLE: (1.55, {"align": "left", "bold": True, "after": 2.0}),
    RowKind.BYLINE: (0.88, {"align": "left", "color": _CLASSIC.quiet}),
    RowKind.NOTICE: (0.88, {"align": "left", "color": _CLASSIC.accent, "after": 4.0}),
    RowKind.HEADING: (
        1.08,
        {"align": "left", "bold": True, "color": _CLASSIC.accent, "before": 6.0, "keep_with_next": True},
    ),
    RowKind.PARAGRAPH: (1.0, {}),
    RowKind.CAPTION: (0.88, {"align": "left", "color": _CLASSIC.quiet}),
    RowKind.COLUMN_HEAD: (0.85, {"align": "left", "color": _CLASSIC.quiet, "bold": True}),
    RowKind.INDEX: (0.85, {"align": "left"}),
    RowKind.COLOPHON: (0.85, {"align": "left", "color": _CLASSIC.quiet, "before": 3.0}),
    NOTE: (0.72, {"align": "left", "color": _CLASSIC.quiet}),
    FOOT: (0.8, {"align": "left", "color": _CLASSIC.quiet}),
}


def _style(kind: str, language: Language) -> TextStyle:
    scale, changes = _ROWS[kind]
    size = round(_SIZE[language] * scale, 2)
    indent = _INDENT[language] if kind == RowKind.PARAGRAPH else 0.0
    style = TextStyle(size=size, leading=round(size * _LEADING[language], 2), indent=indent)
    return replace(style, **changes)  # type: ignore[arg-type]


CLASSIC = Theme(
    "classic", _CLASSIC, {kind: {language: _style(kind, language) for language in LANGUAGES} for kind in _ROWS}
)
