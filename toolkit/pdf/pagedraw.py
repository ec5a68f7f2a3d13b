"""Draws the placed rows of a page and grows the structure tree with them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.bulletin.model import Edition, Mark, RowKind
from toolkit.languages import Language
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.pages import Placement
from toolkit.pdf.rows import RowLayout, Slug
from toolkit.pdf.tagging import Element, StructureTree

_HAIRLINE = 0.4  # pt
_STAR_RADIUS, _STAR_ROOM = 8.0, 7.0  # pt: of the star in a masthead rule, and beside it
_BAR_DISTANCE = 5.0  # pt between the bar beside unreviewed text and its column
_BODY = (RowKind.HEADING, RowKind.PARAGRAPH, RowKind.CAPTION)
_TAGS = {RowKind.TITLE: "H1", RowKind.HEADING: "H2"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A bookmark: its text, its page (from 0) and its height on it in pt."""

    text: str
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class _SetLine:
    """A slug with the height of its baseline, in pt from the page's foot."""

    slug: Slug
    baseline: float


class PageDrawer:
    """Draws the pages of one document, in order."""

    def __init__(self, edition: Edition, tree: StructureTree) -> None:
        self._edition = edition
        self._palette = edition.theme.palette
        self._ornaments = edition.theme.ornaments
        self._structure = _Structure(tree)
        self.headings: list[Heading] = []

    def draw(self, content: PageContent, page: int, placements: Sequence[Placement]) -> None:
        """The rows of page `page`, counted from 0."""
        with content.artifact():
            self._rules(content, placements)
        for placement in placements:
            if placement.repeated:
                with content.artifact("Pagination", "Header"):
                    self._repeat(content, placement)
            else:
                self._note_heading(page, placement)
                for column in range(len(placement.slice.spans)):
                    self._cell(content, page, placement, column)

    def _note_heading(self, page: int, placement: Placement) -> None:
        row = placement.slice.layout.row
        if row.kind in _TAGS and placement.slice.starts_row:
            text = next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")
            self.headings.append(Heading(text, page, placement.top))

    def _repeat(self, content: PageContent, placement: Placement) -> None:
        for column, cell in enumerate(placement.slice.layout.cells):
            for line in _set_lines(placement, column):
                content.text(line.slug.line, cell.left, line.baseline, cell.cell.language)

    def _cell(self, content: PageContent, page: int, placement: Placement, column: int) -> None:
        cell = placement.slice.layout.cells[column]
        lines = list(_set_lines(placement, column))
        with content.artifact():
            self._marks(content, cell.left, lines)
        for paragraph, group in itertools.groupby(lines, key=lambda line: line.slug.paragraph):
            element, language = self._structure.paragraph(placement.slice.layout, column, paragraph)
            with content.marked(element.tag, self._structure.tree.mark(element, page)):
                for line in group:
                    content.text(line.slug.line, cell.left, line.baseline, language)

    def _marks(self, content: PageContent, left: float, lines: Sequence[_SetLine]) -> None:
        """Tints behind gaps, and a dotted bar beside lines that no person has reviewed."""
        for line in lines:
            bottom = line.baseline + line.slug.ascent - line.slug.height
            content.tints(line.slug.line, left, bottom, line.slug.height, self._palette.gap)
        for unreviewed, group in itertools.groupby(lines, key=_is_unreviewed):
            if unreviewed:
                members = list(group)
                x = left - _BAR_DISTANCE
                top = members[0].baseline + members[0].slug.rise
                bottom = members[-1].baseline - members[-1].slug.depth
                content.rule((x, top), (x, bottom), self._palette.quiet, 0.6, dash="0.6 2")

    def _rules(self, content: PageContent, placements: Sequence[Placement]) -> None:
        left = self._edition.margin_left
        right = self._edition.page_width - self._edition.margin_right
        for placement in placements:
            kind = placement.slice.layout.row.kind
            if placement.rule_over is not None:
                content.rule((left, placement.rule_over), (right, placement.rule_over), self._palette.rule, _HAIRLINE)
            if kind is RowKind.COLUMN_HEAD:
                content.rule(
                    (left, placement.bottom - 1), (right, placement.bottom - 1), self._palette.quiet, _HAIRLINE
                )
            if kind is RowKind.MASTHEAD:
                self._masthead_rule(content, left, right, placement.bottom - 2)
        body = [placement for placement in placements if placement.slice.layout.row.kind in _BODY]
        if body and self._ornaments.column_rules and not self._edition.provenance:
            for cell in body[0].slice.layout.cells[1:]:
                x = cell.left - self._edition.gutter / 2
                content.rule((x, body[0].top), (x, body[-1].bottom), self._palette.rule, _HAIRLINE)

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


def _is_unreviewed(line: _SetLine) -> bool:
    return any(box.ink.mark is Mark.UNREVIEWED for box in line.slug.line.boxes)


class _Structure:
    """Which structure element a paragraph of a cell is: headings and paragraphs, the text's rows in a table."""

    def __init__(self, tree: StructureTree) -> None:
        self.tree = tree
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        self._paragraphs: dict[tuple[int, int, int], tuple[Element, Language]] = {}
        self._section: Element | None = None

    def paragraph(self, layout: RowLayout, column: int, number: int) -> tuple[Element, Language]:
        """The element of paragraph `number` (0: the text, then the notes) of a cell, and its language."""
        key = (id(layout), column, number)
        if key not in self._paragraphs:
            cell = layout.row.cells[column]
            language = cell.language
            if number and cell.notes[number - 1]:
                language = cell.notes[number - 1][0].language
            tag = "P" if number else _TAGS.get(layout.row.kind, "P")
            self._paragraphs[key] = (self._cell(layout, column).add(tag, language), language)
        return self._paragraphs[key]

    def _cell(self, layout: RowLayout, column: int) -> Element:
        key = (id(layout), column)
        if key not in self._cells:
            row = self._row(layout)
            language = layout.row.cells[column].language
            if layout.row.kind is RowKind.COLUMN_HEAD:
                self._cells[key] = row.add("TH", language, O="Table", Scope="Column")
            else:
                self._cells[key] = row.add("TD" if row.tag == "TR" else "Div", language)
        return self._cells[key]

    def _row(self, layout: RowLayout) -> Element:
        if id(layout) not in self._rows:
            tabular = layout.row.kind in (*_BODY, RowKind.COLUMN_HEAD)
            wanted = "Table" if tabular else "Sect"
            if self._section is None or self._section.tag != wanted:
                self._section = self.tree.root.add(wanted)
            self._rows[id(layout)] = self._section.add("TR" if tabular else "Div")
        return self._rows[id(layout)]
