"""A DOCX as a person left it: rows of cells, the text of each with its bookmarks, styles, changes and comments.

Tracked changes are read as accepted (ISO/IEC 29500-1, 17.13.5); who made them stays with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from toolkit.docx.runs import PAGES_STYLE
from toolkit.languages import is_tibetan
from toolkit.report.formats.docx_package import Style, WordPackage, attribute, child, children, switch
from toolkit.report.formats.docx_runs import FieldTracker, alternative, symbol

_NOTE_STYLE = "bulletin note "
_PAGES_STYLE = PAGES_STYLE.lower()
_WRAPPERS = frozenset(
    ["hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir", "ruby", "rubyBase"]
)
_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DRAWN = ("drawing", "pict", "object")


@dataclass(frozen=True)
class Change:
    """A tracked change: by whom, and when as the file writes it."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a cell: the names of its character style, and whether it was made bold or stressed.

    `bold` is None where all of the paragraph is bold by its style, as in a heading.
    """

    text: str
    styles: tuple[str, ...] = ()
    bold: bool | None = False
    italic: bool = False
    change: Change | None = None

    def has_style(self, name: str) -> bool:
        """Whether it has the character style `name`, given in lower case."""
        return name in self.styles


@dataclass(frozen=True)
class Stretch:
    """Where a bookmark or comment stands in the letters of its cell."""

    name: str
    start: int
    end: int


@dataclass
class SavedCell:
    """A cell: its text without notes; what stands in text boxes, tables and footnotes in it is `loose`."""

    row: int
    letters: list[Letter] = field(default_factory=list)
    bookmarks: list[Stretch] = field(default_factory=list)
    comments: list[Stretch] = field(default_factory=list)
    deletions: list[tuple[int, Change]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    is_merged: bool = False

    @property
    def text(self) -> str:
        """The text without its notes."""
        return "".join(letter.text for letter in self.letters)


@dataclass(frozen=True)
class SavedRow:
    """A row of a table; `number` counts from 1 over all tables, `deleted` is the tracked change that took it away."""

    number: int
    cells: tuple[SavedCell, ...]
    deleted: Change | None = None


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside the text."""

    by: str
    text: str


@dataclass(frozen=True)
class SavedFile:
    """All rows in order, the texts outside of tables, and the comments by their ids."""

    rows: tuple[SavedRow, ...]
    loose: tuple[str, ...]
    comments: Mapping[str, Comment]


def read_saved(package: WordPackage) -> SavedFile:
    """The rows of an opened Word file."""
    return _Walk(package).file()


class _Walk:
    """Goes through the body once."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._fields = FieldTracker()
        self._rows: list[SavedRow] = []
        self._loose: list[str] = []
        self._waiting: dict[str, str] = {}  # bookmarks that began outside of a cell: they stand in the next one

    def file(self) -> SavedFile:
        self._blocks(self._package.body)
        return SavedFile(tuple(self._rows), tuple(self._loose), _comments(self._package))

    def _blocks(self, parent: etree._Element) -> None:
        for name, element in children(parent):
            if name == "tbl":
                self._table(element)
            elif name == "p":
                cell = _CellReader(self._package, self._fields, 0, {})
                cell.paragraph(element)
                self._loose += filter(str.strip, (cell.saved.text, *cell.saved.notes, *cell.saved.loose))
            elif name == "AlternateContent":
                self._blocks(alternative(element))
            elif name == "bookmarkStart":
                self._waiting[attribute(element, "id") or ""] = attribute(element, "name") or ""
            elif name not in ("sectPr", *_DELETED):
                self._blocks(element)

    def _table(self, table: etree._Element) -> None:
        for name, row in _through(table, ("tr", "bookmarkStart", "bookmarkEnd")):
            if name == "tr":
                self._row(row)
            else:
                self._bookmark(name, row)

    def _bookmark(self, name: str, element: etree._Element) -> None:
        key = attribute(element, "id") or ""
        if name == "bookmarkStart":
            self._waiting[key] = attribute(element, "name") or ""
        else:
            self._waiting.pop(key, None)

    def _row(self, row: etree._Element) -> None:
        number = len(self._rows) + 1
        cells = []
        for name, element in _through(row, ("tc", "bookmarkStart", "bookmarkEnd")):
            if name != "tc":
                self._bookmark(name, element)
                continue
            if child(element, "tcPr", "cellDel") is not None:
                continue
            reader = _CellReader(self._package, self._fields, number, self._waiting)
            self._waiting = {}
            cells.append(reader.cell(element))
        properties = child(row, "trPr")
        deletion = child(properties, "del")
        self._rows.append(SavedRow(number, tuple(cells), _change(deletion) if deletion is not None else None))


class _CellReader:
    """Reads one cell, or one paragraph outside of cells."""

    def __init__(self, package: WordPackage, fields: FieldTracker, row: int, waiting: Mapping[str, str]) -> None:
        self.saved = SavedCell(row)
        self._package = package
        self._fields = fields
        self._open = {key: (name, 0) for key, name in waiting.items()}
        self._open_comments: dict[str, int] = {}
        self._anchored: set[str] = set()
        self._joins = True  # what comes next is in the same paragraph
        self._is_note = False
        self._note: list[str] = []
        self._style = Style()

    def cell(self, element: etree._Element) -> SavedCell:
        properties = child(element, "tcPr")
        span = attribute(child(properties, "gridSpan"), "val") or "1"
        self.saved.is_merged = span != "1" or child(properties, "vMerge") is not None
        self._blocks(element)
        for key in list(self._open):
            self._close(key)
        for key, start in self._open_comments.items():
            self._comment(key, start)
        return self.saved

    def _blocks(self, parent: etree._Element) -> None:
        for name, element in children(parent):
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                text = " ".join("".join(map(str, one.itertext())) for _, one in _through(element, ("t",)))
                self.saved.loose += [text] if text.strip() else []
            elif name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
                self._mark(name, element)
            elif name not in ("tcPr", *_DELETED):
                self._blocks(alternative(element) if name == "AlternateContent" else element)

    def paragraph(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        self._style = self._package.style(attribute(child(properties, "pStyle"), "val"))
        self._is_note = any(name.startswith(_NOTE_STYLE) for name in self._style.names)
        if not self._joins and not self._is_note and self.saved.letters:
            self.saved.letters.append(Letter("\n"))
        self._inside(element, None)
        self._fields.end_paragraph()
        if self._is_note:
            self.saved.notes += ["".join(self._note)] if self._note else []
            self._note = []
        deletion = child(properties, "rPr", "del")
        self._joins = deletion is not None
        if deletion is not None:
            self.saved.deletions.append((len(self.saved.letters), _change(deletion)))

    def _inside(self, element: etree._Element, change: Change | None, *, is_deleted: bool = False) -> None:
        for name, inner in children(element):
            if name == "r":
                if not is_deleted:
                    self._run(inner, change)
            elif name in _INSERTED:
                self._inside(inner, _change(inner), is_deleted=is_deleted)
            elif name in _DELETED:
                self.saved.deletions.append((len(self.saved.letters), _change(inner)))
                self._inside(inner, change, is_deleted=True)
            elif name == "sdt" and child(inner, "sdtPr", "showingPlcHdr") is not None:
                continue  # “click here to enter text”
            elif name in _WRAPPERS:
                self._inside(inner, change, is_deleted=is_deleted)
            elif name == "AlternateContent":
                self._inside(alternative(inner), change, is_deleted=is_deleted)
            elif name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
                self._mark(name, inner)

    def _mark(self, name: str, element: etree._Element) -> None:
        key, here = attribute(element, "id") or "", len(self.saved.letters)
        if name == "bookmarkStart":
            self._open[key] = (attribute(element, "name") or "", here)
        elif name == "bookmarkEnd":
            self._close(key)
        elif name == "commentRangeStart":
            self._open_comments[key] = here
        else:
            self._comment(key, self._open_comments.pop(key, here))

    def _close(self, key: str) -> None:
        if key in self._open:
            name, start = self._open.pop(key)
            self.saved.bookmarks.append(Stretch(name, start, len(self.saved.letters)))

    def _comment(self, key: str, start: int) -> None:
        if key not in self._anchored:
            self._anchored.add(key)
            self.saved.comments.append(Stretch(key, start, len(self.saved.letters)))

    def _run(self, run: etree._Element, change: Change | None) -> None:
        properties = child(run, "rPr")
        style_id = attribute(child(properties, "rStyle"), "val")
        style = self._package.style(style_id) if style_id else Style()
        for name, inner in children(run):
            if name == "t":
                self._write(inner.text or "", properties, style, change)
            elif name in _LETTERS:
                self._write(_LETTERS[name], properties, style, change)
            elif name == "sym":
                text = symbol(attribute(inner, "font") or "", attribute(inner, "char") or "")
                self._write(text, properties, style, change)
            elif name == "fldChar":
                self._fields.mark(attribute(inner, "fldCharType"))
            elif name == "commentReference":
                key = attribute(inner, "id") or ""
                self._comment(key, self._open_comments.pop(key, len(self.saved.letters)))
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._package.notes.get((name.removesuffix("Reference"), attribute(inner, "id") or ""))
                self._set_aside(note)
            elif name == "AlternateContent":
                self._set_aside(alternative(inner))
            elif name in _DRAWN:
                self._set_aside(inner)
            elif name == "ruby":
                self._inside(inner, change)

    def _write(self, text: str, properties: etree._Element | None, style: Style, change: Change | None) -> None:
        if self._fields.in_instruction or _PAGES_STYLE in style.names:
            return
        if self._is_note:
            self._note.append(text)
            return
        plain = Letter("", style.names, change=change)
        latin = _is_on(properties, "b", style.bold), _is_on(properties, "i", style.italic)
        complex_script = _is_on(properties, "bCs", style.bold), _is_on(properties, "iCs", style.italic)
        if (attribute(child(properties, "em"), "val") or "none") != "none":
            latin = (latin[0], True)
        for character in text:
            bold, italic = complex_script if is_tibetan(character) else latin
            letter = replace(plain, text=character, bold=None if self._style.bold else bold, italic=italic)
            self.saved.letters.append(letter)

    def _set_aside(self, element: etree._Element | None) -> None:
        """Text in a text box or footnote: it is no text of the cell, and must not be lost."""
        if element is not None:
            text = "".join("".join(map(str, one.itertext())) for _, one in _through(element, ("t",)))
            self.saved.loose += [text] if text.strip() else []


def _through(element: etree._Element, names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """The outermost elements of these names inside `element`, whatever is wrapped around them; nothing deleted."""
    for name, inner in children(element):
        if name in names:
            yield name, inner
        elif name == "AlternateContent":
            yield from _through(alternative(inner), names)
        elif name not in _DELETED:
            yield from _through(inner, names)


def _is_on(properties: etree._Element | None, name: str, by_style: bool | None) -> bool:
    direct = switch(properties, name)
    return bool(by_style if direct is None else direct)


def _change(element: etree._Element) -> Change:
    when = attribute(element, "dateUtc") or attribute(element, "date") or ""
    return Change((attribute(element, "author") or "").strip(), when)


def _comments(package: WordPackage) -> dict[str, Comment]:
    """All comments with text, by id."""
    found: dict[str, Comment] = {}
    part = next((name for name in package.archive.names if name.endswith("/comments.xml")), None)
    if part is None:
        return found
    for name, comment in children(package.archive.read_xml(part)):
        paragraphs = (
            "".join("".join(map(str, t.itertext())) for _, t in _through(p, ("t",))) for _, p in children(comment)
        )
        text = "\n".join(filter(str.strip, paragraphs)).strip()
        key = attribute(comment, "id")
        if name == "comment" and key is not None and text:
            found[key] = Comment((attribute(comment, "author") or "").strip(), text)
    return found
