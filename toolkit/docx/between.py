"""White space and rules between rows, as the theme has them: margins and borders of the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import MASTHEAD, Edition, Row, RowKind
from toolkit.bulletin.theme import Theme
from toolkit.docx.markup import nearest

STAR = 16.0  # pt: of the star in a masthead rule
SPACER = 4.0  # pt: the paragraph between two tables
_OVER_STAR = 5.0  # pt: it may not touch the small letters of a date
_UNDER_MASTHEAD = 2.0  # pt between the masthead and its rule
_BODY = (RowKind.HEADING, RowKind.PARAGRAPH, RowKind.CAPTION)
_APART = (RowKind.COLUMN_HEAD, RowKind.COLOPHON)


@dataclass(frozen=True)
class Border:
    """A line along one side of a cell: `kind` as Word calls it, `width` in pt, `color` as RRGGBB."""

    kind: str
    width: float
    color: str

    @property
    def eighths(self) -> int:
        """The width in eighths of a pt, from 2 to 96 (ECMA-376 part 1, 17.18.2)."""
        return max(2, min(96, nearest(self.width * 8)))


@dataclass(frozen=True)
class Surround:
    """What is around the text of a row's cells: white space over and under it in pt, lines over, under and between."""

    top: float = 0.0
    bottom: float = 0.0
    over: Border | None = None
    under: Border | None = None
    between: Border | None = None


PLAIN = Surround()
"""Nothing around the text."""


def surrounds(rows: Sequence[Row], edition: Edition) -> Iterator[Surround]:
    """The surround of each row of one table."""
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        below = rows[index + 1] if index + 1 < len(rows) else None
        yield _surround(above, row, below, edition)


def has_ruled_masthead(theme: Theme) -> bool:
    """Whether a rule stands right under the masthead: the space after it then stands under the rule."""
    return theme.ornaments.masthead_rule != "none"


def ends_masthead(row: Row, below: Row | None) -> bool:
    """Whether the rule of the masthead stands under `row`."""
    return row.kind in MASTHEAD and (below is None or below.kind not in MASTHEAD)


def _surround(above: Row | None, row: Row, below: Row | None, edition: Edition) -> Surround:
    ornaments, palette = edition.theme.ornaments, edition.theme.palette
    hairline = Border("single", ornaments.hairline, palette.rule)
    under = None
    bottom = ornaments.ruled_gap / 2 if below is not None and _is_ruled(row, below, edition) else 0.0
    if ends_masthead(row, below) and has_ruled_masthead(edition.theme):
        has_star = ornaments.masthead_rule == "star" and row.kind is RowKind.ISSUE
        bottom = _OVER_STAR if has_star else _UNDER_MASTHEAD
        kind = {"single": "single", "double": "double"}.get(ornaments.masthead_rule)
        under = Border(kind, ornaments.masthead_thickness, palette.accent) if kind else None
    if row.kind is RowKind.COLUMN_HEAD:
        bottom, under = 1.0, Border("single", ornaments.hairline, palette.quiet)
    columns_ruled = ornaments.column_rules and not edition.provenance and row.kind in _BODY
    return Surround(
        _top(above, row, edition),
        bottom,
        hairline if above is not None and _is_ruled(above, row, edition) else None,
        under,
        hairline if columns_ruled else None,
    )


def _top(above: Row | None, row: Row, edition: Edition) -> float:
    """White space over a row beside what its style and that of the row above bring along."""
    ornaments = edition.theme.ornaments
    if above is None:
        return max(0.0, ornaments.head_gap - SPACER) if row.kind in _APART else 0.0
    if above.kind in MASTHEAD and row.kind in MASTHEAD:
        return _after(above, edition) if has_ruled_masthead(edition.theme) else 0.0
    if above.kind in MASTHEAD and has_ruled_masthead(edition.theme):
        return max(0.0, _after(above, edition) - (STAR / 2 if ornaments.masthead_rule == "star" else 0.0))
    if _is_ruled(above, row, edition):
        return ornaments.ruled_gap / 2
    space = _after(above, edition) + _before(row, edition)
    if above.kind is RowKind.COLUMN_HEAD:
        return max(0.0, ornaments.row_gap + 2 - space)
    if RowKind.PARAGRAPH not in (above.kind, row.kind):
        return 0.0
    if _keeps(above, edition):
        return ornaments.part_gap
    return max(0.0, (ornaments.row_gap if row.opens_paragraph else ornaments.part_gap) - space)


def _is_ruled(above: Row, row: Row, edition: Edition) -> bool:
    if not (edition.provenance or edition.theme.ornaments.row_rules):
        return False
    return above.kind in _BODY and row.kind in _BODY and not _keeps(above, edition)


def _after(row: Row, edition: Edition) -> float:
    return max((edition.theme.style(row.kind, cell.language).after for cell in row.cells), default=0.0)


def _before(row: Row, edition: Edition) -> float:
    return max((edition.theme.style(row.kind, cell.language).before for cell in row.cells), default=0.0)


def _keeps(row: Row, edition: Edition) -> bool:
    return any(edition.theme.style(row.kind, cell.language).keep_with_next for cell in row.cells)
