"""What stands on every page around the text: the stamp, the running titles, the page numbers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.letterhead import FootPlace
from toolkit.bulletin.model import Bulletin, PageFoot, Run
from toolkit.bulletin.theme import FOOT, TextStyle
from toolkit.languages import Language
from toolkit.pdf.columns import PageGrid, title_grid
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.pages import Frame
from toolkit.pdf.rows import RowSetter
from toolkit.pdf.slices import Slug

_EDGE = 14.0  # pt that stay free at the edge of the paper
_PADDING = 3.0  # pt between the stamp's box and its text
_DISTANCE = 9.0  # pt between the furniture and the text
_LINE_SPACE = 2.0  # pt under the rule over the foot
_SIDES = {"left": 0.0, "right": 1.0}  # where a page number stands that is alone: at the outer edge of a spread
_MIDDLE = 0.5
_BETWEEN_NUMBERS = 18.0  # pt between page numbers that stand side by side


@dataclass(frozen=True, slots=True)
class _Strip:
    """Texts on one level; `ascent` from its top to the common baseline, lengths in pt."""

    columns: tuple[tuple[Language, float, tuple[Slug, ...]], ...]

    @property
    def ascent(self) -> float:
        return max((slugs[0].ascent for _, _, slugs in self.columns if slugs), default=0.0)

    @property
    def height(self) -> float:
        drops = [(self.ascent - slugs[0].ascent, slugs) for _, _, slugs in self.columns if slugs]
        return max((drop + sum(slug.height for slug in slugs) for drop, slugs in drops), default=0.0)

    def draw(self, content: PageContent, top: float) -> None:
        for language, left, slugs in self.columns:
            baseline = top - self.ascent
            for index, slug in enumerate(slugs):
                if index:
                    baseline -= slugs[index - 1].height - slugs[index - 1].ascent + slug.ascent
                content.text(slug.line, left, baseline, language)


@dataclass(frozen=True, slots=True)
class _Around:
    """The stamp and the running titles of the pages of one grid."""

    stamp: _Strip
    titles: _Strip


class Furniture:
    """The stamp and the foot of one bulletin, on pages of these `grids`: without any, of the title page's."""

    def __init__(self, bulletin: Bulletin, setter: RowSetter, grids: Sequence[PageGrid] = ()) -> None:
        self._bulletin = bulletin
        self._setter = setter
        self._theme = bulletin.edition.theme
        self._grids = tuple(grids) or (title_grid(bulletin.edition),)
        self._around = {grid: self._texts(grid) for grid in self._grids}
        self._stamp_height = max(around.stamp.height for around in self._around.values())
        self.frame = self._frame()

    def _texts(self, grid: PageGrid) -> _Around:
        stamp = self._strip(
            [(cell.language, cell.runs) for cell in self._bulletin.stamp],
            grid,
            bold=True,
            color=self._theme.palette.accent,
            align="center",
        )
        return _Around(stamp, self._strip([(cell.language, cell.runs) for cell in self._bulletin.running_title], grid))

    def _frame(self) -> Frame:
        """What is left of every page for rows: the margins, or less where the furniture needs more."""
        edition = self._bulletin.edition
        top = edition.page_height - edition.margin_top
        if self._stamp_height:
            top = min(top, edition.page_height - _EDGE - self._box_height - _DISTANCE)
        foot = max(around.titles.height + self._numbers(1, 1, grid).height for grid, around in self._around.items())
        return Frame(top, max(edition.margin_bottom, _EDGE + foot + _LINE_SPACE + _DISTANCE))

    @property
    def _box_height(self) -> float:
        return self._stamp_height + 2 * _PADDING

    def draw(self, content: PageContent, page: int, pages: int, grid: PageGrid | None = None) -> None:
        """Stamp and foot of page `page` (from 1) of `pages`; `grid` is one of the grids, the first if none is named."""
        grid = grid or self._grids[0]
        if self._stamp_height:
            with content.artifact("Pagination", "Header"):
                self._draw_stamp(content, grid)
        with content.artifact("Pagination", "Footer"):
            self._draw_foot(content, page, pages, grid)

    def _draw_stamp(self, content: PageContent, grid: PageGrid) -> None:
        bottom = self.frame.top + _DISTANCE
        if self._theme.ornaments.stamp_box:
            content.frame(grid.left, bottom, grid.width, self._box_height, self._theme.palette.accent, 0.9)
        stamp = self._around[grid].stamp
        stamp.draw(content, bottom + (self._box_height + stamp.height) / 2)

    def _draw_foot(self, content: PageContent, page: int, pages: int, grid: PageGrid) -> None:
        top = self.frame.bottom - _DISTANCE
        if self._theme.ornaments.foot_rule and (self._bulletin.foot or self._bulletin.running_title):
            rule = self._theme.palette.rule
            content.rule((grid.left, top), (grid.right, top), rule, self._theme.ornaments.hairline)
        titles = self._around[grid].titles
        titles.draw(content, top - _LINE_SPACE)
        self._numbers(page, pages, grid).draw(content, top - _LINE_SPACE - titles.height)

    def _numbers(self, page: int, pages: int, grid: PageGrid) -> _Strip:
        """The page numbers, one per language: spread over the page, or side by side in the place that is asked for."""
        set_numbers = []
        for foot in self._feet(grid):
            style = replace(self._theme.style(FOOT, foot.language), align="left")
            runs = [Run(foot.text(page, pages), foot.language)]
            set_numbers.append((foot.language, tuple(self._setter.slugs(runs, foot.language, style, grid.width))))
        widths = [_width_of(slugs) for _, slugs in set_numbers]
        lefts = _lefts(widths, grid, self._bulletin.edition.foot.place)
        return _Strip(tuple((one[0], left, one[1]) for one, left in zip(set_numbers, lefts, strict=True)))

    def _feet(self, grid: PageGrid) -> list[PageFoot]:
        """The page numbers of a page; one that shows none of their languages has the first of them."""
        languages = [self._bulletin.edition.columns[column] for column in grid.columns]
        return [foot for foot in self._bulletin.foot if foot.language in languages] or list(self._bulletin.foot[:1])

    def _strip(self, texts: Sequence[tuple[Language, tuple[Run, ...]]], grid: PageGrid, **changes: object) -> _Strip:
        columns = []
        for column, (left, width) in zip(grid.columns, grid.spans, strict=True):
            if column < len(texts):
                language, runs = texts[column]
                style: TextStyle = replace(self._theme.style(FOOT, language), **changes)  # type: ignore[arg-type]
                columns.append((language, left, tuple(self._setter.slugs(runs, language, style, width))))
        return _Strip(tuple(columns))


def _lefts(widths: Sequence[float], grid: PageGrid, place: FootPlace) -> list[float]:
    """The left edges of page numbers `widths` wide, in pt."""
    if place == "spread":
        last = len(widths) - 1
        alone = _SIDES.get(grid.side, _MIDDLE)
        return [
            grid.left + (index / last if last > 0 else alone) * (grid.width - width)
            for index, width in enumerate(widths)
        ]
    total = sum(widths) + _BETWEEN_NUMBERS * (len(widths) - 1)
    x = grid.left + {"left": 0.0, "center": _MIDDLE, "right": 1.0}[place] * (grid.width - total)
    starts = itertools.accumulate((width + _BETWEEN_NUMBERS for width in widths), initial=x)
    return list(starts)[:-1]


def _width_of(slugs: Sequence[Slug]) -> float:
    return max((slug.line.width for slug in slugs), default=0.0)
