"""How each kind of row looks in each language: sizes, leading, alignment, colour.

Sizes follow the Chinese body text; each font's own `ratio` (see `toolkit.fonts`) then brings scripts to
one visual size.  Tibetan leading is 2.0 em, because the ink of Noto Serif Tibetan is 1.86 em high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.languages import Language

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


MastheadRule = Literal["none", "single", "double", "star"]


@dataclass(frozen=True)
class Ornaments:
    """What a theme draws around the text.  Lengths in pt.

    `masthead_rule` stands under the name of the series (`star`: a rule parted by a five-pointed star, as on the papers
    of Chinese offices), `masthead_thickness` thick; `column_rules` between columns of text, `row_rules` between rows;
    `yig_mgo` heads a Tibetan title; `row_gap` parts paragraphs, `part_gap` the rows of one paragraph, `ruled_gap` rows
    with a rule between them; `head_gap` stands over the names of the columns and over the colophon, `picture_gap`
    under a picture.  A gap between rows may grow by `give` so that pages end level.  `hairline` is the thickness of
    fine rules, `picture_frame` one of them around pictures; `stamp_box` frames the stamp, `foot_rule` stands over the
    running foot.  `list_indent`, in em of its text, is how far a list stands in.
    """

    masthead_rule: MastheadRule = "single"
    masthead_thickness: float = 1.4
    column_rules: bool = True
    row_rules: bool = False
    yig_mgo: bool = True
    row_gap: float = 5.0
    part_gap: float = 1.0
    list_indent: float = 1.2
    ruled_gap: float = 8.0
    head_gap: float = 10.0
    picture_gap: float = 6.0
    give: float = 3.0
    hairline: float = 0.4
    picture_frame: bool = True
    stamp_box: bool = True
    foot_rule: bool = True


@dataclass(frozen=True, eq=False)
class Theme:
    """How a bulletin looks: colours, ornaments, and a style for each kind of row (and `NOTE`, `FOOT`) per language."""

    name: str
    palette: Palette
    styles: Mapping[str, Mapping[Language, TextStyle]]
    ornaments: Ornaments = Ornaments()

    def style(self, kind: str, language: Language) -> TextStyle:
        """The style of a row of `kind`, or of `NOTE` or `FOOT`, in `language`."""
        return self.styles[kind][language]
