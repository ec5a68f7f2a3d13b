"""The body of one document while it is written: its fonts, its record, and the parts that stand beside the text."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.bulletin.model import Bulletin, Cell, Edition, Picture, Run
from toolkit.bulletin.theme import Theme
from toolkit.docx.comments import Comments, comment_look
from toolkit.docx.drawings import alternative_text, extent_of, picture_run, star_run
from toolkit.docx.identity import Identity
from toolkit.docx.looks import Extra, Look
from toolkit.docx.markup import Element
from toolkit.docx.package import WordPackage
from toolkit.fonts import FontSet


class Story:
    """Gives rows what they need of the file: links, comments, drawings, bookmarks; each numbered in order."""

    def __init__(self, bulletin: Bulletin, fonts: FontSet, package: WordPackage) -> None:
        self.edition: Edition = bulletin.edition
        self.theme: Theme = bulletin.edition.theme
        self.fonts = fonts
        self.identity = Identity(bulletin)
        self.comments = Comments(fonts, self.identity, comment_look(Look(Extra.NOTE, "en", self.theme)))
        self._package = package
        self._drawings = 0

    def link(self, address: str) -> str:
        """The document's relation to an address outside of it."""
        return self._package.add_link(address)

    def enter(
        self, cell: Cell, runs: Sequence[Run], elements: Sequence[Element], before: str
    ) -> tuple[list[Element], list[Element]]:
        """Enter a text in the record; returns what stands before and after it: its bookmark, and comments around it."""
        start, end = self.identity.around(cell, runs, elements, before)
        segment = "" if before else runs[0].segment
        opening, closing = self.comments.around(
            [
                one
                for one in cell.comments
                if segment and one.segment == segment and self.identity.is_first(cell, segment)
            ]
        )
        return [*opening, start], [end, *closing]

    def comments_on_none(self, cell: Cell) -> list[Element]:
        """Comments on segments that have no text in `cell`: at its end, so that none is lost."""
        there = {run.segment for run in cell.runs if run.segment}
        opening, closing = self.comments.around([one for one in cell.comments if one.segment not in there])
        return [*opening, *closing]

    def picture(self, picture: Picture) -> Element:
        """A run that shows `picture` over all columns."""
        extent = extent_of(picture, self.edition)
        relation = self._package.add_picture(picture.digest, picture.kind, picture.data)
        description = alternative_text(picture, self.edition.columns)
        ornaments = self.theme.ornaments
        frame = (ornaments.hairline, self.theme.palette.rule) if ornaments.picture_frame else None
        return picture_run(extent, relation, self._next_drawing(), picture.name, description, frame)

    def star(self, size: float) -> Element:
        """A run that shows a star in the accent colour."""
        return star_run(size, self.theme.palette.accent, self._next_drawing())

    def _next_drawing(self) -> int:
        self._drawings += 1
        return self._drawings
