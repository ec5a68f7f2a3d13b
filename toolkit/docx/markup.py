"""WordprocessingML in small pieces: elements, attributes, units.

Children are written in the order that the schema demands (ECMA-376 part 1, annex A: CT_PPr, CT_RPr,
CT_TblPr, CT_TcPr); the callers keep it, and a test checks every file against it.
"""

from __future__ import annotations

import math
import re

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {"w": W, "r": R}

Element = etree._Element
Value = str | int | bool

_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile(r"(\n|\t)")


def w(tag: str, *children: Element | None, **attributes: Value | None) -> Element:
    """The element `w:tag` with `w:` attributes; a child or attribute that is None is left out."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{W}}}{name}", _written(value))
    element.extend(child for child in children if child is not None)
    return element


def text_elements(text: str) -> list[Element]:
    """`w:t` for the text, `w:br` for a line feed, `w:tab` for a tab."""
    elements: list[Element] = []
    for piece in _BREAKS.split(text):
        if piece == "\n":
            elements.append(w("br"))
        elif piece == "\t":
            elements.append(w("tab"))
        elif piece:
            element = w("t")
            element.text = piece
            element.set(f"{{{XML}}}space", "preserve")
            elements.append(element)
    return elements


def printable(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold (clause 2.2); for properties, not for the page."""
    return _ILLEGAL.sub("", text)


def toggle(tag: str, on: bool) -> Element:
    """A toggle property (ECMA-376 part 1, 17.17.4), absent value meaning true."""
    return w(tag) if on else w(tag, val=False)


def serialized(root: Element) -> bytes:
    """The part's bytes: UTF-8 with a standalone declaration, unused namespace prefixes dropped."""
    if etree.QName(root).namespace == W:
        etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def twips(points: float) -> int:
    """Twentieths of a point: the unit of lengths in WordprocessingML."""
    return nearest(points * 20)


def half_points(points: float) -> int:
    """Half points: the unit of type sizes in WordprocessingML."""
    return nearest(points * 2)


def nearest(value: float) -> int:
    """The nearest whole number, halves upwards (`round` would take them to the even number)."""
    return math.floor(value + 0.5)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)
