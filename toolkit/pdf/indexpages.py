"""Pages of the term index: short rows in as many tracks side by side as the page has room for."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Edition
from toolkit.pdf.columns import PageGrid, page_grids
from toolkit.pdf.pages import Frame, Placement
from toolkit.pdf.slices import RowLayout

_MOST_TRACKS = 3
_NARROWEST = 150.0  # pt of a column in a track: an ordinary name and its pages stand on one line
_UNDER_HEAD = 7.0  # pt under the names of the columns, and under the heading
_TOLERANCE = 0.01  # pt


@dataclass(frozen=True, slots=True)
class Tracks:
    """How a page is parted: `count` tracks, each as wide as `grid`, `step` pt from one to the next."""

    count: int
    grid: PageGrid
    step: float


def tracks_of(edition: Edition) -> Tracks:
    """As many tracks as leave each column 150 pt, three at most; `grid` has all columns of the first track.

    The pages of a spread are parted alike.
    """
    grids = page_grids(edition)
    narrowest = min(width for grid in grids for _, width in grid.spans)
    count = next((n for n in range(_MOST_TRACKS, 1, -1) if narrowest / n - edition.gutter >= _NARROWEST), 1)
    share = (grids[0].width - edition.gutter * (count - 1)) / count / grids[0].width
    spans = tuple(
        (grid.left + (left - grid.left) * share, width * share) for grid in grids for left, width in grid.spans
    )
    columns = tuple(column for grid in grids for column in grid.columns)
    grid = PageGrid(columns, spans, grids[0].left, grids[0].width * share)
    return Tracks(count, grid, grid.width + edition.gutter)


def place_index(
    heading: RowLayout | None,
    column_head: RowLayout | None,
    rows: Sequence[RowLayout],
    frame: Frame,
    tracks: Tracks,
) -> list[tuple[Placement, ...]]:
    """The placements of the index's pages: `heading` once, then `rows`, under the names of the columns in every track.

    All are laid out in the first track.  The tracks of the last page end level.
    """
    pages: list[tuple[Placement, ...]] = []
    start = 0
    while start < len(rows):
        placements: list[Placement] = []
        top = frame.top
        if heading is not None and not pages:
            placements.append(Placement(heading.whole(), top))
            top -= heading.whole().height + _UNDER_HEAD
        head_height = 0.0 if column_head is None else column_head.whole().height + _UNDER_HEAD
        ends = _ends(rows, start, top - head_height - frame.bottom, tracks.count)
        for track, (first, last) in enumerate(itertools.pairwise((start, *ends))):
            y, shift = top, track * tracks.step
            if column_head is not None:
                again = bool(pages or track)
                placements.append(Placement(column_head.whole(), y, repeated=again, shift=shift))
                y -= head_height
            for row in rows[first:last]:
                placements.append(Placement(row.whole(), y, shift=shift))
                y -= row.whole().height
        pages.append(tuple(placements))
        start = ends[-1]
    return pages


def _ends(rows: Sequence[RowLayout], start: int, room: float, count: int) -> list[int]:
    """Where each track ends that begins a page with the row `start`; at least one row stands on a page."""
    heights = list(itertools.accumulate((row.whole().height for row in rows[start:]), initial=0.0))
    ends = _filled(heights, room)
    if len(ends) <= count:  # the last page: as low as will do
        lower = sorted({end - begin for begin, end in itertools.combinations(heights, 2)})
        best = bisect.bisect_left(lower, True, key=lambda limit: len(_filled(heights, limit)) <= count)
        ends = _filled(heights, min(lower[best], room))
    return [start + end for end in ends[:count]]


def _filled(heights: Sequence[float], room: float) -> list[int]:
    ends = [0]
    while ends[-1] < len(heights) - 1:
        end = bisect.bisect_right(heights, heights[ends[-1]] + room + _TOLERANCE) - 1
        ends.append(max(end, ends[-1] + 1))
    return ends[1:]
