"""What an edited file needs to find its way home: whose text each cell holds, and the text it was made with.

Two records of the same, because programs lose one or the other:

- a bookmark around each text, whose name says row, language, segment and the hash of the text:
  `bt12_en_s49e3d4ba33_94e7…`, and one around the space before it: `bs12_en_s49e3d4ba33`.  Word, LibreOffice and
  python-docx keep them, and move them with the text;
- a custom XML part (ECMA-376 part 1, 15.2.5) with all rows and texts in order, so that what is deleted or rewritten
  can be told.  LibreOffice drops it from a file that was an ODT in between.

Report, edition and the number of rows stand in the custom properties, which all keep.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.bulletin.model import Bulletin, Cell, Mark, Row, Run
from toolkit.docx.markup import Element, W, printable, w
from toolkit.files import hash_of
from toolkit.languages import LANGUAGES, Language

NAMESPACE = "urn:bulletin-toolkit:edition:1"
REPORT_PROPERTY = "Bulletin Report"
EDITION_PROPERTY = "Bulletin Edition"
ROWS_PROPERTY = "Bulletin Rows"
_LONGEST_NAME = 40  # characters of a bookmark's name that Word keeps
_NAME = re.compile(rf"b([ts])(\d+)_({'|'.join(LANGUAGES)})(?:_(\w+?)(?:_([0-9a-f]{{16}}))?)?(?:\W.*)?", re.ASCII)
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # FMTID_UserDefinedProperties ([MS-OLEPS] 3.1)
_FIRST_PROPERTY = 2  # 0 and 1 are taken
_STYLES = {"bold": ("b", "bCs"), "italic": ("i", "iCs", "em")}


class Identity:
    """The record of one file, filled while its rows are written."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.root = etree.Element(f"{{{NAMESPACE}}}edition", nsmap={None: NAMESPACE})
        self.root.set("report", printable(bulletin.report))
        self.root.set("edition", printable(bulletin.edition.name))
        self.root.set("columns", " ".join(bulletin.edition.columns))
        self._names: set[str] = set()
        self._places: dict[tuple[str, Language], str] = {}
        self._comments: list[str] = []
        self._space = ""  # the bookmark around the space before the next text
        self._row = self.root
        self._cell = self.root

    def open_row(self, row: Row) -> None:
        """What is entered from now on stands in `row`."""
        self._row = etree.SubElement(self.root, f"{{{NAMESPACE}}}row", kind=row.kind.value)

    def open_cell(self, cell: Cell) -> None:
        """What is entered from now on stands in `cell`."""
        self._cell = etree.SubElement(self._row, f"{{{NAMESPACE}}}cell", language=cell.language)
        ornament = "".join(run.text for run in cell.runs if run.mark is Mark.ORNAMENT)
        if ornament:
            self._cell.set("ornament", printable(ornament))

    def enter_notes(self, paragraphs: Iterable[Element]) -> None:
        """The notes under the text of the cell, by their hash: what a person writes there is no correction."""
        texts = [shown_text(paragraph) for paragraph in paragraphs]
        if texts:
            self._cell.set("notes", notes_hash(texts))

    def enter_comment(self, lines: Iterable[str]) -> None:
        """A comment of ours, by its hash: one that comes back with other words has a person's in it."""
        self._comments.append(comment_hash("\n".join(lines)))
        self.root.set("comments", " ".join(self._comments))

    def place_of(self, segment: str, language: Language) -> str:
        """The bookmark of the first text of `segment` in `language`; empty where it does not stand."""
        return self._places.get((segment, language), "")

    def is_first(self, cell: Cell, segment: str) -> bool:
        """Whether the text entered last is the first of `segment` in this language."""
        last = self._cell[-1] if len(self._cell) else self._cell
        return last.get("mark") == self.place_of(segment, cell.language)

    def around(
        self, cell: Cell, runs: Sequence[Run], elements: Sequence[Element], before: str
    ) -> tuple[Element, Element]:
        """Enter the text of `runs`, written as `elements`; returns start and end of the bookmark around it.

        `before` names the segment that follows, where the runs are the space before it.
        """
        if before:
            self._space = self._new_name(cell.language, before, "", kind="bs")
            return self._bookmark(self._space)
        segment = runs[0].segment
        base = dict(cell.bases).get(segment, "")
        name = self._new_name(cell.language, segment, base)
        entry = etree.SubElement(self._cell, f"{{{NAMESPACE}}}text", mark=name)
        if segment:
            entry.set("segment", printable(segment))
            self._places.setdefault((segment, cell.language), name)
        if self._space:
            entry.set("before", self._space)
            self._space = ""
        if base:
            entry.set("base", base)
        if any(run.mark is Mark.GAP for run in runs) and segment:
            entry.set("gap", "1")
        text, shown = printable("".join(run.text for run in runs)), "".join(map(shown_text, elements))
        if shown == text:
            for element in elements:
                _add_run(entry, element)
        else:
            entry.text = text
            entry.set("shown", shown)
        return self._bookmark(name)

    def _bookmark(self, name: str) -> tuple[Element, Element]:
        number = len(self._names)
        return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)

    def _new_name(self, language: Language, segment: str, base: str, *, kind: str = "bt") -> str:
        """A name that Word allows (letters, digits and low lines), each once."""
        ending = f"_{base}" if base else ""
        start = f"{kind}{len(self.root)}_{language}" + re.sub(r"[^0-9A-Za-z]", "_", f"_{segment}" if segment else "")
        name = start[: _LONGEST_NAME - len(ending)] + ending
        number = 1
        while name in self._names:
            number += 1
            name = f"{start[: _LONGEST_NAME - len(ending) - len(str(number)) - 1]}_{number}{ending}"
        self._names.add(name)
        return name


@dataclass(frozen=True)
class Named:
    """What a bookmark's name says.  `segment` and `base` are empty for a text that has none.

    `is_space` tells that it is the bookmark of the space before the text.
    """

    row: int
    language: Language
    segment: str
    base: str
    is_space: bool = False


def named_in(bookmark: str) -> Named | None:
    """What the name of a bookmark says, for files that have lost the record; None for one that is not ours.

    LibreOffice names a copy of a bookmark by adding a space and more.
    """
    match = _NAME.fullmatch(bookmark)
    if match is None:
        return None
    kind, row, code, segment, base = match.groups(default="")
    language = next(one for one in LANGUAGES if one == code)
    return Named(int(row), language, segment.replace("_", "-"), base, kind == "s")


def notes_hash(texts: Iterable[str]) -> str:
    """Hash of the notes under a text, whatever a program makes of their white space."""
    return hash_of(*("".join(text.split()) for text in texts))[:16]


def comment_hash(text: str) -> str:
    """Hash of one comment, whatever a program makes of its paragraphs."""
    return notes_hash([text])


def custom_properties(bulletin: Bulletin, rows: int) -> Element:
    """Report, edition and number of rows, where Word and LibreOffice show and keep them (ECMA-376 part 1, 22.3)."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VARIANT})
    values = {REPORT_PROPERTY: bulletin.report, EDITION_PROPERTY: bulletin.edition.name, ROWS_PROPERTY: str(rows)}
    for number, (name, value) in enumerate(values.items(), start=_FIRST_PROPERTY):
        entry = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_USER_DEFINED, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{_VARIANT}}}lpwstr").text = printable(value)
    return root


def store_properties(bulletin: Bulletin) -> Element:
    """What Word wants to know of a custom XML part: an id of its own, and its namespace (22.5)."""
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{bulletin.name}")
    root = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    root.set(f"{{{_STORE}}}itemID", f"{{{str(identifier).upper()}}}")
    references = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_STORE}}}schemaRef").set(f"{{{_STORE}}}uri", NAMESPACE)
    return root


def _add_run(entry: Element, run: Element) -> None:
    """The text of a `w:r` in the record, inside an element where it is set bold or stressed."""
    properties = run.find(f"{{{W}}}rPr")
    styles = [] if properties is None else [name for name, tags in _STYLES.items() if _is_on(properties, tags)]
    text = shown_text(run)
    if styles:
        etree.SubElement(entry, f"{{{NAMESPACE}}}run", style=" ".join(styles)).text = text
    elif len(entry):
        entry[-1].tail = (entry[-1].tail or "") + text
    else:
        entry.text = (entry.text or "") + text


def _is_on(properties: Element, tags: tuple[str, ...]) -> bool:
    found = (properties.find(f"{{{W}}}{tag}") for tag in tags)
    return any(one is not None and one.get(f"{{{W}}}val") != "0" for one in found)


def shown_text(element: Element) -> str:
    """The text of a run or paragraph as it stands in the file: a character that no font has is written out there."""
    letters = {"br": "\n", "tab": "\t"}
    pieces = (
        one.text or "" if one.tag == f"{{{W}}}t" else letters.get(etree.QName(one).localname, "")
        for one in element.iter()
    )
    return "".join(pieces)
