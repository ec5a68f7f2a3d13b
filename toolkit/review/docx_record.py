"""What a DOCX of ours was made with: its rows, and the texts in them with the hashes that the draft had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from toolkit.docx.identity import EDITION_PROPERTY, NAMESPACE, REPORT_PROPERTY, ROWS_PROPERTY, Named, named_in
from toolkit.languages import LANGUAGES, Language
from toolkit.report.formats.docx_package import attribute, child, children
from toolkit.report.inline import StyledRun
from toolkit.safezip import SafeZip

_CUSTOM_PART = re.compile(r"customXml/[^/]+\.xml")
_CUSTOM_PROPERTIES = "docProps/custom.xml"
_MOST_ROWS = 100_000  # more than a file can have: a number in it may be anything


@dataclass(frozen=True)
class Made:
    """One text as the file was made with it.

    `mark` names its bookmark, `space` that of the space before it; `segment` is empty for what belongs to none.  `text`
    is the draft's, None where the record is lost, and empty for a gap; `shown` is what stood in the file: for a gap
    the Chinese.
    """

    mark: str
    row: int
    language: Language
    segment: str = ""
    base: str = ""
    text: str | None = None
    shown: str = ""
    runs: tuple[StyledRun, ...] = ()
    space: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether nothing had been translated."""
        return bool(self.segment) and not self.base


@dataclass(frozen=True)
class MadeCell:
    """The texts of one cell in order, the ornament before them, and the hash of the notes under them."""

    row: int
    language: Language
    texts: tuple[Made, ...]
    ornament: str = ""
    notes: str = ""


@dataclass(frozen=True)
class MadeRow:
    """One row; `number` counts from 1 over all tables."""

    number: int
    kind: str
    cells: tuple[MadeCell, ...]

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments of the row, in order."""
        return tuple(dict.fromkeys(text.segment for cell in self.cells for text in cell.texts if text.segment))

    @property
    def words(self) -> str:
        """The texts that the row was made with, for messages."""
        return " | ".join(filter(None, ("".join(text.text or "" for text in cell.texts) for cell in self.cells)))


@dataclass(frozen=True)
class Record:
    """What the file was made with.  `is_whole` is false where only the bookmarks are left to tell.

    `comments` are the hashes of those it was made with.
    """

    report: str
    edition: str
    rows: tuple[MadeRow, ...]
    is_whole: bool = True
    row_count: int = 0
    comments: frozenset[str] = frozenset()

    @cached_property
    def texts(self) -> Mapping[str, Made]:
        """All texts by the names of their bookmarks."""
        return {text.mark: text for cell in self.cells.values() for text in cell.texts}

    @cached_property
    def cells(self) -> Mapping[tuple[int, Language], MadeCell]:
        """All cells by row and language."""
        return {(cell.row, cell.language): cell for row in self.rows for cell in row.cells}

    def text_of(self, bookmark: str) -> Made | None:
        """The text that a bookmark stands around; LibreOffice lengthens the name of a bookmark that it copies."""
        if bookmark in self.texts:
            return self.texts[bookmark]
        return next((text for mark, text in self.texts.items() if bookmark.startswith(f"{mark} ")), None)


def read_record(archive: SafeZip, bookmarks: Iterable[str]) -> Record | None:
    """The record in the file, or what the `bookmarks` and the properties still tell; None for a file not of ours."""
    root = _root(archive)
    if root is not None:
        return _whole(root)
    properties = _properties(archive)
    named = {bookmark: one for bookmark in bookmarks if (one := named_in(bookmark)) is not None}
    if REPORT_PROPERTY not in properties or not any(one.segment for one in named.values()):
        return None
    count = properties.get(ROWS_PROPERTY, "")
    rows = int(count) if count.isascii() and count.isdecimal() and int(count) < _MOST_ROWS else 0
    edition = properties.get(EDITION_PROPERTY, "")
    return Record(properties[REPORT_PROPERTY], edition, tuple(_rows_of(named)), is_whole=False, row_count=rows)


def _root(archive: SafeZip) -> etree._Element | None:
    """The custom XML part of ours: programs may rename it, and a file may have others."""
    for name in archive.names:
        if _CUSTOM_PART.fullmatch(name):
            root = archive.read_xml(name)
            if root.tag == f"{{{NAMESPACE}}}edition":
                return root
    return None


def _whole(root: etree._Element) -> Record:
    rows = tuple(_row(number, element) for number, (_, element) in enumerate(children(root), start=1))
    comments = frozenset(root.get("comments", "").split())
    return Record(root.get("report", ""), root.get("edition", ""), rows, row_count=len(rows), comments=comments)


def _row(number: int, element: etree._Element) -> MadeRow:
    cells = []
    for _, cell in children(element):
        language = _language(cell.get("language", ""))
        if language is not None:
            texts = tuple(_made(text, number, language) for _, text in children(cell))
            cells.append(MadeCell(number, language, texts, cell.get("ornament", ""), cell.get("notes", "")))
    return MadeRow(number, element.get("kind", ""), tuple(cells))


def _made(element: etree._Element, row: int, language: Language) -> Made:
    runs = tuple(_runs(element))
    written = "".join(text for text, _ in runs)
    text = "" if element.get("gap") else written
    return Made(
        element.get("mark", ""),
        row,
        language,
        element.get("segment", ""),
        element.get("base", ""),
        text,
        element.get("shown", written),
        runs,
        element.get("before", ""),
    )


def _runs(element: etree._Element) -> Iterator[StyledRun]:
    yield element.text or "", frozenset()
    for _, run in children(element):
        yield run.text or "", frozenset(run.get("style", "").split())
        yield run.tail or "", frozenset()


def _rows_of(named: Mapping[str, Named]) -> Iterator[MadeRow]:
    """Rows as far as the names of the bookmarks tell; a copy of a bookmark tells nothing new."""
    own = {bookmark: one for bookmark, one in named.items() if bookmark.isidentifier() and not one.is_space}
    spaces = {
        (one.row, one.language, one.segment): bookmark
        for bookmark, one in named.items()
        if bookmark.isidentifier() and one.is_space
    }
    for number in sorted({one.row for one in own.values()}):
        cells = []
        for language in LANGUAGES:
            texts = [
                Made(
                    bookmark,
                    number,
                    language,
                    one.segment,
                    one.base,
                    space=spaces.get((number, language, one.segment), ""),
                )
                for bookmark, one in own.items()
                if (one.row, one.language) == (number, language)
            ]
            if texts:
                cells.append(MadeCell(number, language, tuple(texts)))
        yield MadeRow(number, "", tuple(cells))


def _properties(archive: SafeZip) -> dict[str, str]:
    if _CUSTOM_PROPERTIES not in archive:
        return {}
    root = archive.read_xml(_CUSTOM_PROPERTIES)
    return {
        attribute(entry, "name") or "": "".join(str(text) for text in entry.itertext()).strip()
        for _, entry in children(root)
    }


def saved_by(archive: SafeZip) -> tuple[str, str]:
    """Who saved the file last, and when as it is written there; empty where it does not say."""
    core = "docProps/core.xml"
    if core not in archive:
        return "", ""
    root = archive.read_xml(core)
    who, when = (child(root, name) for name in ("lastModifiedBy", "modified"))
    return (who.text or "" if who is not None else "").strip(), (when.text or "" if when is not None else "").strip()


def _language(tag: str) -> Language | None:
    return next((language for language in LANGUAGES if language == tag), None)
