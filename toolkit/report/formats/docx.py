"""Word files, whoever wrote them: Word, WPS, LibreOffice, Google Docs.

Read as a person sees them who accepts all tracked changes: insertions stay, deletions go.  Headers, footers, comments,
hidden text and tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from toolkit.report.formats.blocks import RawBlock, RawKind, is_caption_like
from toolkit.report.formats.docx_numbering import read_numbering
from toolkit.report.formats.docx_package import (
    Style,
    WordPackage,
    attribute,
    child,
    children,
    level_of,
    open_package,
)
from toolkit.report.formats.docx_runs import ParagraphContent, ParagraphReader, alternative
from toolkit.report.inline import InlineText

_CONTAINERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_GONE = ("del", "moveFrom")
_BODY_LEVEL = 9  # w:outlineLvl of text that is no heading


@dataclass(frozen=True)
class _Place:
    """Where a paragraph stands."""

    in_cell: bool = False
    is_note: bool = False


def docx_blocks(path: Path, *, what: str) -> Iterator[RawBlock]:
    """The blocks of the Word file at `path`; pictures are captions without text (see `with_captions`).

    Raises `SourceError`, naming the part, for a file that is broken, locked or hostile.
    """
    package = open_package(path, what=what)
    yield from _Body(package).blocks(package.body, _Place())


class _Body:
    """Walks a Word file once, counting its paragraphs."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._reader = ParagraphReader(package)
        self._numbering = read_numbering(package.numbering)
        self._number = 0
        self._unfinished: ParagraphContent | None = None  # its paragraph mark is deleted: it runs on into the next

    def blocks(self, parent: etree._Element, place: _Place, *, is_story: bool = True) -> Iterator[RawBlock]:
        """The blocks in `parent`; at the end of a story (body, cell, note, text box) nothing runs on."""
        for name, element in children(parent):
            if name == "p":
                yield from self._paragraph(element, place)
            elif name == "tbl":
                yield from self._finish(place)
                yield from self._table(element, place)
            elif name in _CONTAINERS:
                if not _is_table_of_contents(element):
                    yield from self.blocks(element, place, is_story=False)
            elif name == "AlternateContent":
                yield from self.blocks(alternative(element), place, is_story=False)
            elif name == "altChunk":
                raise self._package.archive.fault("holds a piece of another file that is not yet part of its text")
        if is_story:
            yield from self._finish(place)

    def _finish(self, place: _Place) -> Iterator[RawBlock]:
        content, self._unfinished = self._unfinished, None
        if content is not None:
            yield from self._written(content, None, place)

    def _table(self, table: etree._Element, place: _Place) -> Iterator[RawBlock]:
        rows = [row for row in _rows(table) if child(row, "trPr", "del") is None]
        cells = [cell for row in rows for cell in _cells(row)]
        if len(cells) != 1:  # a table of one cell is a frame around text
            place = replace(place, in_cell=True)
        for cell in cells:
            yield from self.blocks(cell, place)

    def _paragraph(self, paragraph: etree._Element, place: _Place) -> Iterator[RawBlock]:
        if not place.is_note:
            self._number += 1
        properties = child(paragraph, "pPr")
        content, self._unfinished = self._unfinished or ParagraphContent(), None
        self._reader.read(paragraph, content)
        mark = child(properties, "rPr")
        if any(child(mark, name) is not None for name in _GONE):
            self._unfinished = content
            return
        yield from self._written(content, properties, place)

    def _written(
        self, content: ParagraphContent, properties: etree._Element | None, place: _Place
    ) -> Iterator[RawBlock]:
        style = self._package.style(attribute(child(properties, "pStyle"), "val"))
        texts = [] if style.is_contents else content.runs.take()
        kind, level = self._kind(properties, place)
        pictures = list(content.pictures)
        is_caption = kind is RawKind.CAPTION or (
            kind in (RawKind.PARAGRAPH, RawKind.CELL) and len(texts) == 1 and is_caption_like(texts[0].text)
        )
        if texts and pictures and is_caption:
            kind = RawKind.CAPTION
            own = pictures.pop()
        else:
            own = ""
        for picture in pictures:
            yield RawBlock(InlineText(""), RawKind.CAPTION, self._number, picture=picture)
        label = self._label(properties, style)
        if texts and label:
            texts[0] = texts[0].edited([(0, 0, label)])
            kind = RawKind.PARAGRAPH if kind is RawKind.ITEM else kind  # a number needs no bullet
        for text in texts:
            yield RawBlock(text, kind, self._number, level, own)
        for picture in content.floating:
            yield RawBlock(InlineText(""), RawKind.CAPTION, self._number, picture=picture)
        for box in content.text_boxes:
            yield from self.blocks(box, place)
        for note in content.notes:
            yield from self._note(note)

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        """The number that Word writes before a paragraph, its own list going before that of its style."""
        numbering = child(properties, "numPr")
        number_id = attribute(child(numbering, "numId"), "val") if numbering is not None else None
        level = level_of(numbering) if numbering is not None else style.list_level
        return self._numbering.label(number_id or style.number_id, level)

    def _note(self, note: etree._Element) -> Iterator[RawBlock]:
        kept, self._unfinished = self._unfinished, None
        for block in self.blocks(note, _Place(is_note=True)):
            yield replace(block, kind=RawKind.FOOTNOTE, level=0)
        self._unfinished = kept

    def _kind(self, properties: etree._Element | None, place: _Place) -> tuple[RawKind, int]:
        style = self._package.style(attribute(child(properties, "pStyle"), "val"))
        if style.is_caption:
            return RawKind.CAPTION, 0
        if place.in_cell:
            return RawKind.CELL, 0
        if style.is_title:
            return RawKind.TITLE, 0
        outline = attribute(child(properties, "outlineLvl"), "val")
        heading = style.heading
        if outline is not None and outline.isdecimal():
            heading = int(outline) + 1 if int(outline) < _BODY_LEVEL else None
        if heading is not None:
            return RawKind.HEADING, heading
        numbering = child(properties, "numPr")
        if numbering is not None and (number_id := attribute(child(numbering, "numId"), "val")) is not None:
            return (RawKind.PARAGRAPH, 0) if number_id == "0" else (RawKind.ITEM, level_of(numbering))
        if style.numbered:
            return RawKind.ITEM, level_of(numbering) if numbering is not None else style.list_level
        return RawKind.PARAGRAPH, 0


def _is_table_of_contents(element: etree._Element) -> bool:
    gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
    return gallery in ("Table of Contents", "Table of Figures")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for name, element in children(table):
        if name == "tr":
            yield element
        elif name in _CONTAINERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row that are seen: not those that a merged cell covers, nor deleted ones."""
    for name, element in children(row):
        if name == "tc":
            properties = child(element, "tcPr")
            if child(properties, "cellDel") is None and not any(
                _is_covered(child(properties, merge)) for merge in ("vMerge", "hMerge")
            ):
                yield element
        elif name in _CONTAINERS:
            yield from _cells(element)


def _is_covered(merge: etree._Element | None) -> bool:
    return merge is not None and (attribute(merge, "val") or "continue") == "continue"
