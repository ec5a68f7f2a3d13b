"""Which columns stand on a page, and where.

In a facing edition a spread of two pages holds each row: the first language on the left page, the others on the right
one.  Page 1 of a book lies on the right, so its spreads are pages 2 and 3, 4 and 5, …; on page 1 stands the title, in
all languages side by side.  Its margins are mirrored: the edition's left margin is the outer one of both pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Edition


@dataclass(frozen=True, slots=True)
class PageGrid:
    """The columns of one page: their places in a row, and the left edge and width of each.

    `left` and `width` are those of all of them together.  Lengths in pt.  `side` is where the page lies in a spread;
    empty where pages do not face each other.
    """

    columns: tuple[int, ...]
    spans: tuple[tuple[float, float], ...]
    left: float
    width: float
    side: str = ""

    @property
    def right(self) -> float:
        """The right edge of the text, in pt."""
        return self.left + self.width


def faces(edition: Edition) -> bool:
    """Whether languages stand on pages of their own: that takes two of them."""
    return edition.facing and len(edition.columns) > 1


def page_grids(edition: Edition) -> tuple[PageGrid, ...]:
    """The pages over which every row is spread: one, or the left and the right one of a facing edition."""
    columns = range(len(edition.columns))
    if not faces(edition):
        return (_grid(edition, columns),)
    return _grid(edition, columns[:1], "left"), _grid(edition, columns[1:], "right")


def title_grid(edition: Edition) -> PageGrid:
    """The page on which a bulletin begins: all languages side by side."""
    return _grid(edition, range(len(edition.columns)), "right" if faces(edition) else "")


def column_spans(edition: Edition) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each column on its page, in pt."""
    return tuple(span for grid in page_grids(edition) for span in grid.spans)


def _grid(edition: Edition, columns: Sequence[int], side: str = "") -> PageGrid:
    left = edition.margin_right if side == "right" else edition.margin_left
    width = edition.page_width - edition.margin_left - edition.margin_right
    shares = [edition.widths[column] for column in columns]
    room = width - edition.gutter * (len(shares) - 1)
    spans = []
    x = left
    for share in shares:
        spans.append((x, room * share / sum(shares)))
        x += spans[-1][1] + edition.gutter
    return PageGrid(tuple(columns), tuple(spans), left, width, side)
