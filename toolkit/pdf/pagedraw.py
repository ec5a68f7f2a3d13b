"""Draws the placed rows of a page and grows the structure tree with them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import MASTHEAD, Edition, Mark, RowKind
from toolkit.pdf.columns import PageGrid, title_grid
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.lines import bullet_and_rest
from toolkit.pdf.pages import Placement
from toolkit.pdf.slices import CellLayout, RowLayout, Slug
from toolkit.pdf.structure import TEXT, Structure
from toolkit.pdf.tagging import StructureTree

_UNDER_MASTHEAD = 2.0  # pt
_STAR_RADIUS, _STAR_ROOM = 8.0, 7.0  # pt: of the star in a masthead rule, and beside it
_BAR_DISTANCE = 5.0  # pt between the bar beside unreviewed text and its column
_MARKED = (Mark.GAP, Mark.UNREVIEWED)
_SIGN_DISTANCE = 2.5  # pt between the sign beside a finding and its text
_SIGN_HEIGHT, _SIGN_HEIGHT_MOST = 0.8, 5.5  # of the letters' rise; in pt


@dataclass(frozen=True, slots=True)
class _SetLine:
    """A slug with the height of its baseline, in pt from the page's foot."""

    slug: Slug
    baseline: float


class PageDrawer:
    """Draws the pages of one document, in order; `rows` are all of them in the order in which they are read."""

    def __init__(self, edition: Edition, tree: StructureTree, rows: Sequence[RowLayout] = ()) -> None:
        self._edition = edition
        self._palette = edition.theme.palette
        self._ornaments = edition.theme.ornaments
        self._grid = title_grid(edition)
        self._structure = Structure(tree, edition)
        for row in rows:
            self._structure.expect(row)

    def draw(
        self, content: PageContent, page: int, placements: Sequence[Placement], grid: PageGrid | None = None
    ) -> None:
        """The rows of page `page`, counted from 0; `grid` tells which of their columns stand on it: else all."""
        grid = grid or self._grid
        with content.artifact():
            self._rules(content, placements, grid)
        for placement in placements:
            if placement.repeated:
                with content.artifact("Pagination", "Header"):
                    self._repeat(content, placement, grid)
            else:
                self._picture(content, page, placement, grid)
                for column in grid.columns:
                    self._cell(content, page, placement, column)

    def _repeat(self, content: PageContent, placement: Placement, grid: PageGrid) -> None:
        for column in grid.columns:
            cell = placement.slice.layout.cells[column]
            for line in _set_lines(placement, column):
                content.text(line.slug.line, cell.left + placement.shift, line.baseline, cell.cell.language)

    def _picture(self, content: PageContent, page: int, placement: Placement, grid: PageGrid) -> None:
        """The picture of a row in the middle of the page's width, over the text."""
        size, picture = placement.slice.picture, placement.slice.layout.row.picture
        if size is None or picture is None:
            return
        left, bottom = grid.left + (grid.width - size.width) / 2, placement.top - size.height
        element = self._structure.figure(placement.slice.layout, grid.columns[0])
        element.box = (left, bottom, left + size.width, placement.top)
        with content.marked(element.tag, self._structure.tree.mark(element, page)):
            content.image(picture, left, bottom, size.width, size.height)
        if self._ornaments.picture_frame:
            with content.artifact():
                content.frame(left, bottom, *size, self._palette.rule, self._ornaments.hairline)

    def _cell(self, content: PageContent, page: int, placement: Placement, column: int) -> None:
        cell = placement.slice.layout.cells[column]
        lines, left = list(_set_lines(placement, column)), cell.left + placement.shift
        if _is_marked(cell) and lines:
            with content.artifact():
                self._marks(content, left, lines)
        for paragraph, group in itertools.groupby(lines, key=lambda line: line.slug.paragraph):
            element, language = self._structure.paragraph(placement.slice.layout, column, paragraph)
            set_lines = list(group)
            label = None if paragraph else self._structure.label(placement.slice.layout, column)
            bullet, rest = bullet_and_rest(set_lines[0].slug.line) if label else (None, None)
            if label is not None and bullet is not None:
                with content.marked(label.tag, self._structure.tree.mark(label, page)):
                    content.text(bullet, left, set_lines[0].baseline, language)
            with content.marked(element.tag, self._structure.tree.mark(element, page)):
                for line in set_lines:
                    drawn = rest if line is set_lines[0] and bullet is not None else line.slug.line
                    if drawn is not None:
                        content.text(drawn, left, line.baseline, language)

    def _marks(self, content: PageContent, left: float, lines: Sequence[_SetLine]) -> None:
        """Tints behind gaps, a dotted bar beside lines that no person has reviewed, a triangle beside findings."""
        for line in lines:
            bottom = line.baseline + line.slug.ascent - line.slug.height
            content.tints(line.slug.line, left, bottom, line.slug.height, self._palette.gap)
            if line.slug.sign:
                self._sign(content, left - _SIGN_DISTANCE, line.baseline, line.slug)
        for unreviewed, group in itertools.groupby(lines, key=_is_unreviewed):
            if unreviewed:
                members = list(group)
                x = left - _BAR_DISTANCE
                top = members[0].baseline + members[0].slug.rise
                bottom = members[-1].baseline - members[-1].slug.depth
                content.rule((x, top), (x, bottom), self._palette.quiet, 0.6, dash="0.6 2")

    def _sign(self, content: PageContent, right: float, baseline: float, slug: Slug) -> None:
        """A warning sign as high as the letters: full for an error, hollow for a warning."""
        height = min(slug.rise * _SIGN_HEIGHT, _SIGN_HEIGHT_MOST)
        left = right - height * 1.1
        corners = [(left, baseline), (right, baseline), ((left + right) / 2, baseline + height)]
        if slug.sign == "error":
            content.shape(corners, self._palette.accent)
        else:
            for start, end in itertools.pairwise([*corners, corners[0]]):
                content.rule(start, end, self._palette.accent, self._ornaments.hairline)

    def _rules(self, content: PageContent, placements: Sequence[Placement], grid: PageGrid) -> None:
        left, right, hairline = grid.left, grid.right, self._ornaments.hairline
        for placement, below in itertools.zip_longest(placements, placements[1:]):
            kind = placement.slice.layout.row.kind
            if placement.rule_over is not None:
                content.rule((left, placement.rule_over), (right, placement.rule_over), self._palette.rule, hairline)
            if kind is RowKind.COLUMN_HEAD and not placement.shift:
                y = placement.bottom - 1
                content.rule((left, y), (right, y), self._palette.quiet, hairline)
            if kind in MASTHEAD and (below is None or below.slice.layout.row.kind not in MASTHEAD):
                self._masthead_rule(content, left, right, placement.bottom - self._under_masthead(kind))
        in_tracks = any(placement.shift for placement in placements)
        if self._ornaments.column_rules and not self._edition.provenance and not in_tracks:
            for top, bottom in _stretches(placements):
                for x, _ in grid.spans[1:]:
                    x -= self._edition.gutter / 2
                    content.rule((x, top), (x, bottom), self._palette.rule, hairline)

    def _under_masthead(self, kind: RowKind) -> float:
        """Pt from the last row of a masthead to its rule: a star may not touch small letters."""
        has_star = self._ornaments.masthead_rule == "star" and kind is RowKind.ISSUE
        return _STAR_RADIUS + _UNDER_MASTHEAD if has_star else _UNDER_MASTHEAD

    def _masthead_rule(self, content: PageContent, left: float, right: float, y: float) -> None:
        color, thickness = self._palette.accent, self._ornaments.masthead_thickness
        match self._ornaments.masthead_rule:
            case "single":
                content.rule((left, y), (right, y), color, thickness)
            case "double":
                content.rule((left, y), (right, y), color, thickness)
                content.rule((left, y - 3 * thickness), (right, y - 3 * thickness), color, thickness)
            case "star":
                middle, room = (left + right) / 2, _STAR_RADIUS + _STAR_ROOM
                content.rule((left, y), (middle - room, y), color, thickness)
                content.rule((middle + room, y), (right, y), color, thickness)
                content.shape(_star(middle, y, _STAR_RADIUS), color)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """A five-pointed star, one point up: ten corners around (x, y)."""
    inner = radius * 0.382
    turns = ((k * math.pi / 5, radius if k % 2 == 0 else inner) for k in range(10))
    return [(x + length * math.sin(turn), y + length * math.cos(turn)) for turn, length in turns]


def _set_lines(placement: Placement, column: int) -> Iterator[_SetLine]:
    y = placement.top - placement.slice.drop(column)
    for slug in placement.slice.slugs(column):
        yield _SetLine(slug, y - slug.ascent)
        y -= slug.height


def _stretches(placements: Sequence[Placement]) -> Iterator[tuple[float, float]]:
    """The stretches of a page, from top to bottom, where nothing but text stands between the columns."""
    top = bottom = 0.0
    for placement in placements:
        if placement.slice.layout.row.kind not in TEXT:
            continue
        if placement.slice.picture is not None:
            if top > bottom:
                yield top, bottom
            top = placement.top - placement.slice.picture_height
        bottom, top = placement.bottom, top or placement.top
    if top > bottom:
        yield top, bottom


def _is_marked(cell: CellLayout) -> bool:
    return any(run.mark in _MARKED for run in cell.cell.runs) or any(slug.sign for slug in cell.slugs)


def _is_unreviewed(line: _SetLine) -> bool:
    return any(box.ink.mark is Mark.UNREVIEWED for box in line.slug.line.boxes)
