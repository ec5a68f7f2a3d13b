"""The parts of a Word file that hold text, and what its styles say (ISO/IEC 29500-1).

Elements and attributes go by their local names: the same file has one namespace in the transitional form that most
programs write, and another in the strict form.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from toolkit.safezip import SafeZip, open_zip

_OFFICE_DOCUMENT = "/officeDocument"
_HEADING_NAME = re.compile(r"^(?:heading|标题|標題)\s*([1-9])(?:$|\s)")
_TITLE_NAMES = ("title", "标题", "標題")
_SUBTITLE_NAMES = ("subtitle", "副标题")
_CAPTION_NAMES = ("caption", "题注", "图注", "image caption", "figure")
_CONTENTS_NAME = re.compile(r"^(?:toc|目录|contents)\s*[1-9]?$|^(?:toc heading|contents heading|table of figures)$")
_HEADING_ID = re.compile(r"^(?:Heading|heading)?([1-9])$")
_MOST_ANCESTORS = 20  # styles: Word itself allows eleven
_BODY_LEVEL = 9  # w:outlineLvl of text that is no heading
_OFF = ("0", "false", "off", "none")


@cache
def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The value of the attribute `name`, whichever its namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if local(str(key)) == name), None)


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The child elements with their local names."""
    for child in element:
        if isinstance(child.tag, str):
            yield local(child.tag), child


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element at the end of the path `names` below `element`."""
    for name in names:
        if element is None:
            return None
        element = next((found for found_name, found in children(element) if found_name == name), None)
    return element


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """An on-off property (17.17.4): None where it is not there."""
    element = child(properties, name)
    if element is None:
        return None
    return (attribute(element, "val") or "1").lower() not in _OFF


@dataclass(frozen=True)
class Style:
    """What a style says about its paragraphs or characters, its ancestors included.

    `heading` is a level from 1; `numbered` tells that it belongs to a list, `number_id` to which (w:numId).
    """

    names: tuple[str, ...] = ()
    heading: int | None = None
    numbered: bool | None = None
    list_level: int = 0
    number_id: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None

    @property
    def is_title(self) -> bool:
        return any(name in _TITLE_NAMES for name in self.names)

    @property
    def is_caption(self) -> bool:
        return any(name in _CAPTION_NAMES for name in self.names)

    @property
    def is_contents(self) -> bool:
        """Whether it is that of a table of contents, which says again what the headings say."""
        return any(_CONTENTS_NAME.match(name) for name in self.names)


@dataclass(frozen=True)
class WordPackage:
    """A Word file: body, notes by kind and id, styles by id, pictures by relationship, and the part with its lists.

    `links` are addresses outside of the file, by the name of the root of the part that leads there and the id of the
    relationship ("document rId4").
    """

    path: Path
    body: etree._Element
    notes: Mapping[tuple[str, str], etree._Element]
    styles: Mapping[str, Style]
    pictures: Mapping[str, str]
    numbering: etree._Element | None
    archive: SafeZip = field(repr=False)
    links: Mapping[str, str] = field(default_factory=dict)

    def style(self, style_id: str | None) -> Style:
        """The style with this id; one that is not defined still goes by its id."""
        if style_id is None:
            return self.styles.get("", Style())
        known = self.styles.get(style_id)
        if known is not None:
            return known
        level = _HEADING_ID.match(style_id)
        return Style((style_id.lower(),), heading=int(level.group(1)) if level else None)


def open_package(path: Path, *, what: str) -> WordPackage:
    """Open the Word file at `path`.  Raises `SourceError` for anything that is not one, or a broken one."""
    remedy = f"Open the {what} in Word or LibreOffice and save it as .docx again"
    archive = open_zip(path, what="a Word file", remedy=remedy)
    main = _main_part(archive)
    document = archive.read_xml(main)
    body = child(document, "body")
    if local(str(document.tag)) != "document" or body is None:
        raise archive.fault(f"is not a Word file: its part “{main}” is no document")
    relations = _relations(archive, main)
    notes: dict[tuple[str, str], etree._Element] = {}
    links = {f"document {key}": address for key, address in _addresses(archive, main)}
    for kind in ("footnote", "endnote"):
        target = next((part for type_, part in relations.values() if type_.endswith(f"/{kind}s")), None)
        if target is None or target not in archive:
            continue
        links |= {f"{kind}s {key}": address for key, address in _addresses(archive, target)}
        for name, note in children(archive.read_xml(target)):
            note_id = attribute(note, "id")
            if name == kind and note_id is not None:
                notes[kind, note_id] = note
    styles_part = next((part for type_, part in relations.values() if type_.endswith("/styles")), None)
    styles = _styles(archive.read_xml(styles_part)) if styles_part and styles_part in archive else {}
    pictures = {key: part for key, (type_, part) in relations.items() if type_.endswith("/image")}
    numbering_part = next((part for type_, part in relations.values() if type_.endswith("/numbering")), None)
    numbering = archive.read_xml(numbering_part) if numbering_part and numbering_part in archive else None
    return WordPackage(path, body, notes, styles, pictures, numbering, archive, links)


def _main_part(archive: SafeZip) -> str:
    """The part with the text: where the package says, or where everyone puts it (ISO/IEC 29500-2, 6.5)."""
    usual = "word/document.xml"
    if "_rels/.rels" in archive:
        for type_, part in _relations(archive, "").values():
            if type_.endswith(_OFFICE_DOCUMENT) and part in archive:
                return part
    if usual not in archive:
        raise archive.fault(f"is not a Word file: it has no part “{usual}”")
    return usual


def _relations(archive: SafeZip, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part: type and target part by id; links to the outside are left out."""
    folder = posixpath.dirname(part)
    found: dict[str, tuple[str, str]] = {}
    for relation in _relationships(archive, part):
        target, key = relation.get("Target"), relation.get("Id")
        if target and key and relation.get("TargetMode") != "External":
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[key] = (relation.get("Type", ""), whole)
    return found


def _addresses(archive: SafeZip, part: str) -> Iterator[tuple[str, str]]:
    """What the links of a part lead to outside of the file, by id."""
    for relation in _relationships(archive, part):
        target, key = relation.get("Target"), relation.get("Id")
        is_link = relation.get("TargetMode") == "External" and relation.get("Type", "").endswith("/hyperlink")
        if target and key and is_link:
            yield key, target


def _relationships(archive: SafeZip, part: str) -> Iterator[etree._Element]:
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in archive:
        yield from (relation for _, relation in children(archive.read_xml(relations)))


def _styles(root: etree._Element) -> dict[str, Style]:
    elements = {
        style_id: style
        for name, style in children(root)
        if name == "style" and (style_id := attribute(style, "styleId")) is not None
    }
    styles = {style_id: _style(style_id, elements) for style_id in elements}
    for style_id, element in elements.items():
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            styles[""] = styles[style_id]
    return styles


def _style(style_id: str, elements: Mapping[str, etree._Element]) -> Style:
    names: list[str] = []
    heading: int | None = None
    numbered = bold = italic = hidden = None
    list_level: int | None = None
    number_id: str | None = None
    current: str | None = style_id
    is_heading_known = False
    for _ in range(_MOST_ANCESTORS):
        if current is None or current not in elements:
            break
        element = elements[current]
        name = (attribute(child(element, "name"), "val") or "").strip().lower()
        names.append(name)
        if not is_heading_known:
            outline = attribute(child(element, "pPr", "outlineLvl"), "val")
            by_name = _HEADING_NAME.match(name)
            if by_name:
                heading, is_heading_known = int(by_name.group(1)), True
            elif name in _SUBTITLE_NAMES:
                heading, is_heading_known = 1, True
            elif outline is not None and outline.isdecimal():
                heading, is_heading_known = (int(outline) + 1 if int(outline) < _BODY_LEVEL else None), True
        numbering = child(element, "pPr", "numPr")
        if numbered is None and numbering is not None:
            number_id = attribute(child(numbering, "numId"), "val")
            numbered = number_id is not None and number_id != "0"
        if list_level is None and numbering is not None:
            list_level = level_of(numbering)
        properties = child(element, "rPr")
        bold = switch(properties, "b") if bold is None else bold
        italic = switch(properties, "i") if italic is None else italic
        hidden = switch(properties, "vanish") if hidden is None else hidden
        current = attribute(child(element, "basedOn"), "val")
    return Style(tuple(names), heading, numbered, list_level or 0, number_id or "", bold, italic, hidden)


def level_of(numbering: etree._Element) -> int:
    """The level of a list item, from 0 (w:ilvl)."""
    level = attribute(child(numbering, "ilvl"), "val") or "0"
    return int(level) if level.isdecimal() else 0
