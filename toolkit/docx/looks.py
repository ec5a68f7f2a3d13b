"""Which named style a line of text takes, and what the theme says about it.

Names are for the editor: "Bulletin Paragraph Tibetan" stands in the style gallery of Word, and changing
it there changes every such paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.bulletin.model import Bulletin, Cell, Mark, Row, RowKind
from toolkit.bulletin.theme import FOOT, NOTE, TextStyle, Theme
from toolkit.languages import LANGUAGES, NAMES, Language


class Extra(StrEnum):
    """Roles of text that are no row of their own."""

    CONTINUED = "paragraph continued"  # a row that goes on with the paragraph above: no first-line indent
    ITEM = "list item"  # its first line hangs out, with the bullet or number
    ITEM_CONTINUED = "list item continued"
    NOTE = "note"
    FOOT = "foot"
    STAMP = "stamp"


Role = RowKind | Extra
_YIG_MGO = "\u0f04"  # heads a text, and stands in the line
_STAMP_SCALE = 1.25  # the stamp, against the running foot
ROLES: tuple[Role, ...] = (*RowKind, *Extra)


@dataclass(frozen=True)
class Look:
    """A named paragraph style: a role in a language, and the theme's measures for it."""

    role: Role
    language: Language
    theme: Theme

    @property
    def name(self) -> str:
        """What the editor reads: "Bulletin Paragraph Tibetan"."""
        return f"Bulletin {self.role.value.title()} {NAMES[self.language]}"

    @property
    def identifier(self) -> str:
        """`w:styleId`: the name without spaces."""
        return self.name.replace(" ", "")

    @property
    def text_style(self) -> TextStyle:
        """Sizes, leading, alignment and colour."""
        match self.role:
            case RowKind():
                return self.theme.style(self.role, self.language)
            case Extra.CONTINUED | Extra.ITEM | Extra.ITEM_CONTINUED:
                return replace(self.theme.style(RowKind.PARAGRAPH, self.language), indent=0.0)
            case Extra.NOTE:
                return self.theme.style(NOTE, self.language)
            case Extra.FOOT:
                return self.theme.style(FOOT, self.language)
            case Extra.STAMP:
                foot = self.theme.style(FOOT, self.language)
                size, leading = foot.size * _STAMP_SCALE, foot.leading * _STAMP_SCALE
                return replace(
                    foot, size=size, leading=leading, align="center", bold=True, color=self.theme.palette.accent
                )

    def spoken(self, language: Language) -> Look:
        """The same role in another language: how large a foreign word is set in this paragraph."""
        return Look(self.role, language, self.theme)


def look_of(row: Row, language: Language, theme: Theme) -> Look:
    """The style of `row`'s cell in `language`."""
    if row.kind is RowKind.PARAGRAPH and row.item:
        return Look(Extra.ITEM if row.item == "begins" else Extra.ITEM_CONTINUED, language, theme)
    if row.kind is RowKind.PARAGRAPH and not row.opens_paragraph:
        return Look(Extra.CONTINUED, language, theme)
    return Look(row.kind, language, theme)


def label_of(cell: Cell) -> str:
    """The bullet that hangs out of a list item; empty where there is none, for a number is part of the text."""
    first = cell.runs[0] if cell.runs else None
    if first is None or first.mark is not Mark.ORNAMENT or first.text.startswith(_YIG_MGO):
        return ""
    return first.text.strip()


def languages_of(bulletin: Bulletin) -> tuple[Language, ...]:
    """The languages that need paragraph styles: those of cells, notes, stamp and foot, in one fixed order."""
    found = set(_languages(bulletin))
    return tuple(language for language in LANGUAGES if language in found)


def _languages(bulletin: Bulletin) -> Iterator[Language]:
    yield from bulletin.edition.columns
    yield from (foot.language for foot in bulletin.foot)
    rows = [*bulletin.head_rows, *bulletin.text_rows, *bulletin.tail_rows]
    rows += [bulletin.index_head] if bulletin.index_head else []
    for cell in (*bulletin.running_title, *bulletin.stamp, *(cell for row in rows for cell in row.cells)):
        yield cell.language
        yield from (note[0].language for note in cell.notes if note)
