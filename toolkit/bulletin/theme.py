"""How each kind of row looks in each language: sizes, leading, alignment, colour.

Sizes follow the Chinese body text; each font's own `ratio` (see `toolkit.fonts`) then brings scripts to
one visual size.  Tibetan leading is 2.0 em, because the ink of Noto Serif Tibetan is 1.86 em high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from toolkit.bulletin.model import RowKind
from toolkit.languages import Language

Alignment = Literal["justify", "left", "center"]

INK = "1A1A1A"
ACCENT = "9B1C1C"  # the red of official mastheads
QUIET = "5F5F5F"
GAP_TINT = "FFF1C9"
RULE = "BDBDBD"


@dataclass(frozen=True)
class TextStyle:
    """One paragraph style.  `size`, `leading`, `before` and `after` in pt; `indent` in em; `color` as RRGGBB."""

    size: float
    leading: float
    align: Alignment = "justify"
    bold: bool = False
    color: str = INK
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False


_LEADING: dict[Language, float] = {"zh": 1.62, "en": 1.45, "bo": 2.0}
_SIZE: dict[Language, float] = {"zh": 10.5, "en": 10.25, "bo": 10.5}
_INDENT: dict[Language, float] = {"zh": 2.0, "en": 1.2, "bo": 1.2}


def _style(language: Language, scale: float, **changes: object) -> TextStyle:
    size = round(_SIZE[language] * scale, 2)
    style = TextStyle(size=size, leading=round(size * _LEADING[language], 2))
    return replace(style, **changes)  # type: ignore[arg-type]


def style_for(kind: RowKind, language: Language) -> TextStyle:
    """The style of a row of `kind` in `language`."""
    match kind:
        case RowKind.MASTHEAD:
            return _style(language, 1.0, align="left", color=ACCENT, bold=True, after=4.0)
        case RowKind.KICKER:
            return _style(language, 1.0, align="left", color=QUIET, before=4.0)
        case RowKind.TITLE:
            return _style(language, 1.55, align="left", bold=True, after=2.0)
        case RowKind.BYLINE:
            return _style(language, 0.88, align="left", color=QUIET)
        case RowKind.NOTICE:
            return _style(language, 0.88, align="left", color=ACCENT, after=4.0)
        case RowKind.HEADING:
            return _style(language, 1.08, align="left", bold=True, color=ACCENT, before=6.0, keep_with_next=True)
        case RowKind.PARAGRAPH:
            return _style(language, 1.0, indent=_INDENT[language])
        case RowKind.CAPTION:
            return _style(language, 0.88, align="left", color=QUIET)
        case RowKind.COLUMN_HEAD:
            return _style(language, 0.85, align="left", color=QUIET, bold=True)
        case RowKind.COLOPHON:
            return _style(language, 0.85, align="left", color=QUIET, before=3.0)


def note_style(language: Language) -> TextStyle:
    """The style of the small notes under a cell."""
    return _style(language, 0.72, align="left", color=QUIET)


def foot_style(language: Language) -> TextStyle:
    """The style of running title, stamp and page number."""
    return _style(language, 0.8, align="left", color=QUIET)
