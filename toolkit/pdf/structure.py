"""Which structure element a paragraph of a cell is: headings and paragraphs, the text's rows in a table.

Read by rows, the text is a table whose rows hold the languages one after the other, and an item of a list is a list in
its cell; read by columns, or in one language alone, it is a section per language, and enumerations are lists.
"""

from __future__ import annotations

from toolkit.bulletin.model import Edition, Mark, RowKind
from toolkit.languages import Language
from toolkit.pdf.columns import page_grids
from toolkit.pdf.slices import RowLayout
from toolkit.pdf.tagging import Element, StructureTree

TAGS = {RowKind.TITLE: "H1", RowKind.HEADING: "H2"}
TEXT = frozenset((RowKind.HEADING, RowKind.PARAGRAPH, RowKind.CAPTION, RowKind.INDEX))
"""The kinds of rows that stand under the names of the columns."""


class Structure:
    """Grows the structure tree of one document while its rows are drawn."""

    def __init__(self, tree: StructureTree, edition: Edition) -> None:
        self.tree = tree
        self._edition = edition
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        self._figures: dict[tuple[int, int], Element] = {}
        self._first_columns = {grid.columns[0] for grid in page_grids(edition)}
        self._paragraphs: dict[tuple[int, int, int], tuple[Element, Language]] = {}
        self._section: Element | None = None
        self._columns: list[Element] = []
        self._by_columns = edition.reading == "columns" or len(edition.columns) == 1
        self._lists: dict[int, Element] = {}
        self._bodies: dict[tuple[int, int], Element] = {}
        self._labels: dict[tuple[int, int], Element] = {}

    def expect(self, layout: RowLayout) -> None:
        """Gives a row its place in the reading order, wherever it is drawn: figures may wait for the next page."""
        for column, cell in enumerate(layout.cells):
            if layout.picture is not None and column in self._first_columns:
                self.figure(layout, column)
            for number in dict.fromkeys(slug.paragraph for slug in cell.slugs):
                self.paragraph(layout, column, number)

    def paragraph(self, layout: RowLayout, column: int, number: int) -> tuple[Element, Language]:
        """The element of paragraph `number` (0: the text, then the notes) of a cell, and its language."""
        key = (id(layout), column, number)
        if key not in self._paragraphs:
            cell = layout.cells[column]
            language = cell.cell.language
            if number and cell.notes[number - 1]:
                language = cell.notes[number - 1][0].language
            tag = "P" if number else TAGS.get(layout.row.kind, "P")
            parent = self._cell(layout, column)
            if parent is self._column_of(column):
                parent = self._listed(parent, layout, column, is_text=not number)
            elif layout.row.item == "begins":
                parent = self._item_of_a_row(parent, layout, column)
            self._paragraphs[key] = (parent.add(tag, language), language)
        return self._paragraphs[key]

    def label(self, layout: RowLayout, column: int) -> Element | None:
        """The element of the bullet of a cell; None where there is none, for a number is part of the text."""
        self.paragraph(layout, column, 0)
        return self._labels.get((id(layout), column))

    def figure(self, layout: RowLayout, column: int) -> Element:
        """The element of the picture of a row, before the text of `column`; whoever draws it says where its box is."""
        key = (id(layout), column)
        if key not in self._figures:
            assert layout.row.picture is not None
            languages = [cell.cell.language for cell in layout.cells[column:]]
            self._figures[key] = self._cell(layout, column).add_figure(layout.row.picture, languages, (0, 0, 0, 0))
        return self._figures[key]

    def _cell(self, layout: RowLayout, column: int) -> Element:
        key = (id(layout), column)
        if key not in self._cells:
            self._cells[key] = self._new_cell(layout, column)
        return self._cells[key]

    def _new_cell(self, layout: RowLayout, column: int) -> Element:
        language = layout.cells[column].cell.language
        is_head = layout.row.kind is RowKind.COLUMN_HEAD
        if self._by_columns and (is_head or layout.row.kind in TEXT):
            return self._column(column)
        row = self._row(layout)
        if is_head:
            return row.add("TH", language, O="Table", Scope="Column")
        return row.add("TD" if row.tag == "TR" else "Div", language)

    def _column(self, column: int) -> Element:
        """The section of one language; all begin where the first does."""
        if not self._columns:
            self._section = None
            self._columns = [self.tree.root.add("Sect", language) for language in self._edition.columns]
        return self._columns[column]

    def _column_of(self, column: int) -> Element | None:
        return self._columns[column] if self._columns else None

    def _listed(self, section: Element, layout: RowLayout, column: int, *, is_text: bool) -> Element:
        """Where a paragraph of a section goes: into the body of a list's item, if it is one."""
        item = layout.row.item
        if not item:
            self._lists.pop(column, None)
            return section
        if column not in self._lists:
            self._lists[column] = _new_list(section, layout, column)
        members = self._lists[column]
        if (item == "begins" and is_text) or not members.children:
            return self._new_item(members, layout, column)
        last = members.children[-1]
        assert isinstance(last, Element)
        body = last.children[-1]
        assert isinstance(body, Element)
        return body

    def _item_of_a_row(self, cell: Element, layout: RowLayout, column: int) -> Element:
        """Where the paragraphs of a table's cell go that begins an item: what goes on with it is a plain paragraph."""
        key = (id(layout), column)
        if key not in self._bodies:
            self._bodies[key] = self._new_item(_new_list(cell, layout, column), layout, column)
        return self._bodies[key]

    def _new_item(self, members: Element, layout: RowLayout, column: int) -> Element:
        item = members.add("LI")
        if _has_bullet(layout, column):
            self._labels[id(layout), column] = item.add("Lbl", layout.cells[column].cell.language)
        return item.add("LBody")

    def _row(self, layout: RowLayout) -> Element:
        if id(layout) not in self._rows:
            tabular = layout.row.kind in TEXT or layout.row.kind is RowKind.COLUMN_HEAD
            wanted = "Table" if tabular else "Sect"
            if self._section is None or self._section.tag != wanted:
                self._section = self.tree.root.add(wanted)
            self._rows[id(layout)] = self._section.add("TR" if tabular else "Div")
        return self._rows[id(layout)]


def _has_bullet(layout: RowLayout, column: int) -> bool:
    runs = layout.cells[column].cell.runs
    return layout.row.item == "begins" and bool(runs) and runs[0].mark is Mark.ORNAMENT


def _new_list(parent: Element, layout: RowLayout, column: int) -> Element:
    """A list, whose bullets are dots (ISO 32000-1, 14.8.5.5); one that has none says nothing of them."""
    if _has_bullet(layout, column):
        return parent.add("L", None, O="List", ListNumbering="Disc")
    return parent.add("L")
