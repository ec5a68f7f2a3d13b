"""Bookmarks: the headings of a document under its title (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.bulletin.model import Mark, Row, RowKind
from toolkit.pdf.objects import PdfFile, Reference, number, text_string
from toolkit.pdf.pages import Placement

_LEVELS = {RowKind.TITLE: 0, RowKind.HEADING: 1}


@dataclass(eq=False)
class Bookmark:
    """`page` from 0, `top` in pt from the page's foot; `under` are the bookmarks that open below it."""

    text: str
    page: int
    top: float
    under: list[Bookmark] = field(default_factory=list)


def bookmarks(pages: Iterable[Iterable[Placement]], *, index_head: Row | None = None) -> list[Bookmark]:
    """The title, with the headings under it; `index_head` stands beside the title."""
    found: list[Bookmark] = []
    for page, placements in enumerate(pages):
        for placement in placements:
            row = placement.slice.layout.row
            level = 0 if row is index_head else _LEVELS.get(row.kind)
            text = _text_of(row)
            if level is None or placement.repeated or not placement.slice.starts_row or not text:
                continue
            level_of_it = found[-1].under if level and found else found
            level_of_it.append(Bookmark(text, page, placement.top))
    return found


def _text_of(row: Row) -> str:
    """The first text of a row, without what the theme adds."""
    texts = ("".join(run.text for run in cell.runs if run.mark is not Mark.ORNAMENT).strip() for cell in row.cells)
    return next((text for text in texts if text), "")


def add_outline(file: PdfFile, marks: Sequence[Bookmark], pages: Sequence[Reference]) -> Reference:
    """Add bookmarks to a file, all open; gives the reference of the outline."""
    outline = file.reserve()
    first, last, count = _add_level(file, marks, outline, pages)
    file.define(outline, f"<</Type/Outlines/First {first}/Last {last}/Count {count}>>")
    return outline


def _add_level(
    file: PdfFile, marks: Sequence[Bookmark], parent: Reference, pages: Sequence[Reference]
) -> tuple[Reference, Reference, int]:
    """The first and the last bookmark of a level, and how many there are with those under them."""
    references = [file.reserve() for _ in marks]
    total = len(marks)
    for index, (mark, reference) in enumerate(zip(marks, references, strict=True)):
        said = f"/Title {text_string(mark.text)}/Parent {parent}"
        said += f"/Dest[{pages[mark.page]}/XYZ 0 {number(mark.top)} null]"
        if index:
            said += f"/Prev {references[index - 1]}"
        if index + 1 < len(marks):
            said += f"/Next {references[index + 1]}"
        if mark.under:
            first, last, count = _add_level(file, mark.under, reference, pages)
            said += f"/First {first}/Last {last}/Count {count}"
            total += count
        file.define(reference, f"<<{said}>>")
    return references[0], references[-1], total
