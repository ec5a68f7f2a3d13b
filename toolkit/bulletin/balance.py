"""Column widths at which the languages end near each other.

A column's height is about its text's area over its width, so equal heights want widths in the ratio of the areas.  The
advances are those of the bundled fonts over the Universal Declaration and NTREX; a printer's own fonts differ little in
their ratio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.bulletin.kinds import RowKind
from toolkit.bulletin.model import Edition, Row
from toolkit.languages import Language

_ADVANCE: dict[Language, float] = {"zh": 0.95, "en": 0.49, "bo": 0.42}  # em per character
_NARROWEST = 0.22  # of the columns together
_TEXT = (RowKind.PARAGRAPH, RowKind.HEADING, RowKind.CAPTION)


def with_balanced_widths(edition: Edition, rows: Sequence[Row]) -> Edition:
    """`edition` with widths that suit the text of `rows`, if it asks for that; no column under 22 per cent."""
    if not edition.balanced or len(edition.columns) < 2:
        return edition
    areas = [1.0] * len(edition.columns)
    for row in rows:
        if row.kind not in _TEXT:
            continue
        for column, cell in enumerate(row.cells):
            style = edition.theme.style(row.kind, cell.language)
            areas[column] += (
                sum(len(run.text) * _ADVANCE[run.language] for run in cell.runs) * style.size * style.leading
            )
    shares = [area / sum(areas) for area in areas]
    narrow = [share < _NARROWEST for share in shares]
    room = 1 - _NARROWEST * sum(narrow)
    wide = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow)
    widths = (
        _NARROWEST if is_narrow else max(_NARROWEST, share / wide * room)
        for share, is_narrow in zip(shares, narrow, strict=True)
    )
    return replace(edition, widths=tuple(round(width, 3) for width in widths))
